"""What a table leaves open, asked once, with a proposal; the answers become its mapping."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from analytics.catalog.load import Catalog
from analytics.data.imports.mapping.declared import LEAVE, TableMapping, mapping_for
from analytics.data.imports.mapping.question import HEADING, NAME, Question
from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader import headings, kinds
from analytics.data.imports.reader.entries import OUTSIDE, REMARK, UNNAMED, Entries
from analytics.data.imports.reader.written import text_of
from analytics.data.reading.parsing import ParseError, plain
from analytics.data.reading.units import convert, is_unit

REMARKS = (REMARK, UNNAMED, OUTSIDE)
MOST = 200  # questions asked at once; who has more starts with these
_MOST_PROPOSED = 50  # names that get a proposal; looking for one is slow
_ALIKE = 0.8  # of 1, of names without words that tell nothing; below it none is proposed
_GENERIC = re.compile(
    r"规模以上|规上|全区|金山区|总数|总量|数量|个数|家数|户数|总额|金额|完成额?|情况|当年|年度|总(?=产值|额)|[的数量额类]"
)
# Words that make another indicator of a name that is otherwise the same: none is proposed.
_TELLING = re.compile(
    r"企业|年鉴|[一二三四五六七八九十0-9]+|在地|属地|全市|上海市|国家级|市级|新增|累计|增速|增长|比重|占比|单位"
    r"|可比|现价|名义|计划|预计|目标|预测|任务|同比|环比|同期|上年|去年|上月|指数|率|占|均|贡献|拉动|到位|其中|技改|民间"
    r"|产值|增加值|税收|税金|利润|利税|收入|投资|用地|项目|平台|工厂|集群|园区"
    r"|新材料|智能装备|生命健康|信息技术|生物医药|碳纤维|显示|无人机|化工|特色"
    r"|增量|排名|位次|名次|平均|最高|净增|认定|备案|入库|申报|培育|大型|中型|小型|微型|重点|外资|民营|国有"
    r"|[\u4e00-\u9fff]{2}镇|街道|工业区|开发区|高新区|湾区|碳谷|新城"
    r"|工业|制造业|全社会|腾退|盘活|供应|挂牌|上市|标杆|示范|试点|引进"
)


def questions(
    read: Mapping[str, Entries],
    columns: Mapping[str, Sequence[Any]],
    names: Sequence[str | None],
    catalog: Catalog,
    mappings: Sequence[TableMapping],
) -> tuple[Question, ...]:
    """Gather what is not understood of all tables, the same words of one table once.

    Parameters
    ----------
    columns, names : the entries of all files, and the indicator of each, None where unknown.
    """
    asked: dict[tuple[str, str, str], Question] = {}
    known: dict[str, TableMapping | None] = {}
    found = chain(_names(columns, names, catalog), _kinds(columns), _days(read), _unread(read))
    for one in found:
        if one.shape not in known:
            known[one.shape] = mapping_for(mappings, one.shape, one.title)
        mapping = known[one.shape]
        said = getattr(mapping, one.about) if mapping else {}
        place = one.shape, one.about, one.key
        if not one.key or one.key in said or (len(asked) >= MOST and place not in asked):
            continue
        before = asked.get(place)
        count = one.count + (before.count if before else 0)
        asked[place] = replace(one, count=count)
    return tuple(asked.values())


def _names(
    columns: Mapping[str, Sequence[Any]], names: Sequence[str | None], catalog: Catalog
) -> Iterator[Question]:
    spelled = {item.name_zh: key for key, item in catalog.indicators.items()}
    spelled |= {alias: key for key, item in catalog.indicators.items() for alias in item.aliases}
    proposals: dict[str, str] = {}
    for entry, name in enumerate(names):
        words = columns[layout.INDICATOR][entry]
        if name is not None or not plain(words) or plain(columns[layout.ID][entry]):
            continue
        if words not in proposals:
            some = spelled if len(proposals) < _MOST_PROPOSED else {}
            unit = columns[layout.UNIT][entry] or columns[layout.UNIT_HEAD][entry]
            unit = unit or headings.split_unit(words)[1]
            fitting = {n: key for n, key in some.items() if _measures(unit, catalog, key)}
            proposals[words] = _likeliest(words, fitting)
        table = columns["shape"][entry], columns["title"][entry]
        yield Question(NAME, words, 1, proposals[words], *table)


def _measures(unit: str, catalog: Catalog, key: str) -> bool:
    """Say whether a unit, where one is stated, is one of the indicator's."""
    if not is_unit(unit):
        return True
    try:
        convert(1.0, unit, catalog.indicators[key].unit)
    except ParseError:
        return False
    return True


