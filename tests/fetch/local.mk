fetch_tests = \
	%reldir%/test_address_guard \
	%reldir%/test_proxy_choice
check_PROGRAMS += $(fetch_tests)
TESTS += $(fetch_tests)

%canon_reldir%_test_address_guard_SOURCES = %reldir%/test_address_guard.c
%canon_reldir%_test_address_guard_LDADD = $(FETCH_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_proxy_choice_SOURCES = %reldir%/test_proxy_choice.c
%canon_reldir%_test_proxy_choice_LDADD = $(FETCH_LIBS) $(CHECK_LIBS)
