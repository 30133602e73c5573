#!/bin/sh
# One name means one thing: no two rooms have a file, or a struct or enum, of the same name.
. "$TOP_SRCDIR/tests/house/house.sh"
house_begin names

check "no name is in two rooms" python3 "$house/names.py" "$TOP_SRCDIR" "$house/exceptions"
house_copy
echo >"$planted/src/web/tokenizer.c"
check "a file of the same name is found" finds 'the file tokenizer is in html and web' \
    python3 "$house/names.py" "$planted" "$house/exceptions"
house_copy
printf 'struct url\n{\n    int planted;\n};\n' >>"$planted/src/cmd/main.c"
check "and a struct" finds 'url is defined in cmd and web' python3 "$house/names.py" "$planted" "$house/exceptions"
house_copy
printf '/* struct url {} */\nstatic const char *words = "struct url {";\n' >>"$planted/src/cmd/main.c"
check "but not a name in a comment or a string" python3 "$house/names.py" "$planted" "$house/exceptions"
house_copy
printf 'enum warc_type { PLANTED };\n' >>"$planted/src/web/url.c"
check "nor is a name of the public header free" finds 'warc_type is defined in warccap and web' \
    python3 "$house/names.py" "$planted" "$house/exceptions"

# described ROOT: every file begins with what it is for
described() {
    for file in "$1"/src/*/*.[ch]; do
        [ "$(head -c 2 "$file")" = '/*' ] || { echo "  $file does not begin with what it is for"; return 1; }
    done
}
check "every file begins with what it is for" described "$TOP_SRCDIR"
house_copy
echo '#include <config.h>' >"$planted/src/web/planted.c"
check "one that does not is found" finds 'web/planted.c does not begin' described "$planted"
house_verdict
