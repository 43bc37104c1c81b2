"""What 简报 says, in one place to be reviewed, from the top of the page to its foot."""

TITLE = "简报"
ABOUT = "选类型即可下载；目标、图、次序、标题和文字均可修改。数字与各页一致，不因改写而变。"

# kind and scenario
KIND = "简报类型"
LITTLE_KNOWN = (
    ":material/help: 本数据版本能判断进展的目标不足{}项，简报多为空格，宜先请有关单位补数："
)
REWRITE = "改写{}（附指标、年份、口径、单位、提供单位、时限）"
ONLY_BASELINE = "当前写基准情景。在各行动页或情景实验室调整后，可在此选情景、作比较。"
WHICH, NAME, BESIDE, NO_BESIDE = "写哪个情景", "情景名称", "与哪些情景比较", "不比较"
WITH_COUNT = "{}（调整{}项）"
NOT_COMPARED = ":material/info: {}不列情景比较表，所选情景不写入；{}列有此表。"

# targets and charts
PICKS, PICKED = "选目标与图", "现列{}项目标、{}幅图。"
TARGETS, CHARTS = "列入目标表", "配图"
AS_PICKED, PICK = "{}（按选入的先后排列）", "请选择"
TARGET = "{}. {}（{}年）"
RESET = "恢复本类简报的选择"
FITS = ":material/info: {}按{}项目标、{}幅图排版，超出后可能多于一页。"
LACKING = "本数据版本没有可绘制的数据，以下图未列入：{}。"
ORDER, UP, DOWN = "调整次序：{}", "上移", "下移"
BY_PLAN, BY_NEED = "按方案顺序", "最需关注在前"
UNKNOWN_TARGETS = "方案中没有这些目标，未采用：{}"

# title and sentences
WORDS, HEADING, POINT, FIGURE = "改标题和文字", "标题", "要点{}", "图：{}"
WORDS_NOTE = (
    "清空一句即不写入。改写只替换原句，原句随数据变化后，改写不再采用并在此列出。"
    "要每期自动换数，把数字写成占位符：{目标序号.最新值}、{目标序号.概率}、{目标序号.判断}，"
    "如“达成概率{6.概率}”。"
)
NEW_NUMBERS = "改写后新出现的数字：{}。不在原句中，请自行核对。"
UNUSED = "以下改写的原句已随数据或选择变化，未采用；需要时请重新改写：\n{}"
FORGET = "不再提示这些改写"

# what the office adds
OFFICE = "下一步、责任单位、报送与落款"
STEPS, DUTIES = "下一步建议（每行一段，可用占位符）", "责任单位（写在冒号后，空着不列）"
ADDRESSEE, SENT_TO, SIGNED = "主送", "报送", "落款"
REPLY_BY = "函复时限（空着为30天后）"

# the office's own template
TEMPLATE, TAKE_TEMPLATE, DROP_TEMPLATE = "本单位模板", "上传模板", "不再用 {}"
TEMPLATE_NOTE = (
    "可用 .docx 或 .pptx：Word取其样式（标题、标题1、正文等同名样式）、页边距、页眉页脚；"
    "PPT取其母版和标题版式（16:9）。模板里的文字和幻灯片不保留；刷新后须重新上传。"
)

# definitions kept for the next issue
DEFINITIONS = "简报定义：存一次，每期套用"
DEFINITIONS_NOTE = (
    "定义记下本页的全部选择和改写，以及本期印出的数字；"
    "下期载入后内容相同、数字更新，并列出“较上期”的变化。命令行用法见使用说明。"
)
TOO_LONG = "改写较多，网址放不下，刷新会丢失：请保存定义。"
TAKE_FILE, KEPT, TAKE_KEPT = "载入定义文件（TOML）", "已存的定义", "载入此定义"
SAVE_FILE, FILE = "下载定义文件", "{}_定义.toml"
KEEP_AS, REPLACE, KEEP = "以此名存在本机，供全单位载入", "覆盖同名定义", "存下定义"
KEPT_NOW = "已存下定义“{}”"

# files
NOTEBOOK, MAKE, MAKING, SAVE = "笔记本", "生成{}", "正在生成{}…", "下载 {}（{}）"
PAGES = "，{}页"
NO_LINK = (
    ":material/info: 版面已满，文件未印在线查看的网址和二维码；减少目标、配图或要点文字后会印上。"
)
TOO_MANY_PAGES = ":material/warning: 共{}页，一页放不下：请减少列入的目标或配图，或缩短要点文字。"

# the preview
POINTS, REMARK = "**要点**\n\n{}", "注：{}"
