#!/usr/bin/env python3
"""
Usage: tables.py ROOT.  A platform or a trap detector is one file and one row of a table: the file that defines it, and the table,
are the only ones in src/ whose code names it.  So a new one touches nothing else.
"""
import pathlib
import re
import sys

import house

# Table, its macro, and what its values are.
TABLES = (
    ("src/platform/platforms.h", "PLATFORMS_TABLE", "platform"),
    ("src/traps/detectors.h", "DETECTORS_TABLE", "detector"),
)


def main():
    root = pathlib.Path(sys.argv[1])
    codes = {str(path.relative_to(root)): house.bare(path.read_text()) for path in house.files_of(root)}
    complaints = []
    for table, macro, kind in TABLES:
        rows = re.findall(r"\bROW\((%s_\w+)\)" % kind, codes[table])
        if len(rows) < 5 or macro not in codes[table]:
            complaints.append(f"{table}: the table is not read")
        defined = {}
        for place, code in codes.items():
            for name in re.findall(r"^const struct %s (\w+) = " % kind, code, re.M):
                defined[name] = place
        for name, place in sorted(defined.items()):
            if name not in rows:
                complaints.append(f"{place}: {name} has no row in {table}")
        for name in rows:
            if name not in defined:
                complaints.append(f"{table}: no file defines {name}")
            for place, code in codes.items():
                if place not in (table, defined.get(name)) and re.search(r"\b%s\b" % name, code):
                    complaints.append(f"{place}: names {name}, which only {table} may know")
    house.finish(complaints)


main()
