#!/bin/sh
# A crawl on a terminal: its live line, at any width, on any kind of terminal, and however it ends.
. "$TOP_SRCDIR/tests/server/serve.sh"
command -v python3 >/dev/null || { echo "SKIP: no python3"; exit 77; }
site_begin terminal-crawl "$@"
site_simulate many
python3 "$TOP_SRCDIR/tests/terminal/crawl.py" "$work" "$address"
