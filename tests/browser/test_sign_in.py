"""Signing in and out in a browser, with a real identity provider: no figure before, none after."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import ensure_service
from tests.support.browser import PATIENCE, english, settle
from tests.support.release_fixtures import copy_built
from tests.support.replicas import Replicas
from tests.support.sign_in import RULES, SECRETS, provider

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(ensure_service.missing()), reason=ensure_service.missing()),
]


@pytest.fixture
def address(served_root: Path, tmp_path: Path) -> Iterator[str]:
    """A server at which people sign in with the provider."""
    folder = copy_built(served_root, tmp_path / "own")
    (folder / "access.toml").write_text(RULES, encoding="utf-8")
    replicas = Replicas(folder, "oidc")
    port = replicas.ports[0]
    address = f"http://localhost:{port}"
    with provider(address) as identities:
        secrets = SECRETS.format(address=address, provider=identities.port)
        (folder / ".streamlit/secrets.toml").write_text(secrets, encoding="utf-8")
        try:
            replicas.start(port)
            yield address
        finally:
            replicas.stop()
    assert replicas.errors() == []


@pytest.fixture
def stranger(browser: Browser, browser_context_args) -> Iterator[Page]:
    """A browser that nobody has signed in with; it reaches this machine alone."""
    context = browser.new_context(**browser_context_args)
    context.set_default_timeout(PATIENCE)
    context.route(
        lambda asked: urlsplit(asked).hostname != "localhost", lambda route: route.abort()
    )
    yield context.new_page()
    context.close()


def no_figure_is_shown(page: Page) -> None:
    """Wait for the door; behind it there is nothing."""
    expect(page.get_by_role("heading", name="请登录")).to_be_visible()
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
    assert not re.search(r"\d", page.get_by_test_id("stMain").inner_text())
    assert page.locator("svg[class*=marks], canvas, [data-testid=stSlider]").count() == 0
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    assert english(page) == []


def test_no_figure_is_seen_before_one_has_signed_in_nor_after_one_has_left(
    stranger: Page, address: str
):
    page = stranger
    page.goto(f"{address}/扩规模")
    no_figure_is_shown(page)

    page.get_by_role("button", name="登录").click()
    page.locator("input[name=login]").fill("li")
    page.locator("input[name=password]").fill("any")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("李四（li）")).to_be_visible()
    page.goto(f"{address}/扩规模")
    settle(page)
    expect(page.locator("[data-testid=stSlider]").first).to_be_visible()

    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("button", name="Yes, sign me out").click()
    no_figure_is_shown(page)
    page.goto(f"{address}/扩规模")
    no_figure_is_shown(page)
