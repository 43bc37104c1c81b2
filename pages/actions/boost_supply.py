"""重供给: land supply."""

from pages.common.action_page import action_page

action_page("boost_supply")
