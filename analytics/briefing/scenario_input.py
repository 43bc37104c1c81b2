"""Read a scenario file: what was moved, by lever, as shown on screen."""

import json

from analytics.catalog import Catalog
from analytics.domain import Release, Scenario
from analytics.scenario import settings_from_query

FORMAT, SCHEMA = "jinshan-scenario", 1


def from_json(
    text: str, catalog: Catalog, release: Release | None = None
) -> tuple[Scenario | None, list[str]]:
    """Return the scenario and, in Chinese, everything of the file that was not taken.

    The scenario is None where the file as a whole cannot be used. ``release``
    is the one at hand: a file made on another is taken, and said.
    """
    content, problem = _framed(text)
    if content is None:
        return None, [problem]
    asked, problems = _asked(content["settings"])
    settings, found = settings_from_query(asked, catalog.levers)
    made_on = content["release"]["id"]
    if release is not None and made_on != release.id:
        found.append(f"情景文件基于数据版本“{made_on[:60]}”，当前为“{release.id}”")
    moved = tuple(sorted(settings.items()))
    return Scenario(name=content["name"], settings=moved, release=made_on), problems + found


def _framed(text: str) -> tuple[dict | None, str]:
    """Return the file's content where its frame is sound, else a Chinese reason."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None, "不是可读的JSON"
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        return None, f"不是情景文件：format 应为“{FORMAT}”"
    if content.get("schema") != SCHEMA:
        return None, f"情景文件版本为 {content.get('schema')}，本程序只读 {SCHEMA}"
    if not isinstance(content.get("name"), str) or not content["name"].strip():
        return None, "缺少情景名称 name"
    release = content.get("release")
    if not isinstance(release, dict) or not isinstance(release.get("id"), str):
        return None, "release：应写明数据版本的 id"
    if not isinstance(content.get("settings"), list):
        return None, "settings：应为数组"
    return content, ""


def _asked(rows: list) -> tuple[dict[str, str], list[str]]:
    asked: dict[str, str] = {}
    problems: list[str] = []
    for number, row in enumerate(rows, start=1):
        value = row.get("value") if isinstance(row, dict) else None
        sound = isinstance(value, int | float) and not isinstance(value, bool)
        if sound and isinstance(row.get("lever"), str):
            asked[row["lever"]] = str(value)
        else:
            problems.append(f"settings 第{number}项：应写明 lever（文字）与 value（数字）")
    return asked, problems
