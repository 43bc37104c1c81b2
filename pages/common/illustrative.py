"""Whether what is shown rests on illustrative rows, and the mark that says so."""

from collections.abc import Iterable

from analytics import text_zh
from analytics.domain import JINSHAN, RowStatus, Target
from analytics.workbench import Workbench


def rests_on_illustration(bench: Workbench, indicator_id: str, region: str = JINSHAN) -> bool:
    """Tell whether illustrative rows are in use for an indicator."""
    return RowStatus.ILLUSTRATIVE in bench.history(indicator_id, region).statuses


def any_illustrative(bench: Workbench, targets: Iterable[Target]) -> bool:
    """Tell whether any of these targets rests on illustrative rows."""
    sides = (side for target in targets for side in bench.sides(target))
    return any(rests_on_illustration(bench, name, region) for name, region in sides)


def demo_mark(bench: Workbench, targets: Iterable[Target]) -> str:
    """Return the sentence that marks illustrative figures; nothing where there are none."""
    return f"{text_zh.DEMO_MARK}。" if any_illustrative(bench, targets) else ""
