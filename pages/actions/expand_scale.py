"""扩规模: output, investment and clusters."""

from pages.actions.parts.page import action_page

action_page("expand_scale")
