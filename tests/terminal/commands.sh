#!/bin/sh
# Every command on a terminal: the right exit code, and nothing on the screen but text, whatever strangers have written.
. "$TOP_SRCDIR/tests/server/serve.sh"
command -v python3 >/dev/null || { echo "SKIP: no python3"; exit 77; }
site_begin terminal-commands "$@"
site_simulate many
python3 "$TOP_SRCDIR/tests/terminal/commands.py" "$work" "$address"
