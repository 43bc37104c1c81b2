"""The columns an import knows, the words offices use for them, and cell addresses."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from analytics.data.reading.parsing import plain
from analytics.domain import PeriodKind

INDICATOR, ID, REGION, YEAR, PERIOD = "indicator", "id", "region", "year", "period"
TYPE, VALUE, UNIT, SCOPE, BASIS = "type", "value", "unit", "scope", "basis"
PUBLISHED, NOTE = "published", "note"
ENTERPRISES, CONFIDENTIAL = "enterprises", "confidential"
UNIT_HEAD, UNIT_TITLE = "unit_head", "unit_title"  # the unit over a column and in the title
QUARTERS = ("季度", "季")  # over a column of 1, 2, 3, which are no months
TIMES = {YEAR, PERIOD}
HEADS = {INDICATOR, ID, REGION} | TIMES  # one of them stands in every head

_GLUED = re.compile(r"(?<=[\u4e00-\u9fff])[A-Z][a-z]+$")  # 年份 Year

# Columns of the template in order, by field.
TITLES = {
    INDICATOR: "指标",
    ID: "指标标识",
    REGION: "地区",
    YEAR: "年份",
    PERIOD: "期间",
    VALUE: "数值",
    UNIT: "单位",
    SCOPE: "口径",
    BASIS: "价格",
    PUBLISHED: "发布日期",
    NOTE: "说明",
    ENTERPRISES: "企业数",
    CONFIDENTIAL: "保密",
}
OWN_ID = re.compile(r"[a-z][a-z0-9_]*")  # 指标代码 of another form is an office's own
BESIDE_A_VALUE = {ENTERPRISES}  # where no column is called 数值, it is a column of figures
# Columns of the template that only explain and are not read back.
EXPLAINED = ("频度", "定义")
_OTHER_NAMES = {
    INDICATOR: (
        *("指标名称", "指标中文名", "项目", "统计指标", "主要指标", "经济指标", "主要经济指标"),
        *("项目名称", "指标项目", "名称"),
    ),
    ID: ("指标代码", "指标编码", "标识", "indicator", "indicator_id"),
    REGION: (
        *(
            "区域",
            "地域",
            "区县",
            "区、县",
            "县区",
            "各区",
            "区",
            "各区县",
            "各区、县",
            "行政区",
            "地区名称",
            *("街镇", "各街镇", "街镇名称", "镇", "乡镇", "街道", "镇街", "镇(街道)", "板块"),
            "单位名称",
        ),
        "region",
    ),
    YEAR: ("年度", "年", "year"),
    PERIOD: (
        *("时期", "月份", "月度", "报告期", "统计期", "所属期", "年月", "日期", "时间"),
        *("统计时间", "统计日期", "统计月份", "截止日期", "截至日期", "月", *QUARTERS, "period"),
    ),
    TYPE: ("类型", "累计或当月", "累计/当月", "数据类型"),
    VALUE: (
        *(
            "数据",
            "值",
            "本期数",
            "绝对值",
            "绝对数",
            "实绩",
            "完成数",
            "完成值",
            "完成额",
            "实际数",
        ),
        *("实际值", "数量", "value"),
    ),
    UNIT: ("计量单位", "unit"),
    SCOPE: ("统计口径", "范围", "统计范围"),
    BASIS: ("价格基础", "计价", "价格类型", "basis"),
    PUBLISHED: ("数据日期", "公布日期", "填报日期", "published_on"),
    NOTE: ("备注", "修订说明", "注", "note"),
    ENTERPRISES: ("涉及企业数", "涉及企业家数"),
    CONFIDENTIAL: ("是否保密",),
}
FIELD_OF = {title: field for field, title in TITLES.items()} | {
    name: field for field, names in _OTHER_NAMES.items() for name in names
}
GROUPS = {  # over rows that are groups: 新材料 | 产值 is the output of that group
    *("产业集群", "集群", "集群名称", "产业", "产业名称", "行业", "行业名称", "领域", "重点产业"),
    *("重点领域", "产业领域", "产业类别", "行业类别", "企业类别", "企业类型", "类别", "门类"),
}
GUIDE_SHEETS = (
    "说明",
    "示例",
    "示例（宽表）",
    "选项",
    "问题清单",
)  # the template's own, never read
_EXPLAINING = ("说明", "示例", "选项", "问题清单")  # first words of other sheets that only explain


def field_of(title: object) -> str | None:
    """Return the field a heading stands for, None when it is no heading of ours."""
    text = _GLUED.sub("", plain(title).replace(" ", "").replace("\n", "").removesuffix("*"))
    text = _GLUED.sub("", text.removesuffix("(单位)")).removesuffix("(计量单位)")
    return FIELD_OF.get(text.lower())


def is_group(title: object) -> bool:
    """Say whether a heading announces that the rows below it are groups."""
    return plain(title).replace(" ", "").replace("\n", "") in GROUPS


def is_guide(sheet: str) -> bool:
    """Say whether a sheet is one of the template that only explain."""
    return sheet.strip() in GUIDE_SHEETS


def explains(sheet: str) -> bool:
    """Say whether the name of a sheet announces that it only explains."""
    return sheet.strip().startswith(_EXPLAINING)


@cache
def column_letters(number: int) -> str:
    """Name a column counted from 0: 0 → A, 26 → AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Name a cell counted from 0: (0, 0) → A1."""
    return f"{column_letters(column)}{row + 1}"


def joined(words: Iterable[str], most: int = 4) -> str:
    """Join words with 、, the first few only."""
    listed = list(words)
    text = "、".join(listed[:most])
    return f"{text}等{len(listed)}项" if len(listed) > most else text


def period_zh(kind: str, end: date) -> str:
    """Write a period as it is filled in: 2025年, 2025年1—9月, 2025年9月."""
    if kind == PeriodKind.CUMULATIVE:
        return f"{end.year}年1—{end.month}月"
    return f"{end.year}年" if kind == PeriodKind.YEAR else f"{end.year}年{end.month}月"
