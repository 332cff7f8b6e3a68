#!/usr/bin/env python3
"""Agreement in UN General Assembly roll calls for one pair of states by calendar year,
and agreement of the ally with the patron on the votes where patron and rival part.

  python3 un_agreement.py VOTES.parquet OUTDIR [FIRST LAST]

VOTES: columns resid, date, ccode, vote (1 yes, 2 abstain, 3 no; COW state numbers).
Needs pyarrow. Writes un_agreement_jpn_usa.csv, un_agreement_jpn_rus.csv,
un_agreement_usa_rus.csv, un_agreement_contested.csv and un_side.csv in the layout of series/*.csv.

Absences are dropped pairwise. n is the number of roll calls in which both voted.
  S      1 - 2 * sum|a-b| / (2 * n)              absolute distance, range of the scale 2
  kappa  1 - mean (a-b)^2 / expected (a-b)^2     expectation from the two states' own margins
  pi     (Po - Pe) / (1 - Pe), nominal           Pe from the pooled margins of both
Contested: votes on which patron and rival cast different votes; value is the share of them
in which the ally cast the same vote as the patron; low and high are Wilson bounds, 90 %.
Side: of the same votes but those on which Ukraine voted yes with the patron and the rival no, the mean of 0 (with
the patron), 1 (with the rival) and 1/2 (neither): where the ally stands between the two; low and high are the mean
less and plus 1.645 standard errors. Votes against what the rival does to Ukraine are steps toward the rival, some of
them acts of the record, so that none may measure a condition; the rule leaves out others that look alike.
The bounds of the three pair series are a percentile bootstrap over roll calls (2000 draws,
fixed seed), 90 %: they show how far the value hangs on which resolutions came to a vote.
"""
import csv
import math
import random
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path

import pyarrow.parquet as pq

STATES = {"usa": 2, "jpn": 740, "rus": 365, "ukr": 369}
# Years in which the emergency session on Ukraine voted.
EMERGENCY = (2022, 2023)
TRIAD = ("usa", "jpn", "rus")
YES, NO = 1, 3
PAIRS = [("jpn", "usa"), ("jpn", "rus"), ("usa", "rus")]
Z90 = 1.6448536269514722
COLUMNS = ["period", "value", "low", "high", "n", "known_from", "sources", "note"]
# key -> (S, kappa, pi, n), to six decimals: the code stops if it does not give them
KNOWN = {
    ("usa", "jpn", 2014): (0.113924, 0.272060, 0.062436, 79),
    ("jpn", "rus", 2014): (0.269231, -0.117647, 0.067778, 78),
    ("usa", "jpn", 1985): (0.203947, 0.317078, 0.049722, 152),
}


def load(path):
    """year -> resid -> {state: vote}; also the last day of the file for each year"""
    wanted = {code: name for name, code in STATES.items()}
    rolls = defaultdict(lambda: defaultdict(dict))
    last = {}
    table = pq.read_table(path, columns=["resid", "date", "ccode", "vote"])
    for batch in table.to_batches():
        d = batch.to_pydict()
        for resid, date, ccode, vote in zip(d["resid"], d["date"], d["ccode"], d["vote"]):
            name = wanted.get(int(ccode))
            if name is None or vote not in (1, 2, 3):
                continue
            day = str(date)[:10]
            year = int(day[:4])
            rolls[year][resid][name] = int(vote)
            last[year] = max(last.get(year, ""), day)
    return rolls, last


def pairs_of(roll, a, b):
    return [(v[a], v[b]) for v in roll.values() if a in v and b in v]


def parted(rolls):
    """votes of all three on which patron and rival differ"""
    return [v for v in rolls.values() if all(s in v for s in TRIAD) and v["usa"] != v["rus"]]


def with_ukraine(v):
    return v.get("ukr") == YES and v["usa"] == YES and v["rus"] == NO


def s_score(x):
    return 1 - 2 * sum(abs(a - b) for a, b in x) / (2 * len(x))


def kappa(x):
    n = len(x)
    observed = sum((a - b) ** 2 for a, b in x) / n
    ca, cb = Counter(a for a, _ in x), Counter(b for _, b in x)
    expected = sum(ca[i] * cb[j] * (i - j) ** 2 for i in ca for j in cb) / n**2
    return 1 - observed / expected if expected else None


