"""What may not be shown although it could be computed: ``data/catalog/disclosure.toml``."""

import re
from pathlib import Path

from analytics.catalog.toml import FOLDER, read, record
from analytics.domain import Frozen

FILE = "disclosure.toml"
_DIGITS = {word: number for number, word in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2}
_MANY = frozenset("十百")
_NUMBER = r"([0-9０-９]+|[零一二两俩三四五六七八九十百]+)"
_NAME = r"(?:企业|单位|法人|户|家)(?:个|户|家)?数"  # 企业数, 单位数, 户数, 企业户数
_BETWEEN = r"[^0-9０-９零一二两俩三四五六七八九十百，。；;,]{0,3}"  # ：, =, （, 为, 约, 仅
_AFTER_NAME = re.compile(_NAME + _BETWEEN + _NUMBER)
_NAMED = re.compile(_NAME)
_BEFORE_UNIT = re.compile(
    rf"(?:涉及|仅有?|只有?|共有?|由){_BETWEEN}{_NUMBER}(?:家|户|个)|{_NUMBER}(?:家|户|个)(?:企业|单位|法人)"
)


_CONFIDENTIAL = "保密：是"


def beside_note(note: str, enterprises: str, confidential: bool) -> str:
    """Write what is stated of a value in columns of their own into its note, as it is kept."""
    stated = (
        f"企业数：{enterprises}" if enterprises else "",
        _CONFIDENTIAL if confidential else "",
    )
    return "；".join(part for part in (note, *stated) if part)


def unreadable_count(note: str) -> bool:
    """Say whether a note names a number of enterprises that cannot be read."""
    text = "".join(note.split())
    return None in _counts(text) or len(_NAMED.findall(text)) > len(_AFTER_NAME.findall(text))


def _counts(text: str) -> list[int | None]:
    return [_number(found) for one in (_AFTER_NAME, _BEFORE_UNIT) for found in one.finditer(text)]


class Pair(Frozen):
    """Two aggregates whose difference singles out one enterprise."""

    whole: str
    part: str
    reason_zh: str


class Dominance(Frozen):
    """When the largest enterprises say too much of a sum: the (2, k) and the p% rule.

    Shares are fractions; both rules as in Hundepool et al., Statistical Disclosure Control
    (Wiley, 2012), chapter 4. The values are this project's, for each office to set.
    """

    two_largest: float
    p: float


class Disclosure(Frozen):
    """The rules, as declared."""

    fewest_enterprises: int
    basis_zh: str
    pairs: tuple[Pair, ...]
    dominance: Dominance

    def notes_on(self, indicator_id: str) -> tuple[str, ...]:
        """Return what must be said beside an indicator."""
        pairs = [pair for pair in self.pairs if indicator_id in (pair.whole, pair.part)]
        return tuple(f"{pair.reason_zh}；两数分别列示，不列示差额" for pair in pairs)

    def withheld(self, note: str) -> str:
        """Return why a value may not be published, by what its note says; empty when it may.

        A number of enterprises that is named and cannot be read is taken for too small.
        """
        text = "".join(note.split())
        if _CONFIDENTIAL in text:
            return "填报时注明保密，按披露规则不予发布"
        counts = _counts(text)
        if any(count is not None and count < self.fewest_enterprises for count in counts):
            return f"涉及企业不足{self.fewest_enterprises}家，按披露规则不予发布"
        if unreadable_count(note):
            return "说明中的企业数无法辨认，按披露规则暂不发布，请写成“企业数：5”"
        return ""


def _number(match: re.Match[str]) -> int | None:
    """Read a count in Arabic or plain Chinese digits; tens and hundreds are simply many."""
    text = next(group for group in match.groups() if group)
    if text.isdecimal():
        return int(text)
    if _MANY & set(text):
        return 10
    return _DIGITS.get(text)


def load_disclosure(root: Path) -> Disclosure:
    """Read the rules; raise CatalogError naming file and key."""
    return record(Disclosure, FILE, "", read(root / FOLDER, FILE))
