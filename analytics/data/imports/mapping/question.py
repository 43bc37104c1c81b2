"""What a person is asked about a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from analytics.data.imports.mapping.declared import LEAVE
from analytics.data.imports.reader.shapes import pattern

NAME: Literal["names"] = "names"
HEADING: Literal["headings"] = "headings"


@dataclass(frozen=True, slots=True)
class Question:
    """One word of a table that nobody has explained yet."""

    about: Literal["names", "headings"]
    words: str  # as they stand in the file
    count: int  # numbers that hang on it
    proposal: str  # an indicator's id, 累计, 当月, or LEAVE
    shape: str  # of the table
    title: str
    fixed: bool = False  # a remark or total that can only be left out

    @property
    def key(self) -> str:
        """Return the words as the mapping keeps them."""
        return pattern(self.words)


@dataclass(frozen=True, slots=True)
class Prompt:
    """Questions that one answer settles: the same words, or all that is not imported."""

    questions: tuple[Question, ...]

    @property
    def first(self) -> Question:
        """Return the question to show for all."""
        return self.questions[0]

    @property
    def leaves_out(self) -> bool:
        """Say whether it lists what is not imported, to be ticked together."""
        return self.first.proposal == LEAVE

    @property
    def parts(self) -> tuple["Prompt", ...]:
        """Return what is left out, the same words together, less remarks and totals."""
        groups: dict[tuple[str, str], list[Question]] = {}
        for one in self.questions:
            if not one.fixed:
                groups.setdefault((one.about, one.key), []).append(one)
        return tuple(Prompt(tuple(some)) for some in groups.values())


def folded(asked: Iterable[Question]) -> tuple[Prompt, ...]:
    """Put together the same words of several tables, and everything proposed to be left out."""
    groups: dict[tuple[str, ...], list[Question]] = {}
    for one in asked:
        left = one.proposal == LEAVE
        groups.setdefault((LEAVE,) if left else (one.about, one.key), []).append(one)
    return tuple(Prompt(tuple(some)) for some in groups.values())
