"""One sheet, row by row: heads open tables, rows below them are read, what is outside is left."""

from collections.abc import Callable, Iterator, Sequence

from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader import headings, remarks, titles
from analytics.data.imports.reader.cell_marks import SheetMarks
from analytics.data.imports.reader.corners import (
    begins_head,
    lacks_corner,
    with_indicator_corner,
    with_named_corner,
)
from analytics.data.imports.reader.entries import (
    HIDDEN_COLUMN,
    HIDDEN_ROW,
    OUTSIDE,
    Entries,
    leave,
)
from analytics.data.imports.reader.exports import describes
from analytics.data.imports.reader.heads import find_tables
from analytics.data.imports.reader.hidden import columns_zh, rows_zh
from analytics.data.imports.reader.rows import leave_row, read_row, read_section, split_by_commas
from analytics.data.imports.reader.stacks import is_one_date
from analytics.data.imports.reader.table import Row, Table
from analytics.data.imports.reader.written import (
    figures_of,
    is_figure,
    month_of_serial,
    text_of,
)

_HEADER_DEPTH = 30  # rows in which a header is looked for
_STEP = 5000  # rows between two reports of progress
_MOST_ROWS = 200_000
_MOST_VALUES = 500_000  # of all sheets
_WHOLE_YEAR = {"全年", "年末", "年底", "年度"}
Progress = Callable[[float], None]


def read_sheet(
    entries: Entries,
    name: str,
    rows: Iterator[Row],
    marks: SheetMarks,
    height: int,
    progress: Progress,
) -> None:
    """Read the tables of one sheet into ``entries``."""
    reader = _SheetReader(entries, name, marks)
    ahead: list[Row] = []
    number = 0
    for row in rows:
        ahead.append(row)
        if len(ahead) > 2:  # a head may have two more rows below it
            number += reader.take(number, ahead)
        if number % _STEP == 0:
            progress(min(number / max(height, 1), 1.0))
        if len(entries.columns["row"]) > _MOST_VALUES:
            raise ImportFileError(f"全部工作表超过{_MOST_VALUES:,}个数，请分批导入")
        if number > _MOST_ROWS:
            raise ImportFileError(f"工作表“{name}”超过{_MOST_ROWS:,}行，请分批导入")
    while ahead:
        number += reader.take(number, ahead)
    reader.finish()


