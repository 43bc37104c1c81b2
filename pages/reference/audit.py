"""操作记录: who did what, for whoever administers."""

from pages.common import access
from pages.common.conclusion import footer
from pages.reference.parts import audit

audit.show(access.visitor())
footer()
