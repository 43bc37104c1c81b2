"""What an action page shows of its own, as the catalog declares it."""

from typing import Annotated, Literal

from pydantic import Field

from analytics.domain.base import Frozen


class NamedSeries(Frozen):
    """A series under the name that one page gives it."""

    indicator: str
    name_zh: str


class ReadingsBlock(Frozen):
    """The plan's readings of one indicator side by side."""

    kind: Literal["readings"]
    indicator: str
    title_zh: str


class LandBlock(Frozen):
    """What supply and clearance of land mean for output per land."""

    kind: Literal["land"]
    areas: tuple[str, ...]  # yearly areas supplied or cleared, with a target each
    densities: tuple[NamedSeries, ...]  # outputs per land: output ÷ land moved by the areas
    lever: str  # what supplies more land
    extra: float  # how much more a year, in the unit of what the lever moves


class AgainstCityBlock(Frozen):
    """Where the city's figure stands that a target is measured against."""

    kind: Literal["against_city"]
    target: str
    title_zh: str


class ShareBlock(Frozen):
    """What a target for a share means for the part, given the whole."""

    kind: Literal["share"]
    target: str
    title_zh: str


class LadderBlock(Frozen):
    """Steps of a ladder of firms as far as the city has published them."""

    kind: Literal["ladder"]
    title_zh: str
    steps: tuple[NamedSeries, ...]  # all of them context series of the action
    own: str  # the district's own context series on the ladder


class DistrictsBlock(Frozen):
    """What other districts have published of the same series."""

    kind: Literal["districts"]
    series: tuple[NamedSeries, ...]
    growth: str  # published growth of those that are levels


class ContributionsBlock(Frozen):
    """What coming, going and staying enterprises added to growth, where a ledger was used."""

    kind: Literal["contributions"]


class SectorsBlock(Frozen):
    """An output by sector, as far as sectors have figures of their own."""

    kind: Literal["sectors"]
    whole: str
    parts: tuple[str, ...]
    title_zh: str


Block = Annotated[
    ReadingsBlock
    | LandBlock
    | AgainstCityBlock
    | ShareBlock
    | LadderBlock
    | DistrictsBlock
    | ContributionsBlock
    | SectorsBlock,
    Field(discriminator="kind"),
]
