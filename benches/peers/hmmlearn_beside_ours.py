#!/usr/bin/env python3
"""Forward-backward on the same log likelihoods: hmmlearn's two implementations beside ours.

  python3 hmmlearn_beside_ours.py FOLDER

FOLDER is what the example forward_backward of tertius-math wrote. Each program goes from the table of
log likelihoods to the smoothed probabilities of sixteen states. "passes" leaves out what hmmlearn does
in numpy: the exponential before its scaled passes, and the probabilities after either. Times are the
least of many. Stops if a likelihood or a probability differs; states whether the bars are met.
"""
import csv
import math
import sys
import time
from pathlib import Path

import numpy as np
from hmmlearn import _hmmc
from hmmlearn.base import BaseHMM

STATES = 16
DEFAULT_BAR = 5.0  # times as fast as hmmlearn's default
SCALED_BAR = 1.0
# Linear in months; a record that no longer fits the caches may take somewhat longer a month.
LINEAR = 2.0


class Given(BaseHMM):
    """Emissions are given: the data are their log likelihoods."""

    def _compute_log_likelihood(self, table):
        return table

    def _compute_likelihood(self, table):
        return np.exp(table)


def least(work, months):
    seconds = math.inf
    for _ in range(max(15, min(500, 200_000 // months))):
        start = time.perf_counter()
        work()
        seconds = min(seconds, time.perf_counter() - start)
    return seconds


def main():
    folder = Path(sys.argv[1])

    def numbers(name, shape):
        return np.fromfile(folder / f"{name}.f64", dtype="<f8").reshape(shape)

    initial = numbers("initial", (STATES,))
    transition = numbers("transition", (STATES, STATES))
    ours = list(csv.DictReader(open(folder / "ours.csv", encoding="utf-8")))
    missed = False
    per_month = []
    print("forward-backward, 16 states, ms        passes only           with probabilities")
    print(" months     ours    log  scaled  (times ours)      log  scaled  (times ours)")
    for row in ours:
        months = int(row["months"])
        table = numbers(f"log_likelihoods_{months}", (months, STATES))
        smoothed = numbers(f"smoothed_{months}", (months, STATES))
        own = float(row["seconds"])
        per_month.append(own / months)
        whole, passes = {}, {}
        for name in ["log", "scaling"]:
            model = Given(n_components=STATES, implementation=name)
            model.startprob_, model.transmat_ = initial, transition
            score = model._score_log if name == "log" else model._score_scaling
            likelihood, probabilities = score(table, compute_posteriors=True)
            off = abs(likelihood - float(row["log_likelihood"]))
            # Sums of up to 10^4 terms of size 2 in another order: 1e-6 is far above rounding.
            if off > 1e-6:
                sys.exit(f"{name}, {months} months: log likelihoods differ by {off}")
            off = np.abs(probabilities - smoothed).max()
            if off > 1e-9:
                sys.exit(f"{name}, {months} months: probabilities differ by {off}")
            whole[name] = least(lambda: score(table, compute_posteriors=True), months)
        likelihoods = np.exp(table)

        def log_passes():
            _hmmc.forward_log(initial, transition, table)
            _hmmc.backward_log(initial, transition, table)

        def scaled_passes():
            scale = _hmmc.forward_scaling(initial, transition, likelihoods)[2]
            _hmmc.backward_scaling(initial, transition, likelihoods, scale)

        passes["log"] = least(log_passes, months)
        passes["scaling"] = least(scaled_passes, months)
        cells = [f"{months:7d} {own * 1e3:8.4f}"]
        for times in (passes, whole):
            log, scaled = times["log"], times["scaling"]
            cells.append(f"{log * 1e3:8.3f} {scaled * 1e3:7.4f} ({log / own:5.1f}, {scaled / own:4.2f})")
        print("  ".join(cells))
        print(f"FIGURE peers, {months} months: {passes['log'] / own:.1f} times as fast as hmmlearn's default, "
              f"{passes['scaling'] / own:.2f} as its scaled passes, {whole['scaling'] / own:.2f} with probabilities")
        missed |= passes["log"] / own < DEFAULT_BAR or whole["scaling"] / own <= SCALED_BAR
    print(f"FIGURE peers: seconds a month, longest over shortest record: {max(per_month) / min(per_month):.2f}")
    missed |= max(per_month) / min(per_month) > LINEAR
    print("bars (5 times hmmlearn's default; faster than its scaled; linear): " + ("MISSED" if missed else "met"))
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
