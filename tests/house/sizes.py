#!/usr/bin/env python3
"""
Usage: sizes.py ROOT EXCEPTIONS.  No function has more than 60 lines, no file more than 700, no struct more than 20
members, no contract (struct ..._ops) more than 10 operations, but for those in EXCEPTIONS, which stay below the number
that stands there. Of tests, functions and files are measured.  A line there that is no longer needed, or could name a smaller number, is a complaint too: the list
only ever gets shorter.
"""
import pathlib
import re
import sys

import house

LIMITS = {"function": 60, "file": 700, "struct": 20, "contract": 10}
WORDS = {"function": "lines", "file": "lines", "struct": "members", "contract": "operations"}
STRUCT = re.compile(r"\bstruct(?:\s+([A-Za-z_]\w*))?\s*\{")
NAME = re.compile(r"([A-Za-z_]\w*)\s*\(")


def functions_of(lines):
    """(name, lines from the first of its head to its closing brace); the style has both braces in the first column."""
    head = None
    for number, line in enumerate(lines):
        if line == "{" and head is not None:
            begin, name = head
            end = next(i for i in range(number, len(lines)) if lines[i].startswith("}"))
            yield name, end - begin + 1
            head = None
        elif line and (line[0].isalpha() or line[0] == "_"):
            match = NAME.search(line)
            head = (number, match.group(1)) if match else None
        elif not line.strip():
            head = None


def body_of(text, brace):
    """What stands between the brace at that place and its partner."""
    depth = 0
    for at in range(brace, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return text[brace + 1:at]
    return text[brace + 1:]


def members_of(body):
    """How many members a struct has; those of a struct or union inside of it count, itself does not."""
    count = 0
    while True:
        inner = re.search(r"\b(?:struct|union|enum)(?:\s+\w+)?\s*\{", body)
        if not inner:
            break
        inside = body_of(body, inner.end() - 1)
        if not inner.group().startswith("enum"):
            count += members_of(inside)
            rest = body[inner.end() + len(inside) + 1:]
            body = body[:inner.start()] + rest[rest.index(";") + 1:]
        else:
            body = body[:inner.start()] + "int" + body[inner.end() + len(inside) + 1:]
    for member in body.split(";"):
        if member.strip():
            while "(" in member:
                bare = re.sub(r"\([^()]*\)", "", member)
                if bare == member:
                    break
                member = bare
            count += 1 + member.count(",")
    return count


def sizes_of(root):
    """(kind, name, size, place) of all there is."""
    for path in house.files_of(root) + sorted((root / "tests").rglob("*.[ch]")):
        place = str(path.relative_to(root))
        source = path.read_text()
        if source.startswith("/* Made by "):
            continue
        text = house.bare(source)
        lines = text.split("\n")
        yield "file", place, source.count("\n"), place
        for name, size in functions_of(lines):
            yield "function", name, size, place
        if place.startswith("tests/"):
            continue
        for match in STRUCT.finditer(text):
            if match.group(1):
                size = members_of(body_of(text, match.end() - 1))
                yield "struct", match.group(1), size, place
                if match.group(1).endswith("_ops"):
                    yield "contract", match.group(1), size, place


def main():
    root = pathlib.Path(sys.argv[1])
    exceptions = {key: most for key, most in house.read_exceptions(sys.argv[2]).items() if key[0] in LIMITS}
    complaints, used = [], {}
    for kind, name, size, place in sizes_of(root):
        if size <= LIMITS[kind]:
            continue
        most = exceptions.get((kind, name), LIMITS[kind])
        used[kind, name] = max(size, used.get((kind, name), 0))
        if size > most:
            complaints.append(f"{place}: {kind} {name} has {size} {WORDS[kind]}, not at most {most}")
    for (kind, name), most in exceptions.items():
        if (kind, name) not in used:
            complaints.append(f"{kind} {name} is small enough: take it out of {sys.argv[2]}")
        elif used[kind, name] < most:
            complaints.append(f"{kind} {name} has {used[kind, name]}, not {most}: say so in {sys.argv[2]}")
    house.finish(complaints)


main()
