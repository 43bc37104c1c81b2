"""The command line's ledger: check, sum, protect, write, and say what was found."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from analytics.data.imports.batch import KIND_ZH, FaultKind
from analytics.data.ledger.aggregate import Aggregated, aggregate
from analytics.data.ledger.duckdb_engine import DuckDBEngine
from analytics.data.ledger.engine import Engine, LedgerError
from analytics.data.ledger.extract import Extract, extract, write
from analytics.data.ledger.spark_engine import PYTHON, cluster_python, spark_engine

_MOST = 30  # findings of one sort that are printed; the file has them all


@contextmanager
def engine(
    name: str, master: str, memory: str, out: Path, environment: Mapping[str, str]
) -> Iterator[Engine]:
    """Provide the engine asked for; raise LedgerError when Spark is not set up."""
    if name == "duckdb":
        yield DuckDBEngine(out / "spill", memory)
        return
    python = cluster_python(environment)
    if python is None:
        raise LedgerError(f"没有装 Spark：请执行 make cluster，或用环境变量 {PYTHON} 指明 Python")
    with spark_engine(python, master) as started:
        yield started


def aggregate_folder(
    root: Path,
    ledger: Path,
    chosen: Engine,
    out: Path,
    *,
    region: str,
    confirmed: bool,
    publishing: bool,
    by: str,
) -> int:
    """Write what a ledger comes to and say what was found; 0 when the figures may go on.

    Findings that refuse, or that nobody has confirmed, leave no table of figures.
    """
    if publishing and not by.strip():
        raise LedgerError("发布要写明填报人：--by 姓名")
    if out.resolve().is_relative_to(ledger.resolve()):
        raise LedgerError(f"{out.name}：结果不能放在台账文件夹里，请另选 --out")
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)  # largest amounts are kept inside
    except OSError:
        raise LedgerError(f"{out}：不能建立这个文件夹，请另选 --out") from None
    found = aggregate(root, ledger, chosen, out, region=region, on_progress=print)
    open_kinds = (FaultKind.REFUSED, *(() if confirmed else (FaultKind.HELD,)))
    waiting = [fault for fault in found.faults if fault.kind in open_kinds]
    made = None if waiting else extract(found, region)
    files = write(found, made, out)
    _say(found, made)
    print(*files, sep="\n")
    if made is None:
        print(f"有{len(waiting)}处退回或待确认，没有生成汇总；核对后加 --confirm，退回的须改正台账")
        return 1
    if publishing and found.illustrative:
        raise LedgerError("演示台账只供试算，不能作为填报发布")
    return 0


def _say(found: Aggregated, made: Extract | None) -> None:
    for kind in FaultKind:
        faults = [fault for fault in found.faults if fault.kind is kind]
        for fault in faults[:_MOST]:
            value = f"“{fault.value}”" if fault.value else ""
            print(f"[{KIND_ZH[kind]}] {fault.place_zh}{value}｜{fault.rule}｜{fault.message_zh}")
        if len(faults) > _MOST:
            print(f"[{KIND_ZH[kind]}] 另有{len(faults) - _MOST}处，见核对结果.csv")
    if made is None:
        return
    indicators = len({row.id for row in made.rows})
    print(f"汇总出{indicators}个指标、{len(made.rows)}个数，{len(made.hidden)}项不予列示")
    for one in made.hidden:
        item = found.question.catalog.indicators[one.name]
        print(f"[不予列示] {item.name_zh}，{one.year}年｜{one.reason_zh}")
    if found.illustrative:
        print("演示台账，不作决策依据")
