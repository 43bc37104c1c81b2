"""强创新: research, innovative firms and strategic emerging industries."""

from pages.actions.parts.page import action_page

action_page("strengthen_innovation")
