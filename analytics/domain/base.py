"""What every record and every module shares: the frozen base, places and units."""

from pydantic import BaseModel, ConfigDict

JINSHAN = "金山区"
SHANGHAI = "上海市"
EVERY_DISTRICT = "各区"  # a scope of series printed for all districts alike
DISTRICTS = frozenset(
    {
        *("浦东新区", "黄浦区", "徐汇区", "长宁区", "静安区", "普陀区", "虹口区", "杨浦区"),
        *("闵行区", "宝山区", "嘉定区", "金山区", "松江区", "青浦区", "奉贤区", "崇明区"),
        *("闸北区", "卢湾区", "南汇区"),  # before the mergers of 2009, 2011 and 2015
    }
)
WHOLE_CITY = "全市"  # begins the scope of a series of the city
FRACTION = "1"  # unit of shares and growth rates, shown as %
MU_PER_SQUARE_KILOMETRE = 1500  # 1 亩 is a fifteenth of a hectare


class Frozen(BaseModel):
    """Immutable record that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")
