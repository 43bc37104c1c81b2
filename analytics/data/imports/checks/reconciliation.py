"""Every number of a file is read or named as not read: 文件共N个数，读取n，未读m，空k."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analytics.data.imports.batch import Fault, Tally
from analytics.data.imports.checks import rules
from analytics.data.imports.checks.findings import Findings, shown
from analytics.data.imports.checks.resolve import Resolver
from analytics.data.imports.mapping.declared import LEAVE
from analytics.data.imports.mapping.questions import REMARKS
from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader import headings
from analytics.data.imports.reader.entries import (
    HIDDEN_COLUMN,
    HIDDEN_ROW,
    OTHER_TIME,
    TOO_LONG,
    Entries,
)
from analytics.data.imports.reader.shapes import pattern

_MOST_LISTED = 12  # rows and columns in one sentence; each has a note of its own besides
_MOST_NOTES = 500
_BY_ROW = (*REMARKS, OTHER_TIME, TOO_LONG, HIDDEN_ROW)  # reasons that stand beside a whole row
_HOW = {
    "增幅或指数": "增幅由程序计算，不单独导入；增速指标请另列一行",
    "计划或预计": "只导入实际数",
    "上年同期": "要导入的，把表头写成年份和期间，如2024年1—9月",
    headings.NO_MONTH: "在标题写明年份和月份，如2025年9月；或把表头写成2025年1—9月",
    "单季": "只有累计数可以导入，请写成1—6月、1—9月、1—12月的累计",
    TOO_LONG: "数字里的千分位逗号没有加引号，请去掉逗号，或另存为.xlsx",
    OTHER_TIME: "每段年月另起一行表头，或把年月写在各列表头上，如2024年1—9月",
    HIDDEN_ROW: "要导入的，请在Excel中取消隐藏（或清除筛选）后另存",
    HIDDEN_COLUMN: "要导入的，请在Excel中取消隐藏后另存",
    headings.YEAR_OR_MONTH: "2025-01-01可能是全年，也可能是1月，请写成2025年或2025年1月",
    "日期": "2025.1可能是1月，也可能是10月，请写成2025年10月或2025年1月",
}


def reconcile(
    read: Mapping[str, Entries],
    columns: Mapping[str, list[Any]],
    resolver: Resolver,
    findings: Findings,
) -> tuple[Tally, ...]:
    """Count what was read of every file; hold what was not until a person has seen it.

    What a kept mapping leaves out was seen when the mapping was made: it is noted.
    """
    left = defaultdict(list)
    for entry in sorted(resolver.left_out | resolver.unread):
        left[columns["file"][entry]].append(entry)
    tallies = []
    counts = Counter(columns["file"])
    for file, entries in read.items():
        _mapped(file, entries, resolver, findings)
        rows = left[file]
        unread = len(entries.unread) + len(rows)
        tally = Tally(file, counts[file] - len(rows), unread, entries.blank)
        tallies.append(tally)
        if not tally.unread:
            continue
        known = [one for one in entries.unread if _left_out(one, entries, resolver)]
        fresh = [one for one in entries.unread if not _left_out(one, entries, resolver)]
        new = [entry for entry in rows if entry not in resolver.left_out]
        old = [entry for entry in rows if entry in resolver.left_out]
        if groups := [*_row_groups(new, columns), *_left(file, fresh, findings)]:
            findings.state(_said(tally, groups, rules.UNREAD))
        if groups := [*_row_groups(old, columns), *_left(file, known, findings)]:
            findings.state(_said(tally, groups, rules.LEFT_OUT))
    return tuple(tallies)


def _mapped(file: str, entries: Entries, resolver: Resolver, findings: Findings) -> None:
    """Say by which mappings a file was read, and what they say of their tables."""
    found = [resolver.mapping_for(sheet) for sheet in entries.sheets]
    for one in {mapping.id: mapping for mapping in found if mapping}.values():
        said = f"按对应表“{one.name_zh}”读取" + (f"。{one.note_zh}" if one.note_zh else "")
        findings.state(rules.MAPPED.broken(said, file=file))


def _left_out(one: Mapping[str, Any], entries: Entries, resolver: Resolver) -> bool:
    """Say whether a mapping leaves out a column or a row of remarks."""
    if one["reason"] == headings.LEFT_OUT:
        return True
    found = resolver.mapping_for(entries.sheets[one["table"]]) if one["table"] >= 0 else None
    if found is None:
        return False
    said = found.names if one["reason"] in REMARKS else found.headings
    return said.get(pattern(one["heading"])) == LEAVE


def _said(tally: Tally, groups: Sequence[str], rule: rules.Rule) -> Fault:
    listed = "；".join(groups[:_MOST_LISTED])
    more = f"；等{len(groups)}处" if len(groups) > _MOST_LISTED else ""
    return rule.broken(f"{tally.said_zh}。未读的是：{listed}{more}", file=tally.file)


def _row_groups(rows: Iterable[int], columns: Mapping[str, list[Any]]) -> list[str]:
    counts: dict[tuple[str, int, str], int] = defaultdict(int)
    for entry in rows:
        words = columns[layout.INDICATOR][entry] or columns[layout.ID][entry]
        words = f"{columns[layout.REGION][entry]} {words}".strip()
        counts[columns["sheet"][entry], columns["row"][entry], shown(words)] += 1
    return [
        f"{_sheet(sheet)}第{row + 1}行“{words.strip()}”{count}个"
        for (sheet, row, words), count in counts.items()
    ]


def _left(file: str, unread: Sequence[Mapping[str, Any]], findings: Findings) -> list[str]:
    """Name the rows and columns the reader left; note each at its first cell."""
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for one in unread:
        by_row = one["reason"] in _BY_ROW
        line = one["row"] if by_row else one["column"]
        groups[one["sheet"], by_row, line, one["reason"], one["heading"]].append(one)
    said = []
    for number, ((sheet, by_row, line, reason, heading), cells) in enumerate(groups.items()):
        place = f"第{line + 1}行" if by_row else f"{layout.column_letters(line)}列"
        named = f"“{shown(heading)}”" if heading else ""
        words = f"{place}{named}{len(cells)}个（{reason}）"
        said.append(f"{_sheet(sheet)}{words}")
        if number < _MOST_NOTES:
            findings.state(_note(file, sheet, cells[0], words, reason, by_row))
    return said


def _note(
    file: str, sheet: str, cell: Mapping[str, Any], words: str, reason: str, by_row: bool
) -> Fault:
    rule = rules.UNREAD_ROW if by_row else rules.UNREAD_COLUMN
    return rule.broken(
        f"没有读取：{words}",
        remedy_zh=_HOW.get(reason, ""),
        file=file,
        sheet=sheet,
        cell=layout.address(cell["row"], cell["column"]),
        value=shown(cell["value"]),
    )


def _sheet(name: str) -> str:
    return f"{name}!" if name else ""