class _SheetReader:
    """Reads the rows of one sheet, one table after the other."""

    def __init__(self, entries: Entries, name: str, marks: SheetMarks):
        self.entries, self.name, self.marks = entries, name, marks
        self.tables: list[Table] = []
        self.above: list[Row] = []  # rows since the last numbers: a title, or remarks
        self.title: list[Row] = []  # those above the first table
        self.found = self.refused = False
        self.seen: dict[str, bool] = {}
        self.stray: list[tuple[int, Row]] = []
        self.remarks = 0  # that date rows above them
        self.end = 0  # the first column to the right of every table
        self.watched: list[int] = []  # columns of the tables that are read, or left with a word

    def take(self, number: int, ahead: list[Row]) -> int:
        """Take the first row, and the rows of its head with it; return how many."""
        if self._begins_table(ahead) and (depth := self._take_head(number, ahead)):
            return depth
        row = ahead.pop(0)
        # a figure beside the values, as a year is, is looked for where nothing else is one
        columns = figures_of(row, [*self.watched, *range(self.end, len(row))])
        columns = columns or figures_of(row, range(min(self.end, len(row))))
        figures = bool(columns and (self.tables or not (_only_a_year(row) or is_one_date(row))))
        if self.tables:
            beyond = [column for column in columns if column >= self.end]
            split = bool(beyond and not self.name and split_by_commas(row))
            for table in self.tables:
                if not figures:
                    read_section(table, row)
                    self._take_remark(table, row)
                if split:  # 1,588.1 without quotes is two cells: which is which is a guess
                    leave_row(self.entries, table, row, number, figures_of(row, range(len(row))))
                else:
                    read_row(self.entries, table, row, number, columns, self.marks)
            for column in beyond:
                leave(self.entries, self.name, number, column, row[column], OUTSIDE, "")
        elif figures:
            self.stray.append((number, row))
        if not figures:
            self.above = [*self.above[-_HEADER_DEPTH:], row]
        elif self.tables:
            self.above = []
        return 1

    def _begins_table(self, ahead: list[Row]) -> bool:
        """Say whether the first row may be a head; its first cell is called by what is below."""
        heads = self._may_head(ahead[0])
        if lacks_corner(ahead, may_have_word=not self.tables):
            ahead[0] = with_indicator_corner(ahead[0])
            heads = self._may_head(ahead[0])
        elif heads and _is_lone(ahead[0]) and len(ahead) > 1 and self._may_head(ahead[1]):
            return False  # 主要指标 as a title
        elif heads:
            ahead[0] = with_named_corner(ahead)
        return heads and not self._tells_of_columns(ahead[0])

    def _take_head(self, number: int, ahead: list[Row]) -> int:
        """Take the rows of a head if it heads a table, and return how many they were.

        What the rows above leave undated is dated by the sheet's title, else by the file's name.
        """
        tables, depth = self._find(number, ahead, self.above)
        goes_on = _only_parts(self.above)
        if self.title and goes_on and any(table.undated for table in tables):
            tables, depth = self._find(number, ahead, [*self.title, *self.above])
        said = titles.date_in_name(self.entries.file)
        if said and any(table.undated for table in tables):
            tables, depth = self._find(number, ahead, [[said], *self.above])
            _doubt_file(self.entries, tables, said)
        if not tables:
            return 0
        self.title = self.title if goes_on and self.title else self.above
        self._open(tables, ahead[depth : depth + 1])
        self.above = []
        del ahead[:depth]
        return depth

    def _take_remark(self, table: Table, row: Row) -> None:
        """Heed a remark that dates rows above it; they are walked, so not for ever."""
        if self.remarks < remarks.MOST:
            self.remarks += remarks.take_remark(self.entries, table.number, row)

    def _find(self, number: int, ahead: list[Row], above: list[Row]) -> tuple[list[Table], int]:
        return find_tables(self.name, number, ahead, above, self.entries.hints)

    def _may_head(self, row: Row) -> bool:
        """Spare the closer look where a cell is a figure, or none is a heading of ours."""
        for cell in row:
            if isinstance(cell, float) and not _may_be_time(cell):
                return False
        for cell in row:
            if isinstance(cell, str) and 0 < len(cell) <= 12:
                known = self.seen.get(cell)
                if known is None:
                    known = self.seen[cell] = begins_head(cell)
                if known:
                    return not is_one_date(row)
        return False

    def _tells_of_columns(self, row: Row) -> bool:
        """Say whether a row describes the series above it: 频率, with 年 below each."""
        return any(table.describing for table in self.tables) and describes(row)

    def _open(self, tables: list[Table], below: Sequence[Row]) -> None:
        self.found = True
        dated = any(_is_section_of_time(row) for row in below)
        usable = [table for table in tables if table.usable or dated]
        for table in tables:
            table.number = len(self.entries.sheets)
            self.entries.sheets.append(
                {
                    "name": self.name,
                    "header": table.header,
                    "columns": table.columns,
                    "title": table.title,
                    "across": table.across,
                    "shape": table.shape,
                    "serials": list(table.serials.values()),
                }
            )
            _doubt(self.entries, table)
        if len(usable) < len(tables):
            self.refused = True
            self.entries.refuse(
                *(self.name, layout.address(tables[0].header, 0), "缺少列"),
                "表头缺少“年份”和“期间”列，标题也没有写明年份",
                "请补上年份列（如2025）和期间列（如全年、1—9月）",
            )
        self.tables = usable
        self.end = max((table.end for table in usable), default=0)
        self.watched = sorted({c for table in usable for c in (*table.values, *table.others)})

    def finish(self) -> None:
        """Close the last table; say what stands outside every table, and what is hidden."""
        self._say_hidden()
        outside = [(n, row) for n, row in self.stray if self.found]
        for number, row in outside:
            for column, cell in enumerate(row):
                if is_figure(cell):
                    leave(self.entries, self.name, number, column, cell, OUTSIDE, "")
        if self.found or not (self.above or self.stray):
            return
        words = [text_of(cell) for row in self.above[:1] for cell in row if text_of(cell)]
        rows = [row for _, row in self.stray] + self.above
        if not any(text_of(cell) for row in rows for cell in row):
            return
        first = words or [text_of(c) for row in rows[:1] for c in row if text_of(c)]
        taken = "、".join(f"“{word[:12]}”" for word in first[:5])
        self.entries.refuse(
            *(self.name, "", "找不到表头"),
            f"没有一行能作表头（第一行写着{taken}）：缺“指标”列，以及“数值”列或写明年份、月份的列",
            "请写一行表头，如“指标、单位、2024年、2025年”；与数据无关的工作表请删除",
        )

    def _say_hidden(self) -> None:
        """Note which hidden rows and columns have numbers that are not read."""
        left = [one for one in self.entries.unread if one["sheet"] == self.name]
        rows = {one["row"] for one in left if one["reason"] == HIDDEN_ROW}
        columns = {one["column"] for one in left if one["reason"] == HIDDEN_COLUMN}
        places = [*([rows_zh(rows)] if rows else []), *([columns_zh(columns)] if columns else [])]
        if places:
            said = f"{'、'.join(places)}是隐藏的，其中的数没有读取"
            self.entries.note(self.name, "隐藏的行列", said)


