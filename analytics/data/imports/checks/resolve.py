"""Entries in a file's own words → rows with ids, dates and values, or the fault of a cell.

The same words occur thousands of times, so every distinct word or pair of words is read once.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from analytics.catalog.disclosure import beside_note, unreadable_count
from analytics.catalog.load import Catalog
from analytics.data.imports.batch import Fault, FaultKind
from analytics.data.imports.checks import places, rules
from analytics.data.imports.checks.cells import Doubtful, Refused, Skipped, attempt
from analytics.data.imports.checks.findings import Findings, shown
from analytics.data.imports.checks.values import read_value
from analytics.data.imports.mapping.declared import LEAVE, TableMapping, mapping_for
from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader import headings, kinds
from analytics.data.imports.reader.entries import FIELDS, Entries
from analytics.data.imports.reader.place_names import is_part
from analytics.data.imports.reader.shapes import pattern
from analytics.data.imports.reader.written import BELOW_ZERO, BESIDE_GROWTH, MARKED
from analytics.data.reading.parsing import (
    ParseError,
    YearError,
    is_missing,
    parse_date,
    plain,
    split_marks,
)
from analytics.data.reading.periods import Period, parse_period
from analytics.data.reading.units import convert, is_unit, units_in
from analytics.domain import (
    DISTRICTS,
    EVERY_DISTRICT,
    FRACTION,
    JINSHAN,
    SHANGHAI,
    WHOLE_CITY,
    Indicator,
    Kind,
    PeriodKind,
)

Columns = dict[str, list[Any]]
_Time = tuple[str, date, date, int, int | None]  # kind, first and last day, year, month
_REGIONS = {"金山": JINSHAN, "本区": JINSHAN, "全区": JINSHAN, "上海": SHANGHAI, "全市": SHANGHAI}
_LISTED = DISTRICTS | {SHANGHAI}
_KINDS = (PeriodKind.YEAR, PeriodKind.CUMULATIVE, PeriodKind.MONTH, PeriodKind.POINT)
_WHOLE_DATE = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}.*")
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?|月)")
_PART_LIKE = re.compile(  # 第二工业区 among the parts of the district
    r"[\u4e00-\u9fff]{2,8}(?:镇|街道|工业区|园区|产业园|开发区|高新区|新城|省|市|县)"
)
_BASES = {"现价": "当年价格", "现行价格": "当年价格", "当年价": "当年价格"}
_PLACES = (
    "file",
    "sheet",
    "row",
    "column",
    "kind",
    "wide",
    "header",
    "cells",
    "title",
    "shape",
    "mapping",
    "across",
)
_PRINTED = {JINSHAN: re.compile("金山"), SHANGHAI: re.compile("上海市|全市")}
_OTHER_DISTRICTS = re.compile("|".join(name[:2] for name in DISTRICTS - {JINSHAN}))  # 浦东, 奉贤
_PLAN = re.compile(r"计划(?!投资)|预计|目标|预测|预期")
_ACTUAL = re.compile(r"|年报|快报|初步|初步核算|实际|实绩|完成|统计数|现价|数值|绝对值")
_NUMBERING = re.compile(
    r"^(?:[#＃*]+|其中[:：]?|[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十0-9]+[)）]"
    r"|[0-9]+[、.．)）](?![0-9])|[①-⑳])"
)
_COUNTED = re.compile(r"(.+?)(?:数量|户数|家数|个数)(?:[(](?:家|户|个)[)])?")
_SORT = re.compile(r".+(?:集群|产业)")
_OUTPUT, _NOT_OUTPUT = (
    re.compile("产值"),
    re.compile("税|投资|营收|收入|利润|增加值|用地|企业数|增速|增长"),
)
_MANNER = re.compile(r"(属地|在地)(?:管理|统计|口径|原则)+")
_TOPIC = re.compile(  # words over the names of a block that leave them as they are
    r"(?:主要|区域)?(?:工业|经济|企业|投资|创新|效益|综合|生产|质量|规模|总量|指标|情况|培育|发展|运行)+"
)
_TRANSLATION = re.compile(  # 总产值 Gross Output; words that may say another thing stay
    rf"(?<=[^\x00-\x7f])\s+{headings.NO_OTHER_THING}[A-Za-z][\x20-\x7e]{{2,}}$",
    re.IGNORECASE,
)
_UNMAPPED = -1
_MOST_SUGGESTED = 50  # unknown names that get suggestions; looking for them is slow


def combine(
    read: Mapping[str, Entries], mappings: Sequence[TableMapping] = ()
) -> tuple[Columns, list[Fault], int]:
    """Join the entries of several files; return them, the faults of reading, and blanks."""
    columns: Columns = {name: [] for name in (*FIELDS, *_PLACES)}
    faults, blank = [], 0
    for file, entries in read.items():
        for name in (*FIELDS, "row", "column", "kind", "wide"):
            columns[name] += entries.columns[name]
        sheets = [entries.sheets[number] for number in entries.columns["sheet"]]
        columns["file"] += [file] * len(sheets)
        columns["sheet"] += [sheet["name"] for sheet in sheets]
        columns["header"] += [sheet["header"] for sheet in sheets]
        columns["cells"] += [sheet["columns"] for sheet in sheets]
        columns["title"] += [sheet["title"] for sheet in sheets]
        columns["shape"] += [sheet["shape"] for sheet in sheets]
        columns["across"] += [sheet["across"] for sheet in sheets]
        places = {id(one): place for place, one in enumerate(mappings)}
        fitting = [mapping_for(mappings, s["shape"], s["title"]) for s in entries.sheets]
        found = [places[id(one)] if one else _UNMAPPED for one in fitting]
        columns["mapping"] += [found[number] for number in entries.columns["sheet"]]
        faults += [_fault(file, **fault) for fault in entries.faults]
        blank += entries.blank
    return columns, faults, blank


def _fault(file: str, kind: str, **said: str) -> Fault:
    return Fault(FaultKind(kind), file=file, **said)


class Resolver:
    """What the words of a file may mean in this catalog on this day."""

    def __init__(
        self,
        catalog: Catalog,
        regions: Mapping[str, set[str]],
        submitted_on: date,
        mappings: Sequence[TableMapping] = (),
    ):
        self._catalog = catalog
        self._mappings = mappings
        self._regions = regions  # indicator -> regions already held of it
        self._today = submitted_on
        self.names: list[str | None] = []  # of every entry, filled by resolve
        self.left_out: set[int] = set()  # entries a mapping says are not imported
        self.unread: set[int] = set()  # entries nobody has explained
        self._suggested = 0
        named = [(name, i.id) for i in catalog.indicators.values() for name in i.aliases]
        named += [(i.name_zh, i.id) for i in catalog.indicators.values()]
        self._by_name = {_key(name): key for name, key in named}

    def _mapping(self, place: int) -> TableMapping | None:
        return None if place == _UNMAPPED else self._mappings[place]

    def mapping_for(self, sheet: Mapping[str, Any]) -> TableMapping | None:
        """Return the mapping of a table, None where nobody made one."""
        return mapping_for(self._mappings, sheet["shape"], sheet["title"])

    def resolve(self, columns: Columns, findings: Findings) -> pd.DataFrame:
        """Return the readable rows, indexed by their place in ``columns``."""
        c = columns
        named = [layout.INDICATOR, layout.ID, layout.SCOPE, "title"]
        names = self._each(findings, self._indicator, named, c, c["mapping"])
        places = [layout.REGION, "title", "file"]
        by_row = [
            across or layout.REGION not in cells
            for cells, across in zip(c["cells"], c["across"], strict=True)
        ]
        regions = self._each(findings, self._region, places, c, names, c["mapping"], by_row)
        unnamed = [name is None for name in names]  # the same times are read once for all
        times = [layout.YEAR, layout.PERIOD, layout.TYPE]
        periods = self._each(findings, self._time, times, c, c["wide"], unnamed)
        stated = [layout.UNIT, layout.UNIT_HEAD, layout.INDICATOR, layout.UNIT_TITLE]
        units = self._each(findings, self._unit, stated, c, names)
        scopes = self._each(findings, self._scope, [layout.SCOPE], c, names)
        bases = self._each(findings, self._basis, [layout.BASIS], c, names)
        published = self._each(findings, self._published, [layout.PUBLISHED], c)
        beside = [layout.NOTE, layout.ENTERPRISES, layout.CONFIDENTIAL]
        notes = self._each(findings, _note, beside, c)
        values = self._values(findings, c, names, units)
        self.names = names
        parts: list[list[Any]] = [names, regions, periods, units, scopes, bases]
        parts += [published, notes, values]
        bad = {n for part in parts for n, said in enumerate(part) if said is None}
        good = [n for n in range(len(names)) if n not in bad]
        return _rows(good, periods, names, regions, values, bases, published, notes, units)

    def _each(
        self,
        findings: Findings,
        read: Callable[..., Any],
        fields: list[str],
        columns: Columns,
        *more: list[Any],
    ) -> list[Any]:
        """Read a cell of every row; the same words are read once, faults named for each."""
        known: dict[tuple[Any, ...], Any] = {}
        found = []
        groups = zip(*(columns[name] for name in fields), *more, strict=True)
        for entry, words in enumerate(groups):
            said = known.get(words)
            if said is None:
                said = known[words] = attempt(read, words)
            value, fault = said
            found.append(value)
            if fault is not None:
                rule, message, name = fault
                findings.add(entry, rule, message, field=name or fields[0])
                if rule is rules.LEFT_OUT:
                    self.left_out.add(entry)
                elif rule is rules.UNREAD_ROW:
                    self.unread.add(entry)
        return found

    # ── one cell each ────────────────────────────────────────────────────────────────────

    def _indicator(self, name: str, key: str, scope: str, title: str, place: int) -> str:
        mapping = self._mapping(place)
        meant = mapping.names.get(pattern(name)) if mapping else None
        if mapping and meant == LEAVE:
            said = f"“{shown(name)}”按对应表“{mapping.name_zh}”不导入"
            raise Refused(rules.LEFT_OUT, said)
        if meant and not plain(key):
            return meant
        wanted, given = plain(key), _key(headings.split_unit(name)[0])
        named = self._named(name) or self._named_with(name, scope, title)
        if wanted and wanted not in self._catalog.indicators:
            raise Refused(rules.INDICATOR, f"指标标识“{shown(key)}”不在目录中", layout.ID)
        if named is None and name and not (wanted and not given):
            message = f"指标“{shown(name)}”不在目录中，这一行没有读取{self._like(given)}"
            raise Refused(rules.UNREAD_ROW, message)
        if wanted and named and wanted != named:
            right = self._catalog.indicators[wanted].name_zh
            raise Refused(rules.INDICATOR, f"指标“{shown(name)}”与指标标识（{right}）不一致")
        found = wanted or named
        if not found:
            raise Refused(rules.INDICATOR, "有数值而没有写指标")
        return found

    def _named(self, name: str) -> str | None:
        """Find an indicator by its name, less numbering, unit and 其中."""
        bare = _NUMBERING.sub("", _NUMBERING.sub("", _key(name)))
        if bare not in self._by_name:
            bare = split_marks(bare)[0]
        short, inside = headings.split_unit(bare)
        aside = is_unit(inside) or headings.type_of(inside)  # other words change the meaning
        group, _, own = name.rpartition("\n")
        whole = _TOPIC.fullmatch(_key(group)) or _key(group) in _key(own)
        own = own if whole else ""
        spelled = (_key(name), bare, *([_key(short)] if aside else ()), _key(own))
        for words in (*spelled, _key(_TRANSLATION.sub("", name))):
            if words in self._by_name:
                return self._by_name[words]
        return None

    def _named_with(self, name: str, scope: str, title: str) -> str | None:
        """Find an indicator by its name and its 口径, or a cluster's under a title of 产值."""
        if plain(scope) and (found := self._named(f"{name}（{scope}）")):
            return found
        bare = _NUMBERING.sub("", _NUMBERING.sub("", _key(name)))
        if counted := _COUNTED.fullmatch(bare):
            found = self._by_name.get(counted[1])
            item = self._catalog.indicators[found] if found else None
            return found if item and item.kind is Kind.COUNT and not item.accumulates else None
        of_output = _OUTPUT.search(title) and not _NOT_OUTPUT.search(title)
        short, inside = headings.split_unit(bare)
        bare = short if is_unit(inside) else bare
        return self._by_name.get(f"{bare}产值") if of_output and _SORT.fullmatch(bare) else None

    def _like(self, name: str) -> str:
        self._suggested += 1
        if self._suggested > _MOST_SUGGESTED:
            return ""
        close = difflib.get_close_matches(name, self._by_name, n=2, cutoff=0.6)
        names = [self._catalog.indicators[self._by_name[key]].name_zh for key in close]
        return f"，是否为“{'”或“'.join(names)}”" if names else ""

    def _region(
        self, text: str, title: str, file: str, name: str | None, place: int, by_row: bool
    ) -> str:
        if name is None:
            raise Skipped
        mapping = self._mapping(place)
        if mapping and (meant := mapping.places.get(pattern(text))) is not None:
            if meant == LEAVE:
                said = f"“{shown(text)}”按对应表“{mapping.name_zh}”不导入"
                raise Refused(rules.LEFT_OUT, said)
            text = meant
        item = self._catalog.indicators[name]
        region = _REGIONS.get(plain(text), plain(text)) or item.home_region
        allowed = _regions_of(item) | self._regions.get(name, set())
        passed_over = _LISTED if by_row else DISTRICTS  # a table of all districts is no mistake
        other = region not in _LISTED | allowed and _PART_LIKE.fullmatch(region)
        if region in passed_over - allowed or is_part(region) or other:
            rule = rules.LEFT_OUT if mapping else rules.UNREAD_ROW
            raise Refused(rule, f"“{item.name_zh}”不记{region}的数，这一行没有读取")
        if region not in allowed:
            listed = layout.joined(sorted(allowed))
            message = (
                f"“{item.name_zh}”（口径：{item.scope}）的地区应为{listed}，填的是“{shown(text)}”"
            )
            raise Refused(rules.REGION, message)
        named = "" if plain(text) else _other_place(f"{title} {file}", region)
        if named:
            message = f"标题、工作表名或文件名写着“{named}”，没有“地区”列，按{region}读取"
            raise Doubtful(rules.PLACE, message, region)
        return region

    def _time(self, *words: Any) -> _Time:
        """Read a period once for all the rows that state it in these words."""
        try:
            return _time_of(self._period(*words))
        except Doubtful as doubt:
            doubt.value = _time_of(doubt.value)
            raise

    def _period(self, year: str, period: str, kind: str, wide: bool, unnamed: bool) -> Period:
        if unnamed:
            raise Skipped
        _require_actual(kind)
        kind = headings.type_of(kind)
        words = headings.period_text(period, kind)
        if zero := next((one for one in (year, period) if headings.lost_zero(one)), ""):
            message = f"“{shown(zero)}”可能是1月，也可能是10月，请写成“2025年10月”这样"
            raise Refused(rules.PERIOD, message, layout.PERIOD)
        if _WHOLE_DATE.fullmatch(plain(year)):
            return self._from_date(year, words, period)
        if heading := headings.read_time(year):  # 2025, 2025年度, 2025年1—9月
            year = heading.year
            words = words or headings.period_text(heading.period, kind or heading.type)
        if not year and (heading := headings.read_time(period)):
            year, words = heading.year, headings.period_text(heading.period, kind or heading.type)
        if headings.is_one_quarter(period):
            message = f"“{shown(period)}”是一个季度的数，这里记年、月和1月至某月累计"
            raise Refused(rules.PERIOD, message, layout.PERIOD)
        month = headings.MONTHS.fullmatch(words)
        if kind == kinds.SINGLE and (month is None or headings.is_running(words)):
            message = f"期间写的是“{words or '全年'}”，类型写的是“{kind}”"
            raise Refused(rules.PERIOD_TYPE, message, layout.PERIOD)
        if wide and headings.needs_type(words) and not kind and headings.type_of(period) == "":
            message = f"“{shown(period)}”没有说明是累计还是当月"
            raise Refused(rules.PERIOD_TYPE, message, layout.PERIOD)
        return self._checked_period(year, words or "全年", period)

    def _checked_period(self, year: str, words: str, printed: str) -> Period:
        try:
            found = parse_period(year, words)
        except ParseError as error:
            where = layout.YEAR if isinstance(error, YearError) else layout.PERIOD
            raise Refused(rules.PERIOD, str(error), where) from None
        if found.kind not in _KINDS or plain(printed) == "累计":
            message = f"期间“{shown(printed)}”不是年、月或1月至某月累计"
            raise Refused(rules.PERIOD, message, layout.PERIOD)
        if found.end > self._today:
            message = f"{found.end:%Y年%m月%d日}在导入日（{self._today}）之后，期间尚未结束"
            raise Refused(rules.FUTURE, message, layout.PERIOD)
        return found

    def _from_date(self, year: str, words: str, printed: str) -> Period:
        found = self._checked_period(year, words or "全年", printed)
        if words:
            return found
        message = f"年份单元格是日期“{shown(year)}”，按{found.end.year}年全年读取"
        raise Doubtful(rules.YEAR_IS_DATE, message, found)

    def _unit(self, text: str, head: str, name: str, title: str, indicator: str | None) -> str:
        """Take the statement nearest to the number: cell, column, name, title."""
        if indicator is None:
            raise Skipped
        goal = self._catalog.indicators[indicator].unit
        in_name = headings.split_unit(name)[1]
        titled = title.split("、")
        fitting = [unit for unit in titled if _size(unit, goal)] or titled
        text, head = _one_of(text, goal), _one_of(head, goal)
        near = [unit for unit in (text, head, in_name if is_unit(in_name) else "") if plain(unit)]
        stated = [*near, *(unit for unit in fitting[:1] if plain(unit))]
        if not near and len({_size(unit, goal) for unit in fitting}) > 1:
            said = f"标题写着几种单位（{shown('、'.join(fitting))}），没有说明这个数是哪一种"
            raise Refused(rules.UNIT, f"{said}，请写在名称后或“单位”列")
        if not stated:
            raise Refused(rules.UNIT, f"没有写单位（应为{_shown_unit(goal)}或可换算的单位）")
        size = _size(stated[0], goal)
        if not size and not plain(text) and _size(in_name, goal):  # 企业数（家） under 亿元
            message = f"表头写的是“{shown(stated[0])}”，名称写的是“{shown(in_name)}”"
            raise Doubtful(rules.UNIT_DISAGREES, f"{message}，按名称的单位读取", in_name)
        if not size:
            message = f"单位“{shown(stated[0])}”不能换算为“{_shown_unit(goal)}”"
            raise Refused(rules.UNIT, message + _why_not(stated[0]))
        if near and is_unit(in_name) and not _size(in_name, goal):  # 产值% in a column of 亿元
            message = f"单位是“{shown(stated[0])}”，名称写的是“{shown(in_name)}”"
            raise Doubtful(rules.UNIT_DISAGREES, f"{message}，按“{stated[0]}”读取", stated[0])
        others = [unit for unit in stated[1:] if _size(unit, goal) not in (0.0, size)]
        if others:
            message = (
                f"数值旁写的单位是“{shown(stated[0])}”，名称、表头或标题写的是“{shown(others[0])}”"
            )
            said = f"{message}，按“{shown(stated[0])}”读取"
            raise Doubtful(rules.UNIT_DISAGREES, said, stated[0])
        return stated[0]

    def _scope(self, text: str, name: str | None) -> str:
        if name is None:
            raise Skipped
        item = self._catalog.indicators[name]
        given = plain(text)
        if given and given not in {plain(item.scope), *map(plain, item.scopes)}:
            message = f"口径填的是“{shown(text)}”，“{item.name_zh}”的口径是“{item.scope}”"
            raise Refused(rules.SCOPE, message)
        return given

    def _basis(self, text: str, name: str | None) -> str:
        if name is None:
            raise Skipped
        item = self._catalog.indicators[name]
        given = _BASES.get(plain(text), plain(text))
        if given and item.price_basis and given != plain(item.price_basis):
            message = f"价格填的是“{shown(text)}”，“{item.name_zh}”规定为“{item.price_basis}”"
            raise Refused(rules.BASIS, message)
        return item.price_basis or given

    def _published(self, text: str) -> date:
        if not plain(text):
            return self._today
        day = parse_date(re.sub(r"[/.]", "-", plain(text))) if _DAY.match(plain(text)) else None
        if day is None:
            raise Refused(rules.PUBLISHED, f"发布日期无法识别：“{shown(text)}”")
        if day > self._today:
            raise Refused(rules.PUBLISHED, f"发布日期“{shown(text)}”在导入日（{self._today}）之后")
        return day

    # ── values ───────────────────────────────────────────────────────────────────────────

    def _values(
        self, findings: Findings, columns: Columns, names: list[Any], units: list[Any]
    ) -> list[float | None]:
        goals = {key: item.unit for key, item in self._catalog.indicators.items()}
        rows = zip(columns[layout.VALUE], columns["kind"], units, names, strict=True)
        return [
            read_value(findings, entry, text, kind, unit, goals.get(name))
            for entry, (text, kind, unit, name) in enumerate(rows)
        ]


