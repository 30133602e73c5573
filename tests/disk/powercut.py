#!/usr/bin/env python3
"""The disks that a power cut could have left: from what recorder.c wrote down of a crawl, cut after cut.

    powercut.py --record FILE --root DIR --out DIR [--base DIR] [--cuts N] [--seed N] [--twice LIBRARY] -- COMMAND...

For each of N cuts (0: every sync and the event before it) the disk below --root is made in --out as it may be then, and
COMMAND is run with POWERCUT_ROOT=--out: the same crawl, which has to end with 0.  After it every WARC record that had been
synced before the cut has to be in the archive, in a file that a reader reads to its end.

What a disk may be after a cut:
- data that was synced is there; each other write is there, is not, or is there up to a sector's boundary; in any order;
- names (created, renamed, removed) are there once their own directory was synced; of the others some are, whichever;
- writes that a failed sync was to bring are there or not whatever later syncs say: the system may have given them up.
--base: what was there before the recording began, all of it durable.
--twice: every third time power fails again while COMMAND is mending and going on, at an event that LIBRARY (recorder.so)
wrote down.
--forget: as if files whose name matches had never been synced; then there have to be complaints, or the test is blind.
"""
import argparse
import glob
import gzip
import io
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import zlib

SECTOR = 512


def read_events(path):
    data, at, events = open(path, "rb").read(), 0, []
    while at + 25 <= len(data):
        kind, first, second, size = struct.unpack_from("=cqqq", data, at)
        events.append((kind.decode(), first, second, data[at + 25:at + 25 + size]))
        at += 25 + size
    return events


def apply(data, kind, offset, piece):
    if not piece and kind == "W":
        return
    if len(data) < offset:
        data.extend(bytes(offset - len(data)))
    if kind == "W":
        data[offset:offset + len(piece)] = piece
    else:
        del data[offset:]


