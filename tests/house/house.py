"""What the checks of the house share: the floors, and C files without their comments and strings."""
import pathlib
import re
import sys


def read_floors(path):
    """Room -> floor."""
    floors = {}
    for line in pathlib.Path(path).read_text().splitlines():
        words = line.split()
        if words and not line.startswith("#"):
            for room in words[1:]:
                floors[room] = int(words[0])
    return floors


def rooms_of(root):
    """The rooms that are there, in order."""
    return sorted(path.name for path in (root / "src").iterdir() if path.is_dir())


def files_of(root, *suffixes):
    """The C files of all rooms, and of the public library's header."""
    found = [path for top in ("src", "include") for path in (root / top).rglob("*")]
    return sorted(path for path in found if path.suffix in (suffixes or (".c", ".h")))


PIECES = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def bare(source):
    """The source with comments and strings blanked; every line keeps its number."""

    def blank(match):
        piece = match.group()
        kept = "".join("\n" if c == "\n" else " " for c in piece)
        return kept if piece.startswith("/") else piece[0] + kept[1:-1] + piece[-1]

    return PIECES.sub(blank, source)


def read_exceptions(path):
    """Lines "KIND NAME MOST reason ..." -> {(KIND, NAME): MOST}; without a reason the list is wrong."""
    exceptions = {}
    for number, line in enumerate(pathlib.Path(path).read_text().splitlines(), 1):
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if len(words) < 4 or not words[2].isdigit():
            sys.exit(f"{path}:{number}: a line is: KIND NAME MOST and the reason")
        exceptions[words[0], words[1]] = int(words[2])
    return exceptions


def finish(complaints):
    """Prints them; exits with 1 if there are any."""
    for complaint in complaints:
        print(complaint)
    sys.exit(1 if complaints else 0)
