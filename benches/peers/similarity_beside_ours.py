#!/usr/bin/env python3
"""S, Cohen's kappa and Scott's pi of every two states in every year: numpy's one-hot form beside ours.

  python3 similarity_beside_ours.py VOTES.parquet FOLDER

Both go from the same file to a CSV, each with all the cores that it takes. The one-hot form has a matrix of
roll calls by states for each answer; the products of two such matrices count who answered what beside whom.
Stops where a count differs, a value by more than 1e-9, or one side has a value and the other has none.
"""
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from un_votes import ours, skip, timed, votes

# Times as fast, in CPU seconds: numpy's matrices are eight times as large, and it writes no faster.
BAR = 3.0
COLUMNS = ["year", "state_a", "state_b", "n", "s", "kappa", "pi"]


def of_year(call, state, vote):
    """Pairs of one year with their counts and the three measures."""
    states, column = np.unique(state, return_inverse=True)
    calls, row = np.unique(call, return_inverse=True)
    wide = len(states)
    # Sums of at most some hundred ones are exact in single precision.
    answers = np.zeros((3, len(calls), wide), np.float32)
    answers[vote - 1, row, column] = 1.0
    a, b = np.triu_indices(wide, 1)
    counts = np.empty((3, 3, len(a)))
    for k in range(3):
        for l in range(3):
            counts[k, l] = (answers[k].T @ answers[l])[a, b]
    n = counts.sum((0, 1))
    shared = n > 0
    a, b, counts, n = a[shared], b[shared], counts[:, :, shared], n[shared]
    shares = counts / n
    rows, columns = shares.sum(1), shares.sum(0)
    pool = (rows + columns) / 2
    levels = np.arange(3)
    apart = np.abs(levels[:, None] - levels) / 2
    nominal = (apart > 0) * 1.0

    def distance(weights, left, right):
        return np.einsum("kl,kp,lp->p", weights, left, right)

    s = 1 - 2 * np.einsum("kl,klp->p", apart, shares)
    with np.errstate(divide="ignore", invalid="ignore"):
        squared = apart**2
        expected = distance(squared, rows, columns)
        kappa = np.where(expected > 1e-12, 1 - np.einsum("kl,klp->p", squared, shares) / expected, np.nan)
        expected = distance(nominal, pool, pool)
        pi = np.where(expected > 1e-12, 1 - np.einsum("kl,klp->p", nominal, shares) / expected, np.nan)
    return states[a], states[b], n.astype(np.int64), s, kappa, pi


def peer(source, out):
    call, _, year, state, vote = votes(source)
    parts = []
    for y in np.unique(year):
        of = year == y
        found = of_year(call[of], state[of], vote[of])
        parts.append((np.full(len(found[0]), y), *found))
    columns = [pa.array(np.concatenate(c), from_pandas=True) for c in zip(*parts)]
    pc.write_csv(pa.table(columns, names=COLUMNS), out)


def main():
    source, folder = sys.argv[1], Path(sys.argv[2])
    if not Path(source).is_file():
        skip("likeness beside numpy", f"there is no {source}; set TERTIUS_DATA to a data folder")
    folder.mkdir(parents=True, exist_ok=True)
    theirs = folder / "similarity_numpy.csv"
    own = folder / "similarity_ours.csv"
    clock, cpu, _ = timed(lambda: peer(source, theirs))
    own_clock, own_cpu = ours("measure", "similarity", "--votes", source, "--out", str(own), "--quiet")
    a, b = (pc.read_csv(f) for f in (theirs, own))
    for name in COLUMNS[:4]:
        if not a[name].equals(b[name].cast(a[name].type)):
            sys.exit(f"the column {name} differs")
    worst = 0.0
    for name in COLUMNS[4:]:
        x, y = (t[name].to_numpy() for t in (a, b))
        if (np.isnan(x) != np.isnan(y)).any():
            sys.exit(f"{name} is undefined on one side alone")
        worst = max(worst, np.nanmax(np.abs(x - y)))
    # Ours writes ten significant digits.
    if worst > 1e-9:
        sys.exit(f"values differ by up to {worst}")
    print(f"FIGURE peers, S, kappa and pi of {len(a):,} dyad-years, file to CSV: ours {own_clock:.2f} s "
          f"({own_cpu:.2f} CPU s), numpy {clock:.2f} s ({cpu:.2f} CPU s), values within {worst:.1e}")
    print(f"FIGURE peers, likeness: {cpu / own_cpu:.1f} times as fast as numpy in CPU seconds, bar {BAR}")
    sys.exit(1 if cpu / own_cpu < BAR else 0)


if __name__ == "__main__":
    main()
