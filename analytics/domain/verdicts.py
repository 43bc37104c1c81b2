"""The words for a target: progress so far, outlook, and the one phrase of both."""

from enum import StrEnum


class Standing(StrEnum):
    """进度: what is observed against what should be there, in the words of mid-term reviews."""

    MET = "已完成"
    EARLY = "提前实现"
    AHEAD = "快于预期"
    ON_TRACK = "基本符合预期"
    BEHIND = "滞后"
    MISSED = "到期未达到"
    UNDETERMINED = "无法判定"
    NO_DATA = "数据不足"

    @property
    def keeps_up(self) -> bool | None:
        """Tell whether progress is what it should be; None where that cannot be said."""
        if self in (Standing.UNDETERMINED, Standing.NO_DATA):
            return None
        return self not in (Standing.BEHIND, Standing.MISSED)


class Prospect(StrEnum):
    """前景: how likely a target is met when due; what is settled already has no odds."""

    DONE = "已完成"
    GOOD = "前景好"
    EVEN = "前景各半"
    WEAK = "前景弱"
    MISSED = "到期未达到"
    OPEN = "前景不明"


class Verdict(StrEnum):
    """判断: the one phrase for a target, of progress and outlook together."""

    MET = "已完成"
    STRONG = "势头良好"
    UNSURE = "进度达标、把握不大"
    FADING = "进度达标、后劲不足"
    KEEPING_UP = "进度达标、前景不明"
    HOPEFUL = "眼下偏慢、到期有望"
    SLOW = "偏慢、把握不大"
    OUT_OF_REACH = "滞后、难以达成"
    LAGGING = "进度滞后、前景不明"
    MISSED = "到期未达到"
    LIKELY = "进度不明、到期有望"
    EVEN = "进度不明、把握不大"
    UNLIKELY = "进度不明、难以达成"
    UNDETERMINED = "无法判定"
    NO_DATA = "数据不足"


_PHRASES = {
    # does progress keep up -> the phrase by outlook
    True: {
        Prospect.GOOD: Verdict.STRONG,
        Prospect.EVEN: Verdict.UNSURE,
        Prospect.WEAK: Verdict.FADING,
        Prospect.OPEN: Verdict.KEEPING_UP,
    },
    False: {
        Prospect.GOOD: Verdict.HOPEFUL,
        Prospect.EVEN: Verdict.SLOW,
        Prospect.WEAK: Verdict.OUT_OF_REACH,
        Prospect.OPEN: Verdict.LAGGING,
    },
    None: {
        Prospect.GOOD: Verdict.LIKELY,
        Prospect.EVEN: Verdict.EVEN,
        Prospect.WEAK: Verdict.UNLIKELY,
        Prospect.OPEN: Verdict.UNDETERMINED,
    },
}


def phrase(standing: Standing, prospect: Prospect) -> Verdict:
    """Return the one phrase for a progress and an outlook."""
    if prospect is Prospect.DONE:
        return Verdict.MET
    if prospect is Prospect.MISSED:
        return Verdict.MISSED
    if standing is Standing.NO_DATA and prospect is Prospect.OPEN:
        return Verdict.NO_DATA
    return _PHRASES[standing.keeps_up][prospect]
