base_tests = \
	%reldir%/test_box \
	%reldir%/test_clock \
	%reldir%/test_digest_value \
	%reldir%/test_gzip \
	%reldir%/test_jail \
	%reldir%/test_json \
	%reldir%/test_line_sort \
	%reldir%/test_messages \
	%reldir%/test_plain_text \
	%reldir%/test_spelling \
	%reldir%/test_spilled \
	%reldir%/test_system \
	%reldir%/test_system_plain \
	%reldir%/test_text \
	%reldir%/test_wording
check_PROGRAMS += $(base_tests)
TESTS += $(base_tests)

%canon_reldir%_test_box_SOURCES = %reldir%/test_box.c
%canon_reldir%_test_box_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_clock_SOURCES = %reldir%/test_clock.c
%canon_reldir%_test_clock_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_digest_value_SOURCES = %reldir%/test_digest_value.c
%canon_reldir%_test_digest_value_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_gzip_SOURCES = %reldir%/test_gzip.c
%canon_reldir%_test_gzip_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_jail_SOURCES = %reldir%/test_jail.c
%canon_reldir%_test_jail_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_messages_SOURCES = %reldir%/test_messages.c
%canon_reldir%_test_messages_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_json_SOURCES = %reldir%/test_json.c
%canon_reldir%_test_json_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_line_sort_SOURCES = %reldir%/test_line_sort.c
%canon_reldir%_test_line_sort_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_plain_text_SOURCES = %reldir%/test_plain_text.c
%canon_reldir%_test_plain_text_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_wording_SOURCES = %reldir%/test_wording.c
%canon_reldir%_test_wording_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_spelling_SOURCES = %reldir%/test_spelling.c
%canon_reldir%_test_spelling_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_spilled_SOURCES = %reldir%/test_spilled.c
%canon_reldir%_test_spilled_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_system_SOURCES = %reldir%/test_system.c
%canon_reldir%_test_system_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_text_SOURCES = %reldir%/test_text.c
%canon_reldir%_test_text_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
# The same with the substitutes for calls that other systems do not have.
%canon_reldir%_test_system_plain_SOURCES = %reldir%/test_system.c src/base/system.c
%canon_reldir%_test_system_plain_CPPFLAGS = $(AM_CPPFLAGS) -DSYSTEM_PLAIN=1
%canon_reldir%_test_system_plain_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
