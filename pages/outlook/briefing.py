"""简报: a document of the chosen scenario, ready to edit further."""

from pages.outlook.briefing_parts.page import briefing_page

briefing_page()
