#!/usr/bin/env python3
"""Dynamic ordinal ideal points of every state in every session: a plain EM in numpy beside ours.

  python3 ideal_points_beside_ours.py VOTES.parquet FOLDER

The model is the same (docs/methods/ideal-points.md): ordered probit, a standard normal population within each
session, a random walk of variance 1/4 between sessions, a standard normal prior on discriminations. The EM is
written anew and is plain: positions over a grid of 57 points, one damped Newton step a question and round, no
leaps; it starts from the first principal direction and ends, as ours does, where a round gains less than a
millionth of a nat a vote. So it is a second witness of the points, too: they must correlate within each session.
Nothing on the Python index fits this model; emIRT is R's alone, and binary.
"""
import sys
from pathlib import Path

import numpy as np
import pyarrow.csv as pc
from scipy import sparse
from scipy.special import ndtr

from un_votes import ours, skip, timed, votes

GRID = np.linspace(-7, 7, 57)
WALK = 0.25
TOLERANCE = 1e-6
MOST_ROUNDS = 300
LEAST = 1e-300
# Of the mean of the correlations within sessions, and times as fast in CPU seconds.
ALIKE, BAR = 0.999, 2.0


class Calls:
    """Votes as a matrix of cells (a state in a session) by rows (an answer to a question)."""

    def __init__(self, call, session, state, vote):
        made = np.zeros((call.max() + 1, 3), int)
        np.add.at(made, (call, vote - 1), 1)
        divided = (made > 0).sum(1) > 1
        keep = divided[call]
        call, session, state, vote = (x[keep] for x in (call, session, state, vote))
        number = np.cumsum(divided) - 1
        self.made = made[divided]
        # Of two answers given, the lower stands first and the upper last.
        lower_missing, upper_missing = self.made[:, 0] == 0, self.made[:, 2] == 0
        slot = vote - 1
        question = number[call]
        slot = np.where((slot == 1) & upper_missing[question], 2, slot)
        slot = np.where((slot == 1) & lower_missing[question], 0, slot)
        self.ternary = (self.made > 0).all(1)
        key = state * 1000 + session
        self.cells, cell = np.unique(key, return_inverse=True)
        self.state, self.session = np.divmod(self.cells, 1000)
        ones = np.ones(len(cell))
        shape = (len(self.cells), 3 * len(self.made))
        self.cast = sparse.csr_matrix((ones, (cell, 3 * question + slot)), shape)
        self.answered = self.cast.T.tocsr()
        self.votes = len(cell)
        self.counts = np.asarray(self.answered.sum(1)).reshape(-1, 3)


def direction(calls):
    """First principal direction of the votes, a number a state."""
    levels = np.arange(3.0)
    centre = calls.counts @ levels / calls.counts.sum(1)
    states, whose = np.unique(calls.state, return_inverse=True)
    value = (levels - centre[:, None]).ravel()
    by_state = sparse.csr_matrix((np.ones(len(whose)), (whose, np.arange(len(whose)))))
    cast = by_state @ calls.cast
    questions = np.repeat(np.arange(len(centre)), 3)
    fold = sparse.csr_matrix((np.ones(len(questions)), (np.arange(len(questions)), questions)))
    told, choices = cast @ fold, cast.multiply(value).tocsr() @ fold
    x = np.random.default_rng(0).uniform(-0.5, 0.5, len(states))
    for _ in range(40):
        b = (choices.T @ x) / np.maximum(told.T @ x**2, 1e-12)
        x = (choices @ b) / np.maximum(told @ b**2, 1e-12)
        x = (x - x.mean()) / x.std()
    return np.clip(x[whose], -3, 3)


