"""What every record and every module shares: the frozen base, places and units."""

from pydantic import BaseModel, ConfigDict

JINSHAN = "金山区"
SHANGHAI = "上海市"
WHOLE_CITY = "全市"  # begins the scope of a series of the city
FRACTION = "1"  # unit of shares and growth rates, shown as %
MU_PER_SQUARE_KILOMETRE = 1500  # 1 亩 is a fifteenth of a hectare


class Frozen(BaseModel):
    """Immutable record that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")
