http_tests = \
	%reldir%/test_body_reader \
	%reldir%/test_http_framing \
	%reldir%/test_http_short
check_PROGRAMS += $(http_tests)
TESTS += $(http_tests)

%canon_reldir%_test_body_reader_SOURCES = %reldir%/test_body_reader.c
%canon_reldir%_test_body_reader_CFLAGS = $(AM_CFLAGS) $(ZLIB_CFLAGS)
%canon_reldir%_test_body_reader_LDADD = $(HTTP_LIBS) $(ZLIB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_http_framing_SOURCES = %reldir%/test_http_framing.c
%canon_reldir%_test_http_framing_LDADD = $(HTTP_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_http_short_SOURCES = %reldir%/test_http_short.c
%canon_reldir%_test_http_short_LDADD = $(HTTP_LIBS) $(CHECK_LIBS)