def answers(items, ternary):
    """Probability of each answer, and the densities at the two cuts. Shape of each: questions by grid."""
    beta, low, high = (items[:, k, None] for k in range(3))
    a, b = low - beta * GRID, high - beta * GRID
    # The middle from the side on which both cuts lie, so that digits are kept.
    middle = np.where(a > 0, ndtr(-a) - ndtr(-b), ndtr(b) - ndtr(a))
    p = np.stack([ndtr(a), np.where(ternary[:, None], middle, 1.0), ndtr(-b)], 1)
    density = [np.exp(-0.5 * x * x) / np.sqrt(2 * np.pi) for x in (a, b)]
    return np.maximum(p, LEAST), a, b, density


def objective(items, expected, ternary):
    logs = np.log(answers(items, ternary)[0])
    return (expected * logs).sum((1, 2)) - 0.5 * items[:, 0] ** 2


def newton(items, expected, ternary):
    """One Newton step a question, halved until it does not lose."""
    p, a, b, (fa, fb) = answers(items, ternary)
    n = expected / p
    t = ternary[:, None]
    # d log P / d cut, and minus its second derivatives, weighed by the expected counts.
    first = n[:, 0] * fa - np.where(t, n[:, 1] * fa, n[:, 2] * fb)
    last = np.where(t, n[:, 1] * fb - n[:, 2] * fb, 0.0)
    square = n / p
    aa = square[:, 0] * fa * (fa + a * p[:, 0])
    mid = square[:, 1]
    aa += np.where(t, mid * fa * (fa - a * p[:, 1]), square[:, 2] * fb * (fb - b * p[:, 2]))
    bb = np.where(t, mid * fb * (fb + b * p[:, 1]) + square[:, 2] * fb * (fb - b * p[:, 2]), 0.0)
    ab = np.where(t, -mid * fa * fb, 0.0)
    g = np.stack([-(GRID * (first + last)).sum(1) - items[:, 0], first.sum(1), last.sum(1)], 1)
    h = np.empty((len(items), 3, 3))
    h[:, 0, 0] = (GRID**2 * (aa + bb + 2 * ab)).sum(1) + 1
    h[:, 0, 1] = h[:, 1, 0] = -(GRID * (aa + ab)).sum(1)
    h[:, 0, 2] = h[:, 2, 0] = -(GRID * (bb + ab)).sum(1)
    h[:, 1, 1], h[:, 1, 2], h[:, 2, 1] = aa.sum(1), ab.sum(1), ab.sum(1)
    h[:, 2, 2] = np.where(ternary, bb.sum(1), 1.0)
    h += 1e-9 * np.eye(3)
    step = np.linalg.solve(h, g[:, :, None])[:, :, 0]
    moved = items.copy()
    left = np.arange(len(items))
    at = objective(items, expected, ternary)
    for size in 0.5 ** np.arange(20):
        tried = items[left] + size * step[left]
        of = ternary[left]
        tried[:, 2] = np.where(of, tried[:, 2], tried[:, 1])
        ordered = ~of | (tried[:, 2] > tried[:, 1] + 1e-6)
        gained = np.zeros(len(left), bool)
        gained[ordered] = objective(tried[ordered], expected[left[ordered]], of[ordered]) >= at[left[ordered]]
        moved[left[gained]] = tried[gained]
        left = left[~gained]
        if len(left) == 0:
            break
    return moved


