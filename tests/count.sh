#!/bin/sh
# Counts what automake's harness wrote into the .trs files of the logs given, as one plain line.
passed=0 failed=0 skipped=0
for log in "$@"; do
    case $(sed -n 's/^:test-result: *//p' "${log%.log}.trs" 2>/dev/null) in
    PASS | XFAIL) passed=$((passed + 1)) ;;
    SKIP) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)) ;;
    esac
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
