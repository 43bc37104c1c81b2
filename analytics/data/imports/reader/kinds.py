"""Words for the two kinds of monthly figure: the year so far, and the month alone."""

import re

RUNNING, SINGLE = "累计", "当月"
_SINCE = (
    *(
        "",
        "本月",
        "本月止",
        "本月末",
        "-本月",
        "-本月止",
        "-本月末",
        "截-本月",
        "1-本月",
        "1月-本月",
    ),
    *("本年", "当年", "今年", "年初", "年初起", "年初-本月", "自年初", "自年初起", "自年初-本月"),
    *("本期", "本期止", "-本期", "1-本期", "本年度", "期末", "月末"),
)
_MONTH = ("本月", "当月", "单月", "当期")
_FIGURE = (
    "",
    "数",
    "值",
    "额",
    "量",
    "完成",
    "完成数",
    "完成值",
    "完成额",
    "实绩",
    "实际",
    "绝对值",
    "总额",
)
# as headings write them without blanks, 至 as a dash
_SO_FAR = ("1-本月", "1月-本月", "年初-本月", "自年初-本月", "年初-今", "本年-本月", "1-本月止")
TYPES = {f"{since}累计{figure}": RUNNING for since in _SINCE for figure in _FIGURE}
TYPES |= {f"{since}{figure}": RUNNING for since in _SO_FAR for figure in _FIGURE}
TYPES |= {f"{month}{figure}": SINGLE for month in _MONTH for figure in _FIGURE}
_YEAR, _THIS = r"(?:[本当今]年度?|自?年初起?)", r"(?:[本当]月|本期)"
_STATED = r"(?:完成|实际|实绩|绝对)*[数值额量]?"
SO_FAR = re.compile(  # 本年本月止累计, 年初至今完成额; 本年本月 is the month alone
    rf"(?:{_YEAR}[-截]?)?(?:1月?-)?{_THIS}?[止末底]?累计{_STATED}"
    rf"|{_YEAR}(?:[-截](?:1月?-)?(?:{_THIS}|今)[止末底]?|{_THIS}[止末底]){_STATED}"
)
