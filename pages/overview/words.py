"""The sentences that the board shows."""

TITLE = "目标总览"
ABOUT = "《金山区加快推进新型工业化的行动方案》41项目标，按方案的顺序排列；点任何一项进入专页。"
CONCERNS = "最需关注"
READING = (
    "横条：深色为现值，蓝竖线为到期预测中位数，浅蓝为80%区间，橙竖线为目标，细黑线为目前应达。"
    "颜色按到期前景。★为“力争、争取”类目标。"
)
NO_MATCH = "没有符合条件的目标。"
NO_CHART = "暂无可绘制的数据。"
CONCERN = "目标{}，最新{}"
GROUP = "{}（{}项）"
HEADS = ("指标", "目标", "现值、预测与目标", "达成概率", "判断")

# what has changed since the release before
FIRST_RELEASE = "本版之前没有上一版数据，无从比较变化。"
CHANGED = "与上一版相比：{}项判断有变化"
UNCHANGED = "判断没有变化。"
EARLIER = "上一版：{}"

# filters, and the sheet of all charts
ALL, WITHOUT_DATA = "全部", "无数据"
SHEET = "全部走势（一张图）"
NO_SHEET = "没有可绘制的数据。"