def _likeliest(words: str, spelled: Mapping[str, str]) -> str:
    """Return the indicator whose name is nearest and tells nothing else; LEAVE where none is."""
    if words.rpartition("\n")[0] in spelled:  # a part of it
        return LEAVE
    short, inside = headings.split_unit(words)
    name = short if is_unit(inside) else plain(words)
    telling = _telling(name)
    bare = {_bare(known): known for known in spelled if _telling(known) == telling}
    close = difflib.get_close_matches(_bare(name), bare, n=1, cutoff=_ALIKE)
    return spelled[bare[close[0]]] if close else LEAVE


def _bare(name: str) -> str:
    return _GENERIC.sub("", plain(name))


def _telling(name: str) -> set[str]:
    return set(_TELLING.findall(name))


def _kinds(columns: Mapping[str, Sequence[Any]]) -> Iterator[Question]:
    """Ask of a heading like 9月 whether it is the month or the year so far."""
    rows = zip(
        *(columns[layout.PERIOD], columns[layout.TYPE], columns["wide"]),
        *(columns["shape"], columns["title"]),
        strict=True,
    )
    for period, kind, wide, shape, title in rows:
        if wide and not headings.type_of(kind) and headings.needs_type(period):
            yield Question(HEADING, period, 1, kinds.RUNNING, shape, title)


def _days(read: Mapping[str, Entries]) -> Iterator[Question]:
    """Ask once whether headings such as 45870 are days, as a spreadsheet counts them."""
    for entries in read.values():
        for sheet in entries.sheets:
            for serial in sheet["serials"]:
                yield Question(
                    HEADING, serial, 1, headings.DAY_NUMBER, sheet["shape"], sheet["title"]
                )


def _unread(read: Mapping[str, Entries]) -> Iterator[Question]:
    for entries in read.values():
        for one in entries.unread:
            if one["reason"] == headings.LEFT_OUT or one["table"] < 0:
                continue
            sheet = entries.sheets[one["table"]]
            table = sheet["shape"], sheet["title"]
            by_row = one["reason"] in REMARKS
            words = text_of(one["heading"])
            yield Question(NAME if by_row else HEADING, words, 1, LEAVE, *table, fixed=by_row)


def answered(
    asked: Iterable[Question],
    answers: Mapping[tuple[str, str, str], str],
    mappings: Sequence[TableMapping],
    *,
    name_zh: str,
    by: str,
    on: date,
) -> tuple[TableMapping, ...]:
    """Make a mapping for every table asked about; what it knew before stays known.

    Parameters
    ----------
    answers : by shape, sort and key of a question; the proposal stands where none is given.
    """
    tables: dict[str, list[Question]] = {}
    for one in asked:
        tables.setdefault(one.shape, []).append(one)
    made = []
    for shape, some in tables.items():
        before = mapping_for(mappings, shape, some[0].title) or TableMapping(id=shape, name_zh="")
        said: dict[str, dict[str, str]] = {
            NAME: dict(before.names),
            HEADING: dict(before.headings),
        }
        for one in some:
            said[one.about][one.key] = answers.get((shape, one.about, one.key), one.proposal)
        fresh = {"shape": shape, "title_has": (), "saved_by": by, "saved_on": on.isoformat()}
        made.append(before.model_copy(update={"id": shape, "name_zh": name_zh, **fresh, **said}))
    return tuple(made)
