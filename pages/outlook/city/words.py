"""What 2035年展望 says, in one place to be reviewed, section by section."""

# conclusion, choices and charts
LOOK_AT = "查看"
MARGIN, CONFIDENCE = "年均高出{}个百分点", "{}%"
METHOD = "推算方法"
NO_RATIO = "无法绘出金山与全市之比，原因见上表。"
NO_CITY = "无对标：{}{}。"
NOTHING_HELD, ONLY_BOUNDS = "没有年度公布值", "只有下限（{}），下限不作对标"
CLAUSE = "**方案原文**　{}\n\n{}"
CLAUSE_READ = "怎样理解原文，还有哪些未给数字的任务"

# levers
LEVERS = "全市增速假设与本区增速"
NO_CITY_RATE = "全市这一指标没有可推算的年度数值，不设增速假设。"
LEVERS_NOTE = "只改变最近一个实际年份之后的预测；全市增速是假设，不由本区决定。"
STAGES = ("基准", "只计假设", "全部调整")
SIGNIFICANT_BY = "到{}年显著快于全市的概率：{}"

# the table
TARGET, SO_FAR, NEEDED, FASTER_BY, VERDICT = (
    "指标",
    "已有增速差",
    "还需增速差",
    "到{}年快于全市",
    "判断",
)
NO_BENCHMARK, FEW_COMMON_YEARS = "无对标", "没有两个共同年份"
NO_INTERVAL, INTERVAL = "{}，少于3个年份不给区间", "{}区间 {}—{}；{}"
YEARS, A_YEAR = "{}，n={}", "{}/年"
ALONE, SIGNIFICANT = "ρ＝0时 {}、显著 {}", "显著 {}；{}{}"
NO_CITY_VALUES = "全市也无公布的年度数值"
OF_ALL = "各项均如此：{}。"
HOW_TO_READ = "怎样读这张表"
READING = (
    "已有增速差：ln（金山÷全市）对年份的最小二乘斜率（对数点，约等于百分点），只用双方都有公布值的年份。"
    "还需增速差：今后至2035年每年须快出多少，基期以来年均增速差才达到“显著”的幅度（全市按预测中位数）。"
    "快于：基期以来年均增速高于全市；显著：高出所选幅度。"
    "本区与全市的年度变动按相关系数ρ＝{:g}推算（省与全国自1990年以来为0.8），ρ＝0为互不相关时。{}"
)

# other districts
OTHERS = "其他区已公布的数值"
OTHERS_NOTE = (
    "只列公布或转引的年度数值；“两个公布年份之间”由两个水平值计算，不按可比口径；"
    "推算值和下限不参与计算。在地与属地分列、不拼接、不相减：两者之差可能指向个别企业。"
)
PART_YEARS_ONLY = "{}只见{}的月度或累计值，未列入。"
DISTRICT, YEAR, VALUE, NATURE, SCOPE = "区", "年份", "数值", "性质（可信度）", "口径"
BETWEEN, PUBLISHED_GROWTH, SOURCE = "两个公布年份之间", "公布增速（另列）", "来源"
SCOPE_UNSTATED, YEARLY = "，口径均未注明", "年均"

# what is missing
MISSING, MISSING_NOTE = "缺少哪些数据（{}个序列）", "缺数的年份不作对标，既不内插，也不以下限充数。"
REGION, SERIES, HELD, LACKING, BESIDES = "地区", "序列", "现有年度值", "缺少", "另有"
PART_YEARS, BOUNDS = "{}条月度或累计记录", "下限：{}"
