"""Named scenarios as short text in a link, and the version that links state.

A packed scenario is ``<code>~<value>_<code>~<value>__<name>``. Only the name
holds characters that an address percent-encodes.
"""

from collections.abc import Mapping

from analytics.domain import Adjustable, Scenario
from analytics.model.scenarios.levers import first_problems, read_settings, settings_to_query

LINK_VERSION = 1
VERSION_KEY = "v"
LONGEST_NAME = 20
MOST_SCENARIOS = 4
LONGEST_LINK = 2000
_BETWEEN, _GIVES, _BEFORE_NAME = "_", "~", "__"
UNNAMED = "未命名"


def clean_name(text: str) -> str:
    """Return a scenario's name as it may be kept: one line, no odd signs, 20 characters."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printable.split())[:LONGEST_NAME].strip() or UNNAMED


def pack(scenario: Scenario, levers: Mapping[str, Adjustable]) -> str:
    """Write a scenario for a link; the release is the link's own."""
    query = settings_to_query(dict(scenario.settings), levers)
    settings = _BETWEEN.join(f"{code}{_GIVES}{value}" for code, value in query.items())
    return f"{settings}{_BEFORE_NAME}{clean_name(scenario.name)}"


def unpack(
    text: str, levers: Mapping[str, Adjustable], release: str = ""
) -> tuple[Scenario | None, list[str]]:
    """Read a packed scenario; say in Chinese what could not be taken.

    Returns None with the reason where nothing can be read. Settings come
    sorted by id, as :func:`scenario_of` writes them.
    """
    packed, separator, name = text.partition(_BEFORE_NAME)
    if not separator:
        return None, [f"链接中的情景“{text[:30]}”缺少名称或不完整，已忽略"]
    kept = clean_name(name)
    problems = [] if kept == name else [f"名称“{name[:30]}”已改为“{kept}”"]
    pairs = [item.partition(_GIVES)[::2] for item in packed.split(_BETWEEN) if item]
    settings, found = read_settings(pairs, levers)
    problems = [f"情景“{kept}”：{problem}" for problem in problems + found]
    return scenario_of(kept, settings, release), first_problems(problems)


def scenario_of(name: str, settings: Mapping[str, float], release: str = "") -> Scenario:
    """Make a scenario of what is moved; the same settings give the same id."""
    moved = tuple(sorted((lever, value) for lever, value in settings.items() if value))
    return Scenario(name=clean_name(name), settings=moved, release=release)


def version_problem(text: str | None) -> str:
    """Say in Chinese what is wrong with a link's version; links without one are fine."""
    if text is None or text == str(LINK_VERSION):
        return ""
    number = text[:10]
    if not (number.isascii() and number.isdecimal()):  # int() does not read ² or ①
        return f"链接版本“{number}”无法识别，按现行格式（第{LINK_VERSION}版）读取，请核对下列数值"
    age = "较旧" if int(number) < LINK_VERSION else "较新"
    ask = "" if age == "较旧" else "，请升级程序或向发送者索取旧版链接"
    return (
        f"链接由{age}的程序生成（第{int(number)}版，现行第{LINK_VERSION}版），"
        f"按现行格式读取，请核对数值{ask}"
    )
