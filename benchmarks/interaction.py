"""Time a moved lever on every page that has levers, beside an empty page in the same run.

The rule: a moved lever costs at most twice the server time of an empty page
plus 30 ms, with 1, 10 and 20 sessions at once. Three figures are printed:

cpu     server time: CPU time of the server process per move, all its threads, while
        all sessions move in the same instant. Waiting for another session's turn
        costs the server nothing and is not in it. Judged.
paced   what a user waits, from the slider's message to ``script_finished`` (median),
        while every session moves a lever once a second. Held against the same
        allowance on an otherwise idle machine: within or over.
burst   what a user waits (median) when all sessions move in the same instant, and
        stand in line for one interpreter. For information.

Last, what new visitors cost the others: the longest collection of garbage, which stops
everyone, while several open a page one after the other and move a lever; allowed 10 ms.

Both servers run the same imports and the same ``gc.freeze``; turns are
interleaved, and no two sessions ask for the same value at the same time.
Machines differ, so compare the ratio.

    python -m benchmarks.interaction [--sessions 1 10 20] [--pages 扩规模 …] [--turns 20]
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.sessions import ROOT, Server, Visitor, serving, visit

PAGES = ("扩规模", "促转型", "强创新", "提能级", "重供给", "显著快于全市", "情景实验室")
QUERY = {"情景实验室": "section=adjust"}  # where the page's levers are
ALLOWED_RATIO, ALLOWED_MORE = 2.0, 30.0  # of the empty page's time, and milliseconds on top
ALLOWED_STOP = 10.0  # milliseconds
VISITORS = 6
WARM_UP = 4  # turns before the clock runs
EMPTY = """
import streamlit as st
from pages.common.warm import end_page, warm_up
warm_up()
def page():
    st.slider("x", -10.0, 10.0, 0.0, 0.1, key="s:empty")
st.navigation([st.Page(page, title="空页", default=True)]).run()
end_page()
"""


@dataclass(frozen=True)
class Cost:
    """Milliseconds one move took."""

    cpu: float
    paced: float
    burst: float


async def in_one_instant(group: list[Visitor]) -> list[float]:
    """Let every session move its lever at once."""
    return await asyncio.gather(*(visitor.move() for visitor in group))


async def once_a_second(group: list[Visitor], seconds: int) -> list[float]:
    """Let every session move its lever once a second, evenly spread."""

    async def one(number: int, visitor: Visitor) -> list[float]:
        taken = []
        for second in range(seconds):
            due = begun + second + number / len(group)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            taken.append(await visitor.move())
        return taken

    begun = time.perf_counter()
    found = await asyncio.gather(*(one(number, visitor) for number, visitor in enumerate(group)))
    return [seconds for taken in found for seconds in taken]


async def measure(
    servers: dict[str, Server], page: str, sessions: int, turns: int, seconds: int
) -> dict[str, Cost]:
    """Move every session's lever on the empty page and on the page, the two interleaved."""
    names = {"empty": "", "page": page}
    groups = {
        name: [
            await visit(server.host, names[name], QUERY.get(names[name], ""), number * 7)
            for number in range(sessions)
        ]
        for name, server in servers.items()
    }
    burst: dict[str, list[float]] = {name: [] for name in servers}
    cpu = dict.fromkeys(servers, 0.0)
    for turn in range(turns + WARM_UP):
        for name, group in groups.items():
            before = servers[name].cpu_seconds()
            taken = await in_one_instant(group)
            if turn >= WARM_UP:
                cpu[name] += servers[name].cpu_seconds() - before
                burst[name] += taken
    paced = {name: await once_a_second(group, seconds) for name, group in groups.items()}
    for visitor in (visitor for group in groups.values() for visitor in group):
        await visitor.socket.close()
    return {
        name: Cost(
            cpu[name] / (turns * sessions) * 1000,
            statistics.median(paced[name]) * 1000,
            statistics.median(burst[name]) * 1000,
        )
        for name in servers
    }


async def stop_by_visitors(server: Server, page: str) -> float:
    """Return the longest stop in milliseconds while new visitors come, after a first one."""
    for number in range(VISITORS + 1):
        if number == 1:
            server.longest_stop()  # forget the first, who warms the server
        visitor = await visit(server.host, page, QUERY.get(page, ""), number)
        await visitor.move()
        await visitor.socket.close()
    return server.longest_stop() * 1000


def line(page: str, sessions: int, empty: Cost, cost: Cost) -> tuple[str, bool]:
    """Write one measurement, and tell whether its server time is allowed."""
    fine = cost.cpu <= _allowed(empty.cpu)
    waits = "within" if cost.paced <= _allowed(empty.paced) else "over"
    cells = [
        f"{sessions:>2} session(s)",
        f"cpu {empty.cpu:5.1f} → {cost.cpu:5.1f} ms (×{cost.cpu / empty.cpu:4.1f}, "
        f"allowed {_allowed(empty.cpu):5.1f}) {'pass' if fine else 'FAIL'}",
        f"paced {empty.paced:5.1f} → {cost.paced:5.1f} ms {waits}",
        f"burst {empty.burst:6.1f} → {cost.burst:6.1f} ms",
        page,
    ]
    return "  ".join(cells), fine


def _allowed(empty: float) -> float:
    return ALLOWED_RATIO * empty + ALLOWED_MORE


def main() -> int:
    """Print one line per page and number of sessions; return 1 where one is not allowed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, nargs="+", default=[1, 10, 20])
    parser.add_argument("--pages", nargs="+", default=PAGES)
    parser.add_argument("--turns", type=int, default=15)
    parser.add_argument("--seconds", type=int, default=5)
    arguments = parser.parse_args()
    allowed = True
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        with serving(empty) as empty_server, serving(ROOT / "app.py") as page_server:
            servers = {"empty": empty_server, "page": page_server}
            for sessions in arguments.sessions:
                for page in arguments.pages:
                    found = asyncio.run(
                        measure(servers, page, sessions, arguments.turns, arguments.seconds)
                    )
                    text, fine = line(page, sessions, found["empty"], found["page"])
                    allowed = allowed and fine
                    print(text, flush=True)
            stop = asyncio.run(stop_by_visitors(page_server, arguments.pages[0]))
            allowed = allowed and stop <= ALLOWED_STOP
            print(f"a new visitor stops the others for {stop:.1f} ms, allowed {ALLOWED_STOP:.0f}")
    print("every page is within the allowance" if allowed else "beyond the allowance")
    return 0 if allowed else 1


if __name__ == "__main__":
    raise SystemExit(main())
