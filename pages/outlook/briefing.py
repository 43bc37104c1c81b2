"""简报: a document of the chosen scenario, ready to edit further."""

from pages.common.briefing_page import briefing_page

briefing_page()
