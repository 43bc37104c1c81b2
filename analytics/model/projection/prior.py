"""What is known of growth before a series is looked at: its kind's usual growth."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GrowthPrior:
    """Growth of a pool of public series, on the additive scale (log or logit) a year."""

    mean: float  # usual yearly step
    spread: float  # standard deviation of the series' own growth around the mean
    noise: float  # typical standard deviation of a single yearly step
