"""What holding the plan against itself and the data comes to, told in Chinese."""

from collections.abc import Sequence

from analytics.answers.consistency.finding import Finding, Severity, summary_zh
from analytics.answers.consistency.outlook import Together, group_zh
from analytics.model.judgement.assessment import Assessment


def findings_zh(findings: Sequence[Finding]) -> str:
    """Say how many findings the plan's own text gives, and which come first."""
    text = f"方案文本有{summary_zh(findings)}。"
    urgent = [one.title_zh for one in findings if one.severity is Severity.CLARIFY]
    return f"{text}须先澄清：{'；'.join(urgent)}。" if urgent else text


def by_data_zh(low: Sequence[Assessment], together: Together) -> str:
    """Say what the data add: targets that are low, and targets that exclude each other."""
    clashes = len(together.findings)
    clash = f"{clashes}组目标难以并立" if clashes else "未见难以并立的目标"
    return (
        f"按本数据版本，另有{len(low)}项目标偏低，{clash}。数值相同的重复表述不算不一致，不列入。"
    )


def tightest_zh(together: Together) -> str:
    """Name the two targets that are hardest to have both; nothing where no pair was tried."""
    if together.tightest is None:
        return ""
    names = "与".join(target.name_zh for target in together.tightest.targets)
    return f"最不易兼得的一对是{names}：{group_zh(together.tightest)}。"
