#!/usr/bin/env python3
"""Builds TertiusSansSC-Regular.otf, the font of the static figures, from Noto Sans CJK SC Regular, and
beside it widths.json (thousandths of an em, below U+2E80) and characters.txt (what it has).

    python3 -m pip install fonttools
    python3 build_subset.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc

Keeps Latin, Greek, Cyrillic, the signs that figures use, the characters of GB 2312, and every character that
stands in the texts of the project and of its bundled cases. The family is renamed, so that it is never mistaken for a
whole Noto font that a machine may have.
"""
import json
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont, TTCollection

HERE = pathlib.Path(__file__).resolve().parent
CRATES = HERE.parents[2]
FAMILY = "Tertius Sans SC"
OUT = HERE / "TertiusSansSC-Regular.otf"


def gb2312(first_row, last_row):
    """The characters of rows (区) first_row to last_row."""
    found = set()
    for row in range(first_row, last_row + 1):
        for cell in range(1, 95):
            try:
                found.add(bytes([0xA0 + row, 0xA0 + cell]).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def own_texts():
    """Every character of catalogues, codes of states, messages, templates, figures and bundled cases."""
    places = ["tertius/catalogues", "tertius/src/vocabulary", "tertius-report/locales",
              "tertius-report/templates", "tertius-report/src", "../cases"]
    found = set()
    for place in places:
        for path in (CRATES / place).rglob("*"):
            if path.suffix in {".toml", ".rs", ".ftl", ".html", ".csv"}:
                found |= set(path.read_text(encoding="utf-8"))
    return found


def main(source, levels):
    ranges = [(0x20, 0x7E), (0xA0, 0x17F), (0x391, 0x3C9), (0x400, 0x45F), (0x2010, 0x2027), (0x2030, 0x203A),
              (0x2190, 0x2195), (0x2581, 0x2588), (0x25A0, 0x25CF), (0x3000, 0x3017), (0xFF01, 0xFF5E)]
    wanted = {chr(c) for lo, hi in ranges for c in range(lo, hi + 1)}
    wanted |= set("−×÷±≈≠≤≥∑√∞∩∪Δ²³₀₁₂½¼¾✓✗")
    wanted |= gb2312(16, 55) | own_texts()
    if levels == 2:
        wanted |= gb2312(56, 87)
    wanted = {c for c in wanted if c.isprintable()}

    font = next(f for f in TTCollection(source).fonts if "SC" in f["name"].getDebugName(1) and "Mono" not in f["name"].getDebugName(1))
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp"]
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(wanted)))
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID == 1:
            record.string = FAMILY
        elif record.nameID == 3:
            record.string = "Tertius Sans SC Regular, subset of Noto Sans CJK SC 2.004"
        elif record.nameID == 4:
            record.string = FAMILY + " Regular"
        elif record.nameID == 6:
            record.string = "TertiusSansSC-Regular"
    font["name"].names = [r for r in font["name"].names if r.langID in (0, 0x409)]
    cff = font["CFF "].cff
    cff.fontNames[0] = "TertiusSansSC-Regular"
    cff.topDictIndex[0].FullName = FAMILY + " Regular"
    cff.topDictIndex[0].FamilyName = FAMILY
    font["head"].modified = font["head"].created  # the same input gives the same bytes
    font.recalcTimestamp = False
    font.save(OUT)
    cmap = font.getBestCmap()
    have = set(map(chr, cmap))
    em = font["head"].unitsPerEm
    wide = {chr(c): round(font["hmtx"][g][0] * 1000 / em) for c, g in sorted(cmap.items()) if c < 0x2E80}
    (HERE / "widths.json").write_text(json.dumps(wide, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    (HERE / "characters.txt").write_text("".join(sorted(have)) + "\n", encoding="utf-8")
    print(f"{OUT.name}: {len(have)} characters, {OUT.stat().st_size / 1e6:.2f} MB; not in the source: {''.join(sorted(wanted - have))}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2)
