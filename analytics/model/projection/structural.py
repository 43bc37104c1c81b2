"""Structural models of statsmodels, offered as a second opinion.

They are not part of the combination: on the calibration series a local level
or trend adds nothing to the three grid-averaged members (see
``track_record.json``) and their optimiser fails on some short histories.
"""

import warnings

import numpy as np

SPECIFICATIONS = {"local_level": "local level", "local_trend": "local linear trend"}
_MOST_ITERATIONS = 200


def structural_path(z: np.ndarray, n_steps: int, method: str) -> np.ndarray | None:
    """Forecast one series with an unobserved-components model.

    Parameters
    ----------
    z : array, shape [n_years]
    n_steps : int
    method : str
        A key of ``SPECIFICATIONS``.

    Returns
    -------
    array, shape [n_steps], or None
        None when the fit did not converge or gave a number that is not finite;
        both happen without an exception, so both are checked.
    """
    # Half of the time any of our processes needs to start, and few of them ask for it.
    from statsmodels.tools.sm_exceptions import ModelWarning
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    size = float(np.std(z)) or 1.0
    model = UnobservedComponents((z - z[-1]) / size, SPECIFICATIONS[method])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ModelWarning)  # read from the result instead
            warnings.simplefilter("ignore", RuntimeWarning)
            fit = model.fit(disp=0, maxiter=_MOST_ITERATIONS)
            path = z[-1] + size * np.asarray(fit.forecast(n_steps))
    except (np.linalg.LinAlgError, ValueError):
        return None
    return path if fit.mle_retvals["converged"] and np.isfinite(path).all() else None
