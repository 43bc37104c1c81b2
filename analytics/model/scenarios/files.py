"""A scenario as a JSON file that states its schema and its release."""

import json
import math
from typing import Any

from analytics.catalog.load import Catalog
from analytics.domain import JINSHAN, Adjustable, LeverEffect, Release, Scenario, Stress
from analytics.model.scenarios.levers import first_problems, read_settings, shown_value
from analytics.model.scenarios.links import clean_name, scenario_of
from analytics.text_zh import unit_zh

FORMAT, SCHEMA = "jinshan-scenario", 1
LARGEST = 100 * 1024  # bytes
_KEYS = {"format", "schema", "name", "release", "settings"}


def to_json(scenario: Scenario, release: Release, catalog: Catalog) -> str:
    """Write a scenario with the release it was made on; values as shown on screen."""
    moved = dict(scenario.settings)
    content = {
        "format": FORMAT,
        "schema": SCHEMA,
        "name": clean_name(scenario.name),
        "region": JINSHAN,
        "release": {"id": release.id, "hash": release.hash},
        "settings": [
            {
                "lever": one.id,
                "value": shown_value(one, moved[one.id]),
                "unit": _unit(one, catalog),
                "name": one.name_zh,
            }
            for one in catalog.adjustables.values()
            if moved.get(one.id)
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _unit(one: Adjustable, catalog: Catalog) -> str:
    if isinstance(one, Stress):
        return "开关"
    if one.effect is LeverEffect.GROWTH_PP:
        return "个百分点"
    return unit_zh(catalog.indicators[one.applies_to].unit)


def from_json(
    text: str | bytes, catalog: Catalog, release: Release | None = None
) -> tuple[Scenario | None, list[str]]:
    """Read a scenario file; say in Chinese what could not be taken.

    Returns None with the reason where the file as a whole cannot be used.
    ``release`` is the one on screen: a file made on another is taken, and said.
    """
    content, problem = _parsed(text)
    if content is None:
        return None, [problem]
    name, made_on = content["name"], content["release"]
    kept = clean_name(name)
    problems = [] if kept == name else [f"name：名称“{name[:30]}”已改为“{kept}”"]
    problems += [
        f"未知的键“{str(key)[:30]}”，已忽略" for key in content if key not in {*_KEYS, "region"}
    ]
    problems += _release_problems(made_on, release)
    settings, found = _settings(content["settings"], catalog)
    made = scenario_of(kept, settings, made_on["id"])
    return made, first_problems(problems + found)


def _parsed(text: str | bytes) -> tuple[dict[str, Any] | None, str]:
    """Return the file's content where its frame is sound, else a Chinese reason."""
    raw = text.encode("utf-8", errors="replace") if isinstance(text, str) else text
    if len(raw) > LARGEST:
        return None, f"情景文件过大（{len(raw) / 1024:.0f} KB），上限{LARGEST // 1024} KB"
    try:
        content = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse)
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeDecodeError:
        return None, "情景文件不是 UTF-8 文本"
    except UnicodeEncodeError:  # half a character, written as \\ud800
        return None, "情景文件含有不是文字的字符"
    except json.JSONDecodeError as error:
        return None, f"情景文件不是有效的 JSON（第{error.lineno}行第{error.colno}列）"
    except (ValueError, RecursionError):
        return None, "情景文件含有不允许的数（NaN、Infinity）或嵌套过深"
    return _framed(content)


def _refuse(constant: str) -> float:
    raise ValueError(constant)


def _framed(content: Any) -> tuple[dict[str, Any] | None, str]:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        return None, f"不是情景文件：format 应为“{FORMAT}”"
    schema = content.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        return None, "schema：应为正整数"
    if schema > SCHEMA:
        return None, f"schema：文件为第{schema}版，本程序只能读到第{SCHEMA}版，请升级程序"
    if not isinstance(content.get("name"), str):
        return None, "name：应为文字"
    made_on = content.get("release")
    sound = isinstance(made_on, dict) and all(isinstance(made_on.get(x), str) for x in _RELEASE)
    if not sound:
        return None, "release：应写明数据版本的 id 与 hash"
    if not isinstance(content.get("settings"), list):
        return None, "settings：应为数组"
    return content, ""


_RELEASE = ("id", "hash")


def _release_problems(made_on: dict[str, str], release: Release | None) -> list[str]:
    if release is None:
        return []
    if made_on["id"] != release.id:
        return [f"情景文件基于数据版本“{made_on['id'][:60]}”，当前为“{release.id}”，数值可能不同"]
    if made_on["hash"] != release.hash:
        return [f"数据版本“{release.id}”的校验值与情景文件所记不一致，数值可能不同"]
    return []


def _settings(rows: list[Any], catalog: Catalog) -> tuple[dict[str, float], list[str]]:
    pairs: list[tuple[str, str]] = []
    problems: list[str] = []
    for number, row in enumerate(rows, start=1):
        pair, problem = _row(row, f"settings 第{number}项")
        if problem:
            problems.append(problem)
        else:
            pairs.append(pair)
    settings, found = read_settings(pairs, catalog.adjustables)
    return settings, problems + found


def _is_finite(value: Any) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number too long for a float
        return False


def _row(row: Any, where: str) -> tuple[tuple[str, str], str]:
    if not isinstance(row, dict) or not isinstance(row.get("lever"), str):
        return ("", ""), f"{where}：lever 应为文字，已忽略"
    value = row.get("value")
    if not _is_finite(value):
        return ("", ""), f"{where}（{row['lever'][:40]}）：value 应为有限的数，已忽略"
    return (row["lever"], repr(value)), ""
