"""Sign in with a real identity provider, in a real browser: code with PKCE, roles, log-out, expiry.

    npm install oidc-provider@8                       # in a folder of its own
    pip install -r deploy/requirements-oidc.txt
    python -m benchmarks.sign_in --node-folder FOLDER

Each step is printed when it has held; the first that does not hold ends the script.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.service import COPIED, ROOT, free_port, start
from tests.support.browser import settle
from tests.support.ensure_browser import find_chromium

IDLE = 60  # seconds
PATIENCE = 150_000  # milliseconds
RULES = f"""
hosts = ["localhost"]
[roles]
view = ["*"]
submit = ["group:jinshan-submit"]
publish = ["group:jinshan-publish"]
[lifetime]
idle_minutes = {IDLE / 60}
"""
SECRETS = """
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "of-the-benchmark-and-of-nothing-else"
client_id = "jinshan"
client_secret = "of-the-benchmark"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
client_kwargs = {{ scope = "openid profile", prompt = "login" }}
"""


def said(step: str) -> None:
    """Print a step that has held."""
    print(f"ok  {step}", flush=True)


def status(address: str) -> int:
    """Return the status of an answer."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def new_page(browser: Browser) -> Page:
    """Open a browser window that has never been here."""
    page = browser.new_context(locale="zh-CN").new_page()
    page.set_default_timeout(PATIENCE)
    return page


def sign_in(page: Page, address: str, account: str) -> None:
    """Go to the door, through the provider's forms, and back."""
    page.goto(address)
    page.get_by_role("heading", name="请登录").wait_for()
    page.get_by_role("button", name="登录").click()
    page.locator("input[name=login]").fill(account)
    page.locator("input[name=password]").fill("any")
    page.locator("button[type=submit]").click()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{address}/**")
    settle(page)
    page.get_by_text(f"（{account}）").wait_for()


def journey(browser: Browser, address: str) -> None:
    """Hold every step."""
    for path in ("/media/0.png", "/_stcore/upload_file/a/b"):
        assert status(address + path) == 401, path
    said("files are not given without a token")
    page = new_page(browser)
    sign_in(page, address, "zhang")
    said("signed in by authorization code with PKCE, name and account shown")
    assert page.get_by_role("link", name="数据导入").count() == 1
    said("the group gives the role: 填报 sees 数据导入")
    other = new_page(browser)
    sign_in(other, address, "li")
    assert other.get_by_role("link", name="数据导入").count() == 0
    other.goto(f"{address}/数据导入")
    settle(other)
    assert other.locator('input[type="file"]').count() == 0
    said("查看 reaches no import, in the menu or by its address")
    other.goto(address)  # away from the dialog that says there is no such page
    settle(other)
    other.get_by_role("button", name="退出登录").click()
    other.wait_for_url("**/session/end**")  # the provider asks whether to leave it as well
    other.goto(address)
    other.get_by_role("heading", name="请登录").wait_for()
    said("logged out, and still out after loading the page anew")
    page.wait_for_timeout((IDLE + 20) * 1000)
    page.reload()
    page.get_by_text("登录已过期").wait_for()
    expect(page.get_by_text("演示数据")).to_have_count(0)
    said("a sign-in that was not used for too long holds no more")


def main() -> int:
    """Start the provider, a replica and a browser, and take all down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--node-folder", type=Path, required=True)
    folder = parser.parse_args().node_folder
    port, provider = free_port(), free_port()
    with tempfile.TemporaryDirectory() as made:
        root = Path(made) / "app"
        for name in COPIED:
            shutil.copytree(ROOT / name, root / name)
        shutil.copy(ROOT / "app.py", root)
        (root / "access.toml").write_text(RULES, encoding="utf-8")
        secrets = SECRETS.format(port=port, provider=provider)
        (root / ".streamlit/secrets.toml").write_text(secrets, encoding="utf-8")
        script = Path(__file__).with_name("oidc_provider.mjs")
        asked = ["node", str(script), str(provider), f"http://localhost:{port}/oauth2callback"]
        node = subprocess.Popen(asked, cwd=folder, stdout=subprocess.PIPE, env=dict(os.environ))
        try:
            assert node.stdout is not None
            node.stdout.readline()
            replica = start(root, port, mode="oidc")
            try:
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(
                        executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
                    )
                    journey(browser, f"http://localhost:{port}")
                    browser.close()
            finally:
                replica.terminate()
                replica.wait(60)
                print((root / f"log-{port}").read_text()[-2000:])
        finally:
            node.terminate()
            node.wait(10)
    return 0


if __name__ == "__main__":
    sys.exit(main())
