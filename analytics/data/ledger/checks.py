"""Findings about months of a ledger: rows, repeats, words, and changes from month to month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from analytics.data.imports.batch import Fault, FaultKind
from analytics.data.ledger.contract import Contract
from analytics.data.ledger.engine import Engine, Row, Table
from analytics.data.ledger.figures import Question
from analytics.data.ledger.partitions import Month, Partition, files_of
from analytics.data.ledger.reading import Origin
from analytics.data.ledger.statements import job

_R, _H, _N = FaultKind.REFUSED, FaultKind.HELD, FaultKind.NOTE


@dataclass(frozen=True)
class Rule:
    """What a breach means, says and asks for."""

    kind: FaultKind
    name_zh: str
    message_zh: str
    remedy_zh: str = ""


ROW_RULES = {
    "code_malformed": Rule(_R, "统一社会信用代码", "不是18位统一社会信用代码", "填18位代码"),
    "place_malformed": Rule(_R, "注册地与经营地", "不是6位行政区划代码", "填6位行政区划代码"),
    "industry_malformed": Rule(
        _H, "行业代码", "不是GB/T 4754工业小类代码（0600—4699的4位数字）", "核对行业代码"
    ),
    "amount_missing": Rule(_R, "缺数", "有金额、面积或人数为空", "没有发生的填0"),
    "amount_negative": Rule(_H, "负数", "产值、收入、研发、投资、用地或用工为负", "核对正负号"),
    "month_above_total": Rule(_H, "本月大于累计", "本月产值大于1—本月累计", "核对本月与累计"),
    "flag_in_future": Rule(_H, "标志日期", "有标志的起始日在本月之后，本月不计", "核对日期"),
    "flag_undated": Rule(
        _H, "标志日期", "园区、集群或特色产业与其起始日没有同时填，本月不计", "两列同时填"
    ),
}
REPEATED = Rule(_R, "重复", "同一企业在一个月里有多行", "每月每家企业只留一行")
UNKNOWN = Rule(_H, "未知的词", "", "改为 ledger.toml 中 words 列出的词，否则不计入任何集群或园区")
MOVES = Rule(_N, "进入与退出", "")
RECODED = Rule(_H, "疑似换码", "", "同一企业换了代码的，请统一新旧代码，否则按一进一出计算")
CHANGED = Rule(_N, "代码变更", "")
REVISED = Rule(_N, "累计有修订", "")
NOT_COUNTED = Rule(_N, "不计入本区", "")


def check_months(
    question: Question,
    engine: Engine,
    partitions: Sequence[Partition],
    months: Sequence[Month],
    origins: Mapping[Path, Origin],
) -> tuple[dict[Month, list[Fault]], set[Month]]:
    """Check some months; partitions hold them and the months before them.

    Returns
    -------
    faults of every month, and the months with names marked as illustrative
    """
    names = _Names(origins, partitions)
    own = [partition for partition in partitions if partition.key in set(months)]
    wanted = ["checks/fault_counts", "checks/first_row_faults", "checks/words_used"]
    wanted += ["checks/duplicates", "checks/not_counted"]
    words = {**question.words, "faults": tuple(ROW_RULES)}
    found = engine.run(job(files_of(own), question.tables, wanted, **words))
    follow = _with_month_before(months, partitions)
    pairs = Table({"year": "INTEGER", "month": "INTEGER"}, follow)
    wanted = ["checks/month_changes", "checks/recoded"]
    moved = engine.run(job(files_of(partitions), {"pairs": pairs}, wanted))
    faults: dict[Month, list[Fault]] = {month: [] for month in months}
    for month, fault in (
        *_row_faults(found["fault_counts"], found["first_row_faults"], names),
        *_repeats(found["duplicates"], names),
        *_unknown_words(found["words_used"], question.contract, names),
        *_changes(moved["month_changes"], follow, names),
        *_recoded(moved["recoded"], names),
        *_not_counted(found["not_counted"]),
    ):
        faults[month].append(fault)
    marked = {names.month(row) for row in found["words_used"] if row["illustrative"]}
    return faults, marked


class _Names:
    """Names files and rows as a person knows them."""

    def __init__(self, origins: Mapping[Path, Origin], partitions: Iterable[Partition]):
        self._origins = {path.as_posix(): origin for path, origin in origins.items()}
        self._months = {
            path.as_posix(): partition.key for partition in partitions for path in partition.files
        }

    def first_file(self, month: Month) -> str:
        return min(path for path, key in self._months.items() if key == month)

    def month(self, row: Row) -> Month:
        return self._months[_plain_path(row["filename"])]

    def fault(self, rule: Rule, row: Row, message: str, *, at: str = "file_row_number") -> Fault:
        origin = self._origins[_plain_path(row["filename"])]
        place = row.get(at)
        cell = "" if place is None else f"第{place + origin.first_row}行"
        return Fault(rule.kind, rule.name_zh, message, rule.remedy_zh, origin.name, cell=cell)


def _plain_path(filename: str) -> str:
    """Take the path out of the address that Spark gives a file."""
    if filename.startswith("file:"):
        return "/" + unquote(filename.removeprefix("file:")).lstrip("/")
    return filename


Found = Iterable[tuple[Month, Fault]]


def _row_faults(counts: Sequence[Row], rows: Sequence[Row], names: _Names) -> Found:
    for row in sorted(rows, key=lambda one: (one["filename"], one["file_row_number"])):
        for key, rule in ROW_RULES.items():
            if row[key]:
                yield names.month(row), names.fault(rule, row, rule.message_zh)
    for row in sorted(counts, key=lambda one: one["filename"]):
        shown = [one for one in rows if one["filename"] == row["filename"]]
        for key, rule in ROW_RULES.items():
            hidden = row[key] - sum(bool(one[key]) for one in shown)
            if hidden:
                message = f"{rule.message_zh}（另有{hidden:,}行，未逐行列出）"
                yield names.month(row), names.fault(rule, row, message)


def _repeats(rows: Sequence[Row], names: _Names) -> Found:
    for row in sorted(rows, key=lambda one: (one["filename"], one["file_row_number"])):
        message = f"{REPEATED.message_zh}：共{row['times']}行，首行在此"
        yield names.month(row), names.fault(REPEATED, row, message)


def _unknown_words(rows: Sequence[Row], contract: Contract, names: _Names) -> Found:
    for column, known in contract.words.items():
        title = contract.columns[column].name_zh
        unknown: dict[tuple[str, str], Row] = {}
        for row in rows:
            word = row[column]
            if word is not None and word not in known:
                first = unknown.setdefault((row["filename"], word), row | {"times": 0})
                first["times"] += row["times"]
                first["file_row_number"] = min(first["file_row_number"], row["file_row_number"])
        for (_, word), row in sorted(unknown.items()):
            message = f"{title}“{word}”不在目录中，共{row['times']:,}行，首行在此"
            yield names.month(row), names.fault(UNKNOWN, row, message)


def _with_month_before(months: Sequence[Month], partitions: Iterable[Partition]) -> list[Month]:
    have = {partition.key for partition in partitions}
    return sorted(one for one in months if (one[0] - (one[1] == 1), one[1] - 1 or 12) in have)


def _changes(rows: Sequence[Row], follow: Sequence[Month], names: _Names) -> Found:
    """Say who came and went for every month that follows one, and who changed for every file."""
    for month in follow:
        own = [row for row in rows if (row["year"], row["month"]) == month]
        entering, leaving = (sum(row[key] for row in own) for key in ("entering", "leaving"))
        message = f"比上月新进{entering:,}家，退出{leaving:,}家"
        yield month, names.fault(MOVES, {"filename": names.first_file(month)}, message)
    inside = (row for row in rows if row["filename"] is not None)
    for row in sorted(inside, key=lambda one: one["filename"]):
        month = names.month(row)
        if row["industry_changed"]:
            message = f"{row['industry_changed']:,}家的行业代码与上月不同，首行在此"
            yield month, names.fault(CHANGED, row, message, at="industry_row")
        if row["place_changed"]:
            message = f"{row['place_changed']:,}家的经营地代码与上月不同，首行在此"
            yield month, names.fault(CHANGED, row, message, at="place_row")
        if row["total_revised"]:
            message = f"{row['total_revised']:,}家的累计不等于上月累计加本月，首行在此"
            yield month, names.fault(REVISED, row, message, at="total_row")


def _recoded(rows: Sequence[Row], names: _Names) -> Found:
    for row in sorted(rows, key=lambda one: one["filename"]):
        message = f"{row['times']:,}家新进企业与本月退出的企业同名而代码不同，首行在此"
        yield names.month(row), names.fault(RECODED, row, message)


def _not_counted(rows: Sequence[Row]) -> Found:
    for row in rows:
        message = (
            f"经营地不在本区，不计入任何指标：注册在本区的{row['registered_here']:,}家，"
            f"注册也不在本区的{row['elsewhere']:,}家"
        )
        where = f"{row['year']}年{row['month']}月"
        yield (
            (row["year"], row["month"]),
            Fault(NOT_COUNTED.kind, NOT_COUNTED.name_zh, message, file=where),
        )
