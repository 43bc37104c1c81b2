"""What 数据导入 says, in one place to be reviewed, step by step."""

from analytics.data.imports.batch import FaultKind

TITLE = "数据导入"
ABOUT = (
    "用本区自己的月度、年度数字替换演示数据：先检查，再看变化，最后发布；发布后可随时回到上一版。"
)
OFF = "本机已关闭数据导入（JINSHAN_IMPORT=off）。"
NOT_ALLOWED = "您没有填报或发布的权限，请联系管理员。"
READ_ONLY = "数据目录为只读，可以核对文件，不能发布。其他页面不受影响。"
STILL_PINNED = "您的设置固定在原来的数据版本，可点上方“改用当前版”。"
READING_HELD = "正在读取已有数据…"

# what several blocks name: columns of tables, a figure with its nature
HANDLING, PLACE, GIVEN, PROBLEM, REMEDY, RULE = "处理", "位置", "填的是", "问题", "怎么改", "规则"
INDICATOR, REGION, PERIOD, UNIT, NEWEST = "指标", "地区", "期间", "单位", "最近的数"
TARGET, BEFORE, AFTER = "目标", "前", "后"
WITH_NATURE = "{}（{}）"

# template, upload
TEMPLATES = (
    "**一、取模板**　每个专项行动一张表，指标、口径、单位已填好，只填数值；"
    "单位自有的按年、按月横排的表也可以直接导入。"
)
TEMPLATE_KINDS = {"xlsx": "下载模板（Excel）", "csv": "下载模板（CSV）"}
TEMPLATE_FILE = "金山_指标填报表_{}.{}"
UPLOAD = "**二、上传并核对**　核对时只读取文件，不改动任何数据。"
PERSON, PERSON_ASKED = "填报人", "姓名或科室，记入版本记录"
FILES = "选择文件（.xlsx、.xls、.et 或 .csv，每个不超过20MB，可多选）"
CHECK, CHECKING = "开始核对", "正在读取与核对…"
FILES_AHEAD = "前面还有{}个文件在核对…"
NOT_READY, NO_FILE = "填写填报人并选择文件后，即可核对。", "选择文件后，即可核对。"

# typed in on the page
TYPING = "在线填报（不用文件）"
TYPING_ABOUT = "在表里直接填数，没有数的留空；填一个查一个。单位如“单位”列，占比35%填35。"
YEARLY, MONTHLY, RUNNING = "按年", "按月", "累计期"
ENTERPRISES_HELP = "这行的数涉及几家企业；不足3家的只存档"
CONFIDENTIAL_HELP = "打勾的只存档、不发布"
NOTHING_TYPED = "还没有填数。"
TYPED, OF_KIND, NO_FAULT = "已填**{}个数**：{}。", "{}{}处", "没有发现问题"
CHECK_TYPED, PERSON_MISSING = "核对并预览", "请先在上方填写填报人。"
PLACE_TYPED = "{}，{}"

# what waits for another to publish
HAND_IN_ABOUT = "提交后等待另一位有发布权限的人核对并发布。"
HAND_IN = "提交，等待发布"
HANDED_IN = "已提交，等待另一位有发布权限的人发布。"
WAITING, NONE_WAITS = "**等待发布**　{}批", "**等待发布**　没有"
WAITS = "{}　{}　:gray[{}]"
OPEN, WITHDRAW, SEND_BACK = "打开核对", "撤回", "退回"
WITHDRAWN, SEND_BACK_REASON, SENT_BACK = "提交人撤回", "退回的原因", "{}：已退回"
OPENED = "打开提交的{}"

# what a table leaves open
QUESTIONS = (
    "**有{}处请看一下**　建议已选好，看过、改对后按一下即可；答案记成对应表，下个月同样的表不再问。"
)
MAPPING_NAME, MAPPING_UNNAMED = "对应表名称", "表"
SAVE_MAPPING = "按此读取并记住"
ROWS_LEFT_OUT = "不写指标的行不导入：{}{}。"
ROW_LEFT_OUT, MORE_ROWS = "“{}”", "等{}行"
LEFT_OUT, NOT_IMPORTED = "以下{}处不导入", "不导入"
LEFT_OUT_HELP = "要导入的，从这里去掉，再选它是哪个指标或哪种表头"
ASKED, HEADING = "{}“{}”（{}个数）", "表头"
MAPPINGS = "记住的对应表（{}）"
MAPPING = "**{}**　{}"
MAPPING_TOLD = "{}，{}；名称{}个，表头{}个"
EXPORT_MAPPING = "导出TOML"

