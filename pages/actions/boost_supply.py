"""重供给: land supply."""

from pages.actions.parts.page import action_page

action_page("boost_supply")
