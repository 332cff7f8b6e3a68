"""The votes of the General Assembly as both peers of this folder take them, and how a program is timed."""
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq


def votes(path):
    """Call, session, year, state and vote of every row that counts: as the docs of un-votes say.

    A vote for China before 25 October 1971 is Taiwan's, 713. A second vote of one state on one roll call does
    not count, nor does a row whose session is not its roll call's; a roll call's day is the one that most of its
    rows give, the earlier of two.
    """
    table = pq.read_table(path, columns=["resid", "session", "date", "ccode", "vote"])
    call = table["resid"].to_numpy()
    session = table["session"].to_numpy().astype(np.int64)
    state = table["ccode"].to_numpy().astype(np.int64)
    vote = table["vote"].to_numpy().astype(np.int64)
    days, day = np.unique(table["date"].to_numpy(zero_copy_only=False).astype(str), return_inverse=True)
    state[(state == 710) & (days < "1971-10-25")[day]] = 713
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


def places(what):
    """The file of votes and the folder for tables, by the arguments; ends where there is no such file."""
    source, folder = sys.argv[1], Path(sys.argv[2])
    if not Path(source).is_file():
        skip(what, f"there is no {source}; set TERTIUS_DATA to a data folder")
    folder.mkdir(parents=True, exist_ok=True)
    return source, folder


def timed(work, whose=resource.RUSAGE_SELF):
    """Seconds by the clock and of the processors, threads included, and what came out."""
    def used():
        return sum(resource.getrusage(whose)[:2])

    clock, cpu = time.perf_counter(), used()
    out = work()
    return time.perf_counter() - clock, used() - cpu, out


def ours(*arguments):
    """Runs the release build; seconds by the clock and of the processors. The least of three runs each."""
    program = os.environ.get("TERTIUS", "target/release/tertius")
    def work():
        subprocess.run([program, *arguments], check=True)

    runs = [timed(work, resource.RUSAGE_CHILDREN) for _ in range(3)]
    return tuple(min(r[k] for r in runs) for k in (0, 1))


def skip(what, do):
    """Says that something was not measured; in continuous integration that is a failure."""
    print(f"SKIPPED {what}: {do}")
    sys.exit(1 if os.environ.get("CI") else 0)
