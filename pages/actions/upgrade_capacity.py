"""提能级: specialised firms, headquarters and listings."""

from pages.actions.parts.page import action_page

action_page("upgrade_capacity")
