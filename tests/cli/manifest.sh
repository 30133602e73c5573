#!/bin/sh
# Finished files are vouched for: what is damaged, altered, missing or unlisted is told apart.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin manifest "$@"
site_make 30
site_serve
c=$work/collection

crawl() { site_crawl "$c" -q "$@"; }

# told COPY RULE...: verify of the copy finds exactly these rules (of files and manifests) and ends with 9, or 0 for none
told() {
    copy=$1
    shift
    "$WARCCAP" verify --no-replay "$copy" >"$work/verify.out"
    code=$?
    got=$(grep -o '^[a-z]* \(file\|sums\|manifest\)-[a-z]*:' "$work/verify.out" | cut -d' ' -f2 | sort -u | tr -d ' :' | tr '\n' ' ')
    wanted=$([ $# = 0 ] || printf '%s\n' "$@" | sort -u | tr '\n' ' ')
    errors=$(grep -c '^error' "$work/verify.out")
    [ "$got" = "$wanted" ] && [ "$code" = "$([ "$errors" -gt 0 ] && echo 9 || echo 0)" ] && return
    echo "  found: $got(exit $code), wanted: $wanted"
    return 1
}

copied() { rm -rf "$work/copy" && cp -a "$c" "$work/copy" && a=$work/copy/archive && first=$(ls "$a"/*.warc.gz | head -1); }

crawl --warc-max-size 100k && crawl --recheck all && crawl --recheck all || check "they end with 0" false
check "sha256sum agrees" sh -c 'cd "$0/archive" && sha256sum -c --quiet SHA256SUMS' "$c"
check "every file has its line" [ "$(ls "$c"/archive/*.warc.gz | wc -l)" = "$(wc -l <"$c/archive/SHA256SUMS")" ]
check "every run has its manifest" [ "$(ls "$c"/runs/*.manifest | wc -l)" = 3 ]
check "that is JSON" sh -c 'for m in "$0"/runs/*.manifest; do python3 -m json.tool "$m" >/dev/null || exit 1; done' "$c"
check "each names the digest of the one before" sh -c 'set -- "$0"/runs/*.manifest; grep -q "$(sha256sum <"$1" | cut -d" " -f1)" "$2" && grep -q "$(sha256sum <"$2" | cut -d" " -f1)" "$3"' "$c"
check "and so do the files of the run after" sh -c 'set -- "$0"/runs/*.manifest; zcat "$(ls "$0"/archive/*.warc.gz | tail -1)" | grep -aq "^previousManifest: $(basename "$2") sha256:$(sha256sum <"$2" | cut -d" " -f1)"' "$c"
copied
check "nothing is wrong" told "$work/copy"
check "verify prints the last digest" grep -q "sha256:$(sha256sum <"$(ls "$c"/runs/*.manifest | tail -1)" | cut -d' ' -f1)" "$work/verify.out"

printf 'X' | dd of="$first" bs=1 seek=3000 conv=notrunc 2>/dev/null
check "a damaged file" told "$work/copy" file-damaged
copied
# One record's date is changed and all digests are right: only the manifest can tell.
python3 - "$first" <<'PYTHON'
import gzip, sys, zlib
data, out, done = open(sys.argv[1], 'rb').read(), b'', False
while data:
    member = zlib.decompressobj(31)
    record = member.decompress(data)
    if not done and b'WARC-Type: request' in record:
        record, done = record.replace(b'user-agent: ', b'User-Agent: ').replace(b'WARC-IP-Address: 127.', b'WARC-IP-Address: 128.', 1), True
        stored = len(data) - len(member.unused_data)
        for level in range(10):  # of the same length, so that the index still fits
            made = gzip.compress(record, level, mtime=0)
            if len(made) <= stored:
                break
        # An extra field fills the rest: FLG.FEXTRA.
        pad = stored - len(made)
        if pad >= 2:
            made = made[:3] + bytes([made[3] | 4]) + made[4:10] + (pad - 2).to_bytes(2, 'little') + bytes(pad - 2) + made[10:]
        out += made
    else:
        out += data[:len(data) - len(member.unused_data)]
    data = member.unused_data
open(sys.argv[1], 'wb').write(out)
PYTHON
check "an altered file" sh -c '"$0" verify --no-replay "$1" >"$2"; grep -q " file-altered:\|file-damaged:" "$2"' "$WARCCAP" "$work/copy" "$work/altered.out"
check "is called so" grep -q ' file-altered:' "$work/altered.out"
copied
rm "$first"
check "a missing file" sh -c '"$0" verify --no-replay "$1" | grep -q " file-missing:"' "$WARCCAP" "$work/copy"
copied
cp "$first" "$a/warccap-20990101000000000-00000-other.warc.gz"
check "a file that nobody lists" sh -c '"$0" verify --no-replay "$1" | grep -q "^error file-unlisted:"' "$WARCCAP" "$work/copy"
copied
sed -i '1s/^./x/' "$a/SHA256SUMS"
check "a broken line" told "$work/copy" sums-line manifest-disagrees file-unlisted
copied
# Whoever alters a file and its line has the manifests against him ...
name=$(basename "$first")
printf '\0' >>"$first"
sed -i "s/^.*  $name/$(sha256sum <"$first" | cut -d' ' -f1)  $name/" "$a/SHA256SUMS"
check "a file altered with its line" sh -c '"$0" verify --no-replay "$1" | grep -q " manifest-disagrees:"' "$WARCCAP" "$work/copy"
# ... and whoever alters the manifest too, the next one.
manifest=$(ls "$work"/copy/runs/*.manifest | head -1)
sed -i "/$name/s/\"sha256\": \"[0-9a-f]*\"/\"sha256\": \"$(sha256sum <"$first" | cut -d' ' -f1)\"/" "$manifest"
check "and its manifest" sh -c '"$0" verify --no-replay "$1" | grep -q " manifest-chain:"' "$WARCCAP" "$work/copy"
copied
rm "$(ls "$work"/copy/runs/*.manifest | sed -n 2p)"
check "a manifest removed" told "$work/copy" manifest-chain manifest-missing file-unvouched
copied
kept_digest=$(sha256sum <"$(ls "$work"/copy/runs/*.manifest | tail -1)" | cut -d' ' -f1)
check "--manifest: the checksum that was kept elsewhere is there" "$WARCCAP" verify -q --no-replay --manifest "sha256:$kept_digest" "$work/copy"
rm "$(ls "$work"/copy/runs/*.manifest | tail -1)"
check "the last manifest removed" told "$work/copy" file-unvouched
check "and missed by --manifest" sh -c '"$0" verify --no-replay --manifest "$2" "$1" | grep -q "^error manifest-given:"' "$WARCCAP" "$work/copy" "$kept_digest"
check "what is no checksum is refused" sh -c '"$0" verify --manifest abc "$1" 2>&1 | grep -q "64 hexadecimal digits"' "$WARCCAP" "$work/copy"
copied
rm -r "$work/copy/runs"
check "runs/ removed" told "$work/copy" manifest-missing file-unvouched
rm "$a/SHA256SUMS"
check "SHA256SUMS as well" told "$work/copy" manifest-missing
copied
# Whoever removed the lists: the next run writes them anew, and what was named before is still missed.
rm "$a/SHA256SUMS" "$work"/copy/runs/*.manifest
c=$work/copy
crawl
check "what no manifest names is caught up" sh -c 'cd "$0/archive" && sha256sum -c --quiet SHA256SUMS && [ "$(ls *.warc.gz | wc -l)" = "$(wc -l <SHA256SUMS)" ]' "$c"
check "and what older files name is missed" told "$c" manifest-missing
check "and said to have been found" grep -q '"found": true' "$c"/runs/*.manifest
# What was acknowledged and is not there any more is not passed over.
last=$(ls "$c"/archive/*.warc.gz | tail -1)
truncate -s -100 "$last"
check "a run does not go on over a file that lost its end" sh -c '"$0" crawl -o "$1" --contact t@example.org --wait 0 --resolve "*:80:$2" http://blog.test/ >"$3" 2>&1; [ $? = 3 ] && grep -q "bytes that were written" "$3"' "$WARCCAP" "$c" "$address" "$work/short.out"
check "and says which, and what to do" grep -q "$(basename "$last").*move the directory state/ away" "$work/short.out"
mv "$c/state" "$work/away"
check "which is true" sh -c '"$0" crawl -q -o "$1" --contact t@example.org --wait 0 --ca-certificate "$3" --resolve "*:443:$2" --resolve "*:80:$2" http://blog.test/' "$WARCCAP" "$c" "$address" "$ca"
site_verdict
