"""The sentences of the frame, and of the parts that several pages share."""

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
ALL_OF_PAGE_FILE, HOME = "金山_{}_全部图_{:%Y-%m-%d}.zip", "总览"
DEMO_IN_FILES = ":orange-badge[:material/science: 演示] :small[{}，文件中均有标注。]"
FILES = {  # kind of file -> button, and what is said of it
    "png": ("PNG图片", "300 dpi，可直接放入公文"),
    "svg": ("SVG矢量图", "可无损放大"),
    "pdf": ("PDF矢量图", "已嵌入中文字体"),
    "csv": ("CSV数据", "每行带单位、来源与数据版本"),
    "xlsx": ("XLSX工作簿", "可编辑图表、数据、假设、指标解释、来源"),
}
