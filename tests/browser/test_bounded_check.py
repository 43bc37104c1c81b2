"""A large check runs beside the server, which answers meanwhile, and ends with its tab."""

import os
import re
import select
import sys
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PATIENCE, open_page, settle

IMPORT = quote("数据导入")
HEAD = "指标,年份,期间,数值,单位,发布日期"
MODULES = (b"imports.reader.process", b"imports.checks.process")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc"),
]


def many_values(folder: Path) -> Path:
    """Draw 200,000 values, which take many seconds to read and to check."""
    rows = (
        f"规模以上工业属地产值,{2016 + n % 10},全年,{1500 + n % 997},亿元,2026-{1 + n % 9:02d}-01"
        for n in range(200_000)
    )
    file = folder / "大.csv"  # read by the browser itself; handed over it would be copied often
    file.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return file


def at_work(server: str) -> list[int]:
    """List the processes that read or check for this server."""
    port = str(urlsplit(server).port).encode()
    found, servers = {}, set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue  # ended meanwhile
        if b"pages.common.server" in command and port in command:
            servers.add(folder.name)
        if any(module in command for module in MODULES):
            found[int(folder.name)] = parent
    return [one for one, parent in found.items() if parent in servers]


def test_the_server_answers_while_a_large_check_runs_and_the_check_ends_with_its_tab(
    page: Page, server, tmp_path
):
    tab = page.context.new_page()
    open_page(tab, f"{server}/{IMPORT}")
    tab.get_by_label("填报人").fill("李雷")
    tab.get_by_label("填报人").press("Enter")
    settle(tab)
    tab.locator('input[type="file"]').set_input_files(many_values(tmp_path))
    button = tab.get_by_role("button", name="开始核对")
    expect(button).to_be_enabled()
    settle(tab)
    button.click()
    expect(tab.get_by_text(re.compile("正在读取与核对…[1-9]"))).to_be_visible()
    (worker,) = at_work(server)
    handle = os.pidfd_open(worker)
    with urllib.request.urlopen(f"{server}/_stcore/health", timeout=PATIENCE / 1000) as answer:
        assert answer.status == 200
    assert at_work(server)  # read or checked still, after the answer
    tab.close()
    ended, _, _ = select.select([handle], [], [], PATIENCE / 1000)
    os.close(handle)
    assert ended
