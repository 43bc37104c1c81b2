"""The sentences of the frame, and of the parts that several pages share."""

from analytics.answers.steering.reference_rates import CITY, RECENT, REQUIRED, TREND
from analytics.answers.steering.reference_start import Basis

# the menu; a page's title is its address as well
PRODUCT = "金山新型工业化工作台"
HOME, OF_PLAN, OF_SCENARIOS, OF_RESULTS, OF_DATA = "总览", "目标", "情景", "成果", "数据"
PAGES = {  # script of a page -> title
    "scenario_lab": "情景实验室",
    "briefing": "简报",
    "consistency": "方案自洽性",
    "sources": "数据与来源",
    "import_data": "数据导入",
    "methods": "方法与检验",
    "guide": "使用说明",
    "audit": "操作记录",
}

# what a link says: names of its parts, and what of them could not be taken
INDICATOR, TARGET, HORIZON_YEAR = "指标", "目标", "展望年份"
OPTIONS = {  # choice of a page, as the address names it -> name on screen
    "margin": "“显著”的幅度",
    "confidence": "“显著”的把握",
    "base": "基期",
    "tolerance": "“左右”的容差",
    "section": "栏目",
    "method": "方法",
    "total": "分母",
    "status": "前景",
    "nature": "数据性质",
    "action": "专项行动",
}
UNKNOWN = "{}“{}”不存在，改用默认"
UNKNOWN_RELEASE = "数据版本“{}”不存在，已改用“{}”，数字可能与原链接不同"

# the frame: release, link, banner
UNREADABLE = "链接中有内容无法采用：\n{}"
RENEWED = "数据版本已更新，本页已换用新版。"
DAMAGED = "现行数据版本打不开，暂用第{}版的数据。{}。请管理员执行 python -m analytics restore。"
NOT_CURRENT = (
    ":orange-badge[:material/history: 非当前版] 本页按数据版本`{}`计算，"
    "当前版本是`{}`。设置保留，改用后数字可能不同。"
)
USE_CURRENT = "改用当前版"
RELEASE, RELEASES = "数据版本", {"published": "公布"}
ILLUSTRATED, WHOLE = "演示", "全部"
HELD = "数据截至 {:%Y年%m月%d日}  \n{}（行）  \n版本 `{}`"
DEMO = (
    ":orange-badge[:material/science: 演示] **本版本含演示数据，不作决策依据**。"
    "空缺处由有据可查的生成器补足，仅供熟悉功能。"
)
ONLY_PUBLISHED = "只看公布数据"

# a first visit: first part of a page's address -> what to try there
HINTS = {
    "": "点任何一格，进入那个目标的专页。",
    "扩规模": "动一动滑块：曲线、概率和“带动、拖累”同时变。",
    "情景实验室": "调好以后按“存为情景”，再到“比较”并排看。",
}
READ = "知道了"

# the scenario in use
CURRENT, BACK = "**当前情景**　{}", "回到基准"
NAMED, MOVED = "“{}”", "调整{}项"
CONCLUSION, TOGETHER = "{}**结论**　{}", "联合来看：{}。"
SCENARIO_BADGE = ":violet-badge[:material/tune: 情景{}：已调整{}项]　"
PLAN = "依据：{}。"

# presets and levers
NO_PRESETS = "预设情景要有年度数值才能计算：先键入起点，或在线填报。"
PRESETS, HOW_COMPUTED = "预设情景", "“{}”怎样算出"
MOVES_NOTHING, RULE = "{}：{}", "{}。"
RESET_ALL, RESET = "全部复位", "复位到趋势"
FURTHER, OTHERS_MOVED = "其余{}个相关指标：{}", "其他已调整{}项"
LEVER, ASSUMED = "**{}**", "　:gray-badge[假设]"
ASKED = "达到目标所需年均增速"
GROWTH, ADDED = "{}年均增速%", "{}年均新增{}"
HORIZON, UNTIL, CHOOSE = "展望至", "至{}年", "请选择"

# what a target asks of a lever
ODDS = {0.5: "五成", 0.8: "八成", 0.9: "九成"}
GOAL, NEEDED, AT_ODDS = "目标", "要达到{}，{}所需年均", "{}把握 {}"
ADOPTS, OUT_OF_REACH, NEVER = "按下即采用", "调到上下限也达不到", "够不到"
ADOPTED, AT_MOST = "已采用{}（{}）。", "≤{}"

# nothing to steer, and the way to supply it
CANNOT_STEER = "**还不能调整：缺年度数值**"
LACKS, KNOWN_BOUND = "{}　缺{}", "；已知下限{}"
TYPE_IN, SUPPLY = "去在线填报", "补{}项目标的数据：在线填报"

