"""A share of clients with its 95 % Wilson interval, and Kaplan–Meier with log–log intervals."""

from __future__ import annotations

from lifelines import KaplanMeierFitter
from scipy.stats import binomtest


def share(numerator: int, denominator: int) -> dict:
    """“A share of clients is {value, low, high, numerator, denominator}”."""
    if not denominator:
        return dict.fromkeys(("value", "low", "high")) | {"numerator": 0, "denominator": 0}
    interval = binomtest(numerator, denominator).proportion_ci(0.95, method="wilson")
    return {
        "value": numerator / denominator,
        "low": float(interval.low),
        "high": float(interval.high),
        "numerator": numerator,
        "denominator": denominator,
    }


class Curve:
    """Kaplan–Meier “with log–log 95 % intervals”; lifelines has the arithmetic."""

    def __init__(self, durations, events) -> None:
        self.count = len(durations)
        if self.count:
            self.fitted = KaplanMeierFitter().fit(durations, events)

    def at(self, time: float) -> dict | None:
        """The share still there after a time, with its interval; None beyond what anybody was seen,
        unless all had gone by then."""
        if not self.count:
            return None
        curve = self.fitted.survival_function_.iloc[:, 0]
        if time > curve.index[-1] and curve.iloc[-1] > 0:
            return None
        interval = self.fitted.confidence_interval_
        last = max(step for step in curve.index if step <= time)
        low, high = (float(interval.iloc[:, side][last]) for side in (0, 1))
        return {"value": float(curve[last]), "low": low, "high": high}

    def median(self) -> float | None:
        """The median, or None where it is “not reached”."""
        if not self.count:
            return None
        found = float(self.fitted.median_survival_time_)
        return None if found == float("inf") else found

    def steps(self) -> dict:
        """Each time at which an event came or somebody was last seen, and the curve there."""
        if not self.count:
            return {"times": [], "survival": [], "low": [], "high": [], "median": None}
        table = self.fitted.event_table
        times = list(table.index[table["removed"] > 0])
        curve = self.fitted.survival_function_.iloc[:, 0]
        interval = self.fitted.confidence_interval_
        return {
            "times": times,
            "survival": [float(curve[time]) for time in times],
            "low": [float(interval.iloc[:, 0][time]) for time in times],
            "high": [float(interval.iloc[:, 1][time]) for time in times],
            "median": self.median(),
        }
