"""The rules an import is held against: name, what a breach means, and how to mend it."""

from dataclasses import dataclass

from analytics.data.imports.batch import Fault, FaultKind


@dataclass(frozen=True)
class Rule:
    """One rule; ``remedy_zh`` tells the person what to do."""

    name_zh: str
    kind: FaultKind
    remedy_zh: str

    def broken(self, message_zh: str, *, remedy_zh: str = "", **place: str) -> Fault:
        """Return a breach of it; ``place`` is file, sheet, cell and value where there are such."""
        remedy = remedy_zh or self.remedy_zh
        return Fault(self.kind, self.name_zh, message_zh, remedy, **place)


def _refused(name: str, remedy: str) -> Rule:
    return Rule(name, FaultKind.REFUSED, remedy)


def _held(name: str, remedy: str) -> Rule:
    return Rule(name, FaultKind.HELD, remedy)


def _note(name: str, remedy: str = "") -> Rule:
    return Rule(name, FaultKind.NOTE, remedy)


# ── words of one cell ────────────────────────────────────────────────────────────────────

UNREAD = _held("未读取的数", "逐一核对；确实不导入的请确认，要导入的按各处提示改写后重新上传")
UNREAD_ROW = _note("未读取的行", "要导入的，把名称改为目录中的指标名称；不导入的无须改动")
UNREAD_COLUMN = _note("未读取的列", "要导入的，把表头写成年份或期间，如2025年、2025年1—9月")
LEFT_OUT = _note("按对应表不导入")
MAPPED = _note("按对应表读取", "对应表有误的，请改正后重新核对")
INDICATOR = _refused("指标", "从模板的下拉清单选指标名称，或填指标标识")
REGION = _refused("地区", "填金山区或上海市，与指标口径一致")
PERIOD = _refused("年份与期间", "年份填四位数字；期间填全年、1—9月（累计）或9月（当月）")
PERIOD_TYPE = _refused("累计或当月", "加“类型”列注明累计或当月，或把表头写成1—9月")
YEAR_IS_DATE = _held("年份是日期", "若确为全年数请确认；若为月度数，年份填四位数字并写明期间")
NUMBER = _refused("数值", "只填数字；没有数的留空，文字说明写在“说明”列")
NUMBER_AS_TEXT = _note("文本型数字", "建议把单元格改为数值格式")
PERCENT_CELL = _note("百分比格式", "单元格为百分比格式，按所显示的百分数读取")
SCALED_CELL = _held(
    "缩小显示的数", "核对单位是否就是实际存的数的单位；确认无误的请勾选，否则改用普通数值格式"
)
PLAN = _refused("计划或预计数", "只导入实际数；确为实际数的请改写“类型”列")
TYPE_WORDS = _refused("类型", "“类型”列只填累计或当月，其他数请删去这一行")
MARKED = _note("数后有标注", "标注已写入说明，没有当作数字；请核对注释")
NOTE_TIME = _held("说明写着另外的年月", "改写期间，或把这一行移到说明所写的年月；期间无误的请确认")
WITH_GROWTH = _note("数后写着增幅", "只读前面的数，增幅写入说明，不单独导入；请核对")
BELOW_ZERO = _held("负数的写法", "确为负数的请确认；其他意思的请改写，负数写成-12.3")
PLAN_NOTE = _held("说明写着预计或目标", "只导入实际数；确为实际数的请确认")
UNIT_DISAGREES = _held("单位写法不一致", "以最靠近数值的单位为准；核对后确认，或改成一致")
PLACE = _held("地区与标题不同", "加“地区”列写明地区；确为该地区的数请确认")
INDEX = _held("疑为指数", "上年=100的指数请减去100后填为增速；确为增速的请确认")
UNIT = _refused("单位", "改为与指标同类的单位，见“单位”下拉清单")
SCOPE = _refused("口径", "恢复模板的口径；口径不同的数不能填入这一指标")
BASIS = _refused("价格", "现价与可比价（不变价）不能混填，请换成规定价格的数")
PUBLISHED = _refused("发布日期", "填日期，如2026-01-20，不晚于导入当日；不清楚可留空")
PUBLISHED_EARLY = _held("发布日期早于期末", "核对发布日期；确为提前公布的请确认")
COUNT_UNREADABLE = _held(
    "企业数无法辨认", "把家数填入“企业数”列，或写成“企业数：5”；确认后只存档，不发布"
)
ENTERPRISES = _refused("企业数", "填涉及的企业家数，如5；不涉及的留空")
CONFIDENTIAL = _refused("保密", "只填是或否；不保密的可留空")
NOTE_LENGTH = _refused("说明过长", "说明不超过500字")