# what was found
FINDINGS = "**三、核对结果**　{}"
SOUND = "没有发现问题。"
FAULTS, FAULTS_OF_KIND = "发现{}。", "{}{}处（{}）"
MEANING = {
    FaultKind.REFUSED: "须改好再传",
    FaultKind.HELD: "须由人核实",
    FaultKind.NOTE: "不影响发布",
}
NOTES = "提示（{}处）"
FAULTS_LISTED = "只列前{}处，全部{}处见带批注的文件。"
FAULT_PLACE = "{}　**{}**"
CORRECTED = "下载带批注的“{}”"
CONFIRM = "**请逐项核实**　数值确实无误的打勾；有误的请改好文件再传。"
CONFIRM_ALL = "以上{}处已逐一核实，数值无误"
CONFIRM_ONE = "{}“{}”：{}"
COUNT, OF_SORT = "{:,}个", "{}（{}）"
REVISED, NEW, HELD, UNCHANGED = "修订", "新增", "待确认", "不变"
VALUES_LISTED = "只列前{:,}个，共{:,}个。"
OLD_VALUE, NEW_VALUE = "原值", "新值"

# what publishing would do
TRY_OUT, TRYING_OUT = "查看发布后的影响", "正在试算，不发布…"
VERDICTS_CHANGE, DEMO_GOES = "发布后{}项目标的数值或判断有变化", "，演示数据撤下{}个。"
STILL_LACKING, LACKS = "**仍缺数据，暂不能判断**", "还缺"

# publication
PUBLICATION = "**四、发布**"
MUST_MEND = "有{}处退回，改好后再传；在此之前不发布任何数值。"
MUST_CONFIRM = "还有{}处待核实，打勾后才能发布。"
PERSON_PUBLISHES = "请先在上方填写填报人，发布也记入版本记录。"
PUBLISH, PUBLISHING = "发布新版本", "正在发布…"
REPLACED, DEMO_REPLACED = "发布后，{}个区级指标用填报数", "，其演示数据全部撤下。"
ALSO_REPLACED = (
    "由它们推算或受其约束的演示数据一并撤下：{}；其中各组成部分都有实际数的，由程序推算。"
)
WITHHELD = (
    "另有{}个数值保密或涉及企业过少，按披露规则只存档、不发布，"
    "当年的同一指标和可推算出它们的数一并不发布。"
)
IMPORTED = "导入 {}（{}）"
PUBLISHED = "已发布新版本：{}。各页从现在起使用新数据，旧版可在下方返回。"

# versions so far
VERSIONS = "版本"
VERSION, VERSION_OF, CURRENT = "第{}版{}", "第{}版　{}", " :green-badge[当前]"
NUMBER, WHEN, BY, WHAT, RELEASE = "版次", "时间", "操作人", "内容", "数据版本"
WITH_REASON = "{}：{}"
BACK, BACK_TO = "回到上一版", "回到上一版（第{}版）…"
NO_EARLIER = "没有更早的版本可以返回。"
PERSON_RETURNS = "请先在上方填写填报人，返回也记入版本记录。"
RETURN = "**返回第{}版，替换现行第{}版**　各页随即改用第{}版的数据，变化如下。"
RETURN_REASON, RETURN_REASON_ASKED = "返回的原因", "记入版本记录，必填"
RETURN_NOW, CANCEL = "确认返回第{}版", "取消"
RETURNED = "已{}，各页从现在起使用该版数据；后来的版本仍然保留。"

# what differs between two versions
COMPARE, ONLY_ONE = "比较两版", "目前只有一版。"
NOT_IN_BOTH = "这两版不都含有当前所选的数据版本。"
DIFFERENCE = "数值：{}。目标：{}项的数值或判断有变化。"
CHANGED, NO_CHANGE, CHANGE = "{}{}个", "没有变化", "变化"
GONE = "撤下：该期不再有可用的数值，多为演示数据被实际数据替换后撤下。"
LATEST, ODDS, VERDICT = "最新值", "达成概率", "判断"
