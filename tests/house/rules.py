#!/usr/bin/env python3
"""
Usage: rules.py ROOT.  The names of the rules by which URLs are left out stand in one table, and nowhere else in src/ or in
SQL: code says URL_RULE_....  Names that are plain words besides ("print") may stand in code, for they may mean something else;
comments may name rules.
"""
import pathlib
import re
import sys

import house

TABLE = "src/web/url_rules.h"
OLD_NAMES = "src/web/url_rules.c"


def main():
    root = pathlib.Path(sys.argv[1])
    names = re.findall(r'ROW\(\w+, "([^"]+)"', (root / TABLE).read_text())
    # A name of one word, or of a file, may mean something else.
    telling = {name for name in names if re.search("[.-]", name) and name != "robots.txt"}
    complaints = [] if len(telling) > 50 else [f"{TABLE}: the table is not read"]
    quoted = re.compile("'(" + "|".join(re.escape(name) for name in names) + ")'")
    for path in house.files_of(root):
        place = str(path.relative_to(root))
        if place in (TABLE, OLD_NAMES):
            continue
        text = path.read_text()
        for piece in house.PIECES.finditer(text):
            words = piece.group()
            if words[0] == '"' and (words[1:-1] in telling or quoted.search(words)):
                line = text.count("\n", 0, piece.start()) + 1
                complaints.append(f"{place}:{line}: the name of a rule: {words[1:-1]}")
    house.finish(complaints)


main()
