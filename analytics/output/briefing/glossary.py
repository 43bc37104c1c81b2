"""The terms a briefing uses, explained at its end."""

from collections.abc import Mapping
from dataclasses import replace

from analytics.output.briefing.content import Briefing, Paragraph, Section, Table


def added(briefing: Briefing, terms: Mapping[str, str]) -> Briefing:
    """Return the briefing with a last section that explains the terms it uses, and no others.

    Several names of one thing stand together, divided by 、.
    """
    text = "\n".join(words(briefing))
    used = tuple(
        (names, meaning)
        for names, meaning in terms.items()
        if any(name in text for name in names.split("、"))
    )
    if not used:
        return briefing
    table = Table("本文用语", ("用语", "含义"), used, widths=(0.2, 0.8))
    return replace(briefing, sections=(*briefing.sections, Section("用语解释", (table,))))


def words(briefing: Briefing) -> list[str]:
    """Return all text of a briefing except what stands inside its charts."""
    found = [briefing.title, briefing.subtitle, *briefing.highlights]
    for section in briefing.sections:
        found.append(section.heading)
        for block in section.blocks:
            match block:
                case Paragraph(text):
                    found.append(text)
                case Table():
                    cells = (cell for row in (block.header, *block.rows) for cell in row)
                    found += [block.caption, *cells, block.note]
                case _:
                    found += [block.caption, block.takeaway]
    return found
