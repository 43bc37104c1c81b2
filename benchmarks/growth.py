"""How costs grow: more targets, more draws, more rows, a longer history.

Each cost is the processor time of one piece of work, the median of several, at growing sizes.
The exponent is the slope between the smallest and the largest size on logarithmic scales: 1 is
linear, 0 does not depend on the size at all. Nothing may be worse than linear, and a moved
lever may not depend on how long the plan is.

    python -m benchmarks.growth
"""

import math
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from analytics.data.releases.release import read_pointer
from analytics.data.releases.store import Store
from analytics.domain import JINSHAN, RELATIVE
from analytics.model.projection import project
from analytics.output.figures.target import target_figure
from analytics.workbench import View, Workbench, build_workbench

ROOT = Path(__file__).resolve().parents[1]
LEVER, TARGET = "gross_output_registered.g2027", "gross_output_registered_2027"
STEEPEST = 1.1  # exponent
MOST_FOR_A_LONGER_PLAN = 1.5  # times the cost of a moved lever, with ten times the targets
TIMES = 7


@dataclass(frozen=True)
class Growth:
    """What one piece of work costs at growing sizes, in milliseconds of the processor."""

    name: str
    sizes: tuple[int, ...]
    costs: tuple[float, ...]

    @property
    def exponent(self) -> float:
        """Return the slope between the ends on logarithmic scales."""
        longer = self.sizes[-1] / self.sizes[0]
        return math.log(self.costs[-1] / self.costs[0]) / math.log(longer)

    def __str__(self) -> str:
        steps = "  ".join(
            f"{size:,}: {cost:.2f} ms" for size, cost in zip(self.sizes, self.costs, strict=True)
        )
        return f"{self.name:34} {steps}  exponent {self.exponent:+.2f}"


def cost_of(work: Callable[[int], object]) -> float:
    """Return the median cost of a piece of work, which is told how often it was done before."""
    taken = []
    for turn in range(TIMES + 1):
        begun = time.process_time()
        work(turn)
        taken.append((time.process_time() - begun) * 1000)
    return statistics.median(taken[1:])


def moved(bench: Workbench, before: View, turn: int) -> None:
    """Work out what a page of actions shows of a lever moved to a value of its own."""
    view = bench.view({LEVER: 0.001 * (turn + 1)}, before)
    for target in bench.catalog.targets.values():
        if view.touches(target):
            view.verdict(target.id)
    target_figure(view, view.verdict(TARGET), last_year=2027, steered=True)


def opened(bench: Workbench, turn: int) -> None:
    """Judge every target of a plan."""
    replace(bench).view({}).verdicts()


def longer_plan(bench: Workbench, times: int) -> Workbench:
    """Give a plan so many times its targets, each of an indicator of its own without levers.

    Comparisons are not among them: they would rest on the same series as the first.
    """
    catalog, own = bench.catalog, JINSHAN
    indicators, targets = dict(catalog.indicators), dict(catalog.targets)
    histories, baseline = dict(bench.histories[own]), dict(bench.baseline[own])
    for number in range(1, times):
        for target in catalog.targets.values():
            if target.measure in RELATIVE:
                continue
            name = f"{target.indicator}_{number}"
            alone = {"id": name, "identity": None, "city_counterpart": None}
            indicators[name] = catalog.indicators[target.indicator].model_copy(update=alone)
            histories[name] = histories[target.indicator]
            baseline[name] = baseline[target.indicator]
            another = {"id": f"{target.id}_{number}", "indicator": name}
            targets[another["id"]] = target.model_copy(update=another)
    longer = catalog.model_copy(update={"indicators": indicators, "targets": targets})
    return replace(
        bench,
        catalog=longer,
        histories={**bench.histories, own: histories},
        baseline={**bench.baseline, own: baseline},
    )


def more_draws(bench: Workbench, times: int) -> Workbench:
    """Give every projection so many times its draws."""
    baseline = {
        region: {
            name: replace(one, draws=np.tile(one.draws, (times, 1))) for name, one in lines.items()
        }
        for region, lines in bench.baseline.items()
    }
    return replace(bench, baseline=baseline)


