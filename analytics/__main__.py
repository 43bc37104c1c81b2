"""Command line over the same functions as the pages.

extract   build the data releases      check    run the data checks
targets   list the plan's targets      assess   judge every target
solve     where a lever must stand      project  project a CSV of year,value
briefing  write a briefing or notebook
figure    write charts for documents
import    publish the district's own figures
ledger    sum an enterprise ledger into figures, and publish them
versions, rollback, restore, doctor, backup, gc   look after the data folder
audit     list who did what, and verify the record
"""

import argparse
import os
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics import scenario_commands
from analytics.data.imports.history_csv import read_history
from analytics.domain import JINSHAN
from analytics.output import figure_command
from analytics.scenario_commands import print_json

if TYPE_CHECKING:
    from analytics.domain import Release, Scenario
    from analytics.workbench import Workbench

ROOT = Path(__file__).resolve().parent.parent


def main(argv: list[str] | None = None) -> int:
    """Run one command; mistakes end with one Chinese sentence and code 2."""
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        return code
    except Exception as error:
        ours = type(error).__module__.startswith("analytics.")
        if not (ours or isinstance(error, ValueError | OSError)):
            raise
        print(f"错误：{error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analytics", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    extract = commands.add_parser("extract", help="build the data releases from data/source")
    extract.add_argument("--if-missing", action="store_true", help="do nothing if releases exist")
    extract.add_argument("--created-on", type=date.fromisoformat, default=None)
    extract.add_argument(
        "--recover",
        nargs="*",
        metavar="BATCH",
        help="begin a damaged record of versions anew, with these imports ('none': with none)",
    )
    extract.set_defaults(run=_extract)

    check = commands.add_parser("check", help="verify checksums and run the data checks")
    check.set_defaults(run=_check)

    targets = commands.add_parser("targets", help="list the plan's targets")
    targets.add_argument("--json", action="store_true")
    targets.set_defaults(run=_targets)

    scenario_commands.add(commands, lambda: ROOT)
    figure_command.add(commands, _opened, date.today)

    project = commands.add_parser("project", help="project a CSV with columns year,value")
    project.add_argument("file", type=Path)
    project.add_argument("--end-year", type=int, required=True)
    project.add_argument("--kind", default="level")
    project.add_argument("--prior", default="pooled", help="what like series usually grow by")
    project.add_argument("--json", action="store_true")
    project.set_defaults(run=_project)

    briefing = commands.add_parser("briefing", help="write a briefing of a scenario")
    briefing.add_argument("--scenario", type=Path, default=None, help="none: the baseline")
    briefing.add_argument("--release", default=None, help="published or demo")
    briefing.add_argument("--format", required=True, choices=["docx", "pptx", "pdf", "ipynb"])
    briefing.add_argument("--output", type=Path, required=True)
    briefing.add_argument("--preset", default="一页纸")
    briefing.add_argument("--definition", type=Path, default=None, help="instead of --preset")
    briefing.add_argument("--next", type=Path, default=None, help="definition of the next issue")
    briefing.add_argument("--template", type=Path, default=None, help="the office's .docx or .pptx")
    briefing.add_argument("--address", default="", help="where the workbench is served, for a link")
    briefing.add_argument("--made-on", type=date.fromisoformat, default=None)
    briefing.set_defaults(run=_briefing)

    taken = commands.add_parser("import", help="check workbooks or CSVs and publish their figures")
    taken.add_argument("files", type=Path, nargs="+", metavar="FILE")
    taken.add_argument("--by", default="", help="who hands the figures in")
    taken.add_argument("--confirm", action="store_true", help="confirm every held value")
    taken.add_argument("--dry-run", action="store_true", help="only say what would change")
    taken.add_argument("--release", default=None, help="release to compare with")
    taken.set_defaults(run=_import)

    _add_ledger(commands)
    _add_upkeep(commands)
    return parser


def _opened(given: argparse.Namespace) -> "tuple[Workbench, Scenario]":
    release, scenario = scenario_commands.open_with(ROOT, given)
    return release.bench, scenario


def _add_upkeep(commands: Any) -> None:
    """Declare the commands of whoever runs the service; they act on the project at ROOT."""
    from analytics.data.access import command as audit
    from analytics.data.releases.command import add

    add(commands, lambda: ROOT, _now)
    audit.add(commands, lambda: ROOT)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _add_ledger(commands: Any) -> None:
    ledger = commands.add_parser("ledger", help="sum an enterprise ledger into figures")
    inside = ledger.add_subparsers(required=True, metavar="command")
    summed = inside.add_parser("aggregate", help="check, sum and protect; publish with --publish")
    summed.add_argument("path", type=Path, help="folder with one partition a month")
    summed.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
    summed.add_argument("--master", default="local[2]", help="Spark master, with --engine spark")
    summed.add_argument("--memory", default="1200MB", help="DuckDB memory; beyond it, it spills")
    summed.add_argument("--out", type=Path, required=True, help="folder for figures and findings")
    summed.add_argument("--region", default=JINSHAN)
    summed.add_argument("--confirm", action="store_true", help="confirm every held finding")
    summed.add_argument("--publish", action="store_true", help="go on to the import")
    summed.add_argument("--by", default="", help="who hands the figures in")
    summed.add_argument("--dry-run", action="store_true", help="only say what would change")
    summed.add_argument("--release", default=None, help="release to compare with")
    summed.set_defaults(run=_ledger_aggregate)


def _extract(arguments: argparse.Namespace) -> int:
    from analytics.data.releases import build
    from analytics.data.releases.fallback import readiness
    from analytics.data.releases.files import BusyError
    from analytics.data.releases.summary import summarise

    if arguments.if_missing and not readiness(ROOT):
        _keep_opinions()
        return 0
    created_on = arguments.created_on or date.today()  # noqa: DTZ011 - the local day is meant
    try:
        if arguments.recover is None:
            made = build(ROOT, created_on=created_on)
        else:
            made = _recover(arguments.recover, created_on)
    except BusyError:
        if not arguments.if_missing:
            raise
        return _built_by_another()
    for release in made:
        print(summarise(release, ROOT))
    _keep_opinions()
    return 0


def _keep_opinions() -> None:
    """Work out the odds by other methods on the current releases, so that pages can show them."""
    from analytics.data.releases.files import ReleaseError
    from analytics.data.releases.journal import read_pointer
    from analytics.workbench import keep_opinions

    for release_id in read_pointer(ROOT)["releases"].values():
        with suppress(ReleaseError):  # a damaged one is said where it is opened
            keep_opinions(ROOT, release_id)


def _built_by_another() -> int:
    """Wait for the other of two replicas that began at the same time over one empty folder."""
    from analytics.data.releases.fallback import readiness
    from analytics.data.releases.files import ReleaseError
    from analytics.data.releases.release import wait_for_publisher

    wait_for_publisher(ROOT)
    if problem := readiness(ROOT):
        raise ReleaseError(problem)
    return 0


def _recover(named: list[str], created_on: date) -> "list[Release]":
    from analytics.data.releases import recovery

    found = recovery.survey(ROOT)
    print(*recovery.describe(ROOT, found), sep="\n")
    imports = found.imports(named)
    print("将使用：" + ("、".join(imports) or "不用任何填报"))
    return recovery.recover(ROOT, imports, created_on=created_on)


def _check(arguments: argparse.Namespace) -> int:
    from analytics.data.releases.journal import read_pointer
    from analytics.data.releases.release import open_release
    from analytics.data.releases.store import Store, check_names

    failed = 0
    for name in read_pointer(ROOT)["releases"]:
        release, folder = open_release(ROOT, name)
        store = Store.open(folder)
        for check in check_names():
            offending = store.check(check)
            failed += not offending.empty
            if not offending.empty:
                print(f"{release.id}  {check}: {len(offending)} 行不合格\n{offending.head(10)}")
        print(f"{release.id}  校验和一致，{len(check_names())} 项数据检查")
    return 1 if failed else 0


def _targets(arguments: argparse.Namespace) -> int:
    from analytics.catalog.load import load_catalog

    targets = load_catalog(ROOT).targets.values()
    if arguments.json:
        print_json([target.model_dump(mode="json") for target in targets])
    else:
        for target in targets:
            print(
                f"{target.order:>2}  {target.action:<22} {target.name_zh}  {target.clause.wording}"
            )
    return 0


def _project(arguments: argparse.Namespace) -> int:
    from analytics.answers.reports.records import projection_record
    from analytics.model.projection import project

    history = read_history(arguments.file)
    projection = project(
        history.values,
        end_year=arguments.end_year,
        kind=arguments.kind,
        prior=arguments.prior,
    )
    record = projection_record(projection)
    record["warnings"] = [*history.notes, *record["warnings"]]
    if arguments.json:
        print_json(record)
    else:
        for row in record["years"]:
            bounds = "" if row["low80"] == row["high80"] else "  80% {low80:,.2f}—{high80:,.2f}"
            print(("{year}  {median:,.2f}" + bounds).format(**row))
        print(record["method"], *record["warnings"], sep="\n")
    return 0


def _briefing(arguments: argparse.Namespace) -> int:
    from analytics.output.briefing import (
        compose,
        definition,
        live_link,
        named_figures,
        shelf,
        writing,
    )
    from analytics.output.briefing.kinds import load_library
    from analytics.workbench import build_workbench

    if not arguments.output.parent.is_dir():
        raise ValueError(f"{arguments.output}：文件夹不存在，无法写入")
    library = load_library(ROOT)
    own = definition.Definition(kind=arguments.preset)
    if arguments.definition is not None:
        own = definition.read(_content(arguments.definition), arguments.definition.name)
    library.named(own.kind)
    bench = build_workbench(ROOT, arguments.release)
    if unknown := shelf.unknown(own, bench.catalog.targets):
        raise ValueError(f"{arguments.definition}：没有目标“{'、'.join(unknown)}”")
    scenario = _scenario(arguments.scenario, bench)
    baseline = bench.view({})
    moved = dict(scenario.settings)
    view = bench.view(moved, before=baseline) if moved else baseline
    made_on = arguments.made_on or date.today()  # noqa: DTZ011 - the local day is meant
    request = compose.defined_request(view, library, own)
    kind, link = writing.Format(arguments.format), ""
    if arguments.address:
        link = live_link.live_link(
            arguments.address, scenario, bench.release.id, bench.catalog.adjustables
        )
    if arguments.template is not None and kind not in writing.TEMPLATES:
        raise ValueError("--template：只用于 docx 和 pptx")
    given = {} if arguments.template is None else {kind: _content(arguments.template)}
    draft = writing.Draft(view, scenario, request, library, made_on, link, given)
    arguments.output.write_bytes(writing.write(draft, kind, _show_share))
    generated = compose.sentences(view, request)
    for text in compose.unused(generated, request.edits):
        print(f"提示：原句已变化，改写未采用：{text}", file=sys.stderr)
    for text in compose.unplaced(generated, own):
        print(f"提示：本期没有这一句的位置，未采用：{text}", file=sys.stderr)
    for name in compose.without_numbers(view, own):
        target = bench.catalog.targets[named_figures.target_of(name)]
        print(f"提示：本数据版本没有可绘制的数据，未画图：{target.name_zh}", file=sys.stderr)
    if arguments.next is not None:
        kept = compose.next_issue(view, request, own)
        arguments.next.write_bytes(definition.written(kept))
    print(arguments.output)
    return 0


def _scenario(path: Path | None, bench: "Workbench") -> "Scenario":
    """Read a scenario file whole, or take the baseline."""
    from analytics.domain import Scenario

    if path is None:
        return Scenario(release=bench.release.id)
    scenario = scenario_commands.read_scenario(path, bench.catalog)
    if scenario.release != bench.release.id:
        print(f"提示：情景原在 {scenario.release} 上设定，现用 {bench.release.id}", file=sys.stderr)
    return scenario.model_copy(update={"release": bench.release.id})


def _show_share(share: float) -> None:
    print(f"\r{share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)


def _import(arguments: argparse.Namespace) -> int:
    from analytics.data.access.identity import OPERATOR
    from analytics.data.imports.described import describe
    from analytics.data.imports.intake import read_import
    from analytics.data.imports.preview import preview
    from analytics.data.releases.accepting import SWITCH, accept, is_allowed
    from analytics.data.releases.journal import Stamp
    from analytics.data.releases.release import open_release
    from analytics.data.releases.standing import standing
    from analytics.data.releases.summary import summarise

    if not is_allowed(os.environ.get(SWITCH)):
        raise ValueError(f"本机已关闭数据导入（{SWITCH}=off）")
    now = datetime.now().astimezone()
    checked_against = open_release(ROOT, arguments.release)[0].id
    against = standing(ROOT, arguments.release)
    files = [(path.name, _content(path)) for path in arguments.files]
    batch = read_import(
        files,
        against,
        submitted_by=arguments.by,
        submitted_on=now.date(),
        progress=_show_progress,
    )
    batch = batch.confirm_all() if arguments.confirm else batch
    changes = preview(batch, against.current)
    print(*describe(batch, changes, against.catalog), sep="\n")
    if arguments.dry_run:
        return 0 if batch.publishable else 1
    what = "导入" + "、".join(file.name for file in batch.files)
    stamp = Stamp(now.isoformat(timespec="seconds"), arguments.by, what, checked_against)
    who = replace(OPERATOR, name=arguments.by)
    for release in accept(ROOT, batch, who=who, stamp=stamp):
        print(summarise(release, ROOT))
    return 0


def _content(path: Path) -> bytes:
    """Read a file to import, but not one beyond the limit."""
    from analytics.data.imports.bounded.limits import LIMITS

    try:
        with path.open("rb") as file:
            return file.read(LIMITS.size + 1)
    except OSError:
        raise ValueError(f"{path.name}：文件不存在或无法读取") from None


def _ledger_aggregate(arguments: argparse.Namespace) -> int:
    from analytics.data.ledger import command
    from analytics.data.ledger.extract import TABLE

    out = arguments.out
    with command.engine(
        arguments.engine, arguments.master, arguments.memory, out, os.environ
    ) as engine:
        code = command.aggregate_folder(
            ROOT,
            arguments.path,
            engine,
            out,
            region=arguments.region,
            confirmed=arguments.confirm,
            publishing=arguments.publish,
            by=arguments.by,
        )
    if code or not arguments.publish:
        return code
    return _import(argparse.Namespace(**{**vars(arguments), "files": [arguments.out / TABLE]}))


def _show_progress(share: float) -> None:
    if sys.stderr.isatty():
        print(f"\r读取与校验 {share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
