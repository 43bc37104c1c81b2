"""Twelve scenarios with their outcomes on the demo release.

Written by ``python -m tests.support.golden_scenarios`` from the project's root into
``tests/data/golden_scenarios.json``. Write it again only when data, catalog or
method were meant to change, and read the difference before committing it.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics.answers.steering.presets import presets
from analytics.data.releases import build
from analytics.model.judgement.assessment import Assessment
from analytics.workbench import View, Workbench, build_workbench
from tests.support.paths import DATA
from tests.support.release_fixtures import CREATED_ON, copy_project

FILE = DATA / "golden_scenarios.json"
BY_HAND = {
    "属地产值每年快两个百分点": {"gross_output_registered.g2027": 0.02},
    "招商加快": {"signed_investment.g2027": 0.05, "large_projects.f2027": 15.0},
    "集约用地": {"park_land.g2027": -0.02, "low_efficiency_land.f2027": 400.0},
    "多供地": {"industrial_land_supply.f2027": 200.0, "industrial_land_supply.f2035": 200.0},
    "全市更快": {"gross_output_above_scale.g2027": 0.03, "gross_output_above_scale.g2035": 0.02},
    "重演2022年": {"stress.repeat_2022": 1.0},
    "化工降价而加力": {
        "stress.chemical_price_fall": 1.0,
        "green_chemical_output.g2027": 0.04,
        "gross_output_territorial.g2035": 0.01,
    },
}


def scenarios(bench: Workbench) -> dict[str, dict[str, float]]:
    """Return the presets as computed now, then the scenarios set by hand."""
    return {one.name: dict(one.settings) for one in presets(bench)} | BY_HAND


def outcome(view: View) -> dict:
    """Return what a scenario comes to, in plain numbers and words."""
    whole = view.outlook()
    return {
        "expected": whole.expected,
        "targets": {name: row(item) for name, item in view.verdicts().items()},
    }


def row(item: Assessment) -> dict:
    """Return everything that a row of the board or a target's block prints."""
    low80, high80 = item.interval_80 or (None, None)
    low95, high95 = item.due.interval_95 or (None, None)
    coverage = item.due.coverage
    return {
        "verdict": str(item.verdict),
        "standing": str(item.standing),
        "latest": item.latest,
        "latest_year": item.latest_year,
        "expected_now": item.expected_now,
        "gap": item.gap,
        "median": item.median,
        "low80": low80,
        "high80": high80,
        "low95": low95,
        "high95": high95,
        "probability": item.probability,
        "mc_error": item.due.mc_error,
        "coverage_80": coverage and coverage.coverage_80,
        "coverage_years_ahead": coverage and coverage.horizon,
        "coverage_points": coverage and coverage.points,
        "required_growth": item.needed.growth,
        "required_step": item.needed.step,
        "recent_growth": item.recent.growth,
        "recent_growth_years": item.recent.growth_years,
        "recent_step": item.recent.step,
        "recent_step_years": item.recent.step_years,
    }


def outcomes(bench: Workbench) -> dict[str, dict]:
    """Work out every scenario: settings and outcome by name."""
    base = bench.view({})
    return {
        name: {"settings": settings, **outcome(bench.view(settings, base))}
        for name, settings in scenarios(bench).items()
    }


def main() -> None:
    """Write the outcomes of now."""
    with TemporaryDirectory() as folder:
        root = copy_project(Path(folder))
        build(root, created_on=CREATED_ON)
        found = outcomes(build_workbench(root, "demo"))
    FILE.write_text(_lines(found), encoding="utf-8")


def _lines(found: dict[str, dict]) -> str:
    """Write one target a line, so that a difference names what moved."""
    return "{\n" + ",\n".join(_scenario(*pair) for pair in found.items()) + "\n}\n"


def _scenario(name: str, outcome: dict) -> str:
    head = f"{_json(name)}: {{\n {_pair('settings', outcome)},\n {_pair('expected', outcome)},"
    rows = ",\n".join(f"  {_pair(target, outcome['targets'])}" for target in outcome["targets"])
    return f'{head}\n "targets": {{\n{rows}\n }}\n}}'


def _pair(key: str, table: dict) -> str:
    return f"{_json(key)}: {_json(table[key])}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
