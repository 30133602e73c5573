noinst_LIBRARIES += %reldir%/libverify.a
%canon_reldir%_libverify_a_SOURCES = \
	%reldir%/check.h \
	%reldir%/check_index.c \
	%reldir%/check_manifest.c \
	%reldir%/check_records.c \
	%reldir%/check_references.c \
	%reldir%/closure.c \
	%reldir%/crawl_claims.c %reldir%/crawl_claims.h \
	%reldir%/finding.h \
	%reldir%/verify.c %reldir%/verify.h
