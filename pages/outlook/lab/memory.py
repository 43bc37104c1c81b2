"""What the laboratory remembers beyond the link."""

from dataclasses import dataclass

from analytics.domain import Scenario
from pages.common.session import visitors_own


@dataclass
class Memory:
    """What was looked at last, and the scenario removed last."""

    indicator: str | None = None
    scenario: str | None = None
    removed: Scenario | None = None

    def choose_indicator(self, name: str) -> None:
        """Look at the levers of another indicator."""
        self.indicator = name

    def choose_scenario(self, name: str) -> None:
        """Look into another scenario."""
        self.scenario = name


def memory() -> Memory:
    """Return what the laboratory remembers for the visitor."""
    return visitors_own("lab", Memory)
