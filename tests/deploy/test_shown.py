"""What a running server shows of a release is what the release says, whoever asks."""

from dataclasses import dataclass

from benchmarks.shown import Asked, Shown
from tests.support.tab import Tab, browser

EXPAND = "扩规模"


@dataclass
class Drawn:
    """What a tab shows."""

    drawings: list[str]

    @property
    def figures(self) -> list[bytes]:
        """Nothing but the drawings."""
        return [one.encode() for one in self.drawings]

    @property
    def checksum(self) -> str:
        """Tell them apart."""
        return str(self.drawings)


def test_the_range_of_odds_may_come_later_and_nothing_else_may_differ():
    seen, asked = Shown(), Asked(EXPAND, "demo", "")
    for drawing in ("概率98%", "概率98%（换方法94%—99%）", "概率98%"):
        seen.note(asked, Drawn([drawing]))
    assert seen.differing() == []
    seen.note(asked, Drawn(["概率97%"]))
    assert seen.differing() == [asked]


def test_what_is_shown_is_held_against_the_release_and_against_what_others_see(
    server, release_root, demo_bench
):
    unmoved, moved = (Asked(EXPAND, demo_bench.release.id, one) for one in ("", "sd27=2.0"))
    seen = Shown()
    with Tab(server, browser()) as first, Tab(server, browser()) as second:
        for asked in (unmoved, moved):
            for tab in (first, second):
                seen.note(asked, tab.open(asked.page, asked.query))
        assert seen.differing() == []
        held, failing = seen.contradicted(release_root)
        assert (held > 0, failing) == (True, [])

        seen.note(unmoved, first)  # shows the moved lever's figures
    assert seen.differing() == [unmoved]
    assert seen.contradicted(release_root) == (held, [unmoved])
