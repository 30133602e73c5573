noinst_LIBRARIES += %reldir%/libverify.a
%canon_reldir%_libverify_a_SOURCES = \
	%reldir%/archived_rules.c %reldir%/archived_rules.h \
	%reldir%/asked_urls.c %reldir%/asked_urls.h \
	%reldir%/check.h \
	%reldir%/check_events.c \
	%reldir%/check_index.c \
	%reldir%/check_log.c \
	%reldir%/check_manifest.c \
	%reldir%/check_payload.c \
	%reldir%/check_records.c \
	%reldir%/check_references.c \
	%reldir%/check_revisits.c %reldir%/check_revisits.h \
	%reldir%/check_segments.c \
	%reldir%/check_units.c %reldir%/check_units.h \
	%reldir%/check_wacz.c %reldir%/check_wacz.h \
	%reldir%/check_rules.c %reldir%/check_rules.h \
	%reldir%/claim_list.c %reldir%/claim_list.h \
	%reldir%/closure.c %reldir%/closure_internal.h %reldir%/closure_links.c \
	%reldir%/counted_pages.c %reldir%/counted_pages.h \
	%reldir%/crawl_claims.c %reldir%/crawl_claims.h \
	%reldir%/failed_claims.c %reldir%/failed_claims.h \
	%reldir%/fate.c %reldir%/fate.h \
	%reldir%/file_start.c %reldir%/file_start.h \
	%reldir%/finding.h \
	%reldir%/index_key.c %reldir%/index_key.h \
	%reldir%/last_run.c %reldir%/last_run.h \
	%reldir%/newest_captures.c %reldir%/newest_captures.h \
	%reldir%/obedience.c %reldir%/obedience.h \
	%reldir%/record_check.h \
	%reldir%/record_ids.h \
	%reldir%/redirect_targets.c %reldir%/redirect_targets.h \
	%reldir%/redirect_walk.c %reldir%/redirect_walk.h \
	%reldir%/repairs.c %reldir%/repairs.h \
	%reldir%/sound_capture.c %reldir%/sound_capture.h \
	%reldir%/told_limits.c %reldir%/told_limits.h \
	%reldir%/tally.c %reldir%/tally.h \
	%reldir%/unit_events.c %reldir%/unit_events.h \
	%reldir%/verify.c %reldir%/verify.h \
	%reldir%/waiting_pages.c %reldir%/waiting_pages.h
