series_tests = \
	%reldir%/test_archive_counts
check_PROGRAMS += $(series_tests)
TESTS += $(series_tests)

%canon_reldir%_test_archive_counts_SOURCES = %reldir%/test_archive_counts.c
%canon_reldir%_test_archive_counts_LDADD = $(SERIES_LIBS) $(CHECK_LIBS)
