warc_tests = \
	%reldir%/test_checker \
	%reldir%/test_library \
	%reldir%/test_mend \
	%reldir%/test_payload \
	%reldir%/test_reader \
	%reldir%/test_warc_rules \
	%reldir%/test_writer \
	%reldir%/test_writer_blocks \
	%reldir%/test_writer_stop
check_PROGRAMS += $(warc_tests)
TESTS += $(warc_tests)
check_PROGRAMS += %reldir%/list_flaws

warc_scripts = \
	%reldir%/test_fixtures.sh
TESTS += $(warc_scripts)
EXTRA_DIST += $(warc_scripts)

%canon_reldir%_test_checker_SOURCES = %reldir%/test_checker.c
%canon_reldir%_test_checker_LDADD = $(WARC_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_mend_SOURCES = %reldir%/test_mend.c \
	%reldir%/scratch.c %reldir%/scratch.h \
	%reldir%/written.c %reldir%/written.h
%canon_reldir%_test_mend_LDADD = $(WARC_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_reader_SOURCES = %reldir%/test_reader.c \
	%reldir%/scratch.c %reldir%/scratch.h
%canon_reldir%_test_reader_LDADD = $(WARC_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_warc_rules_SOURCES = %reldir%/test_warc_rules.c
%canon_reldir%_test_warc_rules_LDADD = $(WARC_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_library_SOURCES = %reldir%/test_library.c \
	%reldir%/scratch.c %reldir%/scratch.h
%canon_reldir%_test_library_LDADD = $(WARC_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_payload_SOURCES = %reldir%/test_payload.c
%canon_reldir%_test_payload_CFLAGS = $(AM_CFLAGS) $(BROTLIENC_CFLAGS) $(ZSTD_CFLAGS)
%canon_reldir%_test_payload_LDADD = $(WARC_LIBS) $(BROTLIENC_LIBS) $(ZSTD_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_writer_SOURCES = %reldir%/test_writer.c \
	%reldir%/scratch.c %reldir%/scratch.h \
	%reldir%/written.c %reldir%/written.h
%canon_reldir%_test_writer_LDADD = $(WARC_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_writer_blocks_SOURCES = %reldir%/test_writer_blocks.c \
	%reldir%/scratch.c %reldir%/scratch.h \
	%reldir%/written.c %reldir%/written.h
%canon_reldir%_test_writer_blocks_LDADD = $(WARC_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_writer_stop_SOURCES = %reldir%/test_writer_stop.c \
	%reldir%/scratch.c %reldir%/scratch.h
%canon_reldir%_test_writer_stop_LDADD = $(WARC_LIBS) $(CHECK_LIBS)
%canon_reldir%_list_flaws_LDADD = $(WARC_LIBS)
