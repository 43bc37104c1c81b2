"""Time the export of a five-chart briefing in every format, with its progress.

    python -m benchmarks.briefing
    python -m benchmarks.briefing --charts 8 --release demo

The goal is a five-chart DOCX within ten seconds on two cores.
"""

import argparse
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from analytics.domain import Scenario
from analytics.output.briefing import compose, named_figures, writing
from analytics.output.briefing.kinds import load_library
from analytics.output.briefing.writing import Draft, Format
from analytics.workbench import build_workbench

ROOT = Path(__file__).resolve().parents[1]
GOAL_SECONDS = 10.0
MOVED = (("gross_output_registered.g2027", 0.02),)


def draft(release: str, charts: int) -> Draft:
    """Put together a quarterly briefing of a scenario with so many charts."""
    bench = build_workbench(ROOT, release)
    view = bench.view(dict(MOVED), before=bench.view({}))
    library = load_library(ROOT)
    asked = compose.default_request(view, library.named("季度调度"))
    asked = replace(asked, charts=tuple(named_figures.drawable(view))[:charts])
    scenario = Scenario(name="加压", settings=MOVED, release=bench.release.id)
    return Draft(view, scenario, asked, library, date(2026, 11, 25))


def timed(made: Draft, kind: Format) -> tuple[float, int, list[float]]:
    """Write one document; return seconds, bytes and the seconds of each progress report."""
    begun = time.perf_counter()
    reports: list[float] = []
    content = writing.write(made, kind, lambda _: reports.append(time.perf_counter() - begun))
    return time.perf_counter() - begun, len(content), reports


def main() -> None:
    """Print one line a format: the first run loads the writer, the second does not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--charts", type=int, default=5)
    parser.add_argument("--release", default="demo")
    arguments = parser.parse_args()
    made = draft(arguments.release, arguments.charts)
    begun = time.perf_counter()
    print(f"{len(made.briefing.charts())} charts, composed in {time.perf_counter() - begun:.2f} s")
    for kind in Format:
        for run in ("first", "again"):
            seconds, size, reports = timed(made, kind)
            waits = [b - a for a, b in zip([0.0, *reports], [*reports, seconds], strict=True)]
            print(
                f"{kind}  {run}  {seconds:5.2f} s  {size / 1024:6.0f} KB"
                f"  {len(reports)} reports, longest wait {max(waits):.2f} s"
            )
            if kind is Format.DOCX and seconds > GOAL_SECONDS:
                print(f"      over the goal of {GOAL_SECONDS:.0f} s")


if __name__ == "__main__":
    main()