# ── one row ──────────────────────────────────────────────────────────────────────────────

FUTURE = _refused("期间尚未结束", "只填已结束期间的实际数；计划数、预计数不导入")
ILLUSTRATIVE = _refused("演示数据", "演示数据只供试算，不能作为填报发布")
NEGATIVE = _refused("低于下限", "核对正负号和数值")
ABOVE = _refused("超过上限", "占比不超过100%；若填的是百分数，单位改为%")
WHOLE = _refused("个数须为整数", "个数、家数填整数")
FRACTION_AS_PERCENT = _held("百分数过小", "若35%填成了0.35，请把数值改为35；确为不足1%的请确认")
JANUARY = _held("1月、2月单列", "1月和2月通常合并公布，填“1—2月”；确有单月数的请确认")
DECEMBER = _held("只有12月的数", "若是全年数或年末数，期间填全年；确为12月当月数的请确认")
SCOPE_CHANGE = _held("口径有变化", "口径变化前后不能直接比较；确认后此数照常使用，请在来源中备查")

# ── series ───────────────────────────────────────────────────────────────────────────────

SAME_TWICE = _note("重复填列", "同一个数填了多次，只取一个")
CONFLICT = _refused("重复且不一致", "同一指标、地区、期间只留一个数；修订数请填不同的发布日期")
ZERO = _held("零值", "没有数的留空；确为零的请确认")
STOCK_AS_FLOW = _held("疑为存量", "此指标填当年新增数；若填的是期末总数，请改为当年新增")
RUNNING_AS_MONTH = _held(
    "疑为累计数", "若为累计数，“期间”填1—9月或“类型”填累计；确为当月数的请确认"
)
OVER_CITY = _held("不小于全市", "区的数不应达到全市的数；核对地区、单位和口径")
MAGNITUDE = _held("量级异常", "核对单位与小数点；确认无误的请勾选")
FALLING = _refused("累计数减少", "核对数值；确属修订的，在“说明”列写明“修订：原因”")
FALLING_REVISED = _note("累计数减少（已注明修订）")
MONTHS = _held("当月与累计不符", "核对当月数与累计数；以后者修订前者的请确认")
YEAR_MONTHS = _note("全年与1—12月不符", "全年数通常为修订数，请核对")
GAP = _held("序列中断", "补上缺的期间；确实没有的请确认")
OLD_GAP = _note("与已有数据不衔接", "有条件的请补上中间年份")
BREAK = _note("口径断点", "断点前后不直接比较")
STOCK_FALLS = _note("存量减少", "请核对是否为期末数")

# ── identities ───────────────────────────────────────────────────────────────────────────

TERRITORIAL = _refused("在地不小于属地", "核对两个数的口径；在地含中央和市属企业，不应小于属地")
PARTS = _refused("分项与合计不符", "核对分项与合计，使之相等")
SAME = _refused("同一序列不一致", "两个指标为同一序列，须填相同的数")
PART_OVER = _refused("部分大于总体", "分子不能大于分母，请核对")
RATIO = _held("比值与分子分母不符", "核对比值、分子、分母；口径不同的请确认")
THRESHOLD = _held("个数与分项不符", "核对达到规模的个数；口径不同的请确认")
CITY = _note("缺全市对照数", "与全市比较的目标还需要同年的全市数")
