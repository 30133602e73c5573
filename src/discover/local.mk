noinst_LIBRARIES += %reldir%/libdiscover.a
%canon_reldir%_libdiscover_a_SOURCES = \
	%reldir%/entities.c %reldir%/entities.h %reldir%/entities_table.c \
	%reldir%/extract.h \
	%reldir%/links.c %reldir%/links.h \
	%reldir%/links_css.c \
	%reldir%/links_html.c \
	%reldir%/links_text.c \
	%reldir%/memory.c %reldir%/memory.h \
	%reldir%/periods.c %reldir%/periods.h \
	%reldir%/platform.c %reldir%/platform.h \
	%reldir%/robots.c %reldir%/robots.h \
	%reldir%/series.c %reldir%/series.h \
	%reldir%/tokenizer.c %reldir%/tokenizer.h \
	%reldir%/visible.c %reldir%/visible.h \
	%reldir%/words.c %reldir%/words.h
EXTRA_DIST += %reldir%/make-entities.py
