"""The sentences and names that the pages of the actions show."""

from analytics.answers.steering.reference_start import Basis
from analytics.domain import Measure, Target

LATEST = "最新值"
ODDS = "达成概率"
CLAUSE, TABLE, FIRMNESS, OWN = "方案原文", "各项目标明细", "预警与稳健性", "专题"
ROWS, SOURCES, CONTEXT = "数据与SQL", "来源与口径", "相关公布数据"
TASKS, NOTES, SHARE = "未给数字的任务", "图上注记", "链接与文件"

# the console: list of targets, chart, side effects, a typed start
TARGETS = "本行动的目标"
GOAL_BY = "{}（{}年）"
TARGET_TOLD = "{}　{}　{}　达成概率{}"
INTERVAL = "80%区间{}"
BEFORE = "基准{}"
NO_CHART = "暂无可绘制的数据。{}"
BANDS, SOURCE, BESIDE = "色带由深到浅为50%、80%区间", "来源：{}", "｜"
NO_SIDE_EFFECTS = "其他目标的达成概率不变。"
LIFTED, HELD_BACK, AND_MORE = "带动", "拖累", "等{}项"

# where the release holds no value: a reference start, and one to type
START_FROM = {Basis.INDEX: "指数起点", Basis.BOUND: "已知下限", Basis.BACKWARDS: "所需起点"}
START_OF, INDEX, EVEN = "{}年，非本区统计数", "100", "五成起"
REFERENCE_ONLY, REFERENCE_ODDS = "参照推演", "参照概率"
ODDS_FROM = {
    Basis.INDEX: "只按同类常见增速",
    Basis.BOUND: "自下限起算",
    Basis.BACKWARDS: "由倒推设定，不是预测",
}
REFERENCE_TOLD = {
    Basis.INDEX: "本区没有年度数值。以基年为100，按同类序列的常见增速推演，只供比较力度。",
    Basis.BOUND: "本区只有公布下限。自下限起，按同类序列的常见增速推演，实际起点不低于此。",
    Basis.BACKWARDS: "本区没有年度数值。起点由目标倒推：有这么多，照同类的常见走势才有五成把握。",
}
START = "**键入起点**　:gray-badge[假设]"
START_SERIES, START_YEAR, SET_START = "指标", "年份", "设为起点"
START_NOTE = "键入的数只是假设，随情景、链接和文件保存，处处标明。"
TO_SUPPLY = "去在线填报"

# early warning and robustness
REACHED, LAST_CHANCE, PROGRESS = "何时达到", "预警", "进展比"
BASES, CONFIDENCE, ROBUSTNESS = "基期口径（基准）", "把握（基准）", "稳健性（基准）"
NEEDED, TESTED, METHOD = "所需", "区间检验", "方法"

# the plan's words, rows and sources
QUOTED = "**方案原文**　{}\n\n> {}\n\n{}"
BASE_YEAR = "序时进度以{}年为基期（本项目假定）"
NO_ROWS = "本数据版本没有该指标的记录。"
NO_YEARS = "- 本数据版本没有该指标的年度数值。"
BOUND, UNDATED, UNIT = "下限", "日期未注明", "单位：{}"
ROW_COLUMNS = {
    "period_kind": "期别",
    "period_start": "起",
    "period_end": "止",
    "value": "数值",
    "unit": "单位",
    "status": "性质",
    "lower_bound": "下限",
    "confidence": "可信度",
    "vintage": "版本序",
    "source_title": "来源",
    "published_text": "发布",
    "source_url": "网址",
    "note": "备注",
    "origin": "出处行",
}
NO_PRICE_INDEX = (
    "可比价：本版本没有公布的价格指数，只有{}，不作换算；公布的同比增速另列于“相关公布数据”。"
)

# what is particular to an action
TWO_READINGS = "**{}**　方案前后数字不一，两种都列，不代为取舍。"
SECTION, WORDING, GOAL, NEEDED_GROWTH, VERDICT = "出处", "原文", "目标", "今后所需年均", "判断"
LAND = "**土地：供给、腾退与单位土地产出**（1平方公里＝1500亩）"
LAND_NOTE = (
    "联动假设：情景中比基准多供的地全部投入使用，多腾退、提升的地全部退出在用面积；"
    "提升而未退出的部分会使影响变小，故为上限。"
)
SECTOR, SHARE_OF_WHOLE, PULL = "产业", "占比", "近一年拉动"
NO_SECTORS = "{}没有分产业的年度数值，无法分解。"
SECTORS_NOTE = (
    "近一年拉动：该产业增量÷上年{}，百分点。只列有自己数值的产业；"
    "其余部分不单列，两个总量相减可能指向个别企业。"
)

# the notebook
NOTEBOOK = "导出笔记本"
NOTEBOOK_HELP = "Jupyter笔记本：从数据版本重算本页的判断与此图，并与页面逐项核对"


def outlook(target: Target, *, moved: bool) -> str:
    """Name what the outlook measures, growth being an average, and whose it is."""
    nature = "情景" if moved else "预测"
    if target.measure in (Measure.CAGR, Measure.RELATIVE_GROWTH):
        return f"{target.counted_from}—{target.due_year % 100}年均{nature}"
    return f"{target.due_year}年{nature}"


def ahead(*, moved: bool) -> str:
    """Name a column of what lies ahead."""
    return f"2027年{'情景' if moved else '预测'}"
