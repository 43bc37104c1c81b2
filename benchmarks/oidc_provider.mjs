// An identity provider for benchmarks/sign_in.py: node oidc_provider.mjs PORT REDIRECT_URI
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const { default: Provider } = await import(require.resolve("oidc-provider"));
const [port, redirect] = process.argv.slice(2);
const people = {
  zhang: { name: "张三", groups: ["jinshan-submit"] },
  li: { name: "李四", groups: [] },
};
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{ client_id: "jinshan", client_secret: "of-the-benchmark", redirect_uris: [redirect] }],
  claims: { openid: ["sub"], profile: ["name", "groups"], email: ["email"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["benchmark"] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));
