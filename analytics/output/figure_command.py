"""The command that writes a target's chart, or all of them, as on the pages."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analytics.domain import Scenario
    from analytics.workbench import View, Workbench

Open = Callable[[argparse.Namespace], tuple["Workbench", "Scenario"]]

_PRESETS = ("standard", "word", "half", "ppt", "plain")
_FORMATS = ("png", "svg", "pdf", "csv", "xlsx", "zip")


def add(commands: Any, opened: Open, today: Callable[[], date]) -> None:
    """Declare the command; ``opened`` opens the release and the scenario asked for."""
    figure = commands.add_parser("figure", help="write charts for documents")
    figure.add_argument("name", nargs="*", help="target's id, ratio. before it against the city")
    figure.add_argument("--list", action="store_true", help="say which charts there are")
    figure.add_argument("--preset", choices=_PRESETS, default="standard")
    figure.add_argument("--format", choices=_FORMATS, default="png")
    figure.add_argument("--output", type=Path, help="file; of several charts a .zip")
    figure.add_argument("--until", type=int, default=None, help="last year; the due year")
    figure.add_argument("--release", default=None, help="published or demo")
    figure.add_argument("--scenario", type=Path, default=None, help="none: the baseline")
    figure.add_argument("--other-release", action="store_true")
    figure.add_argument("--made-on", type=date.fromisoformat, default=None)
    figure.set_defaults(run=lambda given: _figure(opened, given, today))


def _figure(opened: Open, given: argparse.Namespace, today: Callable[[], date]) -> int:
    from analytics.output.briefing import named_figures
    from analytics.output.export import bundle, files
    from analytics.output.export.preset import PRESETS
    from analytics.output.figures.note import Stamp

    bench, scenario = opened(given)
    before, moved = bench.view({}), dict(scenario.settings)
    view = bench.view(moved, before=before) if moved else before
    if given.list:
        print(
            *(f"{name}  {title}" for name, title in named_figures.drawable(view).items()), sep="\n"
        )
        return 0
    if given.output is None or not given.output.parent.is_dir():
        raise ValueError(f"--output：{given.output or '未给文件名'}，文件夹不存在或未给")
    figures = [named_figures.figure(view, name, given.until) for name in _names(view, given)]
    stamp = Stamp(scenario, bench.release, given.made_on or today())
    preset = PRESETS[given.preset]
    if given.format == "zip":
        made = bundle.bundle(figures, {}, stamp, preset)
    else:
        made = files.save(figures[0], files.FileKind(given.format), stamp, preset)
    given.output.write_bytes(made)
    print(given.output)
    return 0


def _names(view: "View", given: argparse.Namespace) -> list[str]:
    """Return the charts asked for, every one where a ZIP is asked for without names."""
    from analytics.output.briefing import named_figures

    held = named_figures.drawable(view)
    names = given.name or (list(held) if given.format == "zip" else [])
    if not names:
        raise ValueError("请写出图的名称；有哪些图：python -m analytics figure --list")
    for name in names:
        if name not in held:
            raise ValueError(f"没有可绘制的图“{name}”；有哪些图：python -m analytics figure --list")
    if len(names) > 1 and given.format != "zip":
        raise ValueError("几幅图一起导出请用 --format zip")
    return names
