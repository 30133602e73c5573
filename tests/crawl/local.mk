crawl_tests = \
	%reldir%/test_crawl_observer \
	%reldir%/test_follow \
	%reldir%/test_known_dead \
	%reldir%/test_recover \
	%reldir%/test_recrawl \
	%reldir%/test_recrawl_due \
	%reldir%/test_response_body \
	%reldir%/test_settle \
	%reldir%/test_slow_compare
check_PROGRAMS += $(crawl_tests)
TESTS += $(crawl_tests)

%canon_reldir%_test_follow_SOURCES = %reldir%/test_follow.c
%canon_reldir%_test_follow_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_recover_SOURCES = %reldir%/test_recover.c
%canon_reldir%_test_recover_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_recrawl_SOURCES = %reldir%/test_recrawl.c
%canon_reldir%_test_recrawl_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_recrawl_due_SOURCES = %reldir%/test_recrawl_due.c
%canon_reldir%_test_recrawl_due_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_crawl_observer_SOURCES = %reldir%/test_crawl_observer.c \
	tests/caught_output.c tests/caught_output.h \
	%reldir%/small_site.c %reldir%/small_site.h
%canon_reldir%_test_crawl_observer_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
%canon_reldir%_test_crawl_observer_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_known_dead_SOURCES = %reldir%/test_known_dead.c
%canon_reldir%_test_known_dead_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_settle_SOURCES = %reldir%/test_settle.c
%canon_reldir%_test_settle_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_slow_compare_SOURCES = %reldir%/test_slow_compare.c
%canon_reldir%_test_slow_compare_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
%canon_reldir%_test_slow_compare_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_response_body_SOURCES = %reldir%/test_response_body.c
%canon_reldir%_test_response_body_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
