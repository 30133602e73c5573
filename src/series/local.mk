noinst_LIBRARIES += %reldir%/libseries.a
%canon_reldir%_libseries_a_SOURCES = \
	%reldir%/archive_counts.c %reldir%/archive_counts.h \
	%reldir%/date_archive.c %reldir%/date_archive.h \
	%reldir%/feed_total.c %reldir%/feed_total.h \
	%reldir%/pager_names.c %reldir%/pager_names.h \
	%reldir%/pager_number.c %reldir%/pager_number.h \
	%reldir%/pager_rows.c %reldir%/pager_rows.h \
	%reldir%/pager_url.c %reldir%/pager_url.h \
	%reldir%/pager_words.c %reldir%/pager_words.h \
	%reldir%/pagers.c %reldir%/pagers.h \
	%reldir%/series_key.c %reldir%/series_key.h
