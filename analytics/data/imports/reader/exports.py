"""Exports of databases: names across, rows that tell of them (频率, 单位), dates down."""

from dataclasses import replace

from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader.table import Row, Table
from analytics.data.imports.reader.written import text_of

_UNIT, _FREQUENCY = {"单位"}, {"频率", "频度"}
_TOLD = {
    *("来源", "数据来源", "指标ID", "指标代码", "地区", "区域", "国家", "更新时间", "备注"),
    *("起始时间", "结束时间", "时间区间", "开始时间", "样本区间"),
}


def describes(row: Row) -> bool:
    """Say whether a row tells of the columns: their frequency, unit, source."""
    return bool(row) and _label(row) in _UNIT | _FREQUENCY | _TOLD


def _label(row: Row) -> str:
    return text_of(row[0]).strip().rstrip(":：")


def turned(table: Table) -> Table | None:
    """Take the names beside 指标名称 for series across, with dates down below it."""
    names = [column for column, head in table.heads.items() if head.name]
    if layout.INDICATOR not in table.columns or not names:
        return None
    table.columns[layout.PERIOD] = table.columns.pop(layout.INDICATOR)
    table.across = table.describing = True
    table.values, table.others = names, {}
    return table


def describe(table: Table, row: Row) -> None:
    """Add a unit or frequency to what stands over every column."""
    label = _label(row)
    for column in table.values:
        said = text_of(row[column]).strip() if column < len(row) else ""
        head = table.heads[column]
        if label in _UNIT and said:
            table.heads[column] = replace(head, unit=said)
        elif label in _FREQUENCY and said[:1] == "年":
            table.heads[column] = replace(head, period="全年")
    table.settle()
