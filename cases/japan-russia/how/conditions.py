#!/usr/bin/env python3
"""Conditions of the case that public data measure, as `tertius measure` computes them.

  TERTIUS_DATA=FOLDER python3 conditions.py TERTIUS OUTDIR

TERTIUS: the program. FOLDER: where its datasets lie (`tertius data list`). Writes, in the layout of series/*.csv,

  asymmetry, dependence, commitment           which the rule takes
  asymmetry_gdp, patron_decline, trade_stake, relation_measured     which are shown

Asymmetry is the panel's. Commitment is the panel's to the end of ATOP, dependence to the end of the disputes;
then come rows of *_coder.csv: those that become known after the year that the last measured value serves.

No state but the patron has pledged to defend Japan (the program stops if one has): alternatives are 0, and
dependence is need, T / (P + T), with T the rival's threat and P the ally's own power.
"""
import csv
import io
import subprocess
import sys
from pathlib import Path

COLUMNS = ["period", "value", "low", "high", "n", "known_from", "sources", "note"]
TRIAD = ["JPN", "USA", "RUS"]
THREAT = "cownmc2022;miller2022;cowmid5;thompson2021"


def measure(program, name, first, last, *more):
    """Rows of `tertius measure`, those that are observed; of all pairs where no triad is given."""
    command = [program, "measure", name, *more, "--from", str(first), "--to", str(last)]
    done = subprocess.run([*command, "--format", "csv"], capture_output=True, check=True)
    rows = csv.DictReader(io.StringIO(done.stdout.decode("utf-8")))
    return [r for r in rows if r.get("status", "observed") == "observed"]


def f(text):
    return "" if text in ("", None) else f"{float(text):.6f}"


def row(r, sources, note):
    return [r["period"], f(r["value"]), f(r["low"]), f(r["high"]), "", r["known_from"], sources, note]


def by_hand(folder, name, measured):
    """The coder's rows that become known after the year that the last measured value serves."""
    serves = int(measured[-1][5][:4]) + 1
    with open(folder / f"{name}_coder.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [r for r in rows if int((r[5] or r[0])[:4]) > serves]


def main():
    program, out = sys.argv[1], Path(sys.argv[2])
    series = Path(__file__).resolve().parent.parent / "series"
    tables = {}

    def plain(name, panel, first, last, sources, *more):
        found = measure(program, panel, first, last, *TRIAD, *more)
        note = f"tertius measure {panel} {' '.join([*TRIAD, *more])} --from {first} --to {last}"
        tables[name] = [row(r, sources, note) for r in found]

    plain("asymmetry", "asymmetry-cinc", 2008, 2022, "singer1987;cownmc2022")
    plain("asymmetry_gdp", "asymmetry-gdp", 2008, 2022, "fariss2022")
    plain("patron_decline", "patron-decline", 2008, 2022, "singer1987;cownmc2022", "--third", "CHN")
    plain("trade_stake", "trade-stake", 2009, 2023, "cowtrade4")
    plain("relation_measured", "relation", 2012, 2023, "icews;gdeltgraph;cowmid5;unvotes2024")

    plain("commitment", "commitment", 2010, 2023, "leeds2002")
    tables["commitment"] += by_hand(series, "commitment", tables["commitment"])

    pledged = measure(program, "commitment", 2009, 2014)
    others = [r for r in pledged if r["with"] == "JPN" and r["of"] != "USA" and float(r["value"]) >= 0.8]
    if others:
        sys.exit(f"others have pledged to defend Japan: {others}")
    plain("dependence", "dependence", 2009, 2023, f"{THREAT};leeds2002")
    tables["dependence"] += by_hand(series, "dependence", tables["dependence"])

    out.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with open(out / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(rows)


if __name__ == "__main__":
    main()
