"""Write a briefing in the format asked for; a writer is loaded when first needed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from importlib import import_module

from analytics.domain import Action, Scenario
from analytics.model.draws.baseline import OnProgress, ignore_progress
from analytics.output.briefing.compose import Request, compose
from analytics.output.briefing.content import Briefing
from analytics.output.briefing.kinds import Library
from analytics.output.briefing.named_figures import drawable, target_of
from analytics.output.figures.note import Stamp
from analytics.workbench import View


class Format(StrEnum):
    """Formats of a briefing, by file ending."""

    DOCX = "docx"
    PPTX = "pptx"
    PDF = "pdf"
    IPYNB = "ipynb"


TEMPLATES = (Format.DOCX, Format.PPTX)  # formats that an office's own file can be given for
_OFFICE = "application/vnd.openxmlformats-officedocument"
MIME = {
    Format.DOCX: f"{_OFFICE}.wordprocessingml.document",
    Format.PPTX: f"{_OFFICE}.presentationml.presentation",
    Format.PDF: "application/pdf",
    Format.IPYNB: "application/x-ipynb+json",
}


@dataclass(frozen=True)
class Draft:
    """All that decides what a briefing says, in every format."""

    view: View
    scenario: Scenario
    request: Request
    library: Library
    made_on: date
    link: str = ""  # where its state is seen live
    templates: Mapping[Format, bytes] = field(default_factory=dict)  # the office's own files

    @cached_property
    def briefing(self) -> Briefing:
        """Compose the document, once."""
        made = compose(self.view, self.scenario, self.request, self.library, self.made_on)
        return replace(made, link=self.link)


def page_count(draft: Draft, kind: Format) -> int | None:
    """Count the pages of a one-page briefing; None where nothing promises their number."""
    if not draft.request.preset.compact or kind not in (Format.DOCX, Format.PDF):
        return None
    from analytics.output.briefing.writers import pdf_writer

    return pdf_writer.page_count(draft.briefing)


def leaves_link_out(draft: Draft, kind: Format) -> bool:
    """Tell whether a one-page briefing has no room for its link and QR code."""
    if not draft.link or not draft.request.preset.compact or kind not in (Format.DOCX, Format.PDF):
        return False
    from analytics.output.briefing.writers import pdf_writer

    return not pdf_writer.one_page(draft.briefing).linked


def action_notebook(view: View, stamp: Stamp, action: Action, target: str, until: int) -> bytes:
    """Return the notebook of an action's page: its targets, and the chart of one."""
    from analytics.output.briefing.notebook import notebook

    targets = [one.id for one in view.bench.catalog.targets_of(action.id)]
    charts = {target: until} if target in drawable(view) else {}
    return notebook(view, stamp.scenario, action.name_zh, targets, charts, stamp.made_on)


def write(draft: Draft, kind: Format, progress: OnProgress = ignore_progress) -> bytes:
    """Return the document's bytes; ``progress`` is told the share done, 0 to 1."""
    briefing = draft.briefing
    if kind is not Format.IPYNB:
        writer = import_module(f"analytics.output.briefing.writers.{kind}_writer")
        template = {"template": draft.templates[kind]} if kind in draft.templates else {}
        document: bytes = writer.write(briefing, progress, **template)
        return document
    from analytics.output.briefing.notebook import notebook

    targets = draft.view.bench.catalog.targets
    charts = {x: targets[target_of(x)].due_year for x in draft.request.charts}
    rows = draft.request.targets
    made = notebook(draft.view, draft.scenario, briefing.title, rows, charts, draft.made_on)
    progress(1.0)
    return made
