store_tests = \
	%reldir%/test_dedup \
	%reldir%/test_hostile_store \
	%reldir%/test_statements \
	%reldir%/test_store
check_PROGRAMS += $(store_tests)
TESTS += $(store_tests)

%canon_reldir%_test_dedup_SOURCES = %reldir%/test_dedup.c
%canon_reldir%_test_dedup_LDADD = $(STORE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_store_SOURCES = %reldir%/test_store.c
%canon_reldir%_test_store_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
%canon_reldir%_test_store_LDADD = $(STORE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_hostile_store_SOURCES = %reldir%/test_hostile_store.c
%canon_reldir%_test_hostile_store_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
%canon_reldir%_test_hostile_store_LDADD = $(STORE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_statements_SOURCES = %reldir%/test_statements.c
%canon_reldir%_test_statements_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
%canon_reldir%_test_statements_LDADD = $(STORE_LIBS) $(CHECK_LIBS)
