"""促转型: land, digital and green transition."""

from pages.actions.parts.page import action_page

action_page("promote_transition")
