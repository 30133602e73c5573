#!/bin/sh
# Night after night over a blog that lives, under a fake clock: everything new, changed, gone and moved is reported once, and a
# quiet night costs next to nothing.  NIGHTS (30; make check-long: 365) and SEED vary it.
. "$TOP_SRCDIR/tests/server/serve.sh"
site_begin nights "$@"
clock=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null | head -1)
if [ -z "$clock" ]; then
    echo "SKIP: libfaketime is not there (Debian: faketime)"
    [ "${CI:-}" != true ] || exit 1
    exit 77
fi
# A preloaded clock and a sanitizer's runtime do not go together.
if nm "$WARCCAP" | grep -q '__asan_init\|__tsan_init'; then
    echo "SKIP: the program is sanitized"
    exit 77
fi
collection=$work/collection
check "every night tells what happened, and costs little" python3 "$TOP_SRCDIR/tests/server/nights.py" --warccap "$WARCCAP" \
    --work "$work" --address "$address" --nginx "$(command -v nginx || echo /usr/sbin/nginx)" --faketime "$clock" \
    --nights "${NIGHTS:-30}" --seed "${SEED:-1}"
check "the collection is proven" "$WARCCAP" verify -q "$collection"
site_verdict
