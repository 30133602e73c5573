pack_tests = \
	%reldir%/test_package_index
check_PROGRAMS += $(pack_tests)
TESTS += $(pack_tests)

%canon_reldir%_test_package_index_SOURCES = %reldir%/test_package_index.c
%canon_reldir%_test_package_index_LDADD = $(PACK_LIBS) $(CHECK_LIBS)
