"""What a ledger holds and which indicator is which sum: ``data/catalog/ledger.toml``."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from analytics.catalog.load import Catalog
from analytics.catalog.toml import FOLDER, CatalogError, read, record
from analytics.data.ledger.engine import Table
from analytics.domain import COMPUTED, Frozen

FILE = "ledger.toml"
_REGION = re.compile("[0-9]{1,6}")  # it is written into the statements
MEASURES = ("output_to_date", "revenue", "profit", "tax", "rd", "investment", "land")
MONTHLY_MEASURES = ("output_to_date", "investment")
FLAGS = (
    *("high_tech_since", "srdi_since", "little_giant_since", "green_since"),
    *("smart_factory_since", "service_since", "headquarters_since", "listed_since"),
)


class Column(Frozen):
    """One column of the ledger."""

    name_zh: str
    kind: Literal["code", "name", "text", "amount", "since"]
    unit: str = ""
    lower: int | None = None


class Sum(Frozen):
    """A sum of one measure over some enterprises; empty words ask for nothing."""

    measure: str
    place: Literal["属地", "在地"]
    above_scale: bool = True
    cluster: str = ""
    featured: str = ""
    outside: tuple[str, ...] = ()  # clusters left out
    park: Literal["", "任一园区", "特色园区", "一般园区"] = ""
    emerging: Literal["", "是", "否"] = ""


class Count(Frozen):
    """A number of enterprises that operate here and hold a flag."""

    flag: str
    counted: Literal["held", "new"]
    above_scale: bool = False
    public_list_zh: str = ""

    @property
    def column(self) -> str:
        """Return the column of sql/ledger/counts.sql that counts them."""
        return f"{self.flag}_{self.counted}"


class Ratio(Frozen):
    """First sum over second."""

    of: tuple[str, str]


class Rest(Sum):
    """What a published sum leaves of another; never published, and protected all the same."""

    whole: str
    parts: tuple[str, ...]


class LikeForLike(Frozen):
    """The sum compared over the same enterprises, and the indicators that say how it grew."""

    of: str
    comparable: str
    staying: str
    entering: str
    leaving: str


class Contract(Frozen):
    """Everything ledger.toml declares."""

    published_scope_zh: str
    columns: dict[str, Column]
    words: dict[str, tuple[str, ...]]
    regions: dict[str, str]
    sums: dict[str, Sum]
    rests: dict[str, Rest]
    counts: dict[str, Count]
    ratios: dict[str, Ratio]
    computed: tuple[str, ...]
    like_for_like: LikeForLike

    @property
    def indicators(self) -> tuple[str, ...]:
        """Return every indicator that comes from the ledger, helper sums left out."""
        own = [*self.sums, *self.counts, *self.ratios, *self.computed]
        helpers = {name for ratio in self.ratios.values() for name in ratio.of}
        return tuple(name for name in own if name not in helpers)

    def sums_table(self, catalog: Catalog) -> Table:
        """Return the declared sums as the statements read them."""
        columns = dict.fromkeys(("sum_id", "measure", "place"), "VARCHAR")
        columns |= {"above_scale": "BOOLEAN", "cluster": "VARCHAR", "featured": "VARCHAR"}
        columns |= {"outside": "VARCHAR", "park": "VARCHAR", "emerging": "VARCHAR"}
        columns |= {"monthly": "BOOLEAN", "compared": "BOOLEAN"}
        rows = [
            (
                *(name, one.measure, one.place, one.above_scale, one.cluster, one.featured),
                *("|".join(one.outside), one.park, one.emerging, is_monthly(name, catalog)),
                name == self.like_for_like.of,
            )
            for name, one in (*self.sums.items(), *self.rests.items())
        ]
        return Table(columns, rows)

    def flags_counted(self, counted: str) -> tuple[str, ...]:
        """Return the flags of which those who hold them, or earned them in the year, count."""
        flags = {one.flag for one in self.counts.values() if one.counted == counted}
        return tuple(flag for flag in FLAGS if flag in flags)


def is_monthly(name: str, catalog: Catalog) -> bool:
    """Tell whether an indicator is published month by month."""
    return name in catalog.indicators and catalog.indicators[name].frequency == "monthly"


def load_contract(root: Path, catalog: Catalog) -> Contract:
    """Read and check the contract; raise CatalogError naming file and key."""
    data = read(root / FOLDER, FILE)
    computed = data.pop("computed", {}).get("of", [])
    contract = record(Contract, FILE, "", {**data, "computed": computed})
    _check_columns(contract)
    for name, one in contract.sums.items():
        _require(one.measure in MEASURES, f"sums.{name}.measure", f"未知的列“{one.measure}”")
        _check_words(contract, name, one)
        fits = not is_monthly(name, catalog) or (
            one.measure in MONTHLY_MEASURES and not (one.cluster or one.featured or one.park)
        )
        _require(fits, f"sums.{name}", "月度指标只能是产值或投资的全部合计")
    for name, rest in contract.rests.items():
        for part in (rest.whole, *rest.parts):
            _require(part in contract.sums, f"rests.{name}", f"没有声明的合计“{part}”")
    for name, count in contract.counts.items():
        _require(count.flag in FLAGS, f"counts.{name}.flag", f"未知的标志“{count.flag}”")
    for name, ratio in contract.ratios.items():
        for part in ratio.of:
            _require(part in contract.sums, f"ratios.{name}.of", f"没有声明的合计“{part}”")
    for name, code in contract.regions.items():
        _require(
            bool(_REGION.fullmatch(code)), f"regions.{name}", f"“{code}”不是行政区划代码的开头"
        )
    _check_indicators(contract, catalog)
    return contract


def _check_columns(contract: Contract) -> None:
    for name in (*MEASURES, *FLAGS, *_ALWAYS):
        _require(name in contract.columns, f"columns.{name}", "缺少必填项")


_ALWAYS = (
    *("credit_code", "name", "registered_at", "operates_at", "industry", "output", "employees"),
    *("above_scale_since", "park", "park_level", "park_since", "cluster", "cluster_since"),
    *("featured", "featured_since", "emerging_since"),
)


def _check_words(contract: Contract, name: str, one: Sum) -> None:
    for column in ("cluster", "featured"):
        word = getattr(one, column)
        known = not word or word in contract.words.get(column, ())
        _require(known, f"sums.{name}.{column}", f"“{word}”不在 words.{column} 中")


def _check_indicators(contract: Contract, catalog: Catalog) -> None:
    known = catalog.indicators
    for name in contract.indicators:
        _require(name in known, name, "indicators.toml 中没有这个指标")
    have = set(contract.indicators)
    for name in contract.computed:
        identity = known[name].identity
        fits = identity is not None and identity.op in COMPUTED and have.issuperset(identity.of)
        _require(fits, f"computed.of.{name}", "没有可由台账推算的恒等式")
    own: Mapping[str, Any] = contract.like_for_like.model_dump()
    _require(own["of"] in contract.sums, "like_for_like.of", "没有声明的合计")
    for key in ("comparable", "staying", "entering", "leaving"):
        _require(own[key] in known, f"like_for_like.{key}", "indicators.toml 中没有这个指标")


def _require(holds: bool, key: str, problem: str) -> None:
    if not holds:
        raise CatalogError(FILE, key, problem)
