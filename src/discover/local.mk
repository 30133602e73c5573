noinst_LIBRARIES += %reldir%/libdiscover.a
%canon_reldir%_libdiscover_a_SOURCES = \
	%reldir%/directions.c %reldir%/directions.h \
	%reldir%/encoding.c %reldir%/encoding.h \
	%reldir%/entities.c %reldir%/entities.h %reldir%/entities_table.c \
	%reldir%/extract.h \
	%reldir%/family.c %reldir%/family.h \
	%reldir%/feed_total.c %reldir%/feed_total.h \
	%reldir%/json_strings.c %reldir%/json_strings.h \
	%reldir%/links.c %reldir%/links.h \
	%reldir%/links_anchor.c \
	%reldir%/links_css.c \
	%reldir%/links_elements.c \
	%reldir%/links_feed.c \
	%reldir%/links_head.c \
	%reldir%/links_html.c \
	%reldir%/links_json.c \
	%reldir%/links_relation.c \
	%reldir%/links_script.c \
	%reldir%/links_sitemap.c \
	%reldir%/memory.c %reldir%/memory.h \
	%reldir%/names.c %reldir%/names.h \
	%reldir%/page.h \
	%reldir%/pagers.c %reldir%/pagers.h \
	%reldir%/periods.c %reldir%/periods.h \
	%reldir%/platform.c %reldir%/platform.h \
	%reldir%/robots.c %reldir%/robots.h \
	%reldir%/segments.c %reldir%/segments.h \
	%reldir%/series.c %reldir%/series.h \
	%reldir%/siblings.c %reldir%/siblings.h \
	%reldir%/tokenizer.c %reldir%/tokenizer.h \
	%reldir%/traps.c %reldir%/traps.h \
	%reldir%/twins.c %reldir%/twins.h \
	%reldir%/utf8.c %reldir%/utf8.h \
	%reldir%/visible.c %reldir%/visible.h \
	%reldir%/words.c %reldir%/words.h \
	%reldir%/xml_text.c %reldir%/xml_text.h
EXTRA_DIST += %reldir%/make-entities.py
