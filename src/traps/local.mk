noinst_LIBRARIES += %reldir%/libtraps.a
%canon_reldir%_libtraps_a_SOURCES = \
	%reldir%/archive_period.c \
	%reldir%/challenge.c %reldir%/challenge.h \
	%reldir%/detector.h \
	%reldir%/detectors.c %reldir%/detectors.h \
	%reldir%/duplicate_views.c %reldir%/duplicate_views.h \
	%reldir%/jump.c %reldir%/jump.h \
	%reldir%/login.c %reldir%/login.h \
	%reldir%/login_page.c %reldir%/login_page.h \
	%reldir%/logout.c %reldir%/logout.h \
	%reldir%/novelty_budget.c \
	%reldir%/page_copies.c \
	%reldir%/page_marks.c %reldir%/page_marks.h \
	%reldir%/path_echo.c \
	%reldir%/path_facets.c \
	%reldir%/series_novelty.c \
	%reldir%/shown_marks.h \
	%reldir%/suspects.c \
	%reldir%/trap_rules.c %reldir%/trap_rules.h \
	%reldir%/trap_shapes.c %reldir%/trap_shapes.h \
	%reldir%/trap_tables.c %reldir%/trap_tables.h \
	%reldir%/trap_words.c %reldir%/trap_words.h \
	%reldir%/url_masks.c %reldir%/url_masks.h \
	%reldir%/url_token.c
