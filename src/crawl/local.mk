noinst_LIBRARIES += %reldir%/libcrawl.a
%canon_reldir%_libcrawl_a_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS) $(SSL_CFLAGS)
%canon_reldir%_libcrawl_a_SOURCES = \
	%reldir%/bare.c %reldir%/bare.h \
	%reldir%/burrows.c %reldir%/burrows.h \
	%reldir%/capture.c %reldir%/capture.h \
	%reldir%/changes.c %reldir%/changes.h \
	%reldir%/choices.c %reldir%/choices.h \
	%reldir%/crawl.c %reldir%/crawl.h %reldir%/crawl_inside.h \
	%reldir%/crawl_begin.c \
	%reldir%/crawl_limits.c \
	%reldir%/crawl_receipts.c \
	%reldir%/crawl_visits.c \
	%reldir%/echoes.c %reldir%/echoes.h \
	%reldir%/facts.c %reldir%/facts.h \
	%reldir%/families.c %reldir%/families.h \
	%reldir%/fetch.c %reldir%/fetch.h %reldir%/fetch_begin.c %reldir%/fetch_inside.h \
	%reldir%/frontier.c %reldir%/frontier.h \
	%reldir%/host_set.c %reldir%/host_set.h \
	%reldir%/jitter.c %reldir%/jitter.h \
	%reldir%/journal.c %reldir%/journal.h \
	%reldir%/known.c %reldir%/known.h \
	%reldir%/ledger.c %reldir%/ledger.h \
	%reldir%/names.c %reldir%/names.h \
	%reldir%/notify.c %reldir%/notify.h \
	%reldir%/outlinks.c %reldir%/outlinks.h %reldir%/outlinks_inside.h %reldir%/outlinks_learn.c \
	%reldir%/patience.c %reldir%/patience.h \
	%reldir%/payload.c %reldir%/payload.h \
	%reldir%/private_address.c %reldir%/private_address.h \
	%reldir%/progress.c %reldir%/progress.h \
	%reldir%/recover.c %reldir%/recover.h \
	%reldir%/revisit.c %reldir%/revisit.h \
	%reldir%/schedule.c %reldir%/schedule.h \
	%reldir%/scope.c %reldir%/scope.h \
	%reldir%/summary.c %reldir%/summary.h \
	%reldir%/tls.c %reldir%/tls.h \
	%reldir%/unchunk.c %reldir%/unchunk.h \
	%reldir%/verdict.c %reldir%/verdict.h \
	%reldir%/writers.c %reldir%/writers.h
