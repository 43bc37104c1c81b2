"""What 方案自洽性 says, in one place to be reviewed."""

TITLE, ABOUT = "方案自洽性", "方案各处的文字与数字相互对照。"

# what is assumed where the plan is silent
BASE, TOLERANCE = "{}年", "±{}%"
SWITCHES_NOTE = "三项方案均未写明；换一种假定，算式与判断随之改变。"

# a finding
DEMO = " :orange-badge[:material/science: 含演示数据]"
MEANING, WHY = "**含义**　{}", "原文与算式"
QUOTED, SUMS = "**方案原文（{}处）**\n\n{}", "**算式**\n\n{}"
ASSUMED = "所用假定：{}"
BY_EACH_READING = "**各处分别判断，不作取舍**　{}"
LIKELY_DEMO = "，演示"

# another base year
NO_SHIFT = "**换基期**　本数据版本中，没有哪项判断随基期改变（缺数值的无从判断）。"
SHIFTS = "**换基期**　有关的{}项目标中，{}项的判断随基期改变。"
SHIFTS_TABLE = "各基期的判断"
SHIFTS_NOTE = "每格为判断与达成概率。{}"
TARGET, CHOSEN_YEAR = "指标", "{}年（所选）"

# low ambition
LOW = "目标偏低"
NONE_LOW = "按本数据版本，没有可判为偏低的目标（没有概率的无从判断）。"
LOW_NOTE = (
    "判据（本项目的划线）：达成概率超过{}，且今后所需增速比近五年实际低{}个百分点以上；"
    "累计目标提前完成的也列入。{}"
)
CLAUSE, LATEST, NEEDED, RECENT, ODDS = (
    "方案原文",
    "最新",
    "今后只需年均",
    "近年实际年均",
    "达成概率",
)
NOTHING_NEEDED, ADDED = "无须再新增", "，新增量"

# targets that exclude each other
TOGETHER = "难以并立"
NO_PAIRS = "本数据版本没有两项以上带概率的未到期目标，无从检验。"
NONE_EXCLUDED = "未发现难以并立的目标。{}"
TOGETHER_NOTE = (
    "在同一批模拟路径上逐次核对{}对目标和{}组专项行动；"
    "同时达成的次数不到互不相干时的一半，且超出抽样误差的，判为难以并立。{}"
)
