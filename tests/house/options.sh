#!/bin/sh
# Every option in --help is used by a test of the whole program.
. "$TOP_SRCDIR/tests/house/house.sh"
house_begin options

options() { python3 "$house/options.py" "$@"; }
check "every option is tested" options "$WARCCAP" "$TOP_SRCDIR/tests"
# narrow PROGRAM: no line of its help is wider than 100 columns
narrow() {
    for command in $("$1" --help | sed -n 's/^  warccap \([a-z]*\) .*/\1/p'); do
        "$1" "$command" --help | grep -n '.\{101\}' && { echo "  in warccap $command --help"; return 1; }
    done
    true
}
check "help fits into 100 columns" narrow "$WARCCAP"
# in_readme README: each command is there as --help has it: its words, and what it does
in_readme() {
    for command in $("$WARCCAP" --help | sed -n 's/^  warccap \([a-z]*\) .*/\1/p'); do
        "$WARCCAP" "$command" --help | { read -r words; read -r _; read -r what; echo "| \`$words\` | $what"; }
    done >"$work/commands"
    [ "$(wc -l <"$work/commands")" -ge 7 ] || { echo "  --help is not read"; return 1; }
    while read -r line; do
        grep -qF -- "$line" "$1" || { echo "  $1 has no line: $line"; return 1; }
    done <"$work/commands"
}
check "the README has the commands as --help has them" in_readme "$TOP_SRCDIR/README.md"
sed 's/what became of a URL/what came of a URL/' "$TOP_SRCDIR/README.md" >"$work/readme"
check "other words are found" finds 'has no line: | `warccap why' in_readme "$work/readme"
cat >"$work/program" <<'SH'
#!/bin/sh
case $1 in
--help) for command in crawl verify index why; do echo "  warccap $command   [options]   does it"; done ;;
*) printf '  -q, --quiet   \n      --known N   \n' ;;
esac
[ "$1" != why ] || printf '  -w, --wait-for-it TIME  \n      --planted      known\n'
SH
chmod +x "$work/program"
mkdir "$work/scripts"
printf '# --planted is in a comment only\nwarccap crawl --quiet --known 3 --planted-too\n' >"$work/scripts/one.sh"
check "one that no test uses is found" finds 'no test uses warccap why --planted$' options "$work/program" "$work/scripts"
check "and one that has letters" finds 'no test uses warccap why --wait-for-it$' options "$work/program" "$work/scripts"
check "and no other" [ "$(wc -l <"$work/said")" = 2 ]
printf 'name = value\nwarccap why -w 3 --planted\n' >>"$work/scripts/one.sh"
check "a test for each is enough" options "$work/program" "$work/scripts"
house_verdict
