verify_tests = \
	%reldir%/test_crawl_claims \
	%reldir%/test_verify_observer
check_PROGRAMS += $(verify_tests)
TESTS += $(verify_tests)

%canon_reldir%_test_crawl_claims_SOURCES = %reldir%/test_crawl_claims.c
%canon_reldir%_test_crawl_claims_LDADD = $(VERIFY_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_verify_observer_SOURCES = %reldir%/test_verify_observer.c \
	tests/caught_output.c tests/caught_output.h
%canon_reldir%_test_verify_observer_LDADD = $(VERIFY_LIBS) $(CHECK_LIBS)
