#!/usr/bin/env python3
"""The disks that a power cut could have left: from what recorder.c wrote down of a crawl, cut after cut.

    powercut.py --record FILE --root DIR --out DIR [--base DIR] [--cuts N] [--seed N] -- COMMAND...

For each of N cuts (0: every sync and the event before it) the disk below --root is made in --out as it may be then, and
COMMAND is run with POWERCUT_ROOT=--out: the same crawl, which has to end with 0.  After it every WARC record that had been
synced before the cut has to be in the archive, in a file that a reader reads to its end.

What a disk may be after a cut:
- data that was synced is there; each other write is there, is not, or is there up to a sector's boundary; in any order;
- names (created, renamed, removed) are there once their directory was synced; of the others those up to some moment are,
  for file systems write them in order.
--base: what was there before the recording began, all of it durable.
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

SECTOR = 512


def read_events(path):
    data, at, events = open(path, "rb").read(), 0, []
    while at + 25 <= len(data):
        kind, first, second, size = struct.unpack_from("=cqqq", data, at)
        events.append((kind.decode(), first, second, data[at + 25:at + 25 + size]))
        at += 25 + size
    return events


class Inode:
    def __init__(self, data=b"", path=""):
        self.path = path       # its first name
        self.ops = []          # (index of the event, "W" or "T", offset or length, bytes)
        self.base = data
        self.synced = -1       # events up to here are durable

    def at_cut(self, chance, careless):
        data, torn = bytearray(self.base), False
        for index, kind, offset, piece in self.ops:
            if index > self.synced:
                fate = chance.random() if careless else 0
                if fate < 0.4:
                    continue
                if fate < 0.6 and kind == "W":
                    piece = piece[:(offset + chance.randrange(len(piece) + 1)) // SECTOR * SECTOR - offset] if \
                        len(piece) > SECTOR else b""
                    if not piece:
                        continue
            if kind == "W":
                if len(data) < offset:
                    data.extend(bytes(offset - len(data)))
                data[offset:offset + len(piece)] = piece
            elif offset < len(data):
                del data[offset:]
            else:
                data.extend(bytes(offset - len(data)))
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

    def change(self, path, apply):
        apply(self.names, self.directories)
        self.waiting.append((os.path.dirname(path), apply))

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
                if not self.forget or not self.forget.search(what.path):
                    what.synced = index
            else:
                # A directory's sync brings the names in it, and what file systems have to write before them.
                last = max((i for i, (where, _) in enumerate(self.waiting) if where == what), default=-1)
                for _, apply in self.waiting[:last + 1]:
                    apply(self.durable, self.durable_directories)
                del self.waiting[:last + 1]
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

    def make(self, out, chance, careless):
        names, directories = dict(self.durable), set(self.durable_directories)
        kept = chance.randrange(len(self.waiting) + 1) if careless else 0
        for _, apply in self.waiting[:kept]:
            apply(names, directories)
        shutil.rmtree(out, ignore_errors=True)
        for directory in sorted(directories):
            os.makedirs(os.path.normpath(os.path.join(out, os.path.relpath(directory, self.root))), exist_ok=True)
        for path, inode in names.items():
            there = os.path.join(out, os.path.relpath(path, self.root))
            os.makedirs(os.path.dirname(there), exist_ok=True)
            with open(there, "wb") as file:
                file.write(inode.at_cut(chance, careless))


def record_ids(data):
    """Of whole members, as far as they go."""
    ids = set()
    try:
        for line in gzip.GzipFile(fileobj=io.BytesIO(data)):
            if line.startswith(b"WARC-Record-ID: "):
                ids.add(line[16:].strip())
    except (OSError, EOFError, ValueError):
        pass
    return ids


WARC = re.compile(r"\.warc\.gz(\.open)?$")


def synced_ids(disk):
    ids = set()
    for path, inode in disk.durable.items():
        if WARC.search(path) and inode.synced >= 0 or WARC.search(path) and inode.base:
            whole = bytearray(inode.base)
            for index, kind, offset, piece in inode.ops:
                if index > inode.synced:
                    break
                if kind == "W":
                    whole[offset:offset + len(piece)] = piece
                else:
                    del whole[offset:]
            ids |= record_ids(bytes(whole))
    return ids


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--record", required=True)
    parser.add_argument("--root", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--base")
    parser.add_argument("--forget", metavar="REGEX")
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
    disk, complaints, at = Disk(root, arguments.base, forget), 0, 0
    most = 0
    for cut in cuts:
        while at <= cut:
            disk.take(at, events[at])
            at += 1
        careless = chance.random() < 0.75
        disk.make(arguments.out, chance, careless)
        wanted = synced_ids(disk)
        most = max(most, len(wanted))
        run = subprocess.run(arguments.command, env=dict(os.environ, POWERCUT_ROOT=arguments.out), capture_output=True, text=True,
                             timeout=120)
        there, broken = set(), []
        for path in glob.glob(os.path.join(arguments.out, "**", "*.warc.gz"), recursive=True):
            with open(path, "rb") as file:
                data = file.read()
            there |= record_ids(data)
            try:
                gzip.decompress(data)
            except (OSError, EOFError) as trouble:
                broken.append("%s: %s" % (path, trouble))
        # A file with nothing but a warcinfo record is no archive, and is removed.
        lost = wanted - there
        if len(lost) == 1 and run.returncode == 0:
            lost = set()
        if run.returncode or lost or broken:
            complaints += 1
            print("cut after event %d of %d (%s): exit %d, %d synced records lost, %s" % (
                cut, len(events), "careless" if careless else "nothing unsynced", run.returncode, len(lost), broken))
            for line in (run.stdout + run.stderr).splitlines()[:6]:
                print("   " + line)
            shutil.rmtree(arguments.out + ".bad", ignore_errors=True)
            disk.make(arguments.out + ".bad", random.Random(cut), careless)
            if complaints >= 3:
                break
    print("%d records were synced at most; %d complaints" % (most, complaints))
    if most < 20 and not forget:
        print("that proves little")
        complaints += 1
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