def _time_of(period: Period) -> _Time:
    """Write a period as the columns of a row."""
    monthly = period.kind in (PeriodKind.MONTH, PeriodKind.CUMULATIVE)
    month = period.end.month if monthly else None
    return str(period.kind), period.start, period.end, period.end.year, month


def _rows(good: list[int], times: list[_Time], *parts: list[Any]) -> pd.DataFrame:
    """Set the parts of the good entries side by side, indexed by their entry."""
    timed = list(zip(*(times[n] for n in good), strict=True)) or [()] * len(_TIME)
    columns = [*([part[n] for n in good] for part in parts), *map(list, timed)]
    named = dict(zip((*_SAID, *_TIME), columns, strict=True))
    frame = pd.DataFrame(named, index=pd.Index(good, dtype="int64"))
    return frame if good else frame.astype(object)  # of no rows the types cannot be told


_TIME = ("period_kind", "period_start", "period_end", "year", "month")
_SAID = ("indicator_id", "region", "value", "basis", "published_on", "note", "stated_unit")


def _key(name: str) -> str:
    words = plain(re.sub(r"\s+", "", name)).replace("“", '"').replace("”", '"')
    return _MANNER.sub(r"\1", words)


def _regions_of(item: Indicator) -> set[str]:
    if EVERY_DISTRICT in item.scopes:
        return {SHANGHAI, *DISTRICTS}
    return {SHANGHAI if scope.startswith(WHOLE_CITY) else JINSHAN for scope in item.scopes}


