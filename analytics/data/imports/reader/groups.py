"""Columns that say of which part of all firms a row is: 行业, 企业规模, 所属园区."""

import re
from collections.abc import Sequence
from functools import lru_cache

from analytics.data.imports.reader import columns as layout
from analytics.data.imports.reader import headings
from analytics.data.imports.reader.place_names import is_place
from analytics.data.imports.reader.table import Table
from analytics.data.imports.reader.written import is_figure
from analytics.data.reading.parsing import is_missing, plain

PART = "part"  # of all firms, said beside names that stand across
PART_OF_ALL = re.compile(  # 大型企业, 汽车制造业
    r".{0,16}(?:[大中小微]型?|国有|集体|民营|私营|外资|外商|港澳台|内资|控股|股份制|重点|百强|亿元以上)"
    r"(?:投资|经济)?企业"
    r"|(?:国有|集体|民营|私营|外资|外商|港澳台|内资|国有控股)(?:经济|投资)?|[轻重]工业|[大中小微]+型?"
    r"|.{1,16}(?:制造业|加工业|采矿业|供应业|服务业|建筑业|产业|集群|开发区|工业区|园区|公司|集团)"
    r"|[\u4e00-\u9fff]{2,6}(?:省|市|区|县|镇|乡|街道)"  # of no place that is known
)
TOPIC = re.compile(  # 四大产业集群, 特色园区: over figures that are named in full
    r"(?:[一二三四五六七八九十0-9]+大|重点|主要|优势|特色|工业|先进|战略性新兴)*(?:产业|制造业|集群|园区)+"
)
_SORTS = re.compile(
    r"(?:企业)?(?:规模|所有制)|(?:登记)?注册类型|经济类型|控股(?:情况|类型)|(?:所属|所在)?(?:行业|园区|街镇|集群|镇)"
)
_IN_CHARGE = re.compile(r"责任|牵头|负责|配合|联系|来源|填报|部门|单位|处室|科室")
_ALL = {"合计", "总计", "小计", "全部", "全区", "金山区", "全部企业", "全行业", "规上"}


def names_part(word: str) -> bool:
    """Say whether a word names a part of all firms, or a place that is not known."""
    return bool(PART_OF_ALL.fullmatch(word)) and not (TOPIC.fullmatch(word) or is_place(word))


def take_group(words: dict[str, str], texts: Sequence[str], table: Table) -> None:
    """Add the part of all firms that a row is of to its name, or take its place.

    Where names stand across, the part is kept for each of them under ``PART``.
    """
    for column in (*(table.values if table.across else table.unnamed), *table.sorts):
        word = texts[column]
        if word and column not in table.parts and _tells(word, table.headings.get(column, "")):
            _take_word(words, table, plain(word))


def sorts_behind(table: Table) -> list[int]:
    """Return the columns behind the figures whose heading says of what sort a row is."""
    behind = (c for c in table.others if c > max(table.values, default=table.end))
    said = ((c, headings.squeezed(table.headings.get(c, ""))) for c in behind)
    return [column for column, heading in said if _SORTS.fullmatch(heading)]


@lru_cache(maxsize=2**12)
def _tells(word: str, heading: str) -> bool:
    """Say whether a word under a heading tells of which firms a row is."""
    if is_figure(word) or is_missing(word):
        return False
    over = headings.squeezed(heading)
    return bool(_SORTS.fullmatch(over)) or (names_part(plain(word)) and not _IN_CHARGE.search(over))


def _take_word(words: dict[str, str], table: Table, word: str) -> None:
    name = words.get(layout.INDICATOR) or table.whole
    if not table.across:
        words[layout.INDICATOR] = name
    if word in _ALL:
        return
    if is_place(word):
        words[layout.REGION] = words.get(layout.REGION) or word
    elif table.across:
        words[PART] = word
    else:
        words[layout.INDICATOR] = f"{word}\n{name}"
