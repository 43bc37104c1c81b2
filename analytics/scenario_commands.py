"""Commands that ask about a scenario: assess, solve."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analytics.api import OpenedRelease, Solution
    from analytics.catalog.load import Catalog
    from analytics.domain import Scenario


def add(commands: Any, root: Callable[[], Path]) -> None:
    """Declare the commands; ``root`` says on what project they run."""
    assess = commands.add_parser("assess", help="judge every target on a release")
    solve = commands.add_parser("solve", help="find where one lever must stand for a target")
    solve.add_argument("--target", required=True, metavar="ID", help="as `targets --json` has it")
    solve.add_argument("--lever", required=True, metavar="ID", help="such as park_tax.g2027")
    solve.add_argument("--probability", metavar="P", help="share of draws (0-1); else the median")
    for parser, run in ((assess, _assess), (solve, _solve)):
        parser.add_argument("--release", default=None, help="published or demo")
        parser.add_argument("--scenario", type=Path, default=None, help="none: the baseline")
        parser.add_argument(
            "--other-release",
            action="store_true",
            help="take a scenario's settings although it was made on another release",
        )
        parser.add_argument("--json", action="store_true")
        parser.set_defaults(run=lambda given, run=run: run(root(), given))


def read_scenario(path: Path, catalog: "Catalog") -> "Scenario":
    """Read a scenario file whole; nothing is left out silently."""
    from analytics.model.scenarios.files import from_json

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"{path.name}：文件不存在，或不是UTF-8编码的文本") from None
    scenario, problems = from_json(text, catalog)
    if scenario is None or problems:
        raise ValueError(f"{path.name}：不能全部读入，没有继续：{'；'.join(problems)}")
    return scenario


def print_json(value: object) -> None:
    """Print a value as JSON that people can read."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def open_with(root: Path, arguments: argparse.Namespace) -> tuple["OpenedRelease", "Scenario"]:
    """Open the release asked for and read the scenario, which must be one of that release."""
    from analytics.api import open_release
    from analytics.domain import Scenario

    opened = open_release(arguments.release, root=root)
    here = opened.release.id
    if arguments.scenario is None:
        return opened, Scenario(release=here)
    scenario = read_scenario(arguments.scenario, opened.bench.catalog)
    if scenario.release != here:
        file, made_on = arguments.scenario.name, scenario.release
        if not arguments.other_release:
            raise ValueError(
                f"{file}：release 为 {made_on}，与所用数据版本 {here} 不同；"
                "仍要采用其设置，请加 --other-release"
            )
        print(f"提示：情景原在 {made_on} 上设定，现用 {here}", file=sys.stderr)
    return opened, scenario.model_copy(update={"release": here})


def _assess(root: Path, arguments: argparse.Namespace) -> int:
    opened, scenario = open_with(root, arguments)
    moved = opened.apply(dict(scenario.settings), scenario.name)
    records = [moved.record(target_id) for target_id in opened.bench.catalog.targets]
    if arguments.json:
        print_json(records)
    else:
        for record in records:
            print(f"{record['status']:<7} {record['name_zh']}  {record['reason']}")
    return 0


def _solve(root: Path, arguments: argparse.Namespace) -> int:
    probability = _probability(arguments.probability)
    opened, scenario = open_with(root, arguments)
    settings = dict(scenario.settings)
    found = opened.solve(
        arguments.target, arguments.lever, probability=probability, settings=settings
    )
    record = {"release": opened.release.id, "scenario": scenario.name, "settings": settings}
    record |= _solution_record(opened, found)
    if arguments.json:
        print_json(record)
    else:
        print(*(one for one in (record["value_zh"], record["reason_zh"]) if one), sep="  ")
    return 0


def _probability(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        share = float(text)
    except ValueError:
        raise ValueError(f"--probability：“{text}”不是数，应大于0且不超过1，例如0.8") from None
    if not 0 < share <= 1:
        raise ValueError(f"--probability：应大于0且不超过1，收到“{text}”")
    return share


def _solution_record(opened: "OpenedRelease", found: "Solution") -> dict[str, Any]:
    """Describe where a lever must stand; growth is a fraction, else the indicator's unit."""
    from analytics import text_zh
    from analytics.model.scenarios.settings_zh import setting_zh

    catalog = opened.bench.catalog
    lever, why = catalog.levers[found.lever_id], found.reason
    return {
        "target": found.target_id,
        "lever": found.lever_id,
        "probability": found.probability,
        "reached": found.reached,
        "value": found.value,
        "value_zh": "" if found.value is None else setting_zh(catalog, lever, found.value, 3),
        "on_step": found.on_step,
        "residual": found.residual,
        "reason": str(why.code) if why else None,
        "reason_zh": text_zh.reason_zh(why) if why else "",
    }