def _shown_unit(unit: str) -> str:
    return "%" if unit == FRACTION else unit


def _size(unit: str, goal: str) -> float:
    """Return one unit in another, 0 where they do not measure the same."""
    try:
        return convert(1.0, unit, goal)
    except ParseError:
        return 0.0


def _one_of(unit: str, goal: str) -> str:
    """Take of 亿元、% the one unit that measures an indicator."""
    parts = units_in(unit)
    fitting = [one for one in parts if _size(one, goal)]
    return fitting[0] if len(parts) > 1 and len(fitting) == 1 else unit


def _why_not(unit: str) -> str:
    return "，两者不是同一类量" if is_unit(unit) else "，程序不认识这个单位"


def _require_actual(kind: str) -> None:
    """Refuse planned figures, and kinds of figure that nobody declared."""
    words = plain(kind)
    if _PLAN.search(words):
        raise Refused(rules.PLAN, f"类型写的是“{shown(kind)}”，不是实际数", layout.TYPE)
    if not headings.type_of(words) and not _ACTUAL.fullmatch(words):
        raise Refused(rules.TYPE_WORDS, f"类型“{shown(kind)}”无法识别", layout.TYPE)


def _other_place(words: str, region: str) -> str:
    """Return the place a title names that is not the region; empty when it names both."""
    if narrower := places.part_of_district(words):
        return narrower
    if region in _PRINTED and _PRINTED[region].search(words):
        return ""
    if elsewhere := places.elsewhere(words):
        return elsewhere
    others = [_OTHER_DISTRICTS, *(printed for name, printed in _PRINTED.items() if name != region)]
    return next((found[0] for place in others if (found := place.search(words))), "")