class Inode:
    def __init__(self, data=b"", path=""):
        self.path = path       # its first name
        self.ops = []          # (index of the event, "W" or "T", offset or length, bytes)
        self.base = data
        self.synced = -1       # events up to here are durable, but for
        self.given_up = set()  # these
        self.promised = -1     # events up to here were said to be durable

    def at_cut(self, chance, careless):
        data = bytearray(self.base)
        for index, kind, offset, piece in self.ops:
            if index > self.synced or index in self.given_up:
                fate = chance.random() if careless else 0
                if fate < 0.4:
                    continue
                if fate < 0.6 and kind == "W":
                    piece = piece[:max(0, (offset + chance.randrange(len(piece) + 1)) // SECTOR * SECTOR - offset)]
            apply(data, kind, offset, piece)
        return bytes(data)

    def told(self):
        """As a program may count on it: every sync that came off counts."""
        data = bytearray(self.base)
        for index, kind, offset, piece in self.ops:
            if index <= self.promised:
                apply(data, kind, offset, piece)
        return bytes(data)


class Disk:
    """What happened up to an event."""

    def __init__(self, root, base, forget):
        self.forget = forget
        self.root, self.names, self.open, self.directories = root, {}, {}, {root}
        self.waiting = []      # changes of names that are not durable: (directory, function)
        self.durable = {}      # names as they are on the disk for certain
        self.durable_directories = {root}
        if base:
            for folder, _, files in os.walk(base):
                there = os.path.normpath(os.path.join(root, os.path.relpath(folder, base)))
                self.directories.add(there)
                self.durable_directories.add(there)
                for name in files:
                    with open(os.path.join(folder, name), "rb") as file:
                        self.names[os.path.join(there, name)] = Inode(file.read(), os.path.join(there, name))
            self.durable = dict(self.names)

    def change(self, path, change):
        change(self.names, self.directories)
        self.waiting.append((os.path.dirname(path), change))

    def take(self, index, event):
        kind, fd, second, bytes_ = event
        text = bytes_.decode("utf-8", "surrogateescape") if kind in "ORUM" else ""
        if kind == "O":
            if text in self.directories or os.path.isdir(text) and text not in self.names:
                self.open[fd] = text
                return
            inode = self.names.get(text)
            if inode is None:
                inode = Inode(path=text)
                self.change(text, lambda names, _, path=text, made=inode: names.__setitem__(path, made))
            if second & 2:
                inode.ops.append((index, "T", 0, b""))
            self.open[fd] = inode
        elif kind == "C":
            self.open.pop(fd, None)
        elif kind in "WT":
            self.open[fd].ops.append((index, kind, second, bytes_))
        elif kind == "S":
            what = self.open[fd]
            if isinstance(what, Inode):
                what.promised = index
                if not self.forget or not self.forget.search(what.path):
                    what.synced = index
            else:
                # The names in it, and no others: most file systems bring more, but none has to.
                for where, change in self.waiting:
                    if where == what:
                        change(self.durable, self.durable_directories)
                self.waiting = [(where, change) for where, change in self.waiting if where != what]
        elif kind == "F":
            what = self.open[fd]
            if isinstance(what, Inode):
                what.given_up.update(op[0] for op in what.ops if op[0] > what.synced)
        elif kind == "R":
            source, target = text.split("\0")

            def rename(names, _):
                if source in names:
                    names[target] = names.pop(source)
            self.change(target, rename)
        elif kind == "U":
            self.change(text, lambda names, _: names.pop(text, None))
        elif kind == "M":
            self.change(text, lambda _, directories: directories.add(text))

    def is_reached(self, path, directories):
        return path == self.root or path in directories and self.is_reached(os.path.dirname(path), directories)

    def make(self, out, chance, careless):
        names, directories = dict(self.durable), set(self.durable_directories)
        some = chance.choice((0, 0.2, 0.5, 0.8, 1)) if careless else 0
        for _, change in self.waiting:
            if chance.random() < some:
                change(names, directories)
        directories = {path for path in directories if self.is_reached(path, directories)}
        shutil.rmtree(out, ignore_errors=True)
        for directory in sorted(directories):
            os.makedirs(os.path.normpath(os.path.join(out, os.path.relpath(directory, self.root))), exist_ok=True)
        for path, inode in names.items():
            if os.path.dirname(path) not in directories:
                continue
            there = os.path.join(out, os.path.relpath(path, self.root))
            with open(there, "wb") as file:
                file.write(inode.at_cut(chance, careless))


def record_ids(data):
    """Of whole members, as far as they go; a warcinfo record goes with its file when that holds nothing else."""
    ids, kind = set(), None
    try:
        for line in gzip.GzipFile(fileobj=io.BytesIO(data)):
            if line.startswith(b"WARC-Type: "):
                kind = line[11:].strip()
            elif line.startswith(b"WARC-Record-ID: ") and kind != b"warcinfo":
                ids.add(line[16:].strip())
    except (OSError, EOFError, zlib.error):
        pass
    return ids


WARC = re.compile(r"\.warc\.gz(\.open)?$")


def synced_ids(disk, base_counts=True):
    ids = set()
    for path, inode in disk.durable.items():
        if WARC.search(path) and (base_counts or inode.promised >= 0):
            ids |= record_ids(inode.told())
    return ids


def run(command, root, **more):
    return subprocess.run(command, env=dict(os.environ, POWERCUT_ROOT=root, **more), capture_output=True, text=True, timeout=120)


def wrong_after(out, ended, wanted):
    """What is wrong with the archive that the run made of the disk in `out`; an empty list: nothing."""
    there, wrong = set(), []
    for path in glob.glob(os.path.join(out, "**", "*.warc.gz"), recursive=True):
        with open(path, "rb") as file:
            data = file.read()
        there |= record_ids(data)
        try:
            gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as trouble:
            wrong.append("%s: %s" % (path, trouble))
    if wanted - there:
        wrong.append("%d synced records are lost" % len(wanted - there))
    if ended.returncode:
        wrong.append("exit %d" % ended.returncode)
        wrong += (ended.stdout + ended.stderr).splitlines()[:6]
    return wrong


def cut_again(out, library, command, chance, careless):
    """Lets COMMAND go on from the disk in `out`, and leaves there a disk as a cut in its midst could have.  Gives
    the records that were synced then; what the first cut had left of others was told to nobody."""
    before, record = out + ".before", out + ".record"
    shutil.rmtree(before, ignore_errors=True)
    shutil.copytree(out, before)
    if os.path.exists(record):
        os.unlink(record)
    run(command, out, POWERCUT_PRELOAD=library, RECORD_ROOT=out, RECORD_TO=record)
    events = read_events(record)
    # Half of them early: there files are mended.
    cut = chance.randrange(min(len(events), 40) if chance.random() < 0.5 else len(events))
    disk = Disk(os.path.realpath(out), before, None)
    for index, event in enumerate(events[:cut + 1]):
        disk.take(index, event)
    disk.make(out, chance, careless)
    return cut, synced_ids(disk, base_counts=False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--record", required=True)
    parser.add_argument("--root", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--base")
    parser.add_argument("--forget", metavar="REGEX")
    parser.add_argument("--twice", metavar="LIBRARY")
    parser.add_argument("--cuts", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    events = read_events(arguments.record)
    root = os.path.realpath(arguments.root)
    syncs = [i for i, event in enumerate(events) if event[0] == "S"]
    if arguments.cuts:
        cuts = sorted(chance.sample(range(len(events)), min(arguments.cuts, len(events))))
    else:
        cuts = sorted({i for sync in syncs for i in (sync, max(sync - 1, 0))})
    print("%d events, %d syncs, %d cuts" % (len(events), len(syncs), len(cuts)))
    forget = arguments.forget and re.compile(arguments.forget)
    disk, complaints, at, most, twice = Disk(root, arguments.base, forget), 0, 0, 0, 0
    for number, cut in enumerate(cuts):
        while at <= cut:
            disk.take(at, events[at])
            at += 1
        careless = chance.random() < 0.75
        disk.make(arguments.out, chance, careless)
        wanted = synced_ids(disk)
        most = max(most, len(wanted))
        where = "cut after event %d of %d (%s)" % (cut, len(events), "careless" if careless else "nothing unsynced")
        if arguments.twice and number % 3 == 0:
            second, also = cut_again(arguments.out, arguments.twice, arguments.command, chance, careless)
            wanted |= also
            where += ", and after event %d of the next run" % second
            twice += 1
        shutil.rmtree(arguments.out + ".last", ignore_errors=True)
        shutil.copytree(arguments.out, arguments.out + ".last") # to be looked at, should it go wrong
        wrong = wrong_after(arguments.out, run(arguments.command, arguments.out), wanted)
        if wrong:
            complaints += 1
            print("%s: %s" % (where, "\n   ".join(wrong)))
            if complaints >= 3:
                break
    if arguments.twice:
        print("%d times power failed twice" % twice)
    print("%d records were synced at most; %d complaints" % (most, complaints))
    if most < 20 and not forget:
        print("that proves little")
        complaints += 1
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
