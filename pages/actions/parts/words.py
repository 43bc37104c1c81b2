"""The sentences and names that the pages of the actions show."""

from analytics.domain import Measure, Target

LATEST = "最新值"
ODDS = "达成概率"
CLAUSE, TABLE, FIRMNESS, OWN = "方案原文", "各项目标明细", "预警与稳健性", "专题"
ROWS, SOURCES, CONTEXT = "数据与SQL", "来源与口径", "相关公布数据"
TASKS, NOTES, SHARE = "未给数字的任务", "图上注记", "链接与文件"


def outlook(target: Target, *, moved: bool) -> str:
    """Name what the outlook measures, growth being an average, and whose it is."""
    nature = "情景" if moved else "预测"
    if target.measure in (Measure.CAGR, Measure.RELATIVE_GROWTH):
        return f"{target.counted_from}—{target.due_year % 100}年均{nature}"
    return f"{target.due_year}年{nature}"
