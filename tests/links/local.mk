links_tests = \
	%reldir%/test_anchor_cache \
	%reldir%/test_bundles \
	%reldir%/test_front_page \
	%reldir%/test_link_traps \
	%reldir%/test_links_css \
	%reldir%/test_links_feed \
	%reldir%/test_links_html \
	%reldir%/test_links_sitemap \
	%reldir%/test_mended \
	%reldir%/test_page_facts \
	%reldir%/test_page_reader \
	%reldir%/test_pages_expected \
	%reldir%/test_pagers \
	%reldir%/test_pages \
	%reldir%/test_parts \
	%reldir%/test_script_parts \
	%reldir%/test_techniques \
	%reldir%/test_series \
	%reldir%/test_ways
check_PROGRAMS += $(links_tests)
TESTS += $(links_tests)

%canon_reldir%_test_front_page_SOURCES = %reldir%/test_front_page.c \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_front_page_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_links_css_SOURCES = %reldir%/test_links_css.c \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_links_css_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_links_feed_SOURCES = %reldir%/test_links_feed.c \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_links_feed_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_links_html_SOURCES = %reldir%/test_links_html.c \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_links_html_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_links_sitemap_SOURCES = %reldir%/test_links_sitemap.c \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_links_sitemap_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_anchor_cache_SOURCES = %reldir%/test_anchor_cache.c \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_anchor_cache_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_mended_SOURCES = %reldir%/test_mended.c \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_mended_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_page_facts_SOURCES = %reldir%/test_page_facts.c
%canon_reldir%_test_page_facts_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_page_reader_SOURCES = %reldir%/test_page_reader.c
%canon_reldir%_test_page_reader_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_pages_expected_SOURCES = %reldir%/test_pages_expected.c
%canon_reldir%_test_pages_expected_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_pagers_SOURCES = %reldir%/test_pagers.c \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_pagers_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_pages_SOURCES = %reldir%/test_pages.c \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_pages_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_bundles_SOURCES = %reldir%/test_bundles.c %reldir%/found.c %reldir%/found.h \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_bundles_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_parts_SOURCES = %reldir%/test_parts.c %reldir%/found.c %reldir%/found.h \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_parts_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_script_parts_SOURCES = %reldir%/test_script_parts.c %reldir%/found.c %reldir%/found.h \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_script_parts_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_techniques_SOURCES = %reldir%/test_techniques.c %reldir%/found.c %reldir%/found.h \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_techniques_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_link_traps_SOURCES = %reldir%/test_link_traps.c \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_link_traps_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_series_SOURCES = %reldir%/test_series.c \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_series_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_ways_SOURCES = %reldir%/test_ways.c %reldir%/found.c %reldir%/found.h \
	%reldir%/collect.c %reldir%/collect.h tests/fixture.c tests/fixture.h tests/hostile.c tests/hostile.h
%canon_reldir%_test_ways_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