class Paths:
    """Every state's sessions in order, worked through side by side."""

    def __init__(self, calls):
        starts = np.unique(calls.state, return_index=True)[1]
        ends = np.append(starts[1:], len(calls.state))
        self.rank = np.arange(len(calls.state)) - np.repeat(starts, ends - starts)
        self.gap = np.diff(calls.session, prepend=0)
        self.kernels = {}
        apart = (GRID[:, None] - GRID) ** 2
        for gap in np.unique(self.gap[self.rank > 0]):
            self.kernels[gap] = np.exp(-0.5 * apart / (WALK * gap))
        self.turns = [np.flatnonzero(self.rank == r) for r in range(self.rank.max() + 1)]
        # What the prior alone sums to is the same in every round: the gain of a round does not need it.

    def spread(self, mass, gaps):
        out = np.empty_like(mass)
        for gap, kernel in self.kernels.items():
            of = gaps == gap
            if of.any():
                out[of] = mass[of] @ kernel
        return out

    def posterior(self, logs):
        """Posterior over the grid of every cell, and the logarithm of what the votes sum to."""
        logs = logs - 0.5 * GRID**2
        top = logs.max(1)
        like = np.exp(logs - top[:, None])
        ahead = like.copy()
        total = top.sum()
        for rank, cells in enumerate(self.turns):
            now = like[cells]
            if rank:
                now = now * self.spread(ahead[cells - 1], self.gap[cells])
            sums = now.sum(1, keepdims=True)
            total += np.log(sums).sum()
            ahead[cells] = now / sums
        back = np.ones_like(like)
        for cells in self.turns[:0:-1]:
            future = back[cells] * like[cells]
            future /= future.sum(1, keepdims=True)
            back[cells - 1] = self.spread(future, self.gap[cells])
        mass = ahead * back
        return mass / mass.sum(1, keepdims=True), total


def peer(source):
    call, session, _, state, vote = votes(source)
    calls = Calls(call, session, state, vote)
    paths = Paths(calls)
    mass = np.exp(-0.5 * ((GRID - direction(calls)[:, None]) / 0.3) ** 2)
    mass /= mass.sum(1, keepdims=True)
    share = np.cumsum(calls.counts + 0.5, 1) / (calls.counts + 0.5).sum(1, keepdims=True)
    cuts = np.log(share / (1 - share + 1e-12)) / 1.702
    items = np.stack([np.zeros(len(share)), cuts[:, 0], np.where(calls.ternary, cuts[:, 1], cuts[:, 0])], 1)
    before, steps = -np.inf, 4
    for rounds in range(1, MOST_ROUNDS + 1):
        expected = (calls.answered @ mass).reshape(-1, 3, len(GRID))
        for _ in range(steps):
            items = newton(items, expected, calls.ternary)
        logs = np.log(answers(items, calls.ternary)[0]).reshape(-1, len(GRID))
        mass, fit = paths.posterior(calls.cast @ logs)
        value = fit - 0.5 * (items[:, 0] ** 2).sum()
        if value - before < TOLERANCE * calls.votes:
            break
        before, steps = value, 1
    return calls, mass @ GRID, rounds


def main():
    source, folder = sys.argv[1], Path(sys.argv[2])
    if not Path(source).is_file():
        skip("ideal points beside numpy", f"there is no {source}; set TERTIUS_DATA to a data folder")
    folder.mkdir(parents=True, exist_ok=True)
    own = folder / "ideal_points_ours.csv"
    clock, cpu, (calls, means, rounds) = timed(lambda: peer(source))
    own_clock, own_cpu = ours("measure", "ideal-points", "--votes", source, "--out", str(own), "--quiet")
    table = pc.read_csv(own)
    key = table["state"].to_numpy() * 1000 + table["session"].to_numpy()
    order = np.argsort(key)
    if not np.array_equal(key[order], calls.cells):
        sys.exit("the two found points of different states and sessions")
    points = table["mean"].to_numpy()[order]
    of = [calls.session == s for s in np.unique(calls.session)]
    r = np.array([np.corrcoef(points[o], means[o])[0, 1] for o in of])
    r *= np.sign(r.sum())
    print(f"FIGURE peers, ideal points of {len(points):,} states in sessions: ours {own_clock:.2f} s "
          f"({own_cpu:.2f} CPU s), a plain EM in numpy {clock:.2f} s ({cpu:.2f} CPU s, {rounds} rounds)")
    print(f"FIGURE peers, ideal points: r with ours within sessions {r.mean():.5f}, least {r.min():.4f}; "
          f"{cpu / own_cpu:.1f} times as fast in CPU seconds, bar {BAR}")
    sys.exit(1 if r.mean() < ALIKE or cpu / own_cpu < BAR else 0)


if __name__ == "__main__":
    main()
