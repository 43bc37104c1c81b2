"""Series: what they measure, what they are made of, and where their figures come from."""

from datetime import date
from enum import StrEnum

from analytics.domain.base import JINSHAN, SHANGHAI, WHOLE_CITY, Frozen


class Kind(StrEnum):
    """How an indicator behaves in time, which decides the projection family."""

    LEVEL = "level"  # positive quantity of a year or a point in time, log scale
    FLOW = "flow"  # quantity of a year that is summed over years
    COUNT = "count"  # whole things: a yearly increment or a stock that never falls
    SHARE = "share"  # fraction between bounds, logit scale
    RATIO = "ratio"  # quotient of two quantities, log scale
    INDEX = "index"
    GROWTH = "growth"  # published rate of change, may be negative; never joined with levels


class Prior(StrEnum):
    """Pools of public series whose usual growth an indicator may be drawn to."""

    POOLED = "pooled"  # nominal levels of any kind
    REAL = "real"  # quantities at constant prices
    PHYSICAL = "physical"  # stocks of land or people, which move slowly
    CHINA_NOMINAL = "china_nominal"  # Chinese provinces and cities at current prices
    SHARE = "share"
    COUNT = "count"


# identities that determine an indicator; the others only bound or shift it
COMPUTED = ("ratio", "sum", "same", "count_over_threshold")


class PeriodKind(StrEnum):
    """Span of time an observation speaks of; kinds are never joined."""

    YEAR = "year"
    CUMULATIVE = "cumulative"  # January to month m of one year (1—9月)
    MONTH = "month"
    POINT = "point"  # at a moment that is not a year's end
    SPAN = "span"  # several years together
    EVENT = "event"  # one day or one occasion
    PLAN = "plan"  # a goal set for the period, not an outcome


class RowStatus(StrEnum):
    """Where an observation comes from."""

    OFFICIAL = "official"
    SUBMITTED = "submitted"  # imported from the district's own spreadsheets
    REPORTED = "reported"
    DERIVED = "derived"
    ILLUSTRATIVE = "illustrative"
    ASSUMED = "assumed"  # typed by a user as a start; no release holds such a row


HELD_STATUSES = tuple(one for one in RowStatus if one is not RowStatus.ASSUMED)


class Confidence(StrEnum):
    """How far the transcription of a published figure can be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Source(Frozen):
    """Where a published figure was read."""

    id: str
    title: str
    publisher: str = ""
    url: str | None = None
    published_on: date | None = None
    published_text: str = ""  # the date as printed, when it is not a plain date
    licence: str = "公开信息，引用须注明出处"
    confidence: Confidence = Confidence.MEDIUM


class Identity(Frozen):
    """Accounting link between an indicator and others."""

    op: str  # ratio, sum, same, at_least, count_over_threshold, area_moved_by
    of: tuple[str, ...]
    threshold: float | None = None

    @property
    def counted_from(self) -> float:
        """Return from which size members count; the catalog gives every count one."""
        if self.threshold is None:
            raise ValueError(f"an identity of kind {self.op} has no threshold")
        return self.threshold


class Indicator(Frozen):
    """One statistical series as the project defines it."""

    id: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...] = ()  # other names in use: the plan's own words, short names
    unit: str
    kind: Kind
    accumulates: bool = False  # a year's value is that year's addition; targets sum the years
    direction: int = 1  # +1 when more is better
    frequency: str = "annual"
    decimals: int = 1
    scope: str = ""  # 在地, 属地, 园区, 全市 …
    price_basis: str = ""
    prior: Prior | None = None  # what its growth is like; none for published growth
    definition_zh: str
    lower: float | None = None
    upper: float | None = None
    city_counterpart: str | None = None  # indicator id of the city's series
    identity: Identity | None = None

    @property
    def scopes(self) -> tuple[str, ...]:
        """Return the scopes it may be filed under."""
        return tuple(self.scope.split("、"))

    @property
    def home_region(self) -> str:
        """Return the region it is about: whose levers move it, and whose a row without one is."""
        return SHANGHAI if self.scope.startswith(WHOLE_CITY) else JINSHAN
