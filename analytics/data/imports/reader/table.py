"""One table of a sheet: where its head stands, and what stands over every column."""

from dataclasses import dataclass, field
from typing import Any

from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader.headings import NO_MONTH, Heading

Row = list[Any]  # cells of one row, as the file has them


@dataclass
class Table:
    """Where things stand in one table."""

    sheet: str
    header: int  # row of the head, from 0
    first: int  # its first column, and the one after its last
    end: int
    columns: dict[str, int]  # field -> column
    heads: dict[int, Heading]  # column -> what stands over it
    defaults: dict[str, str]  # what the title above says
    title: str
    across: bool  # indicators stand over the columns, times or places beside the rows
    values: list[int] = field(default_factory=list)  # columns that are read
    others: dict[int, str] = field(default_factory=dict)  # column -> why it is not read
    headings: dict[int, str] = field(default_factory=dict)  # column -> words of its heading
    serials: dict[int, str] = field(default_factory=dict)  # column -> day number to be confirmed
    number: int = 0
    shape: str = ""  # see shapes.shape_of
    about: str = ""  # that thing, where no cell of a row names another
    subject: str = ""  # the one thing a title says the table is about
    monthly: bool = False  # whether months stand over all its values
    describing: bool = False  # whether rows that tell of its columns may follow
    last: dict[str, str] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)  # what stood beside the row before
    whole: str = ""  # a name that stands once beside the names of its parts
    section: str = ""  # a part of all firms said by a row of its own over its figures
    place: str = ""  # said by a row of its own over the rows that follow
    by_place: bool = False  # whether its rows are places
    grouped: bool = False  # whether its rows are groups, told of by what stands over the columns
    month_above: tuple[str, str] = ("", "")  # year and month beside the row before
    month_kind: str = ""  # what a person said of months that open which they are: 累计 or 当月
    quarterly: bool = False  # whether the periods beside its rows are quarters
    parted: str = ""  # a time said by such a row, which dates none of the columns
    part: str = ""  # part of a year said by such a row over rows under whole years
    unnamed: list[int] = field(default_factory=list)  # columns before figures, of no known field
    parts: list[int] = field(default_factory=list)  # those right of the names, under no heading
    sorts: list[int] = field(default_factory=list)  # of 行业, 企业规模 behind the figures
    unit_beside: dict[int, int] = field(default_factory=dict)  # column of figures -> its unit's
    beside: list[tuple[str, int]] = field(default_factory=list)  # fields and their columns
    wide: bool = False  # whether the time stands over the columns

    def settle(self) -> None:
        """See where words stand beside the figures, and whether their time stands over them."""
        self.beside = [(name, at) for name, at in self.columns.items() if name != layout.VALUE]
        heads = (self.heads.get(column) for column in self.values)
        self.wide = any(head is not None and head.timed for head in heads)

    def measures(self, column: int) -> bool:
        """Say whether a column holds something told of the groups beside the rows."""
        named = self.grouped and column > self.columns.get(layout.INDICATOR, column)
        return bool(named and self.heads[column].name)

    @property
    def undated(self) -> bool:
        """Say whether its columns or their kinds wait for a title's date."""
        waiting = any(head.unread == NO_MONTH for head in self.heads.values())
        beside = self.defaults[layout.YEAR] or layout.TIMES & self.columns.keys()
        read = [self.heads[column] for column in self.values if column in self.heads]
        yearless = not beside and any(head.period and not head.year for head in read)
        return not self.usable or waiting or yearless

    @property
    def usable(self) -> bool:
        """Say whether the head or the title tells the time."""
        timed = self.wide or layout.TIMES & self.columns.keys() or not self.values
        return bool(timed or self.defaults[layout.YEAR])
