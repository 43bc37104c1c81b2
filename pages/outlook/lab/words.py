"""What 情景实验室 says, in one place to be reviewed, section by section."""

TITLE = "情景实验室"
ABOUT = "并排比较几种设想：改了什么、目标会怎样、要多大力度。"
SECTIONS = {
    "adjust": "调整",
    "compare": "比较",
    "charts": "走势",
    "drivers": "敏感性与缺口",
    "seek": "目标反推",
    "stress": "压力测试",
    "models": "方法与分位数",
    "share": "链接与文件",
}
TARGET, INDICATOR, SCENARIO, LEVER = "目标", "指标", "情景", "调节项"
POLICY, ASSUMED = "政策调节项", "假设（全市等）"

# the scenarios put aside
SCENARIO_ABOUT, IN_USE = "调整{}项　编号{}", "　当前设置"
SCENARIO_NAME = "情景{}名称"
EDIT, COPY, DELETE, UNDO = "编辑", "复制", "删除", "恢复刚删除的“{}”"
KEEP_AS, KEEP, UPDATE = "把当前设置存为情景", "存为情景", "更新同名情景"
FULL = "已存满四个：同名可更新，或先删除"
KEPT = "已存{}个，最多{}个；随链接保存"

# steering and its effect
ADJUST, ALSO_MOVED, RESET = "调整", "**其他已调整**", "复位"
ALL_PROSPECTS = "**全部目标的前景**"
MOST_CHANGED = "达成概率变动最大的{}项，百分点。"
BEFORE, NOW, CHANGE = "基准", "当前", "增减"

# stress tests
STRESS_NOTE = "压力测试作为假设计入当前设置，随链接与情景文件保存；可与任何预设叠加。"
STRESS_BASIS = "依据：{}。{}"
SHOCKS, SHOCK, SPARED = "受冲击的{}个指标与幅度", "{}：{}年增速{}", "{}：不受冲击，{}"
SHOCKS_NOTE = (
    "幅度按全年计，只作用于数据截止时当年尚未发生的月份：有月度数的指标，已公布各月不变；"
    "只有年度数的指标，按余下月份占全年的份额折算。"
)

# comparison
ONLY_BASELINE = "目前只有基准。到“调整”选预设或动滑块，再存为情景，即可在此并排比较。"
NO_NUMBERS = "所选数据版本的历史不足，各项目标均无法推算，各情景没有差别可比。"
JOINT, SCOPE = "联合达成", "范围"
EXPECTED, ALL_MET = "{}项（共{}项）", "全部达成{}"
JOINT_NOTE = (
    "每格上行：未到期且有概率的目标中预计达成几项（比基准增减）；下行：全部达成的概率。"
    "各情景用同一批抽样，差别只来自所作调整。"
)
EACH_TARGET, ONLY_CHANGED = "各项目标", "只看有变化的（{}项，共{}项）"
GRID_NOTE = "每格为达成概率与比基准增减的百分点；颜色按前景，判断改变的注明。点目标看走势。"
ASSUMPTIONS, ASSUMED_IN_FULL = "改了什么", "假设（全市增速、压力测试）"
NOTHING_MOVED, COUNT, ITEM = "　没有改动", "共{}项", "项目"

# paths
NO_PATHS = "无法画出各情景走势：{}。"
NOT_DRAWN = "最多画{}个情景，未画：{}。"
PATHS_NOTE = "指向一条线，色带即换为该情景的80%区间。"

# sensitivity and gap
SENSITIVITY = "敏感性：各项变动一次，结果变多少"
SENSITIVITY_NOTE = "{}其余不动，每项从所选情景的取值上下各动一次；{}。"
GAP, NO_GAP = "缺口：“{}”的各项调整各起多大作用", "基准没有调整，无可分解。"
MOVE, CLASS, OF_POLICY, OF_ASSUMPTION = "调整", "类别", "政策", "假设"
OF_GAP, ODDS_CHANGE = "填补缺口", "达成概率增减"

# what it takes
SEEK_ONE = "**一项目标、一个调节项**　其余设置不变，这一项调到多少恰好达标？"
SEEK_MANY = "**几项目标、最小力度**　各政策调节项按可调范围的同一比例推进。"
CRITERION, BY_MEDIAN, BY_ODDS = "达标的含义", "中位数达到", "{}%的把握"
NO_LEVER = "没有调节项能影响这一目标。"
SOLUTION = "恰好达标：{}年均 **{}**（{}）"
ADOPT, ADOPT_ALL = "采用滑块值", "采用这组设置"
PICK_SEVERAL, PICK_FIRST = "请选择，可多选", "选择目标后给出结果。"
EFFORT = "{}项目标可以达到，最大力度为可调范围的{}。"
NO_EFFORT = "按当前设置已经达到，无需再动。"
EXACT, ON_STEP, SHARE = "恰好所需", "滑块取值", "力度"

# methods, readings, backtests
OWN_METHOD = "本工作台（所用）"
METHOD = "方法"
NO_PROJECTION = "没有可用的推算：{}。"
READINGS = "各展望年份的读数（中位数，下行为80%区间）"
ALL_METHODS = "各方法并列"
YEAR = "年份（{}）"
LATER_NOTE = "按当前设置；到期以后的年份为趋势外推，不对应目标。"
DUE_MEDIAN = "{}年中位数（{}）"
ODDS = "达成概率"
METHODS_NOTE = "均按基准计算。{}。"
BACKTEST = "回测：这样的区间以往准不准"
BACKTEST_NOTE = "{}{}。"
NO_BACKTEST = "这一指标的历史不足以回测，至少需要6个年度数值。"
TESTED_ON = "用什么检验"
OWN_PAST = "本指标自己的过去"
POOLED = "同样长短的公开序列合并"
TESTS = "检验了多少"
COVERED = "实际值落在80%区间内"
TAKE_AWAY = "分位数与抽样"
TAKE_AWAY_NOTE = (
    "分位数：{}项目标逐年的七个分位数，一个文件，按当前设置、所用方法。"
    "抽样：所选目标按所选方法的全部路径，一行一条，同一序号在各目标、各情景中为同一次抽样。"
)
QUANTILES = "下载分位数（CSV）"
DRAWS = "下载抽样（CSV）"
