"""Attack a running server as someone hostile would, and ask for its health all the while.

The rule: /healthz answers within a second throughout, memory stays bounded, each attack is
answered with a clear Chinese sentence, and a visitor beside it is served afterwards as before.
How long an idle server beside it takes to answer meanwhile says what is due to the machine.

    python -m benchmarks.attacks [--uploads 60] [--checks 20] [--only freezing]
"""

import argparse
import statistics
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import requests
from websockets.exceptions import InvalidStatus

from benchmarks.service import replicas_of_a_copy
from benchmarks.watch import Watch
from tests.support.attacks import MANY, SURROGATE, empties_caches, freezing_workbook
from tests.support.replicas import PATIENCE, Replicas
from tests.support.tab import Tab, browser

ALLOWED_SECONDS, ALLOWED_MB = 1.0, 1_200.0
LOOKED = 0.5  # seconds between two looks whether health was asked for since
MEGABYTE = 1024 * 1024
IMPORT, EXPAND = "数据导入", "扩规模"
HEAD = "指标,年份,期间,数值,单位,发布日期"


@dataclass
class Judge:
    """Looks at the attacked server and at an idle one beside it, each from a process of its own."""

    attacked: Watch
    idle: Watch

    def told(self, name: str, said: str, begun: float) -> bool:
        """Print what came of one attack; tell whether the rule held."""
        seen, beside = self.attacked.since(begun), self.idle.since(begun)
        slowest, most = max(one.took for one in seen), max(one.memory for one in seen)
        holds = slowest <= ALLOWED_SECONDS and most <= ALLOWED_MB and bool(said)
        mark = "ok " if holds else "NOT"
        idle = max((one.took for one in beside), default=0.0)
        print(
            f"{mark} {name}: slowest of {len(seen)} /healthz {slowest:.2f} s "
            f"(of an idle server beside it {idle:.2f} s), at most {most:.0f} MB; {said}"
        )
        sys.stdout.flush()
        return holds


def said_in(tab: Tab, *parts: str) -> str:
    """Return the sentence of a page that has one of these parts in it."""
    return next((text for text in tab.texts if any(part in text for part in parts)), "")


def freezing(address: str) -> str:
    """Have the freezing workbook checked."""
    with Tab(address, browser()) as tab:
        _choose(tab, "冻结.xlsx", freezing_workbook()).press("check")
        return said_in(tab, "冻结.xlsx")


def _choose(tab: Tab, name: str, content: bytes) -> Tab:
    tab.open(IMPORT).type_in("import_name", "李雷")
    return tab.choose_file("import_files_0", name, content)


def uploading(address: str, uploads: int) -> str:
    """Upload large files into one session that never asks for them to be checked."""
    content = b"0" * (19 * MEGABYTE)
    with Tab(address, browser()) as tab:
        tab.open(IMPORT)
        answers = [
            tab.upload(tab.place_for(f"{number}.csv").upload_url, f"{number}.csv", content)
            for number in range(uploads)
        ]
    counts = {status: answers.count(status) for status in set(answers)}
    return f"answered {counts}"


def checking(address: str, checks: int) -> str:
    """Let many have their files checked at the same time."""
    rows = [
        f"规模以上工业属地产值,{2016 + n % 10},全年,{1500 + n % 97},亿元,2026-01-05"
        for n in range(20_000)
    ]
    content = "\n".join([HEAD, *rows]).encode()
    heard: list[str] = []

    def check() -> None:
        with Tab(address, browser()) as tab:
            _choose(tab, "大.csv", content).press("check")
            heard.append(said_in(tab, "核对结果", "正在核对的文件太多"))

    others = [threading.Thread(target=check) for _ in range(checks)]
    for one in others:
        one.start()
    for one in others:
        one.join()
    checked = sum("核对结果" in text for text in heard)
    return f"{checked} checked, {len(heard) - checked} told to wait" if all(heard) else ""


