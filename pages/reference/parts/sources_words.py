"""What 数据与来源 says, in one place to be reviewed."""

TITLE = "数据与来源"
ABOUT = "指标的定义、口径、逐年数据的性质与来源；所缺数据列成清单，可下载后交提供单位。"

# coverage by year
COVERAGE, ACTION, ALL = "逐年覆盖", "专项行动", "全部指标"
COVERAGE_NOTE = "{}{}。"

# one indicator
ONE, INDICATOR, WHOLE_DISTRICT = "逐个指标", "指标", "全区"
NAMED = "{}（{}）"
KNOWN_ON = "截至哪一天已知"
KNOWN_ON_HELP = "只看这一天以前公布或填报的数值；可以还原当时看到的数。"
SCOPE, UNIT, KIND, FREQUENCY = "口径：{}", "单位：{}", "类型：{}{}", "频率：{}"
PRICES, CODE, ACCUMULATES = "价格：{}", "代码：{}", "（逐年累加）"
DISCLOSURE = ":material/lock: 披露限制：{}。"
USED_FOR, USED_FOR_NONE = "用于目标：{}。", "不直接用于目标。"
NO_ROWS = "到{}为止，没有该指标的记录。"
ROWS_NOTE, SPARE_ROWS = (
    "{}行{}。未注明日期的来源视为一直已知。{}",
    "，其中{}行为同一期的其他版本（备查）",
)
BOUND, PREFERRED, SPARE = "下限", "采用", "备查"
YEAR, RUNNING, MONTH = "{}年", "{}年{}—{}月累计", "{}年{}月当月"
SPAN = "{}至{}（{}）"
KINDS = {
    "level": "总量",
    "flow": "当年量",
    "count": "个数",
    "share": "占比",
    "ratio": "比率",
    "index": "指数",
    "growth": "增速",
}
COLUMNS = {
    "period": "期间",
    "value": "数值",
    "unit": "单位",
    "status": "性质",
    "lower_bound": "下限",
    "preferred": "采用",
    "confidence": "可信度",
    "published_on": "公布或填报日",
    "source_title": "来源",
    "source_url": "网址",
    "note": "备注",
    "origin": "出处",
}

# what is missing
WANTED, NOTHING_WANTED = "待补数据清单", "各项目标所需的年度数据已经齐全。"
WANTED_COLUMNS = [
    "指标",
    "地区",
    "口径",
    "单位",
    "请提供的年份",
    "其中仅有演示值",
    "用于目标（项）",
]
WANTED_NOTE = "按所支撑的目标多少排列。"
WANTED_DEMO = "仅有演示值的年份，也须以实际值替换。"
OF_RELEASE = "数据版本：{}，数据截至{}。"
AS_XLSX, AS_CSV, FILE = "下载清单（Excel）", "下载清单（CSV）", "金山_{}_{}"
