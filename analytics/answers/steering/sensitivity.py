"""How much one declared move of each lever changes a target (tornado chart)."""

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.answers.steering.influence import influences
from analytics.answers.steering.margin import Margin, margin
from analytics.domain import Lever, LeverClass, ReasonGiven
from analytics.model.scenarios.settings_zh import setting_zh
from analytics.text_zh import reason_zh
from analytics.workbench import Workbench


@dataclass(frozen=True)
class Bar:
    """A target with one lever moved down and up; ``move`` says by how much, in Chinese.

    Medians are in the target's unit; probabilities are None where the target
    has none. A bar stops at the lever's bound.
    """

    lever_id: str
    name_zh: str
    policy: bool
    move: str
    median_down: float
    median_up: float
    probability_down: float | None
    probability_up: float | None

    @property
    def swing(self) -> float:
        """Return the distance between the two medians."""
        return abs(self.median_up - self.median_down)


@dataclass(frozen=True)
class Tornado:
    """One target's bars, the longest first; ``reason`` says why there are none."""

    target_id: str
    median: float | None
    probability: float | None
    bars: tuple[Bar, ...]
    reason: str = ""


def tornado(bench: Workbench, settings: Mapping[str, float], target_id: str) -> Tornado:
    """Move each lever that reaches a target by its declared move, down and up.

    The move starts from the scenario's settings; the other levers stay.
    """
    found = margin(bench, settings, target_id)
    if isinstance(found, ReasonGiven):
        return Tornado(target_id, None, None, (), reason_zh(found))
    median, probability = found.outcome({})
    levers = [bench.catalog.levers[name] for name in influences(bench, found.target)]
    bars = [_bar(bench, found, lever, settings.get(lever.id, 0.0)) for lever in levers]
    moved = [bar for bar in bars if bar.swing or bar.probability_up != bar.probability_down]
    moved.sort(key=lambda bar: (-bar.swing, bar.lever_id))
    reason = "" if moved else "没有调节项影响这一目标"
    return Tornado(target_id, median, probability, tuple(moved), reason)


def _bar(bench: Workbench, found: Margin, lever: Lever, now: float) -> Bar:
    down, up = (
        found.outcome({lever.id: min(max(now + move, lever.minimum), lever.maximum)})
        for move in (-lever.move, lever.move)
    )
    return Bar(
        lever_id=lever.id,
        name_zh=lever.name_zh,
        policy=lever.lever_class is LeverClass.POLICY,
        move=setting_zh(bench.catalog, lever, lever.move).replace("+", "±"),
        median_down=down[0],
        median_up=up[0],
        probability_down=down[1],
        probability_up=up[1],
    )