def foreign_host(address: str) -> str:
    """Come under a name that is not the server's, to page and websocket."""
    evil = f"evil.example:{address.rpartition(':')[2]}"
    page = requests.get(address, headers={"Host": evil}, timeout=PATIENCE)
    try:
        with Tab(address, browser(), host=evil):
            return ""
    except InvalidStatus as error:
        return f"{page.status_code} {page.text}; websocket {error.response.status_code}"


def emptying(address: str) -> str:
    """Send the message that empties the caches, and open a page before and after."""
    with Tab(address, browser()) as tab:
        tab.open(EXPAND)
        before = _median(lambda: tab.open(EXPAND))
        for _ in range(20):
            tab.send(empties_caches())
        return (
            f"a page takes {before:.2f} s before, {_median(lambda: tab.open(EXPAND)):.2f} s after"
        )


def _median(act: Callable[[], object]) -> float:
    took = []
    for _ in range(5):
        started = time.perf_counter()
        act()
        took.append(time.perf_counter() - started)
    return statistics.median(took)


def parameters(address: str) -> str:
    """Open links with 5,000 parameters, by page and by websocket."""
    page = requests.get(f"{address}/?{MANY}", timeout=PATIENCE)
    with Tab(address, browser()) as tab:
        shown = len(tab.open(EXPAND, MANY).drawings)
    return f"{page.status_code} {page.text}; a forged message is shown {shown} charts as before"


def version(address: str) -> str:
    """Open a link whose version is a footnote mark."""
    with Tab(address, browser()) as tab:
        return said_in(tab.open(EXPAND, "v=²"), "²")


def surrogates(address: str) -> str:
    """Hand in a scenario file, and open a link, with characters that are none."""
    with Tab(address, browser()) as tab:
        tab.open("情景实验室", "section=share&name=%ED%A0%80")
        tab.choose_file("file_up_0", "情景.json", SURROGATE)
        return said_in(tab, "不是文字的字符")


def main() -> int:
    """Run every attack in turn and say which rule did not hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--uploads", type=int, default=60)
    parser.add_argument("--checks", type=int, default=20)
    parser.add_argument("--only", default="", help="attacks with this in their name")
    given = parser.parse_args()
    attacks: dict[str, Callable[[str], str]] = {
        "freezing workbook": freezing,
        f"{given.uploads} uploads of 19 MB": lambda address: uploading(address, given.uploads),
        f"{given.checks} checks at once": lambda address: checking(address, given.checks),
        "foreign Host": foreign_host,
        "cache message": emptying,
        "5,000 parameters": parameters,
        "v=²": version,
        "surrogates": surrogates,
    }
    with replicas_of_a_copy("none") as replicas:
        for port in replicas.ports:
            replicas.start(port)
        chosen = {name: one for name, one in attacks.items() if given.only in name}
        held = _run(replicas, chosen, replicas.folder.parent)
    return int(not all(held))


def _run(replicas: Replicas, attacks: dict[str, Callable[[str], str]], folder: Path) -> list[bool]:
    """Run attacks on the first server while both are watched; tell which were held off."""
    with Tab(_address(replicas.ports[0]), browser()) as first:
        first.open(EXPAND)  # whoever comes first has the release opened
    attacked, idle = (
        Watch(folder / f"health-{port}", _address(port), replicas.processes[port].pid)
        for port in replicas.ports
    )
    try:
        return [_attack(Judge(attacked, idle), name, one) for name, one in attacks.items()]
    finally:
        attacked.end()
        idle.end()


def _address(port: int) -> str:
    return f"http://localhost:{port}"


def _attack(judge: Judge, name: str, attack: Callable[[str], str]) -> bool:
    begun = time.monotonic()
    said = attack(judge.attacked.address)
    while not any(one.asked > begun + LOOKED for one in judge.attacked.since(begun)):
        time.sleep(LOOKED)  # so that one answer at least is of the time after it
    return judge.told(name, said, begun)


if __name__ == "__main__":
    sys.exit(main())