def pi(x):
    n = len(x)
    po = sum(a == b for a, b in x) / n
    pooled = Counter(a for a, _ in x) + Counter(b for _, b in x)
    pe = sum((c / (2 * n)) ** 2 for c in pooled.values())
    return (po - pe) / (1 - pe) if pe < 1 else None


def bootstrap(x, seed, draws=2000):
    rng = random.Random(seed)
    values = sorted(s_score(rng.choices(x, k=len(x))) for _ in range(draws))
    return values[int(0.05 * draws)], values[int(0.95 * draws) - 1]


def wilson(k, n, z=Z90):
    p = k / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return centre - half, centre + half


def without(year):
    """what a note adds where roll calls are wanting"""
    return "; the emergency session on Ukraine (ES-11) is not in the file" if year in EMERGENCY else ""


def f(v):
    return "" if v is None else f"{v:.6f}"


def main():
    votes, out = Path(sys.argv[1]), Path(sys.argv[2])
    first, final = (int(sys.argv[3]), int(sys.argv[4])) if len(sys.argv) > 4 else (2010, 2023)
    rolls, last = load(votes)
    for (a, b, year), (s, k, p, n) in KNOWN.items():
        x = pairs_of(rolls[year], a, b)
        got = (s_score(x), kappa(x), pi(x), len(x))
        if got[3] != n or any(abs(g - w) > 6e-7 for g, w in zip(got, (s, k, p))):
            sys.exit(f"{a}-{b} {year}: got {got}, expected {(s, k, p, n)}")
        print(f"ok {a}-{b} {year}: S {got[0]:.6f} kappa {got[1]:.6f} pi {got[2]:.6f} n {got[3]}")
    out.mkdir(parents=True, exist_ok=True)
    tables = {}
    for a, b in PAIRS:
        rows = []
        for year in range(first, final + 1):
            x = pairs_of(rolls[year], a, b)
            low, high = bootstrap(x, zlib.crc32(f"{a}{b}{year}".encode()))
            same = sum(u == v for u, v in x)
            rows.append([year, f(s_score(x)), f(low), f(high), len(x), "", "unvotes2024",
                         f"kappa (squared weights) {f(kappa(x))}; pi (nominal) {f(pi(x))}; "
                         f"same vote in {same} of {len(x)}; bounds: bootstrap over roll calls, 90 %" + without(year)])
        tables[f"un_agreement_{a}_{b}"] = rows
    rows = []
    for year in range(first, final + 1):
        split = parted(rolls[year])
        k = sum(v["jpn"] == v["usa"] for v in split)
        r = sum(v["jpn"] == v["rus"] for v in split)
        low, high = wilson(k, len(split))
        rows.append([year, f(k / len(split)), f(low), f(high), len(split), "", "unvotes2024",
                     f"votes on which USA and RUS differ: JPN with USA {k}, with RUS {r}, "
                     f"with neither {len(split) - k - r}; Wilson 90 %" + without(year)])
    tables["un_agreement_contested"] = rows
    rows = []
    for year in range(first, final + 1):
        contested = parted(rolls[year])
        split = [v for v in contested if not with_ukraine(v)]
        x = [0.0 if v["jpn"] == v["usa"] else 1.0 if v["jpn"] == v["rus"] else 0.5 for v in split]
        n, mean = len(x), sum(x) / len(x)
        half = Z90 * math.sqrt(sum((u - mean) ** 2 for u in x) / (n - 1) / n)
        rows.append([year, f(mean), f(max(0.0, mean - half)), f(min(1.0, mean + half)), n, "",
                     "unvotes2024", "votes on which USA and RUS differ, but those of Ukraine and USA against RUS "
                     f"({len(contested) - n}): 0 with USA, 1 with RUS, 1/2 with neither; bounds: 1.645 standard "
                     "errors of the mean" + without(year)])
    tables["un_side"] = rows
    for name, rows in tables.items():
        with open(out / f"{name}.csv", "w", newline="", encoding="utf-8") as fh:
            w = csv.writer(fh, lineterminator="\n")
            w.writerow(COLUMNS)
            w.writerows(rows)
        print(name, len(rows), "rows")
    print("last day in the file by year:", {y: last[y] for y in sorted(last) if y >= first})


if __name__ == "__main__":
    main()
