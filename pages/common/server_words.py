"""What the server says: at the gate and the door, while something is worked out, when it fails."""

# requests that are not heard: why, in a word for the log -> what the browser shows
REFUSED = {
    "too_long": "网址过长或参数过多，无法打开。请用“链接与情景文件”给出的链接。",
    "closed": "没有这个地址。",
    "foreign_host": "这个主机名不是本服务的地址。",
    "foreign_origin": "请求来自别处的网页，已拒绝。",
    "untrusted_address": "请从规定的入口打开本服务。",
    "no_identity": "请先登录。",
    "no_token": "请先登录。",
}
UPLOADS_FULL = "上传的文件过多，请过几分钟再试"

# who the visitor is, and the way in and out
THIS_MACHINE = "本机"
SIGN_IN_FIRST, SIGN_IN, SIGN_IN_AGAIN, SIGN_OUT = "请登录", "登录", "重新登录", "退出登录"
NO_ROLE = "账号 {} 没有任何权限，请联系管理员。"
SIGN_IN_OVER = "登录已过期。设置保存在网址中，重新登录后仍在。"

# while something is worked out
READING_CATALOG = "正在读取目录…"
OPENING_RELEASE = "正在打开数据版本并推算各项指标…"
FIRST_RUN = "首次运行：正在生成数据版本…"
OPENED_BY_ANOTHER = "这一版数据正在打开，请稍候…"
OPENED_BEFORE = "前面还有数据版本在打开，请稍候…"
PROJECTING, PROJECTING_FAILED = "推算各项指标", "推算中断"
COMPARING_PREVIOUS = "正在比对上一版数据…"
COMPARING_RELEASES = "正在比较两版数据…"
JUDGING_OTHERWISE = "正在换方法、换时段、换基期复核…"
COMPUTING_PRESETS = "正在计算预设情景…"
DECOMPOSING = "正在分解各项作用…"
SEEKING_EFFORT = "正在求最小力度…"

# when something fails
UNEXPECTED = "页面出现意外错误，已记入日志（{}）。请刷新重试；设置保存在网址中，不会丢失。"
ERROR = "错误：{}"
OPEN_TO_ALL = (
    "{where}：没有登录（{switch}=none）时只能在本机使用（{own}）；"
    "要让别人使用，请设 {switch}=header 或 oidc，见 docs/operations.md"
)
