#!/usr/bin/env python3
"""Usage: includes.py ROOT FLOORS.  Every file of src/ includes its own room and lower floors only, and names the room."""
import pathlib
import re
import sys

import house

INCLUDE = re.compile(r'^\s*#\s*include\s+("([^"]+)"|<(warccap/[^>]+)>)')


def main():
    root = pathlib.Path(sys.argv[1])
    floors = house.read_floors(sys.argv[2])
    complaints = [f"src/{room}: on which floor does it stand? See tests/house/floors.txt"
                  for room in house.rooms_of(root) if room not in floors]
    for path in sorted((root / "src").rglob("*.[ch]")):
        room = path.relative_to(root / "src").parts[0]
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            name = match.group(2) or match.group(3)
            place = f"{path.relative_to(root)}:{number}"
            other = name.split("/")[0].replace("warccap", "warc")  # the public library's header is warc's
            if "/" not in name:
                complaints.append(f'{place}: "{name}" does not name its room')
            elif other not in floors:
                complaints.append(f'{place}: "{name}" is of no room')
            elif other != room and floors[other] >= floors.get(room, -1):
                way = "sideways" if floors[other] == floors.get(room) else "upward"
                complaints.append(f"{place}: {room} includes {way}: {name}")
    house.finish(complaints)


main()
