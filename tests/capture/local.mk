capture_tests = \
	%reldir%/test_keeping \
	%reldir%/test_payload_identity \
	%reldir%/test_writer_set
check_PROGRAMS += $(capture_tests)
TESTS += $(capture_tests)

%canon_reldir%_test_keeping_SOURCES = %reldir%/test_keeping.c
%canon_reldir%_test_keeping_LDADD = $(CAPTURE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_payload_identity_SOURCES = %reldir%/test_payload_identity.c
%canon_reldir%_test_payload_identity_LDADD = $(CAPTURE_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_writer_set_SOURCES = %reldir%/test_writer_set.c \
	tests/warc/scratch.c tests/warc/scratch.h
%canon_reldir%_test_writer_set_LDADD = $(CAPTURE_LIBS) $(CURL_LIBS) $(CHECK_LIBS)
