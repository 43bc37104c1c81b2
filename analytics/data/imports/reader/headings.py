"""Headings of office tables: which years, months, units and kinds they name."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from functools import lru_cache

from analytics.data.imports.reader.kinds import RUNNING, SINGLE, SO_FAR, TYPES
from analytics.data.imports.reader.place_names import is_place
from analytics.data.reading.parsing import plain, split_marks
from analytics.data.reading.units import is_unit, units_in

_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:\.0+)?(?:年度?|年?[末底]|A)?")
_SHORT_YEAR = re.compile(r"([012][0-9]|3[0-5])(?=年)")  # 24年 is 2024年
_ESTIMATED = re.compile(r"((?:19|20)[0-9]{2})年?[EFBef]")
_MARKED_YEAR = re.compile(r"((?:19|20)[0-9]{2}年?)[(]?([PpRr])[)]?")  # preliminary, revised
_YEAR_MONTH = re.compile(
    r"((?:19|20)[0-9]{2})(?:年(0?[1-9]|1[0-2])月|[-/.Mm](0[1-9]|1[0-2]|[1-9])月?|(0[1-9]|1[0-2])月?)"
    r"(?:[-/.](?P<day>0?1|2[89]|3[01])|(?P<last>2[89]|3[01])日)?(?: ?00:00:00)?"
)
_UP_TO = re.compile(r"截(?:-|止)-?(?=(?:19|20)[0-9]{2})")  # 截至2025年9月30日
_YEAR_MONTHS = re.compile(  # 2025.1-9, 2025.1-2025.9
    r"((?:19|20)[0-9]{2})[./]0?1月?-(?:\1[./])?(1[0-2]|0?[1-9])月?"
)
_YEARS_END = re.compile(
    r"(?:19|20)[0-9]{2}-(?:01-01|12-31)(?: ?00:00:00)?"
)  # a year's, or a month's
_LOST_ZERO = re.compile(r"(?:19|20)[0-9]{2}\.1")
_FOOTNOTE = re.compile(r"(?:注?[0-9]{1,2}|[A-Za-z])")
_YEAR_PERIOD = re.compile(r"(?:([0-9]{4})年)?(.+)")
MONTHS = re.compile(r"(?:0?1月?-)?(1[0-2]|0?[1-9])月")
_BARE_MONTHS = re.compile(r"0?1月?-(1[0-2]|0?[1-9])")
_YEAR_IN_WORDS = re.compile(r"[一二][〇○零九][〇○零一二三四五六七八九]{2}(?=年)")
_MONTH_IN_WORDS = re.compile(
    r"(?<![一二三四五六七八九十])(一月?-)?(十[一二]?|[一二三四五六七八九])月"
)
_FIRST_MONTHS = re.compile(r"前([2-9]|1[0-2]|十[一二]?|[二三四五六七八九])个月")
_DIGIT_WORDS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR_QUARTER = re.compile(r"^((?:19|20)[0-9]{2})(Q[1-4]|Q1-Q?[2-4])$")
_UNTIL = re.compile(
    r"(?:截-|截止|自?年初-)(1[0-2]|0?[1-9])月(?:末|底)?(?:止)?|(1[0-2]|0?[1-9])月(?:止|底止|末止)"
)
_AT_END = re.compile(r"(1[0-2]|0?[1-9])月[末底]")  # of a stock; of a flow it is the year so far
_AT_QUARTERS_END = re.compile(r"(?:第?([一二三四1-4])季度|Q([1-4]))[末底]")
_NAMED = ("一季度", "第一季度", "上半年", "前三季度", "全年", "年末", "年底", "年度")
_QUARTERS = {
    **dict.fromkeys(("1季度", "Q1", "1-1季度"), "一季度"),
    **dict.fromkeys(
        ("1-2季度", "一-二季度", "前二季度", "前两季度", "H1", "Q1-2", "Q1-Q2"), "上半年"
    ),
    **dict.fromkeys(("1-3季度", "一-三季度", "前3季度", "Q1-3", "Q1-Q3"), "前三季度"),
    **dict.fromkeys(("1-4季度", "一-四季度", "1-12月份", "Q1-4", "Q1-Q4"), "1-12月"),
}
_ONE_QUARTER = re.compile(r"(?:第?[二三四234]季度|Q[234])")
BRACKETS = re.compile(r"[(]([^()]*)[)]")
_LAST_BRACKET = re.compile(r"(.*)[(]([^()]+)[)]")
_NAME_UNIT = re.compile(r"(.*?)\s*[(\[【]([^()\[\]【】]+)[)\]】]", re.DOTALL)
_UNIT_BEHIND = re.compile(r"(.+?)(?:\s*[/,]\s*|\s+|(?=[%‰]$))(\S+)", re.DOTALL)

# ── what a column is about ───────────────────────────────────────────────────────────────

GROWTH, PLAN, LAST_YEAR, QUARTER, AMBIGUOUS = "增幅或指数", "计划或预计", "上年同期", "单季", "日期"
SERIAL = "序号或位次"
COMPARABLE = "可比口径或可比价"  # made for a growth rate, not the figure of that year
NO_MONTH = "没有写月份"
YEAR_OR_MONTH = "年初或年末的日期"
DAY_NUMBER = "日期序号"  # what a kept mapping says of headings such as 45870
LEFT_OUT = "按对应表不导入"
_GROWTH = re.compile(
    r"(?:可比价格?|不变价格?)?(?:累计|当月|本月|本年|全年)?(?:比|较)?(?:上年末?|去年末?|上月末?|上期末?|年初)?(?:同期|同月)?"
    r"(?:同比|环比)?(?:名义|实际)?(?:±|\+-|\+/-)?(?:增长|增速|增幅|增减|增加|减少|净增|升降|增|指数|发展速度)?"
    r"(?:率|幅度|速度|百分点|额|量|数)?[%±‰]*"
)
_SERIAL = re.compile(r"序号?|编号|行次|行号|(?:全市|各区)?(?:排名|排位|位次|名次|排序)")
_GROWTH_WORD = re.compile(r"同比|环比|增|减少|升降|指数|发展速度|±|[%‰]")
_UNIT_SAID = re.compile(r"(?:计量)?单位:?(.+)")
_JOINED = 2  # January and February come as one figure
_BESIDE_PLAN = 4  # characters beside the word in a heading; a title says more
_PLAN = re.compile(r"计划|预计|目标|预测|预期|规划|任务|测算|预算")
_LAST_YEAR = re.compile(
    r"(?:(?:上年|去年|上期)(?:度?末|底)?(?:同期|同月)?|同期)(?:累计)?(?:数|值|完成|实绩|实际)?(?:数|值)?"
)
_THIS_YEAR = re.compile(  # what the title dates
    r"(?:[本当今]年度?(?:末|底)?|本?期末|本期|报告期末?)(?:数|值|额|完成|实绩|实际|绝对)?(?:数|值|额)?"
    r"|(?:目前|现|当前)?(?:已|实际|累计)*(?:完成|达到|实现)(?:数|值|额|量|情况)?|实绩|实际(?:数|值)?|目前(?:数|值)?|绝对(?:量|额|数值?)|总量"
)
_COMPARABLE = re.compile(r"可比|不变价|同口径")
_MARKS_INSIDE = re.compile(r"[①-⑳⑴-⒇㈠-㈩]")
_STATUS = re.compile(
    r"(?:基期|基年|调整后|修订后|修订|修正后|核实|快报|初步核算|初步|初值|年报|实际|实绩|完成|核定|最终)(?:数|值|额|完成)?"
)
_VALUE = re.compile(
    r"(?:绝对|本期|本年|报告期)?(?:数值|值|数|额|量|总量|合计|总计|总额|全部)?(?:实绩)?"
)


NO_OTHER_THING = (  # in front of a translation: these words may say another thing
    r"(?![\x20-\x7e]*(?:grow|rate|yoy|index|share|ratio|per |plan|target|change))"
)
_GLUED = re.compile(  # 产值（亿元）Gross Output
    rf"(?<=[)\u4e00-\u9fff]) ?{NO_OTHER_THING}[A-Z][a-z][A-Za-z -]*$"
)
_THING = re.compile(  # what a column under a time may be of
    r"(.*?)((?:规上|规模以上|属地|在地)*(?:工业)?(?:总产值|产值)|(?:工业园区|园区)?税收|营业收入|利润总额|利税总额)"
)


@dataclass(frozen=True)
class Heading:
    """What the headings over one column say; what they leave open is empty."""

    year: str = ""
    period: str = ""
    type: str = ""
    unit: str = ""
    note: str = ""
    unread: str = ""  # why its numbers are not read
    name: str = ""  # words left over: an indicator, in tables that have them across
    place: str = ""
    current: bool = False  # 本年, 本期: dated by the title

    @property
    def timed(self) -> bool:
        """Say whether a time is named."""
        return bool(self.year or self.period)

    @property
    def bare(self) -> bool:
        """Say whether nothing but the name was understood."""
        return self == Heading(name=self.name)

    def under(self, upper: "Heading") -> "Heading":
        """Fill what is open from the heading above."""
        dated = upper.unread == LAST_YEAR and self.year  # 上年 over 2023年
        own = upper.type == SINGLE and is_running(self.period)  # 1—9月, whatever stands over it
        part = (
            upper.period
            if self.year and self.period == "全年" and upper.year in ("", self.year)
            else ""
        )
        whole = upper.period == "全年" and (self.period or self.type)
        return Heading(
            year=self.year or upper.year,
            period=part or self.period or ("" if whole else upper.period),
            type=self.type or ("" if own else upper.type),
            unit=self.unit or upper.unit,
            note=self.note or upper.note,
            unread=self.unread or ("" if dated else upper.unread),
            name=_joined(upper.name, self.name),
            place=self.place or upper.place,
            current=self.current or upper.current,
        )


def read_heading(text: object) -> Heading:
    """Read one heading cell: 2024年（快报）, 2025年（亿元）, 同比增长(%), 一季度, 2025年计划."""
    words, mark = split_marks(squeezed(_GLUED.sub("", plain(text))))
    inner = "".join(_MARKS_INSIDE.findall(words))  # 2023①年
    words, mark = (_MARKS_INSIDE.sub("", words), mark + inner) if inner else (words, mark)
    if (said := _UNIT_SAID.fullmatch(words)) and is_unit(said[1]):
        return Heading(unit=said[1])
    if is_place(words):
        return Heading(place=words, note=mark)
    if match := _ESTIMATED.fullmatch(words):
        return Heading(year=match[1], unread=PLAN)
    if _SERIAL.fullmatch(words):
        return Heading(unread=SERIAL)
    if match := _MARKED_YEAR.fullmatch(words):
        mark = "初步数" if match[2] in "Pp" else "修订数"
        return replace(read_heading(match[1]), note=mark)
    head = Heading(note=mark)
    for inside in BRACKETS.findall(words):
        head = _bracketed(head, inside)
    rest = BRACKETS.sub(lambda m: "" if _understood(m[1]) else m[0], words)
    if not (head.unit or is_unit(words)):
        rest, inside = headed if is_unit((headed := split_unit(rest))[1]) else (rest, "")
        head = replace(head, unit=inside)
    return _worded(*_timed_behind(head, rest), words)


def _understood(inside: str) -> bool:
    return _bracketed(Heading(), inside) != Heading()


def _bracketed(head: Heading, inside: str) -> Heading:
    if all(map(is_unit, units_in(inside))):  # 亿元、%
        return replace(head, unit=inside)
    if type_of(inside):
        return replace(head, type=type_of(inside))
    if _PLAN.search(inside):
        return replace(head, unread=PLAN)
    if "=100" in inside or "为100" in inside:
        return replace(head, unread=GROWTH)
    if _COMPARABLE.match(inside):
        return replace(head, unread=COMPARABLE)
    if inside in ("初", "修", "快") or _STATUS.fullmatch(inside) or _FOOTNOTE.fullmatch(inside):
        return replace(head, note=inside)
    return head


def _timed_behind(head: Heading, words: str) -> tuple[Heading, str]:
    """Take the time in brackets behind a word that names nothing: 实绩（1—9月）."""
    match = _LAST_BRACKET.fullmatch(words)
    time = read_time(match[2]) if match else None
    if match is None or time is None:
        return head, words
    dated = replace(head, year=time.year, period=time.period, type=time.type)
    if time.year and _LAST_YEAR.fullmatch(match[1]):  # 上年同期（2024年1—9月）
        return dated, ""
    known = _names_nothing(match[1]) or type_of(match[1])  # 累计（1—9月）
    return (dated, match[1]) if known else (head, words)


def _names_nothing(words: str) -> bool:
    return bool(_THIS_YEAR.fullmatch(words) or _VALUE.fullmatch(words) or read_time(words))


def _joined(upper: str, lower: str) -> str:
    """Join two names over a column; a translation below a name adds nothing."""
    if not upper or lower.isascii():
        return upper or lower
    return f"{upper}\n{lower}"


def _worded(head: Heading, rest: str, whole: str) -> Heading:
    if time := read_time(whole) or read_time(rest):
        if lost_zero(rest):
            return replace(head, year=time.year, type=head.type, unread=AMBIGUOUS)
        if _YEARS_END.fullmatch(whole):
            head = replace(head, unread=YEAR_OR_MONTH)
        part = head.period if time.period == "全年" else ""  # 2025年（1—9月）
        kind = time.type or head.type
        return replace(head, year=time.year, period=part or time.period, type=kind)
    year, words = _leading_year(rest)
    status = re.search(rf"{_STATUS.pattern}$", words)
    beside = _PLAN.sub("", words)
    if _PLAN.search(words) and (len(beside) <= _BESIDE_PLAN if year else not beside.strip("数值")):
        return replace(head, year=year, unread=PLAN)
    if _LAST_YEAR.fullmatch(words) and words:
        return replace(head, year=year, unread=LAST_YEAR)
    if _GROWTH.fullmatch(words) and _GROWTH_WORD.search(words):
        return replace(head, year=year, unread=GROWTH)
    if _ONE_QUARTER.fullmatch(words):
        return replace(head, year=year, unread=QUARTER)
    if status and (inner := read_time(rest[: -len(status[0])])):
        note = "" if "实" in status[0] or "完成" in status[0] else status[0]
        return replace(head, year=inner.year, period=inner.period, type=inner.type, note=note)
    if words and _THIS_YEAR.fullmatch(words):
        part = head.period or ("全年" if year else "")  # 2024年总量
        kind = type_of(words) or head.type
        return replace(head, year=year or head.year, period=part, type=kind, current=True)
    kind = type_of(words)
    if kind or _VALUE.fullmatch(words):
        part = head.period or ("全年" if year and words and not kind else "")  # 2024年总量
        return replace(head, year=year or head.year, period=part, type=kind or head.type)
    return _of_thing(head, rest) or replace(head, name=rest)


def _of_thing(head: Heading, words: str) -> Heading | None:
    """Part a time or kind from the thing behind it: 1—9月产值, 累计产值, 2024年税收."""
    match = _THING.fullmatch(words)
    if match is None or not match[1]:
        return None
    time = read_time(match[1]) or Heading(type=type_of(match[1]))
    if not (time.timed or time.type):
        return None
    kind = time.type or head.type
    return replace(head, year=time.year, period=time.period, type=kind, name=match[2])


def _leading_year(words: str) -> tuple[str, str]:
    match = re.match(r"([0-9]{4})年(.+)", words)
    return (match[1], match[2]) if match else ("", words)


def type_of(text: object) -> str:
    """Return 累计 or 当月, empty where the text names neither."""
    words = squeezed(text)
    return TYPES.get(words) or (RUNNING if SO_FAR.fullmatch(words) else "")


@lru_cache(maxsize=2**12)
def read_time(text: object) -> Heading | None:
    """Read a column heading such as 2024年, 2025年1—9月, 2025-09 or 9月累计."""
    words, kind = split_type(squeezed(text))
    words = _SHORT_YEAR.sub(r"20\1", words) if _SHORT_YEAR.match(words) else words
    if match := _YEAR.fullmatch(words):
        return Heading(match[1], "全年", kind)
    up_to = _UP_TO.match(words)
    words = words[up_to.end() :].rstrip("止末底") if up_to else words
    if match := _YEAR_MONTH.fullmatch(words):
        month, day = int(match[2] or match[3] or match[4]), int(match["day"] or match["last"] or 1)
        if day not in (1, monthrange(int(match[1]), month)[1]):
            return None
        return Heading(match[1], f"{month}月", kind or (RUNNING if up_to else ""))
    if match := _YEAR_MONTHS.fullmatch(words):
        return Heading(match[1], f"1-{int(match[2])}月", kind)
    match = _YEAR_PERIOD.fullmatch(words)
    if match is None:
        return None
    period = period_words(match[2])
    if period in _NAMED or MONTHS.fullmatch(period):
        return Heading(match[1] or "", period, kind)
    return None


def period_words(words: str) -> str:
    """Write a period in the words the extract step knows: 1-3季度 → 前三季度, 9月止 → 1-9月."""
    words = _QUARTERS.get(words.removesuffix("累计"), words).removesuffix("份")
    if match := _UNTIL.fullmatch(words):
        return f"1-{int(match[1] or match[2])}月"
    if match := _AT_END.fullmatch(words):
        return f"{int(match[1])}月"
    if match := _AT_QUARTERS_END.fullmatch(words):
        return f"{3 * int((match[1] or match[2]).translate(_DIGIT_WORDS))}月"
    if match := _BARE_MONTHS.fullmatch(words):
        return f"1-{int(match[1])}月"
    return words


def is_year(text: str) -> bool:
    """Say whether a text is a year and nothing else: 2025, 2025年."""
    return bool(_YEAR.fullmatch(squeezed(text)))


def lost_zero(text: str) -> bool:
    """Say whether 2025.1 may have been 2025.10, which a spreadsheet writes so."""
    return bool(_LOST_ZERO.fullmatch(plain(text)))


def split_type(words: str) -> tuple[str, str]:
    """Separate a trailing 累计 or 当月, bracketed or not, from a period."""
    for word, kind in _TYPES_BY_LENGTH:
        for ending in (f"({word})", word):
            if words.endswith(ending) and words != ending:
                return words[: -len(ending)], kind
    return words, ""


_TYPES_BY_LENGTH = sorted(TYPES.items(), key=lambda item: -len(item[0]))


def period_text(period: str, kind: str) -> str:
    """Write a period the way the extract step reads it: 9月累计 → 1-9月, 2月当月 → 2月."""
    words, named = split_type(squeezed(period))
    kind = named or kind
    words = period_words(words)
    if re.fullmatch(r"1[0-2]|0?[1-9]", words):
        words = f"{int(words)}月"
    match = MONTHS.fullmatch(words)
    if match and kind == RUNNING:
        return f"1-{int(match[1])}月"
    return words


def is_running(period: str) -> bool:
    """Say whether a period runs from January over more than the two months published as one."""
    match = MONTHS.fullmatch(period_words(period))
    return bool(match and "-" in period and int(match[1]) > _JOINED)


def needs_type(period: str) -> bool:
    """Say whether a heading like 9月 leaves open if it is the month or the year so far."""
    return bool(re.fullmatch(r"(1[0-2]|0?[1-9])月", period))


def is_one_quarter(period: str) -> bool:
    """Say whether a period is one quarter after the first, which is no year so far."""
    return bool(_ONE_QUARTER.fullmatch(_leading_year(squeezed(period))[1]))


def split_unit(name: str) -> tuple[str, str]:
    """Separate a unit from an indicator's name: 产值（亿元）, 产值/亿元, 覆盖率% → 产值, 亿元."""
    words = plain(name)
    if match := _NAME_UNIT.fullmatch(words):
        return match[1], match[2]
    match = _UNIT_BEHIND.fullmatch(words)
    return (match[1], match[2]) if match and is_unit(match[2]) else (name, "")


def squeezed(text: object) -> str:
    """Write a text plainly, without blanks, 至 as a dash, 二〇二五年一至九月 in digits."""
    words = re.sub(r"\s+", "", plain(text)).replace("至", "-")
    words = _YEAR_IN_WORDS.sub(lambda m: m[0].translate(_DIGIT_WORDS), words)
    words = _FIRST_MONTHS.sub(lambda m: f"1-{_number_of(m[1])}月", words)
    words = _MONTH_IN_WORDS.sub(lambda m: f"{'1-' if m[1] else ''}{_month_of(m[2])}月", words)
    return _YEAR_QUARTER.sub(r"\1年\2", words)


def _number_of(words: str) -> int:
    return int(words) if words.isascii() else _month_of(words)


def _month_of(words: str) -> int:
    ones = words.removeprefix("十")
    return 10 * words.startswith("十") + ("一二三四五六七八九".index(ones) + 1 if ones else 0)
