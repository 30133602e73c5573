serve_tests = \
	%reldir%/test_alike_urls \
	%reldir%/test_archived_host \
	%reldir%/test_byte_range \
	%reldir%/test_page_line \
	%reldir%/test_query_field
check_PROGRAMS += $(serve_tests)
TESTS += $(serve_tests)

%canon_reldir%_test_alike_urls_SOURCES = %reldir%/test_alike_urls.c
%canon_reldir%_test_alike_urls_LDADD = $(SERVE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_archived_host_SOURCES = %reldir%/test_archived_host.c
%canon_reldir%_test_archived_host_LDADD = $(SERVE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_byte_range_SOURCES = %reldir%/test_byte_range.c
%canon_reldir%_test_byte_range_LDADD = $(SERVE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_page_line_SOURCES = %reldir%/test_page_line.c
%canon_reldir%_test_page_line_LDADD = $(SERVE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_query_field_SOURCES = %reldir%/test_query_field.c
%canon_reldir%_test_query_field_LDADD = $(SERVE_LIBS) $(CHECK_LIBS)
