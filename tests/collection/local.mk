collection_tests = \
	%reldir%/test_capture_reader \
	%reldir%/test_crawl_log \
	%reldir%/test_index_cdxj \
	%reldir%/test_manifest_text \
	%reldir%/test_provenance \
	%reldir%/test_run_changes \
	%reldir%/test_run_failures \
	%reldir%/test_run_summary \
	%reldir%/test_wacz_parts \
	%reldir%/test_wacz_signature
check_PROGRAMS += $(collection_tests)
TESTS += $(collection_tests)

%canon_reldir%_test_capture_reader_SOURCES = %reldir%/test_capture_reader.c
%canon_reldir%_test_capture_reader_CFLAGS = $(AM_CFLAGS) $(ZLIB_CFLAGS)
%canon_reldir%_test_capture_reader_LDADD = $(COLLECTION_LIBS) $(ZLIB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_index_cdxj_SOURCES = %reldir%/test_index_cdxj.c
%canon_reldir%_test_index_cdxj_LDADD = $(COLLECTION_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_provenance_SOURCES = %reldir%/test_provenance.c \
	%reldir%/provenance_rewrite.c %reldir%/provenance_rewrite.h
%canon_reldir%_test_provenance_LDADD = $(COLLECTION_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_crawl_log_SOURCES = %reldir%/test_crawl_log.c
%canon_reldir%_test_crawl_log_LDADD = $(COLLECTION_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_run_changes_SOURCES = %reldir%/test_run_changes.c
%canon_reldir%_test_run_changes_LDADD = $(COLLECTION_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_run_failures_SOURCES = %reldir%/test_run_failures.c
%canon_reldir%_test_run_failures_LDADD = $(COLLECTION_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_run_summary_SOURCES = %reldir%/test_run_summary.c
%canon_reldir%_test_run_summary_LDADD = $(COLLECTION_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_manifest_text_SOURCES = %reldir%/test_manifest_text.c
%canon_reldir%_test_manifest_text_LDADD = $(COLLECTION_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_wacz_parts_SOURCES = %reldir%/test_wacz_parts.c
%canon_reldir%_test_wacz_parts_LDADD = $(COLLECTION_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_wacz_signature_SOURCES = %reldir%/test_wacz_signature.c
%canon_reldir%_test_wacz_signature_LDADD = $(COLLECTION_LIBS) $(CHECK_LIBS)
