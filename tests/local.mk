# Unit tests mirror src/ and link their own floor and those below only, so that a call upward does not link; tests of
# the whole program are scripts.  Each directory lists its own tests in its local.mk.

EXTRA_DIST += \
	%reldir%/count.sh \
	%reldir%/without-check/check.h

include tests/base/local.mk
include tests/http/local.mk
include tests/web/local.mk
include tests/warc/local.mk
include tests/html/local.mk
include tests/series/local.mk
include tests/traps/local.mk
include tests/platform/local.mk
include tests/collection/local.mk
include tests/store/local.mk
include tests/links/local.mk
include tests/fetch/local.mk
include tests/frontier/local.mk
include tests/capture/local.mk
include tests/crawl/local.mk
include tests/verify/local.mk
include tests/repair/local.mk
include tests/pack/local.mk
include tests/serve/local.mk
include tests/report/local.mk
include tests/cmd/local.mk
include tests/contract/local.mk
include tests/memory/local.mk
include tests/house/local.mk
include tests/library/local.mk
include tests/cli/local.mk
include tests/terminal/local.mk
include tests/server/local.mk
include tests/disk/local.mk
include tests/interop/local.mk
include tests/replay/local.mk
include tests/scale/local.mk
include tests/bench/local.mk
include tests/fuzz/local.mk

TEST_EXTENSIONS = .sh
SH_LOG_COMPILER = $(SHELL)

clean-local: clean-tests
clean-tests:
	-rm -rf tests/tmp tests/go tests/go.log tests/maven tests/maven.log tests/venv-* tests/replay/node_modules tests/replay.log tests/replay.lock
.PHONY: clean-tests
