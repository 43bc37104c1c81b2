"""What others would say of the same histories: forecasts with their own intervals."""

import json
import subprocess
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.tools.sm_exceptions import ModelWarning
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.forecasting.theta import ThetaModel

LEVELS = (0.8, 0.95)
WORKER = Path(__file__).parent / "statsforecast_worker.py"


@dataclass(frozen=True, eq=False)
class Forecast:
    """Point forecast [n_steps] and (lower, upper) [n_steps] by level; None if not offered."""

    mean: np.ndarray
    intervals: dict[float, tuple[np.ndarray, np.ndarray]] | None = None


Forecaster = Callable[[np.ndarray, int], Forecast]


def naive(values: np.ndarray, n_steps: int) -> Forecast:
    """Repeat the last value; normal intervals from the past steps."""
    spread = np.sqrt(np.mean(np.diff(values) ** 2) * np.arange(1, n_steps + 1))
    mean = np.repeat(values[-1], n_steps)
    return Forecast(mean, _student(mean, spread, np.inf))


def drift(values: np.ndarray, n_steps: int) -> Forecast:
    """Random walk with drift on the log scale, uncertainty of the drift included."""
    steps = np.diff(np.log(values))
    ahead = np.arange(1, n_steps + 1)
    spread = steps.std(ddof=1) * np.sqrt(ahead + ahead**2 / len(steps))
    path = np.log(values[-1]) + steps.mean() * ahead
    logs = _student(path, spread, len(steps) - 1)
    return Forecast(np.exp(path), {k: (np.exp(a), np.exp(b)) for k, (a, b) in logs.items()})


def ets(values: np.ndarray, n_steps: int) -> Forecast:
    """Fit statsmodels' ETS(A,Ad,N) with its default intervals."""
    fit = ETSModel(pd.Series(values), error="add", trend="add", damped_trend=True).fit(disp=0)
    prediction = fit.get_prediction(start=len(values), end=len(values) + n_steps - 1)
    tables = {level: prediction.summary_frame(alpha=1 - level) for level in LEVELS}
    intervals = {k: (t["pi_lower"].to_numpy(), t["pi_upper"].to_numpy()) for k, t in tables.items()}
    return Forecast(tables[0.8]["mean"].to_numpy(), intervals)


def theta(values: np.ndarray, n_steps: int) -> Forecast:
    """Fit statsmodels' Theta with its default intervals."""
    fit = ThetaModel(values, period=1, deseasonalize=False).fit()
    tables = {level: fit.prediction_intervals(n_steps, alpha=1 - level) for level in LEVELS}
    intervals = {k: (t["lower"].to_numpy(), t["upper"].to_numpy()) for k, t in tables.items()}
    return Forecast(np.asarray(fit.forecast(n_steps)), intervals)


ALTERNATIVES: dict[str, Forecaster] = {
    "naive": naive,
    "drift": drift,
    "statsmodels ETS(A,Ad,N)": ets,
    "statsmodels Theta": theta,
}


def quietly(forecaster: Forecaster, values: np.ndarray, n_steps: int) -> Forecast:
    """Forecast without the libraries' convergence warnings; naive where one refuses."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ModelWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        try:
            return forecaster(values, n_steps)
        except (ValueError, np.linalg.LinAlgError):
            return naive(values, n_steps)


def statsforecast(
    python: Path, histories: list[np.ndarray], n_steps: int
) -> dict[str, tuple[list[Forecast], float]]:
    """Run AutoETS and AutoTheta under their own interpreter; naive where one refuses.

    Returns forecasts and seconds per series by name.
    """
    request = json.dumps({"n_steps": n_steps, "histories": [h.tolist() for h in histories]})
    command = [str(python), str(WORKER)]
    done = subprocess.run(command, input=request, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout.splitlines()[-1])
    return {
        f"statsforecast {name}": (
            [
                naive(history, n_steps) if row is None else _read(row)
                for history, row in zip(histories, one["rows"], strict=True)
            ],
            one["seconds"],
        )
        for name, one in answer.items()
    }


def _read(row: dict) -> Forecast:
    bounds = {
        level: (np.array(row[f"lo-{100 * level:.0f}"]), np.array(row[f"hi-{100 * level:.0f}"]))
        for level in LEVELS
    }
    return Forecast(np.array(row["mean"]), bounds)


def _student(
    path: np.ndarray, spread: np.ndarray, freedom: float
) -> dict[float, tuple[np.ndarray, np.ndarray]]:
    reach = {level: stats.t.ppf(0.5 + level / 2, freedom) * spread for level in LEVELS}
    return {level: (path - half, path + half) for level, half in reach.items()}
