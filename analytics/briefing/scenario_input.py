"""Read a scenario file: what was moved, by lever, in code units."""

import json
import math
from collections.abc import Mapping

from analytics.domain import Lever, Scenario

FORMAT, SCHEMA = "jinshan-scenario", 1


def from_json(text: str, levers: Mapping[str, Lever]) -> tuple[Scenario, list[str]]:
    """Return the scenario and, in Chinese, everything of the file that was not taken."""
    try:
        data = json.loads(text)
    except ValueError:
        return Scenario(), ["不是可读的JSON"]
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        return Scenario(), [f"不是情景文件（format 应为 {FORMAT}）"]
    if data.get("schema") != SCHEMA:
        return Scenario(), [f"情景文件版本为 {data.get('schema')}，本程序只读 {SCHEMA}"]
    rows = data.get("settings")
    if not isinstance(rows, list):
        return Scenario(), ["缺少 settings（应为数组）"]
    settings, problems = _settings(rows, levers)
    release = data.get("release")
    release_id = release.get("id", "") if isinstance(release, dict) else ""
    name = data.get("name")
    if not isinstance(name, str) or not name.strip():
        problems.append("缺少情景名称 name")
        name = "情景"
    return Scenario(name=name, settings=settings, release=str(release_id)), problems


def _settings(
    rows: list, levers: Mapping[str, Lever]
) -> tuple[tuple[tuple[str, float], ...], list[str]]:
    taken: dict[str, float] = {}
    problems: list[str] = []
    for number, row in enumerate(rows, start=1):
        lever_id, value, problem = _setting(row, levers)
        if problem:
            problems.append(f"settings 第{number}项：{problem}")
        elif value:
            taken[lever_id] = value
    return tuple(sorted(taken.items())), problems


def _setting(row: object, levers: Mapping[str, Lever]) -> tuple[str, float, str]:
    if not isinstance(row, dict):
        return "", 0.0, "应为一个对象"
    lever_id, value = row.get("lever"), row.get("value")
    lever = levers.get(lever_id) if isinstance(lever_id, str) else None
    if lever is None:
        return "", 0.0, f"未知的参数“{lever_id}”"
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return "", 0.0, f"“{lever.name_zh}”的值不是数字"
    if not lever.minimum <= value <= lever.maximum:
        return "", 0.0, f"“{lever.name_zh}”的值{value:g}超出{lever.minimum:g}—{lever.maximum:g}"
    return lever.id, float(value), ""
