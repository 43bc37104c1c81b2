"""What a server showed, held against itself and against what the release says.

Whoever asks for one page, release and setting is shown the same, drawing by drawing, chart by
chart with its data, table by table. Only the range of odds by other methods may come later: it is
worked out once a release is shown. What an action's page says of each target is besides worked
out anew from the release, without any server.
"""

import json
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl

from analytics.catalog.load import load_catalog
from analytics.model.scenarios.levers import settings_from_query
from analytics.workbench import Workbench, build_workbench
from pages.actions.parts.target_list import told
from tests.support.tab import Tab

RANGE = "换方法"  # how it is told


class Asked(NamedTuple):
    """What a visitor asks for."""

    page: str
    release: str  # id
    moved: str  # levers, as a link names them

    @property
    def query(self) -> str:
        """Return it as a link has it."""
        return "&".join(filter(None, (f"release={self.release}", self.moved)))


@dataclass
class Shown:
    """What was shown, by what was asked for: one example of each that differs."""

    pages: dict[Asked, dict[str, str]] = field(default_factory=dict)  # checksum -> drawings
    judged: dict[str, bool] = field(default_factory=dict)  # by checksum: with that range
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, asked: Asked, tab: Tab) -> None:
        """Keep what a tab shows."""
        with self.lock:
            self.pages.setdefault(asked, {}).setdefault(tab.checksum, "\n".join(tab.drawings))
            self.judged[tab.checksum] = any(RANGE.encode() in figure for figure in tab.figures)

    def differing(self) -> list[Asked]:
        """Return what was not shown the same each time, with that range and without."""
        return [
            asked
            for asked, seen in self.pages.items()
            if max(Counter(self.judged[one] for one in seen).values()) > 1
        ]

    def contradicted(self, root: Path) -> tuple[int, list[Asked]]:
        """Return how many sentences on targets were held against the releases, and which fail."""
        actions = {one.url_path: one.id for one in load_catalog(root).actions.values()}
        held, failing = 0, []
        for release in sorted({asked.release for asked in self.pages}):
            bench = build_workbench(root, release_id=release)
            for asked in [one for one in self.pages if one.release == release]:
                if asked.page not in actions:
                    continue
                expected, before = (
                    said_of_targets(one, asked.moved, actions[asked.page])
                    for one in (bench, replace(bench, opinions={}))
                )
                held += len(expected)
                shown = self.pages[asked].values()
                if not all(_holds(one, expected) or _holds(one, before) for one in shown):
                    failing.append(asked)
        return held, failing


def said_of_targets(bench: Workbench, moved: str, action: str) -> list[str]:
    """Write what the list of an action says of each target: goal, verdict and odds."""
    settings, problems = settings_from_query(dict(parse_qsl(moved)), bench.catalog.adjustables)
    assert not problems, problems
    view = bench.view(settings)
    return [told(view, view.verdict(one.id)) for one in bench.catalog.targets_of(action)]


def _holds(drawn: str, expected: Iterable[str]) -> bool:
    return all(json.dumps(one, ensure_ascii=False) in drawn for one in expected)
