"""Words for the two kinds of monthly figure: the year so far, and the month alone."""

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
