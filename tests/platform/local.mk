platform_tests = \
	%reldir%/test_platform
check_PROGRAMS += $(platform_tests)
TESTS += $(platform_tests)

%canon_reldir%_test_platform_SOURCES = %reldir%/test_platform.c \
	tests/fixture.c tests/fixture.h
%canon_reldir%_test_platform_LDADD = $(PLATFORM_LIBS) $(CHECK_LIBS)
