EXTRA_DIST += \
	%reldir%/bench-links.sh \
	%reldir%/bench-sandbox.sh \
	%reldir%/bench-sync.sh \
	%reldir%/bench-warc.sh \
	%reldir%/bench.sh \
	%reldir%/bench_libxml.c

# Built and run by parts of `make bench` only.
EXTRA_PROGRAMS = %reldir%/bench_links %reldir%/bench_writer
%canon_reldir%_bench_writer_SOURCES = %reldir%/bench_writer.c
%canon_reldir%_bench_writer_LDADD = $(WARC_LIBS)
%canon_reldir%_bench_links_SOURCES = %reldir%/bench_links.c
%canon_reldir%_bench_links_LDADD = $(LINKS_LIBS)
CLEANFILES += %reldir%/bench_links %reldir%/bench_writer %reldir%/bench_libxml

.PHONY: bench-sync
bench: bench-sync
bench-sync: warccap tests/disk/recorder.so
	$(AM_TESTS_ENVIRONMENT) sh $(srcdir)/%reldir%/bench-sync.sh

.PHONY: bench-warc
bench: bench-warc
bench-warc: warccap libwarccap.la %reldir%/bench_writer
	$(AM_TESTS_ENVIRONMENT) CC='$(CC)' sh $(srcdir)/%reldir%/bench-warc.sh

.PHONY: bench-links
bench: bench-links
bench-links: %reldir%/bench_links
	$(AM_TESTS_ENVIRONMENT) CC='$(CC)' sh $(srcdir)/%reldir%/bench-links.sh

.PHONY: bench-sandbox
bench: bench-sandbox
bench-sandbox: warccap
	$(AM_TESTS_ENVIRONMENT) sh $(srcdir)/%reldir%/bench-sandbox.sh
