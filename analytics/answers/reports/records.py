"""Plain records of assessments and projections, for JSON and exports."""

from typing import Any

import pandas as pd

from analytics.model.judgement.assessment import Assessment
from analytics.model.projection import Projection
from analytics.text_zh import NATURE_ZH, reason_zh, reasons_zh


def assessment_record(item: Assessment) -> dict[str, Any]:
    """Describe one verdict; growth rates and probabilities are fractions."""
    return {
        "id": item.target.id,
        "name_zh": item.target.name_zh,
        "action": item.target.action,
        "indicator": item.target.indicator,
        "status": str(item.verdict),
        "progress": str(item.standing),
        "outlook": str(item.prospect),
        "reason": reasons_zh(item.reasons),
        "latest": item.bound.value if item.bound else item.latest,
        "latest_is_lower_bound": item.bound is not None,
        "latest_period": item.bound.year if item.bound else item.latest_year,
        "target": item.target.stated_value,
        "target_unit": item.target.stated_unit,
        "due_year": item.target.due_year,
        "projected_median": item.median,
        "interval_80": item.interval_80,
        "interval_95": item.due.interval_95,
        "required_growth": item.needed.growth,
        "required_step": item.needed.step,
        "recent_growth": item.recent.growth,
        "probability": item.probability,
        "probability_by_method": item.method_range,  # least and largest, of the baseline
        "is_reference": item.is_reference,
        "mc_error": item.due.mc_error,
        "coverage_80": item.due.coverage.coverage_80 if item.due.coverage else None,
        "nature": [NATURE_ZH[status] for status in sorted(item.statuses)],
        "method": item.method,
        "warnings": [reason_zh(warning) for warning in item.warnings],
    }


def projection_record(projection: Projection) -> dict[str, Any]:
    """Describe a projection: year -> median and 80/95 % bounds."""
    table = projection.quantiles([0.025, 0.1, 0.5, 0.9, 0.975])
    table.columns = pd.Index(["low95", "low80", "median", "high80", "high95"])
    return {
        "method": projection.method,
        "rung": str(projection.rung),
        "is_reference": projection.is_reference,
        "has_probability": projection.has_probability,
        "warnings": [reason_zh(warning) for warning in projection.warnings],
        "years": [
            {"year": year, **{str(key): float(value) for key, value in row.items()}}
            for year, (_, row) in zip(table.index.tolist(), table.iterrows(), strict=True)
        ],
    }
