"""How much of what the targets rest on is real, told in Chinese."""

from analytics.domain import RowStatus
from analytics.workbench import Workbench


def held_zh(bench: Workbench) -> str:
    """Count the targets' indicators by what a release holds of them."""
    indicators = {target.indicator for target in bench.catalog.targets.values()}
    natures = [bench.history(name).statuses for name in indicators]
    invented = sum(RowStatus.ILLUSTRATIVE in found for found in natures)
    empty = sum(not found for found in natures)
    counts = {
        "全部为实际数据": len(indicators) - invented - empty,
        "用到演示数据": invented,
        "没有任何数据": empty,
    }
    parts = "，".join(f"{count}个{words}" for words, count in counts.items() if count)
    return f"{len(bench.catalog.targets)}项目标涉及{len(indicators)}个区级指标：{parts}。"


def wanted_zh(series: int, values: int, *, replaces_illustration: bool) -> str:
    """Say how many yearly values are still asked for; nothing where none are."""
    if not series:
        return ""
    aim = "要替换全部演示值并补齐空缺" if replaces_illustration else "要补齐空缺"
    return f"{aim}，还需{series}个序列的{values}个年度数值，见页末清单。"
