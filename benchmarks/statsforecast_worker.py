"""Run under an interpreter that has statsforecast: JSON in on stdin, JSON out on stdout.

statsforecast needs an older pandas than the program, hence a separate process
(see requirements.txt beside this file).
"""

import json
import sys
import time

import numpy as np
from statsforecast.models import AutoETS, AutoTheta


def run(model, histories: list[np.ndarray], n_steps: int) -> dict:
    """Forecast every history; the longest once before, to leave out compilation."""
    forecast(model, max(histories, key=len), n_steps)
    start = time.perf_counter()
    rows = [forecast(model, history, n_steps) for history in histories]
    return {"seconds": (time.perf_counter() - start) / len(histories), "rows": rows}


def forecast(model, history: np.ndarray, n_steps: int) -> dict | None:
    """Return plain lists by name, None where the model refuses so few points."""
    try:
        row = model.forecast(y=history, h=n_steps, level=[80, 95])
    except NotImplementedError:
        return None
    return {name: np.asarray(values).tolist() for name, values in row.items()}


def main() -> None:
    """Answer one request."""
    request = json.load(sys.stdin)
    histories = [np.array(history) for history in request["histories"]]
    models = {"AutoETS": AutoETS(season_length=1), "AutoTheta": AutoTheta(season_length=1)}
    answer = {name: run(model, histories, request["n_steps"]) for name, model in models.items()}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
