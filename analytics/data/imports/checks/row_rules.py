"""Rules that one row alone can break, each with the words for its message."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from analytics.catalog.load import Catalog
from analytics.data.imports.checks import rules
from analytics.data.imports.checks.findings import Findings, figure
from analytics.data.imports.reader import columns
from analytics.domain import Indicator, Kind, PeriodKind

_CHANGED_SCOPE = re.compile(r"口径.{0,6}(?:变|调整|改|不同)|(?:变更|调整|改变).{0,4}口径")


def _bounded_below(rows: pd.DataFrame) -> pd.Series:
    return ~(rows["value"] < rows["lower"])


def _bounded_above(rows: pd.DataFrame) -> pd.Series:
    return ~(rows["value"] > rows["upper"])


def _whole(rows: pd.DataFrame) -> pd.Series:
    return (rows["kind"] != Kind.COUNT) | (rows["value"] % 1 == 0)


def _no_fraction(rows: pd.DataFrame) -> pd.Series:
    """Shares stated in percent that do not reach 1 % are likely fractions."""
    share = rows["kind"].isin([Kind.SHARE]) & (rows["stated_unit"].str.strip() == "%")
    return ~(share & (rows["value"] > 0) & (rows["value"] <= 0.01))


def _no_index(rows: pd.DataFrame) -> pd.Series:
    """Growth stated as 104.1 % is likely the index of last year = 100."""
    growth = rows["kind"] == Kind.GROWTH
    return ~(growth & rows["value"].between(0.8, 1.5))


def _months_joined(rows: pd.DataFrame) -> pd.Series:
    return (rows["period_kind"] != PeriodKind.MONTH) | (rows["month"] > 2)


def _published_after(rows: pd.DataFrame) -> pd.Series:
    return rows["published_on"] >= rows["period_end"]


def _not_illustrative(rows: pd.DataFrame) -> pd.Series:
    """A ledger drawn for demonstration marks every figure in its note."""
    return ~rows["note"].str.contains("演示", regex=False)


def _same_scope(rows: pd.DataFrame) -> pd.Series:
    return ~rows["note"].str.contains(_CHANGED_SCOPE)


_NOTE_TIME = re.compile(  # 2023年数, 截至8月底, 为1—8月数据
    r"(?:(?:截至|截止|为|系|是)(?P<y>(?:19|20)\d\d年)?(?:1[-—至])?(?P<m>1[0-2]|0?[1-9])月"
    r"|(?:截至|截止|为|系|是)?(?P<year>(?:19|20)\d\d)年(?:度|末|底)?(?:数据?|年报|快报)"
    r"|(?:1月?[-—至])?(?P<month>1[0-2]|0?[1-9])月(?:末|底|份)?(?:累计)?数"
    r"|(?:为|系|是)(?P<alone>(?:19|20)\d\d)年(?:度|末|底)?$)"
)


def _own_time(rows: pd.DataFrame) -> pd.Series:
    """A note that dates its figure by another year or month."""
    noted = rows["note"].str.contains("年|月")
    if not noted.any():
        return ~noted
    said = rows.loc[noted, "note"].str.extract(_NOTE_TIME)
    years = pd.to_numeric(said["y"].str.rstrip("年").fillna(said["year"]).fillna(said["alone"]))
    months = pd.to_numeric(said["m"].fillna(said["month"]))
    other_year = years.notna() & (years != rows.loc[noted, "year"])
    month = rows.loc[noted, "month"].astype("float64").fillna(12)
    other_month = months.notna() & (months != month)
    return (~(other_year | other_month)).reindex(rows.index, fill_value=True)


def _own_scope(rows: pd.DataFrame) -> pd.Series:
    """A note that says 在地 of a figure of 属地, or the other way round."""
    notes, own = rows["note"], rows["scope"]
    says = {word: notes.str.contains(word, regex=False) for word in ("在地", "属地")}
    only_here, only_there = says["在地"] & ~says["属地"], says["属地"] & ~says["在地"]
    return ~((only_here & (own == "属地")) | (only_there & (own == "在地")))


_Check = Callable[[pd.DataFrame], pd.Series]
_CHECKS: tuple[tuple[_Check, rules.Rule, str, str], ...] = (
    (_bounded_below, rules.NEGATIVE, "{name_zh}不能小于{lower_zh}，填的是{text}", columns.VALUE),
    (_bounded_above, rules.ABOVE, "{name_zh}不能大于{upper_zh}，填的是{text}", columns.VALUE),
    (_whole, rules.WHOLE, "{name_zh}是个数，填的是{text}", columns.VALUE),
    (_no_fraction, rules.FRACTION_AS_PERCENT, "单位为%，填的是{text}，即{text}%", columns.VALUE),
    (_no_index, rules.INDEX, "{name_zh}填的是{text}，像是上年=100的指数", columns.VALUE),
    (_months_joined, rules.JANUARY, "{year}年{month:.0f}月单列", columns.PERIOD),
    (
        *(_published_after, rules.PUBLISHED_EARLY),
        *("发布日期{published_on}早于期末{period_end}", columns.PUBLISHED),
    ),
    (_not_illustrative, rules.ILLUSTRATIVE, "说明写着“{note:.40}”", columns.NOTE),
    (
        _own_scope,
        rules.SCOPE_CHANGE,
        "说明写着“{note:.40}”，{name_zh}的口径是{scope}",
        columns.NOTE,
    ),
    (
        *(_own_time, rules.NOTE_TIME),
        *("说明写着“{note:.40}”，这一行是{period_end:%Y年%m月}止的数", columns.NOTE),
    ),
    (_same_scope, rules.SCOPE_CHANGE, "说明写着“{note:.40}”", columns.NOTE),
)


def check_rows(rows: pd.DataFrame, catalog: Catalog, findings: Findings) -> None:
    """Hold every row against the rules and record each breach at its cell."""
    frame = _with_catalog(rows, catalog)
    for check, rule, words, field in _CHECKS:
        kept = check(frame).astype(bool)
        if kept.all():
            continue
        for record in frame[~kept].to_dict("records"):
            named = {str(name): value for name, value in record.items()}
            text = findings.text(record["entry"], columns.VALUE)
            message = words.format(**named | {"text": text})
            findings.add(record["entry"], rule, message, field=field)


def _with_catalog(rows: pd.DataFrame, catalog: Catalog) -> pd.DataFrame:
    facts = pd.DataFrame.from_dict(
        {key: _facts(catalog.indicators[key]) for key in rows["indicator_id"].unique()},
        orient="index",
    ).astype({"lower": "float64", "upper": "float64"})
    words: dict[str, Any] = {"note": rows["note"].astype("str"), "entry": rows.index}
    return rows.assign(**words).join(facts, on="indicator_id")


def _facts(item: Indicator) -> dict[str, Any]:
    """Return what the rules need to know of an indicator."""
    return {
        "lower": item.lower,
        "upper": item.upper,
        "lower_zh": "" if item.lower is None else figure(item.lower, item.unit),
        "upper_zh": "" if item.upper is None else figure(item.upper, item.unit),
        "kind": str(item.kind),
        "name_zh": item.name_zh,
        "scope": item.scope,
    }
