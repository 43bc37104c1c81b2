"""Places a title may name that are not the district: parts of it, and the rest of the country."""

import re

_PARKS = re.compile(
    r"金山(?:第?二?工业区|工业园区?|卫镇?|新城|石化地区)|碳谷绿湾|湾区(?:高新区|科创)|上海(?:化工|化学工业)区"
    r"|(?:朱泾|枫泾|张堰|亭林|吕巷|廊下|漕泾|山阳|兴塔|干巷|松隐)[\u4e00-\u9fff]{0,2}(?:工业|园区|开发区)"
)
_TOWNS = re.compile(
    r"(?<![\u4e00-\u9fff])(?![各全按分街乡村])[\u4e00-\u9fff]{2,3}(?<![各街乡村城制])(?:镇|街道)"
    r"|(?:朱泾|枫泾|张堰|亭林|吕巷|廊下|漕泾|山阳|石化)(?:镇|街道)"
)
_FIRMS = re.compile(
    r"上海石化|[\u4e00-\u9fff]{2,}(?:有限|股份)公司|[\u4e00-\u9fff]{2,}集团(?=[0-9]|主要|生产|工业)"
)
_PROVINCES = (
    *("北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽"),
    *("福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川"),
    *("贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆"),
)
_ELSEWHERE = re.compile(
    rf"全国|全省|长三角|{'|'.join(_PROVINCES)}"
    r"|(?:^|[年\s,，、(（《])(?!上海|全)[\u4e00-\u9fff]{2,3}(?<![上城])[市县](?![级区场辖])"
)


def part_of_district(words: str) -> str:
    """Return a park, town, street or firm that a title names; empty where it names none."""
    return _found(_PARKS, words) or _found(_TOWNS, words) or _found(_FIRMS, words)


def elsewhere(words: str) -> str:
    """Return the country, a province, city or county that a title names; empty where none."""
    return _found(_ELSEWHERE, words).strip(" 年,，、(（《")


def _found(places: re.Pattern[str], words: str) -> str:
    match = places.search(words)
    return match[0] if match else ""
