#!/usr/bin/env python3
"""
Usage: names.py ROOT EXCEPTIONS.  No two rooms have a file, or a struct, union or enum, of the same name, but for those
in EXCEPTIONS.
"""
import collections
import pathlib
import re
import sys

import house

DEFINED = re.compile(r"\b(struct|union|enum)\s+([A-Za-z_]\w*)\s*\{")


def main():
    root = pathlib.Path(sys.argv[1])
    files = collections.defaultdict(set)
    kinds = collections.defaultdict(set)
    for path in house.files_of(root):
        room = path.parent.name
        if path.is_relative_to(root / "src"):
            files[path.stem].add(room)
        for match in DEFINED.finditer(house.bare(path.read_text())):
            kinds[match.group(2)].add(room)
    complaints = [f"the file {name} is in {' and '.join(sorted(rooms))}"
                  for name, rooms in files.items() if len(rooms) > 1]
    exceptions = house.read_exceptions(sys.argv[2])
    for name, rooms in kinds.items():
        if len(rooms) > exceptions.get(("name", name), 1):
            complaints.append(f"struct or enum {name} is defined in {' and '.join(sorted(rooms))}")
    complaints += [f"{name} is defined in fewer than {most} rooms: say so in {sys.argv[2]}"
                   for (kind, name), most in exceptions.items() if kind == "name" and len(kinds[name]) < most]
    house.finish(sorted(complaints))


main()
