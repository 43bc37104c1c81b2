"""An illustrative enterprise ledger (演示) of any size, written month by month.

Every enterprise has a size from a heavy tail, enters and may leave, and earns its flags on
dates. A month is written in slices of enterprises, so that memory grows with the number of
enterprises and not with the rows; the same seed gives the same files.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SLICE = 200_000  # enterprises written at a time
FIRST_YEAR = 2016
MARK = "演示"  # every name begins with it
HERE = "310116"
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SEASON = (0.93, 0.80, 1.03, 1.00, 1.01, 1.05, 1.00, 0.99, 1.04, 1.00, 1.05, 1.10)
_ELSEWHERE = ("310115", "310120", "330482", "330421")
_PARKS = ("园区甲", "园区乙", "园区丙", "园区丁", "园区戊", "园区己")
_LEVELS = ("市级特色", "区级特色", "一般", "一般", "区级特色", "一般")
_CLUSTERS = ("绿色化工", "新材料", "智能装备", "生命健康", "信息技术")
_FEATURED = ("生物医药", "碳纤维复合材料", "新型显示", "无人机")
_INDUSTRIES = ("2614", "2651", "2710", "2822", "3062", "3492", "3974", "3963")
_FLAGS = {  # column: share of enterprises that hold the flag by the end
    "emerging_since": 0.25,
    "high_tech_since": 0.40,
    "srdi_since": 0.20,
    "little_giant_since": 0.04,
    "green_since": 0.03,
    "smart_factory_since": 0.04,
    "service_since": 0.03,
    "headquarters_since": 0.02,
    "listed_since": 0.03,
}
AMOUNTS = ("output", "output_to_date", "revenue", "profit", "tax", "rd", "investment")


@dataclass(frozen=True)
class Size:
    """How large a ledger is."""

    enterprises: int
    months: int
    seed: int = 20240611
    first_year: int = FIRST_YEAR
    marked: bool = True  # only tests of publishing draw one that is not


def sized(rows: int, months: int = 120) -> Size:
    """Choose how many enterprises give about this many rows: about 0.7 of them are active."""
    return Size(round(rows / months / 0.7), months)


@dataclass
class _Register:
    """What is fixed about every enterprise; arrays of shape [enterprise]."""

    codes: pa.Array
    names: pa.Array
    size: np.ndarray  # monthly output at the start, 千元
    growth: np.ndarray  # per year, fraction
    margin: np.ndarray  # profit per revenue, fraction
    research: np.ndarray  # R&D per revenue, fraction
    first: np.ndarray  # month of entry, counted from 0
    last: np.ndarray  # last month on the ledger
    land: np.ndarray  # 平方米
    registered: np.ndarray
    operates: np.ndarray
    industry: np.ndarray
    park: np.ndarray  # place in _PARKS, -1 for none
    cluster: np.ndarray
    featured: np.ndarray
    since: dict[str, np.ndarray] = field(default_factory=dict)  # days since 1970, -1 for never


def draw(folder: Path, size: Size) -> int:
    """Write ``year=Y/month=M/part-0.parquet`` for every month and return the number of rows."""
    register = _register(size)
    running = {name: np.zeros(size.enterprises, dtype="int64") for name in ("output", "invested")}
    schema = SCHEMA
    if size.marked:
        (folder / "演示.txt").write_text("演示数据，不作决策依据。\n", encoding="utf-8")
        schema = SCHEMA.with_metadata({MARK: "演示数据，不作决策依据"})
    rows = 0
    for place in range(size.months):
        year, month = size.first_year + place // 12, place % 12 + 1
        path = folder / f"year={year}" / f"month={month}"
        path.mkdir(parents=True, exist_ok=True)
        if month == 1:
            for total in running.values():
                total[:] = 0
        with pq.ParquetWriter(path / "part-0.parquet", schema, compression="snappy") as writer:
            for table in _month(register, running, size, place):
                writer.write_table(table)
                rows += table.num_rows
    return rows


SCHEMA = pa.schema(
    [
        *(pa.field(name, pa.string()) for name in ("credit_code", "name")),
        *(pa.field(name, pa.string()) for name in ("registered_at", "operates_at", "industry")),
        *(pa.field(name, pa.int64()) for name in (*AMOUNTS, "land", "employees")),
        pa.field("above_scale_since", pa.date32()),
        *(pa.field(name, pa.string()) for name in ("park", "park_level")),
        pa.field("park_since", pa.date32()),
        pa.field("cluster", pa.string()),
        pa.field("cluster_since", pa.date32()),
        pa.field("featured", pa.string()),
        pa.field("featured_since", pa.date32()),
        *(pa.field(name, pa.date32()) for name in _FLAGS),
    ]
)


def _register(size: Size) -> _Register:
    rng = np.random.default_rng(size.seed)
    n, months = size.enterprises, size.months
    entered = rng.random(n) < 0.35
    left = rng.random(n) < 0.30
    first = np.where(entered, rng.integers(1, max(months, 2), n), 0)
    stay = rng.integers(1, max(months, 2), n)
    return _Register(
        codes=credit_codes(n),
        names=pa.array([f"{MARK if size.marked else ''}企业{number:08d}" for number in range(n)]),
        size=np.minimum(1700 * (1 + rng.pareto(1.3, n)), 8e6),
        growth=rng.normal(0.05, 0.08, n),
        margin=rng.normal(0.06, 0.08, n),
        research=np.where(rng.random(n) < 0.6, rng.gamma(2.0, 0.015, n), 0.0),
        first=first,
        last=np.where(left, np.minimum(first + stay, months), months),
        land=rng.integers(2_000, 60_000, n),
        registered=_mostly(rng, n, 0.94),
        operates=_mostly(rng, n, 0.97),
        industry=rng.integers(0, len(_INDUSTRIES), n),
        park=_some(rng, n, 0.7, len(_PARKS)),
        cluster=_some(rng, n, 0.8, len(_CLUSTERS)),
        featured=_some(rng, n, 0.08, len(_FEATURED)),
        since=_dates(rng, size, first),
    )


def _mostly(rng: np.random.Generator, n: int, share: float) -> np.ndarray:
    """Draw places: 0 is here, others elsewhere."""
    return np.where(rng.random(n) < share, 0, rng.integers(1, len(_ELSEWHERE) + 1, n))


def _some(rng: np.random.Generator, n: int, share: float, kinds: int) -> np.ndarray:
    return np.where(rng.random(n) < share, rng.integers(0, kinds, n), -1)


def _dates(rng: np.random.Generator, size: Size, first: np.ndarray) -> dict[str, np.ndarray]:
    """Draw when flags were earned: days, some before the ledger begins."""
    start = date(size.first_year, 1, 1).toordinal() - _EPOCH
    entry = start + (first * 30.4375).astype("int64")
    end = start + int(size.months * 30.4375)
    since = {}
    for name in ("above_scale_since", "park_since", "cluster_since", "featured_since"):
        since[name] = entry - rng.integers(0, 2000, len(first))
    for name, share in _FLAGS.items():
        days = rng.integers(start - 1000, end, len(first))
        since[name] = np.where(rng.random(len(first)) < share, np.maximum(days, entry), -1)
    return since


_EPOCH = date(1970, 1, 1).toordinal()


def credit_codes(count: int) -> pa.Array:
    """Return different valid 统一社会信用代码; the last character checks the others (GB 32100)."""
    digits = np.zeros((count, 17), dtype="int64")
    digits[:, :8] = [int(letter) for letter in f"91{HERE}"]
    serial = np.arange(count)
    for place in range(16, 7, -1):
        digits[:, place] = serial % 10
        serial = serial // 10
    weights = np.array([pow(3, place, 31) for place in range(17)])
    check = (31 - digits @ weights % 31) % 31
    letters = np.frombuffer(_LETTERS.encode(), dtype="S1")
    text = letters[np.column_stack([digits, check])]
    return pa.array(np.ascontiguousarray(text).view("S18").ravel().astype(str))


def _month(
    register: _Register, running: dict[str, np.ndarray], size: Size, place: int
) -> Iterator[pa.Table]:
    rng = np.random.default_rng([size.seed, place])
    for start in range(0, size.enterprises, SLICE):
        part = slice(start, min(start + SLICE, size.enterprises))
        on = (register.first[part] <= place) & (place < register.last[part])
        yield _table(register, running, size, place, start + np.flatnonzero(on), rng)


def _table(
    register: _Register,
    running: dict[str, np.ndarray],
    size: Size,
    place: int,
    who: np.ndarray,
    rng: np.random.Generator,
) -> pa.Table:
    year, month = size.first_year + place // 12, place % 12 + 1
    end = (date(year + month // 12, month % 12 + 1, 1).toordinal() - 1) - _EPOCH
    columns = {
        "credit_code": register.codes.take(pa.array(who)),
        "name": register.names.take(pa.array(who)),
        "registered_at": _words((HERE, *_ELSEWHERE), register.registered[who]),
        "operates_at": _words((HERE, *_ELSEWHERE), register.operates[who]),
        "industry": _words(_INDUSTRIES, register.industry[who]),
        **_amounts(register, running, place, who, rng),
        "park": _words(_PARKS, register.park[who]),
        "park_level": _words(_LEVELS, register.park[who]),
        "cluster": _words(_CLUSTERS, register.cluster[who]),
        "featured": _words(_FEATURED, register.featured[who]),
        **{name: _held(days[who], end) for name, days in register.since.items()},
    }
    for group in ("park", "cluster", "featured"):
        days = register.since[f"{group}_since"][who]
        columns[f"{group}_since"] = _held(
            np.where(getattr(register, group)[who] < 0, -1, days), end
        )
    return pa.table([columns[name] for name in SCHEMA.names], schema=SCHEMA)


def _words(words: tuple[str, ...], places: np.ndarray) -> pa.Array:
    return pa.DictionaryArray.from_arrays(
        pa.array(places, mask=places < 0, type=pa.int32()), pa.array(words)
    ).cast(pa.string())


def _held(days: np.ndarray, end: int) -> pa.Array:
    """Return the dates of flags held at the month's end."""
    return pa.array(days.astype("int32"), mask=(days < 0) | (days > end)).cast(pa.date32())


def _amounts(
    register: _Register,
    running: dict[str, np.ndarray],
    place: int,
    who: np.ndarray,
    rng: np.random.Generator,
) -> dict[str, np.ndarray]:
    month = place % 12
    trend = np.exp(register.growth[who] * (place / 12)) * _SEASON[month]
    output = np.rint(register.size[who] * trend * np.exp(rng.normal(0, 0.1, len(who))))
    output = output.astype("int64")
    running["output"][who] += output
    total = running["output"][who]
    spending = rng.random(len(who)) < 0.05
    running["invested"][who] += np.where(spending, output // 3, 0)
    revenue = np.rint(total * 0.98).astype("int64")
    return {
        "output": output,
        "output_to_date": total,
        "revenue": revenue,
        "profit": np.rint(revenue * register.margin[who]).astype("int64"),
        "tax": np.rint(revenue * 0.031).astype("int64"),
        "rd": np.rint(revenue * register.research[who]).astype("int64"),
        "investment": running["invested"][who],
        "land": register.land[who],
        "employees": 20 + output // 120,
    }
