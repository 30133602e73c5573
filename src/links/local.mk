noinst_LIBRARIES += %reldir%/liblinks.a
%canon_reldir%_liblinks_a_SOURCES = \
	%reldir%/anchor_cache.c %reldir%/anchor_cache.h \
	%reldir%/extract.h \
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
	%reldir%/page.h