def _only_parts(above: Sequence[Row]) -> bool:
    """Say whether rows only number a part of the sheet (二、企业), which its title then dates."""
    said = [word for row in above if (word := " ".join(filter(None, map(text_of, row))))]
    return all(
        titles.without_numbering(word) != headings.squeezed(word) or titles.says_goes_on(word)
        for word in said
    )


def _is_section_of_time(row: Row) -> bool:
    """Say whether a row only dates the rows below it."""
    words = [text_of(cell) for cell in row if text_of(cell)]
    time = headings.read_time(titles.without_numbering(words[0])) if len(words) == 1 else None
    return time is not None and bool(time.year)


def _is_lone(row: Row) -> bool:
    """Say whether only one cell of a row says anything."""
    return sum(bool(text_of(cell)) for cell in row) == 1


def _only_a_year(row: Row) -> bool:
    """Say whether all a row holds is a year, which dates the table below it."""
    words = [text_of(cell) for cell in row if text_of(cell)]
    return len(words) == 1 and bool(titles.year_in_title(words[0])) and len(words[0]) <= 6


def _may_be_time(cell: float) -> bool:
    """Say whether a number in a head may be a month or a year: 9, 2025, 2025.8."""
    if 1900 <= cell < 2100 or (1 <= cell <= 12 and cell.is_integer()):
        return True
    if cell.is_integer() and 190001 <= cell <= 209912 and 1 <= cell % 100 <= 12:
        return True  # 202509
    return cell.is_integer() and bool(month_of_serial(text_of(cell)))


def _doubt(entries: Entries, table: Table) -> None:
    """Hold a column of a whole year under a title of a part of it, or of plans."""
    part, year = table.defaults[layout.PERIOD], table.defaults[layout.YEAR]
    if (word := titles.plans(table.title)) and table.values:
        entries.hold(
            *(table.sheet, layout.address(table.header, table.first), "标题写着计划或预计"),
            f"标题或工作表名写着“{word}”，表头没有写明是实际数",
            "只导入实际数；确为实际数的请确认",
        )
    by_title = layout.VALUE in table.columns and not layout.TIMES & table.columns.keys()
    by_title = by_title or any(table.heads[c].current for c in table.values if c in table.heads)
    if by_title and year and not part and titles.is_periodical(table.title):
        entries.hold(
            *(table.sheet, layout.address(table.header, table.first), "标题与表头的期间不同"),
            f"标题或工作表名是月报或季报，没有写明月份，按{year}年全年读取",
            f"在标题写明月份，如{year}年1—9月；确为全年数的请确认",
        )
    for column, serial in table.serials.items():
        head = table.heads[column]
        entries.hold(
            *(table.sheet, layout.address(table.header, column), "表头是日期序号"),
            f"表头写的是{serial}，按{head.year}年{head.period}读取",
            f"核对后确认，或把表头写成{head.year}年{head.period}",
        )
    _doubt_month(entries, table)
    for column, head in table.heads.items():
        if part and head.period in _WHOLE_YEAR and year in ("", head.year) and not head.unread:
            dated = f"{year}年{part}" if year else part
            entries.hold(
                *(table.sheet, layout.address(table.header, column), "标题与表头的期间不同"),
                f"标题或工作表名写着{dated}，表头写的是{head.year}年，按全年读取",
                f"若是{part}累计，请把表头改为“{head.year}年{part}”；确为全年数的请确认",
            )
            return


def _doubt_file(entries: Entries, tables: Sequence[Table], said: str) -> None:
    """Hold a date taken from the file's name, which is easily left from another month."""
    dated = [table for table in tables if not table.undated]
    if dated:
        entries.hold(
            *(dated[0].sheet, layout.address(dated[0].header, 0), "年月取自文件名"),
            f"标题、工作表名和表头没有写明年月，按文件名读作{said}",
            "核对文件名的年月；无误的请确认",
        )


def _doubt_month(entries: Entries, table: Table) -> None:
    """Hold months over the columns none of which is the title's, as one left from last month."""
    year, month = table.defaults[layout.YEAR], titles.last_month(table.defaults[layout.PERIOD])
    over = {c: h for c, h in table.heads.items() if c in table.values and h.year in ("", year)}
    said = {c: last for c, h in over.items() if (last := titles.last_month(h.period))}
    if month and said and month not in said.values():
        column = min(said)
        entries.hold(
            *(table.sheet, layout.address(table.header, column), "标题与表头的期间不同"),
            f"标题或工作表名写着{table.defaults[layout.PERIOD]}，表头写的是{table.heads[column].period}",
            "核对月份；表头无误的请确认",
        )
