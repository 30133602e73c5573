noinst_LIBRARIES += %reldir%/libcrawl.a
%canon_reldir%_libcrawl_a_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
%canon_reldir%_libcrawl_a_SOURCES = \
	%reldir%/attempt_line.c %reldir%/attempt_line.h \
	%reldir%/changes.c %reldir%/changes.h \
	%reldir%/chapter.c %reldir%/chapter.h \
	%reldir%/collection_seeds.c %reldir%/collection_seeds.h \
	%reldir%/completeness_read.c %reldir%/completeness_read.h \
	%reldir%/crawl.c %reldir%/crawl.h \
	%reldir%/crawl_begin.c \
	%reldir%/crawl_box.c \
	%reldir%/crawl_cookies.c \
	%reldir%/crawl_expect.c \
	%reldir%/crawl_internal.h \
	%reldir%/crawl_limits.c \
	%reldir%/crawl_lockout.c \
	%reldir%/crawl_observer.c %reldir%/crawl_observer.h \
	%reldir%/crawl_receipts.c \
	%reldir%/crawl_signs.c %reldir%/crawl_signs.h \
	%reldir%/crawl_spelling.c \
	%reldir%/crawl_visits.c \
	%reldir%/crawl_writers.c \
	%reldir%/failing.c %reldir%/failing.h \
	%reldir%/follow.c %reldir%/follow.h \
	%reldir%/follow_internal.h \
	%reldir%/follow_lists.c \
	%reldir%/follow_recovered.c \
	%reldir%/follow_response.c \
	%reldir%/follow_turn.c \
	%reldir%/follow_usual.c \
	%reldir%/known_dead.c %reldir%/known_dead.h \
	%reldir%/known_seeds.c %reldir%/known_seeds.h \
	%reldir%/new_homes.c %reldir%/new_homes.h \
	%reldir%/options_change.c %reldir%/options_change.h \
	%reldir%/recover.c %reldir%/recover.h \
	%reldir%/recover_foreign.c %reldir%/recover_foreign.h \
	%reldir%/recover_robots.c %reldir%/recover_robots.h \
	%reldir%/recrawl.c %reldir%/recrawl.h \
	%reldir%/recrawl_compare.c %reldir%/recrawl_compare.h \
	%reldir%/recrawl_due.c %reldir%/recrawl_due.h \
	%reldir%/reread.c %reldir%/reread.h \
	%reldir%/retry_after.c %reldir%/retry_after.h \
	%reldir%/rules_on_again.c %reldir%/rules_on_again.h \
	%reldir%/run_figures.c %reldir%/run_figures.h \
	%reldir%/response_body.c %reldir%/response_body.h \
	%reldir%/seed_elsewhere.c %reldir%/seed_elsewhere.h \
	%reldir%/settle.c %reldir%/settle.h \
	%reldir%/slow_compare.c %reldir%/slow_compare.h \
	%reldir%/summary.c %reldir%/summary.h \
	%reldir%/url_list.c %reldir%/url_list.h
