"""What a finding is, and the assumptions under which its arithmetic is done."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from analytics import text_zh
from analytics.domain import Clause, Frozen, Measure, NumberedTarget, Target

BASE_YEARS = (2020, 2021, 2022, 2023, 2024)
TOTALS = {  # the two totals the plan sets a target for
    "registered": "gross_output_registered",
    "territorial": "gross_output_territorial",
}
TOTAL_SCOPES = {"registered": "属地", "territorial": "在地"}
TOTALS_ZH = {key: f"{scope}产值" for key, scope in TOTAL_SCOPES.items()}
FROM_BASE = (Measure.CUMULATIVE, Measure.CAGR, Measure.RELATIVE_GROWTH, Measure.QUALITATIVE)


class FindingKind(StrEnum):
    """What is the matter, in the order of reading."""

    CONTRADICTION = "矛盾"
    INCOMPATIBLE = "难以并立"
    WORDING = "措辞不一"
    IMPLIED = "隐含值"
    UNSTATED = "未载明"


class Severity(StrEnum):
    """How much hangs on it."""

    CLARIFY = "须先澄清"
    NOTE = "须留意"
    MINOR = "供核对"


class Switch(StrEnum):
    """An assumption the reader may change; named as in the address."""

    BASE = "base"
    TOLERANCE = "tolerance"
    TOTAL = "total"


class Reading(Frozen):
    """How the plan's open points are read; every finding stays, its numbers follow."""

    base_year: int = 2023
    tolerance: float = 0.05  # of the value, for 左右
    total: str = "registered"  # key of TOTALS

    def apply(self, target: Target) -> Target:
        """Return the target with the base year and the tolerance of this reading."""
        changed: dict[str, float] = {}
        if isinstance(target, NumberedTarget):
            changed["tolerance"] = self.tolerance
        if target.measure in FROM_BASE and target.due_year > self.base_year:
            changed["base_year"] = self.base_year
        return target.model_copy(update=changed)

    def span(self, target: Target) -> int:
        """Return the number of years counted; the base year is not."""
        return target.due_year - self.base_year

    def say(self, switch: Switch) -> str:
        """Name the assumption a switch stands for."""
        match switch:
            case Switch.BASE:
                return f"基期{self.base_year}年"
            case Switch.TOLERANCE:
                return f"“左右”容差±{text_zh.percent(self.tolerance, 0)}"
        return f"分母取{TOTALS_ZH[self.total]}"


class Finding(Frozen):
    """One place where the plan disagrees with itself or implies more than it says.

    ``readings`` are the targets as each clause states them, so that every one
    can be judged and none is chosen silently.
    """

    id: str
    kind: FindingKind
    title_zh: str
    clauses: tuple[Clause, ...]
    arithmetic_zh: tuple[str, ...]
    assumption: tuple[Switch, ...] = ()
    consequence_zh: str
    severity: Severity
    readings: tuple[Target, ...] = ()
    illustrative: bool = False  # the arithmetic uses illustrative data


def summary_zh(findings: Iterable[Finding]) -> str:
    """Count the findings by kind, contradictions first and always."""
    counts = Counter(finding.kind for finding in findings)
    parts = [f"{counts[FindingKind.CONTRADICTION]}处矛盾"]
    parts += [
        f"{counts[kind]}处{kind}"
        for kind in FindingKind
        if counts[kind] and kind is not FindingKind.CONTRADICTION
    ]
    return "、".join(parts)