# link and file of a scenario
SHARE = "链接与情景文件"
LINK = "**链接**　打开即为同一页面、数据版本和设置；点右侧图标复制。"
LONG_LINK = "链接有{}个字符，部分软件可能截断；请改用情景文件。"
FILE, SAVE_FILE = "**情景文件**　存下当前设置，附数据版本与校验值。", "下载情景文件"
FILE_NAME = "金山_情景_{}_{}.json"
TAKE_FILE = "上传情景文件（JSON，不超过100 KB），取代当前设置"
NOT_TAKEN = "“{}”没有采用，原有设置不变：\n{}"
TAKEN, TAKEN_IN_PART = "已载入“{}”中的情景“{}”（{}项设置）。", "{}其中：\n{}"
USE_FILES_RELEASE = "改用文件所用的数据版本"

# files of a chart
EXPORT = "导出此图"
EXPORTED = "**导出此图**　:small[:gray[标题、单位、来源、情景与数据版本均写入文件]]"
PURPOSE, ABOUT_PURPOSE = "图片用途", "{}：{}。"
ALL_OF_PAGE = "本页全部图和表（ZIP）"
ALL_OF_PAGE_ABOUT = "本页画出的图（PNG、SVG、CSV、XLSX）和列出的表（CSV），另附一份说明"
ALL_OF_PAGE_FILE = "金山_{}_全部图_{:%Y-%m-%d}.zip"
DEMO_IN_FILES = ":orange-badge[:material/science: 演示] :small[{}，文件中均有标注。]"
FILES = {  # kind of file -> button, and what is said of it
    "png": ("PNG图片", "300 dpi，可直接放入公文"),
    "svg": ("SVG矢量图", "可无损放大"),
    "pdf": ("PDF矢量图", "已嵌入中文字体"),
    "csv": ("CSV数据", "每行带单位、来源与数据版本"),
    "xlsx": ("XLSX工作簿", "可编辑图表、数据、假设、指标解释、来源"),
}

# copying a picture
COPY = "复制图片"
COPYING = {  # state of it -> what is said
    "making": "正在生成…",
    "done": "已复制，可在文档中粘贴",
    "failed": "浏览器没有允许复制，请改用“PNG图片”下载",
    "closed": "不加密的网址上浏览器不允许复制图片，请改用“PNG图片”下载",
}

# a visitor's notes on a chart
NOTES_ABOUT = "写在图上某一年的说明，例如“封控”“新口径”；随链接保存，导出的图片和工作簿中也有。"
NOTES_FULL = "已有{}条注记，先删去一条再加。"
NOTE_YEAR, NOTE, ADD_NOTE, DROP_NOTE = "年份", "注记", "加到图上", "删除"
YEAR = "{}年"

# marks under a slider: what is beside the track, and what is read aloud
MARKS = {TREND: "趋势", RECENT: "近五年", REQUIRED: "所需", CITY: "全市"}
MARKS_ALOUD, NO_MARKS = "参照：{}", "没有"

# targets in a table, the odds and their change
TARGET_NAME, GOAL_SET, LATEST, PACE = "指标名称", "目标", "最新值", "序时进度"
OUTLOOK, TARGET_ODDS, VERDICT = "预计完成（{}）", "达成概率", "判断"
FORECAST, IN_SCENARIO = "预测", "情景"
OUTLOOK_NOTE = "预计完成：到期年份的中位数与80%区间。"
DONE, AGAINST_BASELINE = "已完成", "较基准{}"

# a chart drawn from a reference start, none being held
START_WAY = {
    Basis.INDEX: "指数",
    Basis.BOUND: "自下限起算",
    Basis.BACKWARDS: "所需起点",
}
START_NEWEST = {Basis.INDEX: "", Basis.BOUND: "下限", Basis.BACKWARDS: "所需"}
START_UNIT = "{}年＝100"
START_FINDING = {
    Basis.INDEX: "{name}：以{year}年为100，按同类序列的常见增速推演，不是本区统计数",
    Basis.BOUND: "{name}：自{year}年公布下限起，按同类序列的常见增速推演，实际起点不低于此",
    Basis.BACKWARDS: "{name}：照同类序列的常见走势，{year}年须有{value}，到期才有五成把握",
}
START_NO_FIGURE = {
    Basis.INDEX: "以基年为100的指数（不是统计数）",
    Basis.BACKWARDS: "由目标倒推的起点（不是统计数）",
}
START_MOVED = "；本情景预计{}"

# published figures that bear on an action, and tasks without a number
NO_CONTEXT = "没有相关的公布数据。"
CONTEXT_NOTE = (
    "只作背景，不参与判断。各数口径、范围不同，不与目标指标拼接；园区与市的数不代表本区。"
)
AREA, TIME, VALUE, NATURE, SOURCE = "范围", "时期", "数值", "性质", "来源"
AT_LEAST, HELD_AS = "＞{}", "{}（可信度{}）"
YEAR_GOAL, MONTHS, MONTH = "{}年目标", "{}年{}—{}月", "{}年{}月"
YEARS, WITHIN_YEAR = "{}—{}年", "{}年内"
TASKS_NOTE = "方案中未给数字的任务，共{}条，原文照录。"
TASKS = "**{}　{}**\n\n{}"
