"""What a user may move, and the settings that were moved."""

import hashlib
import json
from enum import StrEnum
from typing import ClassVar

from analytics.domain.base import Frozen


class LeverEffect(StrEnum):
    """What a lever moves."""

    GROWTH_PP = "growth_pp"  # added to the yearly growth rate (fraction)
    LEVEL = "level"
    FLOW = "flow"  # added to every future year's flow, in the indicator's unit
    SHOCK = "shock"  # a stress test, on (1) or off (0)


class LeverClass(StrEnum):
    """Who holds the lever."""

    POLICY = "policy"
    ASSUMPTION = "assumption"


class Lever(Frozen):
    """One thing a user may move."""

    id: str
    name_zh: str
    applies_to: str
    effect: LeverEffect
    minimum: float
    maximum: float
    step: float
    first_year: int
    last_year: int
    first_month: int = 1  # of the first year; what is published before it is not moved
    lever_class: LeverClass = LeverClass.POLICY
    rationale_zh: str
    code: str = ""  # short name in links, with the period's last two digits
    move: float = 0.01  # one move of the sensitivity chart
    effect_sign: int = 1  # +1 more helps, -1 less helps, 0 it depends


class Stress(Frozen):
    """A change of growth in one year, switched on or off as a scenario's assumption.

    Either a past year is repeated (its growth less the usual growth of the
    years it is held against, read from each series), or the change is declared.
    """

    id: str
    name_zh: str
    code: str
    year: int  # the year that is hit
    applies_to: tuple[str, ...]
    passes_to: tuple[str, ...] = ()  # totals, hit by the weight of what is hit
    repeats: int | None = None  # the past year
    against: tuple[int, ...] = ()  # years of usual growth
    shock: float | None = None  # declared change of that year's growth, fraction
    basis_zh: str  # source, or 设定假设
    rationale_zh: str

    # What the settings of a scenario ask of a lever.
    effect: ClassVar[LeverEffect] = LeverEffect.SHOCK
    lever_class: ClassVar[LeverClass] = LeverClass.ASSUMPTION
    minimum: ClassVar[float] = 0.0
    maximum: ClassVar[float] = 1.0
    step: ClassVar[float] = 1.0


class Start(Frozen):
    """A yearly value that a user may type where the release holds none of the series.

    It opens the line that levers then bend; it is an assumption, and marked as one.
    """

    id: str
    name_zh: str
    code: str
    applies_to: str
    year: int
    maximum: float
    step: float
    in_percent: bool = False  # typed and shown in percent, held as a fraction
    rationale_zh: str = "本区没有这一指标的年度数值，由使用者键入作为起点，不是统计数"

    effect: ClassVar = LeverEffect.LEVEL
    lever_class: ClassVar[LeverClass] = LeverClass.ASSUMPTION
    minimum: ClassVar[float] = 0.0


Adjustable = Lever | Stress | Start


class PresetRule(StrEnum):
    """How a preset's settings are computed from the release."""

    NOTHING = "nothing"
    REQUIRED = "required"  # least proportional effort for all reachable targets
    PRESSED = "pressed"  # beyond what is required, by a share of the room left
    CAUTIOUS = "cautious"  # a less favourable quantile of each projection
    CITY_PACE = "city_pace"  # the city's recent growth


class Preset(Frozen):
    """A scenario computed from data by a declared rule."""

    id: str
    name_zh: str
    rule: PresetRule
    share: float | None = None  # of the room left up to the helpful bound
    quantile: float | None = None  # of the draws, counted from the unfavourable end
    rule_zh: str
    rationale_zh: str


class Scenario(Frozen):
    """What a user moved away from the baseline, and the release it was moved on."""

    name: str = "基准"
    settings: tuple[tuple[str, float], ...] = ()  # what is moved -> value in code units, by id
    release: str = ""  # id of the release

    @property
    def id(self) -> str:
        """Eight hex digits that change with what is moved or the release, not with the name."""
        content = json.dumps([self.release, self.settings])
        return hashlib.sha256(content.encode()).hexdigest()[:8]
