"""What a person is asked about a table."""

from dataclasses import dataclass
from typing import Literal

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