def _note(text: str, enterprises: str, confidential: str) -> str:
    """Read a note; what is stated in columns of their own is kept in it."""
    words = text.strip()
    if len(words) > 500:
        raise Refused(rules.NOTE_LENGTH, f"说明有{len(words)}字")
    full = beside_note(words, _enterprises(enterprises), _confidential(confidential))
    if unreadable_count(words):
        said = f"说明“{shown(words)}”里的企业数无法辨认"
        raise Doubtful(rules.COUNT_UNREADABLE, said, full)
    if _PLAN.search(words):
        raise Doubtful(rules.PLAN_NOTE, f"说明写着“{shown(words)}”", full)
    if BESIDE_GROWTH in words:
        raise Doubtful(rules.WITH_GROWTH, f"数后写着增幅：{shown(words)}", full)
    if BELOW_ZERO in words:
        raise Doubtful(rules.BELOW_ZERO, f"{shown(words)}，按负数读取", full)
    if MARKED in words:
        raise Doubtful(rules.MARKED, f"数的后面有标注：{shown(words)}", full)
    return full


def _enterprises(text: str) -> str:
    words = "" if is_missing(text) else plain(text)
    if words and not (words.isascii() and words.isdecimal()):
        said = f"企业数“{shown(text)}”不是整数"
        raise Refused(rules.ENTERPRISES, said, layout.ENTERPRISES)
    return words


def _confidential(text: str) -> bool:
    words = plain(text)
    if words not in ("", "是", "否"):
        said = f"“保密”列填的是“{shown(text)}”"
        raise Refused(rules.CONFIDENTIAL, said, layout.CONFIDENTIAL)
    return words == "是"


def regions_held(current: pd.DataFrame) -> dict[str, set[str]]:
    """Return the regions already held of each indicator."""
    pairs: Iterable[tuple[Any, ...]] = (
        current[["indicator_id", "region"]].drop_duplicates().itertuples(index=False)
    )
    found: dict[str, set[str]] = {}
    for name, region in pairs:
        found.setdefault(name, set()).add(region)
    return found
