"""Why something is not said, or said with reserve: a value with its facts, no sentence."""

from enum import StrEnum

from analytics.domain.base import Frozen


class Reason(StrEnum):
    """Why something is not said, or is said with reserve; the words are in ``text_zh``."""

    # nothing is projected
    NO_DATA = "no_data"
    PAST_THE_END = "past_the_end"
    SHARE_OUT_OF_BOUNDS = "share_out_of_bounds"
    NEGATIVE_COUNT = "negative_count"
    NOT_PROJECTED = "not_projected"
    # projected without a probability
    SHORT_HISTORY = "short_history"
    TOO_SHORT = "too_short"
    CONSTANT = "constant"
    UNTIL_CHECKED = "until_checked"
    MONTHS_FALL = "months_fall"
    # a doubt about a history, because of which it is treated in one of three ways
    UNIT_JUMP = "unit_jump"
    TENFOLD_INSIDE = "tenfold_inside"
    TENFOLD_AT_END = "tenfold_at_end"
    LEVEL_BREAK = "level_break"
    ZERO = "zero"
    GROWTH_IN_LEVEL = "growth_in_level"
    PERCENT_FOR_FRACTION = "percent_for_fraction"
    LEFT_OUT = "left_out"
    WIDENS = "widens"
    # projected in another way than asked
    REFERENCE = "reference"
    ONE_STOCK = "one_stock"
    GAPS_BRIDGED = "gaps_bridged"
    RECENT_GAP = "recent_gap"
    LONG_HORIZON = "long_horizon"
    TOO_LARGE_TO_COUNT = "too_large_to_count"
    STOCK_FELL = "stock_fell"
    NEAR_ITS_BOUNDS = "near_its_bounds"
    HAS_NEGATIVES = "has_negatives"
    HAS_ZEROS = "has_zeros"
    NOT_CONVERGED = "not_converged"
    NOT_FINITE = "not_finite"
    LAST_VALUE_KEPT = "last_value_kept"
    # months set aside
    MONTHS_DISAGREE = "months_disagree"
    MONTHS_AGAINST_YEAR = "months_against_year"
    MONTHS_AFTER_A_GAP = "months_after_a_gap"
    MONTHS_PAST_THE_END = "months_past_the_end"
    MONTHS_TOO_FEW_YEARS = "months_too_few_years"
    MONTHS_NOT_POSITIVE = "months_not_positive"
    MONTHS_WITHOUT_PAST = "months_without_past"
    # the measure cannot be formed
    ADDITIONS_MISSING = "additions_missing"
    ADDITIONS_NOT_BEGUN = "additions_not_begun"
    BASE_MISSING = "base_missing"
    DISTRICT_EMPTY = "district_empty"
    BASE_MOVED = "base_moved"
    # no benchmark
    CITY_UNPUBLISHED = "city_unpublished"
    CITY_EMPTY = "city_empty"
    CITY_UNMEASURED = "city_unmeasured"
    CITY_STALE = "city_stale"
    CITY_TOO_SHORT = "city_too_short"
    NO_COMMON_YEAR = "no_common_year"
    # no verdict: what is held, and what would be needed
    HELD_NOTHING = "held_nothing"
    HELD_MONTHS = "held_months"
    HELD_YEARS = "held_years"
    HELD_YEARS_AND_MONTHS = "held_years_and_months"
    NEEDS_ADDITIONS = "needs_additions"
    NEEDS_A_TREND = "needs_a_trend"
    NEEDS_YEARS = "needs_years"
    NEEDS_YEARS_OF_BOTH = "needs_years_of_both"
    NOTHING_SINCE_BASE = "nothing_since_base"
    NO_COMMON_YEAR_SINCE_BASE = "no_common_year_since_base"
    NOTHING_OBSERVED = "nothing_observed"
    NO_COMMON_YEAR_OBSERVED = "no_common_year_observed"
    PACE_WITHOUT_BASE = "pace_without_base"
    DUE_YEAR_MISSING = "due_year_missing"
    TREND_TOO_SHORT = "trend_too_short"
    TREND_UNCLEAR = "trend_unclear"
    # what a verdict rests on
    DUE_YEAR_OBSERVED = "due_year_observed"
    MISSED = "missed"
    NO_NUMBER = "no_number"
    ONLY_A_TREND = "only_a_trend"
    TREND = "trend"
    TREND_TURNED = "trend_turned"
    JUDGED_BY_MEMBER = "judged_by_member"
    # a lever's value for a target
    NO_NUMBER_TO_SOLVE = "no_number_to_solve"
    OUTCOME_SETTLED = "outcome_settled"
    LEVER_TOO_LATE = "lever_too_late"
    LEVER_ELSEWHERE = "lever_elsewhere"
    LEVER_WITHOUT_EFFECT = "lever_without_effect"
    LEVER_ASSUMED = "lever_assumed"
    NO_TARGET_IN_PERIOD = "no_target_in_period"
    BOUND_MEETS = "bound_meets"
    BOUND_BINDS = "bound_binds"
    # robustness not tried
    LINKED = "linked"
    YEARLY_ONLY = "yearly_only"
    VARIANT_WITHOUT_PROBABILITY = "variant_without_probability"

    def given(self, *, because: "ReasonGiven | None" = None, **facts: "Fact") -> "ReasonGiven":
        """Return the reason with the facts that its sentence names."""
        return ReasonGiven(code=self, facts=tuple(facts.items()), because=because)


WITHOUT_PROBABILITY = frozenset(
    {
        *(Reason.NO_DATA, Reason.SHARE_OUT_OF_BOUNDS, Reason.NEGATIVE_COUNT),
        *(Reason.SHORT_HISTORY, Reason.TOO_SHORT, Reason.CONSTANT, Reason.MONTHS_FALL),
    }
)
WITHOUT_BENCHMARK = frozenset(
    {
        *(Reason.CITY_UNPUBLISHED, Reason.CITY_EMPTY, Reason.CITY_UNMEASURED),
        *(Reason.CITY_STALE, Reason.CITY_TOO_SHORT, Reason.NO_COMMON_YEAR),
    }
)
Fact = int | float | str | tuple[int, ...] | tuple[float, ...]


class ReasonGiven(Frozen):
    """A reason with the facts that its sentence names."""

    code: Reason
    facts: tuple[tuple[str, Fact], ...] = ()
    of_city: bool = False  # said of the city's side of a comparison
    because: "ReasonGiven | None" = None

    @property
    def lacks_benchmark(self) -> bool:
        """Tell whether the district stands alone: nothing of the city to hold it against."""
        return self.code in WITHOUT_BENCHMARK

    @property
    def withholds_probability(self) -> bool:
        """Tell whether this is why no probability is given."""
        doubted = self.because is not None and self.because.code is Reason.UNTIL_CHECKED
        return doubted or self.code in WITHOUT_PROBABILITY

    def said_of_city(self) -> "ReasonGiven":
        """Return the same reason, said of the city's side."""
        return self.model_copy(update={"of_city": True})


Reasons = tuple[ReasonGiven, ...]
