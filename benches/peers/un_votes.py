"""The votes of the General Assembly as both peers of this folder take them, and how a program is timed."""
import os
import resource
import subprocess
import sys
import time

import numpy as np
import pyarrow.parquet as pq


def votes(path):
    """Call, session, year, state and vote of every row that counts: as the docs of un-votes say.

    A second vote of one state on one roll call does not count, nor does a row whose session is not its roll
    call's; a roll call's day is the one that most of its rows give, the earlier of two.
    """
    table = pq.read_table(path, columns=["resid", "session", "date", "ccode", "vote"])
    call = table["resid"].to_numpy()
    session = table["session"].to_numpy().astype(np.int64)
    state = table["ccode"].to_numpy().astype(np.int64)
    vote = table["vote"].to_numpy().astype(np.int64)
    days, day = np.unique(table["date"].to_numpy(zero_copy_only=False).astype(str), return_inverse=True)
    calls, first, at = np.unique(call, return_index=True, return_inverse=True)
    good = np.isin(vote, [1, 2, 3]) & (session == session[first][at])
    # Rows in the order of the file: the first of a call and state is the one that counts.
    key = at * 1000 + state
    _, once = np.unique(np.where(good, key, -1 - np.arange(len(key))), return_index=True)
    keep = np.zeros(len(key), bool)
    keep[once] = True
    keep &= good
    pairs, rows = np.unique(np.stack([at[keep], day[keep]]), axis=1, return_counts=True)
    order = np.lexsort((pairs[1], -rows, pairs[0]))
    of_call, start = np.unique(pairs[0][order], return_index=True)
    settled = np.zeros(len(calls), np.int64)
    settled[of_call] = pairs[1][order][start]
    year = np.array([int(d[:4]) for d in days])[settled[at]]
    return [x[keep] for x in (at, session, year, state, vote)]


def timed(work):
    """Seconds by the clock and of the processors, threads included, and what came out."""
    def used():
        return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])

    clock, cpu = time.perf_counter(), used()
    out = work()
    return time.perf_counter() - clock, used() - cpu, out


def ours(*arguments):
    """Runs the release build; seconds by the clock and of the processors. The least of three runs each."""
    program = os.environ.get("TERTIUS", "target/release/tertius")
    runs = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        clock = time.perf_counter()
        subprocess.run([program, *arguments], check=True)
        clock = time.perf_counter() - clock
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        runs.append((clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    return tuple(min(r[k] for r in runs) for k in (0, 1))


def skip(what, do):
    """Says that something was not measured; in continuous integration that is a failure."""
    print(f"SKIPPED {what}: {do}")
    sys.exit(1 if os.environ.get("CI") else 0)
