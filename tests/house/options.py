#!/usr/bin/env python3
"""
Usage: options.py WARCCAP TESTS.  Every option that --help of any command lists is used by a test: a script in TESTS has it
by its long name or by its letters, for that command or any other that has it.
"""
import pathlib
import re
import subprocess
import sys

import house

OPTION = re.compile(r"^  (?:-(\w+), |    )--([a-z0-9-]+)", re.MULTILINE)


def helped(*words):
    return subprocess.run(words + ("--help",), stdout=subprocess.PIPE, check=True, text=True).stdout


def used_in(tests):
    """Every word that looks like an option, in any script that is no check of the house."""
    used = set()
    for path in sorted(tests.rglob("*")):
        if path.suffix in (".sh", ".py") and path.parent.name not in ("house", "bench", "tmp"):
            lines = [line for line in path.read_text().splitlines() if not line.lstrip().startswith("#")]
            text = "\n".join(lines)
            used.update(re.findall(r"(?<![\w-])--?[A-Za-z0-9][A-Za-z0-9-]*", text))
            used.update("--" + name for name in re.findall(r"\b([a-z0-9-]+) = ", text))  # in a configuration file
    return used


def main():
    program, tests = sys.argv[1], pathlib.Path(sys.argv[2])
    commands = re.findall(r"^  warccap (\w+)", helped(program), re.MULTILINE)
    used = used_in(tests)
    complaints = [] if len(commands) > 3 else [f"{program} --help lists only the commands {commands}"]
    for command in commands:
        rows = OPTION.findall(helped(program, command))
        if len(rows) < 2:
            complaints.append(f"warccap {command} --help lists no options")
        complaints += [f"no test uses warccap {command} --{name}" for letters, name in rows
                       if "--" + name not in used and (not letters or "-" + letters not in used)]
    house.finish(complaints)


main()
