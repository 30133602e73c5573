#!/bin/sh
# verify is given paths that are not collections.  When there is nothing to check, it must not say that all is well.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin verify-paths "$@"
site_make 20
site_serve
verify() { "$WARCCAP" verify "$@" >"$work/out" 2>&1; code=$?; }
says() { # CODE WORDS...
    wanted=$1
    shift
    [ "$code" = "$wanted" ] || { echo "  exit $code, not $wanted"; cat "$work/out"; return 1; }
    for words in "$@"; do
        grep -q -- "$words" "$work/out" || { echo "  says nothing of: $words"; cat "$work/out"; return 1; }
    done
}

mkdir -p "$work/empty" "$work/other" "$work/blank/archive" "$work/all"
touch "$work/other/letter.txt" "$work/other/photo.jpg"
for path in empty other blank all; do
    verify "$work/$path"
    check "$path: nothing to verify" says 9 "nothing-to-verify" "\*.warc.gz"
done
verify -q "$work/empty"
check "also with -q" says 9 "nothing-to-verify"
verify "$work/other"
check "what was found is told" says 9 "found 2 other files, such as letter.txt"
verify --json "$work/empty"
check "in JSON as well" says 9 '"rule": "nothing-to-verify"' '"errors": 1'

crawl() { "$WARCCAP" crawl -q --contact test@example.org --wait 0 --resolve "*:80:$address" -o "$1" --scope page http://blog.test/; }
crawl "$work/all/one"
crawl "$work/all/with a space"
verify "$work/all"
check "a directory of collections: each by itself" says 0 "^== $work/all/one" "^== $work/all/with a space" "^Sound: 0 errors"
rm "$work/all/with a space"/indexes/index.cdxj
verify "$work/all"
check "the worst counts" says 9 cdxj-unreadable
verify "$work/all/one" "$work/empty"
check "beside a good one as well" says 9 nothing-to-verify

# A crawl that runs holds the lock, and has not finished its file yet; once it is gone, nobody will.
cp "$(ls "$work"/all/one/archive/*.warc.gz)" "$work/all/one/archive/z.warc.gz.open"
head -c 900 "$work/all/one/archive/z.warc.gz.open" >"$work/cut" && mv "$work/cut" "$work/all/one/archive/z.warc.gz.open"
flock "$work/all/one/state/lock" "$WARCCAP" verify --json "$work/all/one" >"$work/out" 2>&1
code=$?
check "a file that a running crawl writes is no finding" says 0 '"errors": 0, "warnings": 0'
flock -s "$work/all/one/state/lock" "$WARCCAP" verify --json "$work/all/one" >"$work/out" 2>&1
code=$?
check "a reader's lock is none of a crawl" says 9 '"rule": "file-open"'
verify --json "$work/all/one"
check "without the lock it is" says 9 '"rule": "file-open"'
verify --json --live "$work/all/one"
check "unless --live is given" says 0 '"errors": 0, "warnings": 0'
rm "$work/all/one/archive/z.warc.gz.open"

mkdir "$work/shouted"
for file in "$work"/all/one/archive/*.warc.gz; do cp "$file" "$work/shouted/$(basename "$file" .warc.gz).WARC.GZ"; done
verify "$work/shouted"
check "capital letters are read" says 0 "^Sound: .* in 1 file, [1-9]"
printf 'damage' | dd of="$(ls "$work"/shouted/*.WARC.GZ)" bs=1 seek=700 conv=notrunc 2>/dev/null
verify "$work/shouted"
check "and not passed over" says 9
mkdir "$work/arc"
printf 'filedesc://a.arc 0.0.0.0 20210101000000 text/plain 75\n1 0 test\nURL IP-address Archive-date Content-type Archive-length\n\nhttp://blog.test/ 127.0.0.1 20210101000000 text/html 44\nHTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>x\n' >"$work/arc/a.arc"
verify "$work/arc"
check "ARC files are looked at" grep -q "ound: .* in 1 file, " "$work/out"
site_verdict
