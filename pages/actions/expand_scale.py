"""扩规模: output, investment and clusters."""

from pages.common.action_page import action_page

action_page("expand_scale")