def by_targets(bench: Workbench) -> list[Growth]:
    """Let the plan grow to ten times its targets."""
    plans = [longer_plan(bench, times) for times in (1, 3, 11)]
    sizes = tuple(len(plan.catalog.targets) for plan in plans)
    levers = [cost_of(partial(moved, plan, _judged(plan))) for plan in plans]
    whole = [cost_of(partial(opened, plan)) for plan in plans]
    return [
        Growth("targets → a moved lever", sizes, tuple(levers)),
        Growth("targets → the plan judged", sizes, tuple(whole)),
    ]


def by_draws(bench: Workbench) -> Growth:
    """Let the draws grow to ten times as many."""
    benches = [more_draws(bench, times) for times in (1, 3, 10)]
    sizes = tuple(len(one.baseline[JINSHAN][TARGET[:-5]].draws) for one in benches)
    costs = [cost_of(partial(moved, one, _judged(one))) for one in benches]
    return Growth("draws → a moved lever", sizes, tuple(costs))


def by_years(lengths: Sequence[int] = (10, 30, 100)) -> Growth:
    """Let the history of one indicator grow to a hundred years."""
    rng = np.random.default_rng(1)
    costs = []
    for length in lengths:
        years = range(2026 - length, 2026)
        history = pd.Series(np.cumprod(1.05 + 0.02 * rng.standard_normal(length)), index=years)
        costs.append(cost_of(lambda turn, one=history: project(one, end_year=2035, seed=turn)))
    return Growth("years → a projection", tuple(lengths), tuple(costs))


def by_rows(folder: Path, times: Sequence[int] = (1, 30, 1000)) -> list[Growth]:
    """Let the rows of a release grow a thousandfold, by districts that are not ours."""
    sizes, opening, asking = [], [], []
    for number in times:
        with tempfile.TemporaryDirectory() as place:
            larger = Path(place) / folder.name
            sizes.append(_copy(folder, larger, number))
            opening.append(cost_of(lambda _, one=larger: Store.open(one)))
            store = Store.open(larger)
            ask = partial(store.query, "annual_history", indicator_id=TARGET[:-5], region=JINSHAN)
            asking.append(cost_of(lambda _, ask=ask: ask()))
    return [
        Growth("rows → a release opened", tuple(sizes), tuple(opening)),
        Growth("rows → one history read", tuple(sizes), tuple(asking)),
    ]


def _copy(folder: Path, larger: Path, times: int) -> int:
    """Write a release with so many times its observations, and return how many these are."""
    larger.mkdir()
    for path in folder.iterdir():
        (larger / path.name).write_bytes(path.read_bytes())
    held = folder / "observations.parquet"
    written = larger / "observations.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT o.* REPLACE"
            " (CASE n WHEN 0 THEN o.region ELSE o.region || n END AS region)"
            f" FROM '{held}' AS o, range({times}) AS r(n)) TO '{written}' (FORMAT parquet)"
        )
        counted = connection.execute(f"SELECT count(*) FROM '{written}'").fetchone()
    return int(counted[0])


def _judged(bench: Workbench) -> View:
    before = bench.view({})
    before.verdicts()
    return before


def main() -> int:
    """Print the table; return 1 where a cost grows too fast."""
    bench = build_workbench(ROOT, "demo")
    folder = ROOT / "data" / "parquet" / read_pointer(ROOT)["releases"]["demo"]
    found = [*by_targets(bench), by_draws(bench), by_years(), *by_rows(folder)]
    for one in found:
        print(one)
    lever = found[0]
    dearer = lever.costs[-1] / lever.costs[0]
    print(f"ten times the targets: a moved lever costs {dearer:.2f} times as much")
    steep = [one.name for one in found if one.exponent > STEEPEST]
    print(f"worse than linear: {'; '.join(steep) or 'nothing'}")
    return 1 if steep or dearer > MOST_FOR_A_LONGER_PLAN else 0


if __name__ == "__main__":
    raise SystemExit(main())
