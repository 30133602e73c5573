noinst_LIBRARIES += %reldir%/libcollection.a
%canon_reldir%_libcollection_a_SOURCES = \
	%reldir%/capture_reader.c %reldir%/capture_reader.h \
	%reldir%/cdxj_lookup.c %reldir%/cdxj_lookup.h \
	%reldir%/collection.c %reldir%/collection.h \
	%reldir%/crawl_log.c %reldir%/crawl_log.h \
	%reldir%/index_cdxj.c %reldir%/index_cdxj.h \
	%reldir%/manifest.c %reldir%/manifest.h \
	%reldir%/manifest_text.c %reldir%/manifest_text.h \
	%reldir%/newest_run.c %reldir%/newest_run.h \
	%reldir%/provenance.c %reldir%/provenance.h \
	%reldir%/request_method.c %reldir%/request_method.h \
	%reldir%/run_changes.c %reldir%/run_changes.h \
	%reldir%/run_summary.c %reldir%/run_summary.h \
	%reldir%/run_failures.c %reldir%/run_failures.h \
	%reldir%/sums.c %reldir%/sums.h \
	%reldir%/wacz.c %reldir%/wacz.h \
	%reldir%/wacz_signature.c %reldir%/wacz_signature.h
