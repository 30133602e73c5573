verify_tests = \
	%reldir%/test_check_rules \
	%reldir%/test_crawl_claims \
	%reldir%/test_verify_observer
check_PROGRAMS += $(verify_tests)
TESTS += $(verify_tests)

verify_scripts = \
	%reldir%/test_collections.sh \
	%reldir%/test_verify_jobs.sh \
	%reldir%/test_near_misses.sh \
	%reldir%/test_sound_files.sh \
	%reldir%/test_wacz.sh
TESTS += $(verify_scripts)
EXTRA_DIST += $(verify_scripts) %reldir%/make-divided.py

%canon_reldir%_test_check_rules_SOURCES = %reldir%/test_check_rules.c
%canon_reldir%_test_check_rules_LDADD = $(VERIFY_LIBS) $(CHECK_LIBS)

%canon_reldir%_test_crawl_claims_SOURCES = %reldir%/test_crawl_claims.c
%canon_reldir%_test_crawl_claims_LDADD = $(VERIFY_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_verify_observer_SOURCES = %reldir%/test_verify_observer.c \
	tests/caught_output.c tests/caught_output.h
%canon_reldir%_test_verify_observer_LDADD = $(VERIFY_LIBS) $(CHECK_LIBS)
