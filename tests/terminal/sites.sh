#!/bin/sh
# Many sites in one command on a terminal: one live line for all of them, and nothing left of it.
. "$TOP_SRCDIR/tests/server/serve.sh"
command -v python3 >/dev/null || { echo "SKIP: no python3"; exit 77; }
site_begin terminal-sites "$@"
site_simulate many
python3 "$TOP_SRCDIR/tests/terminal/sites.py" "$work" "$address"
