#!/usr/bin/env python3
"""Conditions of the case that public data measure, as `tertius measure` computes them.

  TERTIUS_DATA=FOLDER python3 conditions.py TERTIUS NMC.csv.gz OUTDIR

TERTIUS: the program. FOLDER: where its datasets lie (`tertius data list`). NMC: the file of cow-nmc in it
(columns ccode, year, cinc). Writes, in the layout of series/*.csv,

  asymmetry, dependence, commitment           which the rule takes
  asymmetry_gdp, patron_decline, trade_stake, relation_measured     which are shown

Asymmetry is the panel's. Commitment is the panel's to the end of ATOP, dependence to the end of the disputes;
then come rows of *_coder.csv: those that become known after the year that the last measured value serves.

Dependence is need * (1 - alternatives), need = T / (P + T), T the rival's threat and P the ally's own power;
alternatives is the share of the needed help that other allies could give. No state but the patron has pledged to
defend Japan (the program stops if one has), so that the share is 0 and dependence is need. Where P >= T the
panel says that no help is needed, and gives 0: that is the lower bound here.
"""
import csv
import gzip
import io
import math
import subprocess
import sys
from pathlib import Path

COLUMNS = ["period", "value", "low", "high", "n", "known_from", "sources", "note"]
TRIAD = ["JPN", "USA", "RUS"]
JAPAN = "740"
THREAT = "cownmc2022;miller2022;cowmid5;thompson2021"


def measure(program, name, first, last, triad=True):
    """Rows of `tertius measure`, those that are observed; of all pairs where no triad is asked for."""
    command = [program, "measure", name, *(TRIAD if triad else []), "--from", str(first), "--to", str(last)]
    done = subprocess.run([*command, "--format", "csv"], capture_output=True, check=True)
    rows = csv.DictReader(io.StringIO(done.stdout.decode("utf-8")))
    return [r for r in rows if r.get("status", "observed") == "observed"]


def f(text):
    return "" if text in ("", None) else f"{float(text):.6f}"


def row(r, sources, note, value=None, low=None, high=None):
    of = lambda given, name: f(r[name]) if given is None else f(given)
    cells = [of(value, "value"), of(low, "low"), of(high, "high")]
    return [r["period"], *cells, "", r["known_from"], sources, note]


def by_hand(folder, name, measured):
    """The coder's rows that become known after the year that the last measured value serves."""
    serves = int(measured[-1][5][:4]) + 1
    with open(folder / f"{name}_coder.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [r for r in rows if int((r[5] or r[0])[:4]) > serves]


def main():
    program, nmc, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    series = Path(__file__).resolve().parent.parent / "series"
    with gzip.open(nmc, "rt", encoding="utf-8") as file:
        own = {r["year"]: r["cinc"] for r in csv.DictReader(file) if r["ccode"] == JAPAN}
    tables = {}

    def plain(name, panel, first, last, sources):
        found = measure(program, panel, first, last)
        note = f"tertius measure {panel} {' '.join(TRIAD)} --from {first} --to {last}"
        tables[name] = [row(r, sources, note) for r in found]

    plain("asymmetry", "asymmetry-cinc", 2008, 2022, "singer1987;cownmc2022")
    plain("asymmetry_gdp", "asymmetry-gdp", 2008, 2022, "fariss2022")
    plain("patron_decline", "patron-decline", 2008, 2022, "singer1987;cownmc2022")
    plain("trade_stake", "trade-stake", 2009, 2023, "cowtrade4")
    plain("relation_measured", "relation", 2012, 2023, "icews;gdeltgraph;cowmid5;unvotes2024")

    plain("commitment", "commitment", 2010, 2023, "leeds2002")
    tables["commitment"] += by_hand(series, "commitment", tables["commitment"])

    pledged = measure(program, "commitment", 2009, 2014, triad=False)
    others = [r for r in pledged if r["with"] == "JPN" and r["of"] != "USA" and float(r["value"]) >= 0.8]
    if others:
        sys.exit(f"others have pledged to defend Japan: {others}")
    panel = {r["period"]: r["value"] for r in measure(program, "dependence", 2009, 2023)}
    rows = []
    for r in measure(program, "threat", 2009, 2023):
        threat, power = math.exp(float(r["value"])), float(own[r["period"]])
        need, of_panel = threat / (power + threat), float(panel[r["period"]])
        if threat > power and abs(need - of_panel) > 1e-9:
            sys.exit(f"{r['period']}: {need}, not the panel's {of_panel}")
        note = f"threat {threat:.6f} (tertius measure threat {' '.join(TRIAD)}) against own power {power:.6f}"
        if threat <= power:
            note += "; low: the panel dependence, which counts no help as needed"
        rows.append(row(r, f"{THREAT};leeds2002", note, need, of_panel, need))
    tables["dependence"] = rows + by_hand(series, "dependence", rows)

    out.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with open(out / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(rows)


if __name__ == "__main__":
    main()
