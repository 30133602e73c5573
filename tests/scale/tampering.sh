#!/bin/sh
# A collection is changed at random, and verify notices. CHANGES says how often; SEED which changes.
command -v python3 >/dev/null || { echo "python3 is missing"; exit 77; }
python3 "$TOP_SRCDIR/tests/scale/tampering.py" "$WARCCAP" "$TOP_SRCDIR/fixtures/collections/make-collections.py" "${CHANGES:-60}" "${SEED:-1}"
