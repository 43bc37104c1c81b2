// An identity provider for tests: node provider.mjs REDIRECT_URI, in the folder of its packages.
// It says on which port it listens. On SIGUSR2 its clock goes back, so that tokens are old.
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const { default: Provider } = await import(require.resolve("oidc-provider"));
const { createServer } = await import("node:http");
const [redirect] = process.argv.slice(2);
const now = Date.now;
process.on("SIGUSR2", () => {
  Date.now = () => now() - 11 * 3600 * 1000;
  console.log("clock back");
});
const people = {
  zhang: { name: "张三", groups: ["jinshan-submit", "jinshan-publish"] },
  zhao: { name: "赵六", groups: ["jinshan-publish"] },
  li: { name: "李四", groups: [] },
};
const day = 24 * 3600;
const kinds = ["AccessToken", "AuthorizationCode", "Grant", "IdToken", "Interaction", "Session"];
const server = createServer().listen(0, "127.0.0.1", () => {
  const { port } = server.address();
  const provider = new Provider(`http://localhost:${port}`, {
    clients: [
      {
        client_id: "jinshan",
        client_secret: "of-the-tests",
        redirect_uris: [redirect],
        post_logout_redirect_uris: [redirect], // as docs/operations.md asks for
      },
    ],
    claims: { openid: ["sub"], profile: ["name", "groups"] },
    conformIdTokenClaims: false,
    cookies: { keys: ["of-the-tests"] },
    pkce: { required: () => true },
    ttl: Object.fromEntries(kinds.map((kind) => [kind, day])),
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  });
  server.on("request", provider.callback());
  console.log(port);
});
