"""Time of solving, marks, presets and explanations on the demo release.

Run from the project's root: ``python -m benchmarks.steering``. Each line is
the worst case over all targets and levers, and the median; a wall clock is
read, so run it on a quiet machine.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from analytics.answers.steering import compare
from analytics.answers.steering.decomposition import decompose
from analytics.answers.steering.effort import least_effort
from analytics.answers.steering.goal_seek import goal_seek
from analytics.answers.steering.influence import influences
from analytics.answers.steering.presets import presets
from analytics.answers.steering.reference_rates import marks
from analytics.answers.steering.sensitivity import tornado
from analytics.model.scenarios.links import scenario_of
from analytics.workbench import Workbench, build_workbench

ROOT = Path(__file__).resolve().parents[1]
PRESSURE = "加压"
STRESS = {"stress.repeat_2022": 1.0}


def timed(work: Callable[[], object]) -> float:
    """Return the milliseconds of one call."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def report(name: str, times: list[float], allowed: float | None = None) -> None:
    """Print worst and median, and whether the allowance is kept."""
    verdict = "" if allowed is None else f"  ≤ {allowed:.0f} ms: {max(times) <= allowed}"
    print(
        f"{name:44} worst {max(times):8.1f} ms  median {statistics.median(times):7.1f} ms{verdict}"
    )


def pairs(bench: Workbench) -> Iterator[tuple[str, str]]:
    """Yield every target with every lever that reaches it."""
    for target in bench.catalog.targets.values():
        for lever in influences(bench, target):
            yield target.id, lever


def main() -> None:
    """Print the table."""
    bench = build_workbench(ROOT, "demo")
    for target_id, lever in pairs(bench):
        goal_seek(bench, {}, target_id, lever)  # what is kept per target, once
    for name, settings in (("baseline", {}), ("with a stress test", STRESS)):
        times = [
            timed(lambda t=t, x=x, s=settings: goal_seek(bench, s, t, x)) for t, x in pairs(bench)
        ]
        report(f"goal_seek, {name}", times, 100)
    view = bench.view({"gross_output_registered.g2027": 0.012})
    pages = [
        [lever.id for lever in bench.catalog.levers_of(target.indicator)]
        for target in bench.catalog.targets.values()
    ]
    for name in ("marks of one target's levers, first time", "the same, kept"):
        times = [timed(lambda p=page: [marks(view, x) for x in p]) for page in pages]
        report(name, times, 50 if name.endswith("kept") else None)
    report("presets, all five", [timed(lambda: presets(bench))])
    targets = bench.catalog.targets
    report(
        "least_effort, one target",
        [timed(lambda t=t: least_effort(bench, {}, [t])) for t in targets],
    )
    report("least_effort, all targets", [timed(lambda: least_effort(bench, {}, targets))])
    pressed = dict(next(one for one in presets(bench) if one.name == PRESSURE).settings)
    moved = {**pressed, **STRESS}
    report("tornado", [timed(lambda t=t: tornado(bench, {}, t)) for t in targets])
    report("decompose", [timed(lambda t=t: decompose(bench, moved, t)) for t in targets])
    four = [scenario_of(str(n), {**pressed, "park_tax.g2027": n / 1000}) for n in range(1, 5)]
    report("four scenarios: verdicts and joint", [timed(lambda: _compared(bench, four))])


def _compared(bench: Workbench, scenarios: list) -> None:
    base, views = compare.views(bench, scenarios)
    compare.verdict_rows(base, views)
    compare.joint_rows(base, views)


if __name__ == "__main__":
    main()
