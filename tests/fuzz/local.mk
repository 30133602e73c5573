# Fuzz targets: with --enable-fuzzing they are libFuzzer's programs, which `make fuzz` runs; else each is linked with a
# driver of our own, which runs it over its seeds and mutations of them, and is a test.

if FUZZING
noinst_PROGRAMS += $(fuzz_targets)
fuzz_driver =
else
check_PROGRAMS += $(fuzz_targets)
TESTS += $(fuzz_targets)
fuzz_driver = %reldir%/driver.c
endif

fuzz_targets = \
	%reldir%/fuzz_html \
	%reldir%/fuzz_css \
	%reldir%/fuzz_feed \
	%reldir%/fuzz_sitemap \
	%reldir%/fuzz_robots \
	%reldir%/fuzz_url \
	%reldir%/fuzz_http \
	%reldir%/fuzz_framing \
	%reldir%/fuzz_payload \
	%reldir%/fuzz_playlist \
	%reldir%/fuzz_script \
	%reldir%/fuzz_json \
	%reldir%/fuzz_warc \
	%reldir%/fuzz_fields \
	%reldir%/fuzz_mend \
	%reldir%/fuzz_cdxj \
	%reldir%/fuzz_options \
	%reldir%/fuzz_provenance \
	%reldir%/fuzz_surt \
	%reldir%/fuzz_worker \
	%reldir%/fuzz_dns \
	%reldir%/fuzz_cookies \
	%reldir%/fuzz_manifest \
	%reldir%/fuzz_runs \
	%reldir%/fuzz_config \
	%reldir%/fuzz_seedlist \
	%reldir%/fuzz_wire \
	%reldir%/fuzz_recover \
	%reldir%/fuzz_closure \
	%reldir%/fuzz_repair \
	%reldir%/fuzz_state \
	%reldir%/fuzz_pack \
	%reldir%/fuzz_served \
	%reldir%/fuzz_wacz

fuzz_links = %reldir%/links.c %reldir%/links.h
fuzz_stored = %reldir%/stored.c %reldir%/stored.h tests/warc/scratch.c tests/warc/scratch.h

%canon_reldir%_fuzz_html_SOURCES = %reldir%/fuzz_html.c %reldir%/fuzz.h $(fuzz_links) $(fuzz_driver)
%canon_reldir%_fuzz_html_LDADD = $(LINKS_LIBS)
%canon_reldir%_fuzz_html_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_css_SOURCES = %reldir%/fuzz_css.c %reldir%/fuzz.h $(fuzz_links) $(fuzz_driver)
%canon_reldir%_fuzz_css_LDADD = $(LINKS_LIBS)
%canon_reldir%_fuzz_css_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_feed_SOURCES = %reldir%/fuzz_feed.c %reldir%/fuzz.h $(fuzz_links) $(fuzz_driver)
%canon_reldir%_fuzz_feed_LDADD = $(LINKS_LIBS)
%canon_reldir%_fuzz_feed_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_sitemap_SOURCES = %reldir%/fuzz_sitemap.c %reldir%/fuzz.h $(fuzz_links) $(fuzz_driver)
%canon_reldir%_fuzz_sitemap_LDADD = $(LINKS_LIBS)
%canon_reldir%_fuzz_sitemap_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_robots_SOURCES = %reldir%/fuzz_robots.c %reldir%/fuzz.h $(fuzz_links) $(fuzz_driver)
%canon_reldir%_fuzz_robots_LDADD = $(LINKS_LIBS)
%canon_reldir%_fuzz_robots_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_url_SOURCES = %reldir%/fuzz_url.c %reldir%/fuzz.h $(fuzz_driver)
%canon_reldir%_fuzz_url_LDADD = $(WEB_LIBS)
%canon_reldir%_fuzz_url_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_http_SOURCES = %reldir%/fuzz_http.c %reldir%/fuzz.h $(fuzz_links) $(fuzz_driver)
%canon_reldir%_fuzz_http_LDADD = $(LINKS_LIBS)
%canon_reldir%_fuzz_http_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_framing_SOURCES = %reldir%/fuzz_framing.c %reldir%/fuzz.h $(fuzz_driver)
%canon_reldir%_fuzz_framing_LDADD = $(HTTP_LIBS)
%canon_reldir%_fuzz_framing_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_payload_SOURCES = %reldir%/fuzz_payload.c %reldir%/fuzz.h $(fuzz_driver)
%canon_reldir%_fuzz_payload_LDADD = $(WARC_LIBS)
%canon_reldir%_fuzz_payload_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_playlist_SOURCES = %reldir%/fuzz_playlist.c %reldir%/fuzz.h $(fuzz_links) $(fuzz_driver)
%canon_reldir%_fuzz_playlist_LDADD = $(LINKS_LIBS)
%canon_reldir%_fuzz_playlist_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_script_SOURCES = %reldir%/fuzz_script.c %reldir%/fuzz.h $(fuzz_links) $(fuzz_driver)
%canon_reldir%_fuzz_script_LDADD = $(LINKS_LIBS)
%canon_reldir%_fuzz_script_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_json_SOURCES = %reldir%/fuzz_json.c %reldir%/fuzz.h $(fuzz_driver)
%canon_reldir%_fuzz_json_LDADD = $(BASE_LIBS)
%canon_reldir%_fuzz_json_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_fields_SOURCES = %reldir%/fuzz_fields.c %reldir%/fuzz.h $(fuzz_driver)
%canon_reldir%_fuzz_fields_LDADD = $(WARC_LIBS)
%canon_reldir%_fuzz_fields_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_warc_SOURCES = %reldir%/fuzz_warc.c %reldir%/fuzz.h $(fuzz_stored) $(fuzz_driver)
%canon_reldir%_fuzz_warc_LDADD = $(WARC_LIBS)
%canon_reldir%_fuzz_warc_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_mend_SOURCES = %reldir%/fuzz_mend.c %reldir%/fuzz.h $(fuzz_stored) $(fuzz_driver)
%canon_reldir%_fuzz_mend_LDADD = $(WARC_LIBS)
%canon_reldir%_fuzz_mend_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_cdxj_SOURCES = %reldir%/fuzz_cdxj.c %reldir%/fuzz.h $(fuzz_driver)
%canon_reldir%_fuzz_cdxj_LDADD = $(COLLECTION_LIBS)
%canon_reldir%_fuzz_cdxj_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_options_SOURCES = %reldir%/fuzz_options.c %reldir%/fuzz.h $(fuzz_driver)
%canon_reldir%_fuzz_options_LDADD = $(FRONTIER_LIBS)
%canon_reldir%_fuzz_options_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_provenance_SOURCES = %reldir%/fuzz_provenance.c %reldir%/fuzz.h \
	tests/collection/provenance_rewrite.c tests/collection/provenance_rewrite.h $(fuzz_driver)
%canon_reldir%_fuzz_provenance_LDADD = $(COLLECTION_LIBS)
%canon_reldir%_fuzz_provenance_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_surt_SOURCES = %reldir%/fuzz_surt.c %reldir%/fuzz.h $(fuzz_driver)
%canon_reldir%_fuzz_surt_LDADD = $(WEB_LIBS)
%canon_reldir%_fuzz_surt_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_worker_SOURCES = %reldir%/fuzz_worker.c %reldir%/fuzz.h $(fuzz_driver)
%canon_reldir%_fuzz_worker_LDADD = $(LINKS_LIBS)
%canon_reldir%_fuzz_worker_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_dns_SOURCES = %reldir%/fuzz_dns.c %reldir%/fuzz.h $(fuzz_driver)
%canon_reldir%_fuzz_dns_LDADD = $(FETCH_LIBS)
%canon_reldir%_fuzz_dns_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_cookies_SOURCES = %reldir%/fuzz_cookies.c %reldir%/fuzz.h $(fuzz_driver)
%canon_reldir%_fuzz_cookies_LDADD = $(FETCH_LIBS)
%canon_reldir%_fuzz_cookies_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_cookies_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
%canon_reldir%_fuzz_manifest_SOURCES = %reldir%/fuzz_manifest.c %reldir%/fuzz.h $(fuzz_driver)
%canon_reldir%_fuzz_manifest_LDADD = $(COLLECTION_LIBS)
%canon_reldir%_fuzz_manifest_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_runs_SOURCES = %reldir%/fuzz_runs.c %reldir%/fuzz.h $(fuzz_driver)
%canon_reldir%_fuzz_runs_LDADD = $(COLLECTION_LIBS)
%canon_reldir%_fuzz_runs_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_config_SOURCES = %reldir%/fuzz_config.c %reldir%/fuzz.h %reldir%/heard.c %reldir%/heard.h $(fuzz_driver)
%canon_reldir%_fuzz_config_LDADD = $(CMD_LIBS)
%canon_reldir%_fuzz_config_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_config_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
%canon_reldir%_fuzz_seedlist_SOURCES = %reldir%/fuzz_seedlist.c %reldir%/fuzz.h %reldir%/heard.c %reldir%/heard.h $(fuzz_driver)
%canon_reldir%_fuzz_seedlist_LDADD = $(CMD_LIBS)
%canon_reldir%_fuzz_seedlist_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_seedlist_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
%canon_reldir%_fuzz_wire_SOURCES = %reldir%/fuzz_wire.c %reldir%/fuzz.h $(fuzz_stored) $(fuzz_driver)
%canon_reldir%_fuzz_wire_LDADD = $(FLOOR7)
%canon_reldir%_fuzz_wire_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_wire_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
%canon_reldir%_fuzz_recover_SOURCES = %reldir%/fuzz_recover.c %reldir%/fuzz.h $(fuzz_stored) $(fuzz_driver)
%canon_reldir%_fuzz_recover_LDADD = $(CRAWL_LIBS)
%canon_reldir%_fuzz_recover_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_recover_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
%canon_reldir%_fuzz_pack_SOURCES = %reldir%/fuzz_pack.c %reldir%/fuzz.h $(fuzz_stored) $(fuzz_driver)
%canon_reldir%_fuzz_pack_LDADD = $(PACK_LIBS)
%canon_reldir%_fuzz_pack_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_served_SOURCES = %reldir%/fuzz_served.c %reldir%/fuzz.h $(fuzz_driver)
%canon_reldir%_fuzz_served_LDADD = $(SERVE_LIBS)
%canon_reldir%_fuzz_served_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_wacz_SOURCES = %reldir%/fuzz_wacz.c %reldir%/fuzz.h $(fuzz_stored) $(fuzz_driver)
%canon_reldir%_fuzz_wacz_LDADD = $(VERIFY_LIBS)
%canon_reldir%_fuzz_wacz_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_wacz_CFLAGS = $(AM_CFLAGS) $(ARCHIVE_CFLAGS)
%canon_reldir%_fuzz_closure_SOURCES = %reldir%/fuzz_closure.c %reldir%/fuzz.h $(fuzz_stored) $(fuzz_driver)
%canon_reldir%_fuzz_closure_LDADD = $(VERIFY_LIBS)
%canon_reldir%_fuzz_closure_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_repair_SOURCES = %reldir%/fuzz_repair.c %reldir%/fuzz.h $(fuzz_stored) $(fuzz_driver)
%canon_reldir%_fuzz_repair_LDADD = $(REPAIR_LIBS)
%canon_reldir%_fuzz_repair_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_state_SOURCES = %reldir%/fuzz_state.c %reldir%/fuzz.h $(fuzz_stored) $(fuzz_driver)
%canon_reldir%_fuzz_state_LDADD = $(STORE_LIBS)
%canon_reldir%_fuzz_state_LDFLAGS = $(AM_LDFLAGS) $(FUZZING_LDFLAGS)
%canon_reldir%_fuzz_state_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)

# For how many runs each target is tried; or, if FUZZ_SECONDS is given, for how long all of them together.
FUZZ_RUNS = 1000000
FUZZ_SECONDS =
# 0: other inputs each time
FUZZ_SEED = 0
FUZZ_FLAGS = -max_len=4096 -timeout=20 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1

.PHONY: fuzz fuzz-targets clean-fuzz
if FUZZING
fuzz-targets: $(fuzz_targets)
fuzz: $(fuzz_targets)
	@set -e; length="-runs=$(FUZZ_RUNS)"; \
	if test -n "$(FUZZ_SECONDS)"; then \
	    length=-max_total_time=`echo $(fuzz_targets) | awk '{ print int($(FUZZ_SECONDS) / NF) + 1 }'`; \
	fi; \
	for program in $(fuzz_targets); do \
	    target=`echo $$program | sed 's/.*fuzz_//'`; corpus=%reldir%/corpus/$$target; \
	    $(MKDIR_P) $$corpus; \
	    for seed in $(srcdir)/%reldir%/seeds/$$target/*; do cp -f $$seed $$corpus/; done; chmod -R u+w $$corpus; \
	    echo "== $$target, $$length"; \
	    ./$$program $$length -seed=$(FUZZ_SEED) $(FUZZ_FLAGS) -dict=$(srcdir)/%reldir%/$$target.dict \
	        -artifact_prefix=finding-$$target- $$corpus; \
	done
else
fuzz:
	@echo "make fuzz needs: configure CC=clang --enable-fuzzing"; exit 1
endif

clean-local: clean-fuzz
clean-fuzz:
	-rm -rf %reldir%/corpus
	-rm -f finding-*

EXTRA_DIST += \
	%reldir%/README.md \
	%reldir%/build.sh \
	%reldir%/driver.c \
	%reldir%/html.dict \
	%reldir%/css.dict \
	%reldir%/feed.dict \
	%reldir%/sitemap.dict \
	%reldir%/robots.dict \
	%reldir%/url.dict \
	%reldir%/framing.dict \
	%reldir%/payload.dict \
	%reldir%/http.dict \
	%reldir%/playlist.dict \
	%reldir%/script.dict \
	%reldir%/json.dict \
	%reldir%/warc.dict \
	%reldir%/fields.dict \
	%reldir%/mend.dict \
	%reldir%/cdxj.dict \
	%reldir%/options.dict \
	%reldir%/provenance.dict \
	%reldir%/surt.dict \
	%reldir%/worker.dict \
	%reldir%/dns.dict \
	%reldir%/cookies.dict \
	%reldir%/manifest.dict \
	%reldir%/runs.dict \
	%reldir%/config.dict \
	%reldir%/seedlist.dict \
	%reldir%/wire.dict \
	%reldir%/recover.dict \
	%reldir%/closure.dict \
	%reldir%/pack.dict \
	%reldir%/repair.dict \
	%reldir%/state.dict \
	%reldir%/served.dict \
	%reldir%/wacz.dict \
	%reldir%/seeds/html/anchors.html \
	%reldir%/seeds/html/bases.html \
	%reldir%/seeds/html/broken-utf8.html \
	%reldir%/seeds/html/deep.html \
	%reldir%/seeds/html/entities.html \
	%reldir%/seeds/html/attributes.html \
	%reldir%/seeds/html/loaders.html \
	%reldir%/seeds/html/long-line.html \
	%reldir%/seeds/html/nested.html \
	%reldir%/seeds/html/nul.html \
	%reldir%/seeds/html/odd-ends.html \
	%reldir%/seeds/html/post.html \
	%reldir%/seeds/html/unclosed-quote.html \
	%reldir%/seeds/html/utf-16.html \
	%reldir%/seeds/html/windows-1251.html \
	%reldir%/seeds/css/broken-utf8.css \
	%reldir%/seeds/css/deep.css \
	%reldir%/seeds/css/escapes.css \
	%reldir%/seeds/css/nul.css \
	%reldir%/seeds/css/sheet.css \
	%reldir%/seeds/css/unclosed-comment.css \
	%reldir%/seeds/css/unclosed-quote.css \
	%reldir%/seeds/css/utf-16.css \
	%reldir%/seeds/feed/atom.xml \
	%reldir%/seeds/feed/broken-utf8.xml \
	%reldir%/seeds/feed/deep.xml \
	%reldir%/seeds/feed/entities.xml \
	%reldir%/seeds/feed/feed.json \
	%reldir%/seeds/feed/nul.xml \
	%reldir%/seeds/feed/rss.xml \
	%reldir%/seeds/feed/unclosed.xml \
	%reldir%/seeds/feed/utf-16.xml \
	%reldir%/seeds/sitemap/broken-utf8.txt \
	%reldir%/seeds/sitemap/index.xml \
	%reldir%/seeds/sitemap/list.txt \
	%reldir%/seeds/sitemap/nul.txt \
	%reldir%/seeds/sitemap/sitemap.xml \
	%reldir%/seeds/sitemap/unclosed.xml \
	%reldir%/seeds/sitemap/utf-16.xml \
	%reldir%/seeds/repair/arc \
	%reldir%/seeds/repair/arc-gzip \
	%reldir%/seeds/repair/arc-nothing-left \
	%reldir%/seeds/repair/crc-gzip \
	%reldir%/seeds/repair/cut \
	%reldir%/seeds/repair/cut-gzip \
	%reldir%/seeds/repair/empty-member-gzip \
	%reldir%/seeds/repair/event \
	%reldir%/seeds/repair/event-gzip \
	%reldir%/seeds/repair/extra-field-gzip \
	%reldir%/seeds/repair/garbage-between-gzip \
	%reldir%/seeds/repair/length-beyond \
	%reldir%/seeds/repair/length-too-long \
	%reldir%/seeds/repair/length-too-short \
	%reldir%/seeds/repair/over-members-gzip \
	%reldir%/seeds/repair/shared-gzip \
	%reldir%/seeds/robots/escapes.txt \
	%reldir%/seeds/robots/html.txt \
	%reldir%/seeds/robots/long-line.txt \
	%reldir%/seeds/robots/misspelt.txt \
	%reldir%/seeds/robots/nul.txt \
	%reldir%/seeds/robots/robots.txt \
	%reldir%/seeds/robots/stars.txt \
	%reldir%/seeds/robots/utf-16.txt \
	%reldir%/seeds/url/broken-utf8 \
	%reldir%/seeds/url/dots \
	%reldir%/seeds/url/escapes \
	%reldir%/seeds/url/international \
	%reldir%/seeds/url/ipv4 \
	%reldir%/seeds/url/ipv6 \
	%reldir%/seeds/url/long \
	%reldir%/seeds/url/no-scheme \
	%reldir%/seeds/url/nul \
	%reldir%/seeds/url/plain \
	%reldir%/seeds/url/relative \
	%reldir%/seeds/url/same-scheme \
	%reldir%/seeds/url/session \
	%reldir%/seeds/url/sharp \
	%reldir%/seeds/url/tabs \
	%reldir%/seeds/payload/br \
	%reldir%/seeds/payload/zstd \
	%reldir%/seeds/http/br \
	%reldir%/seeds/http/zstd \
	%reldir%/seeds/fields/folded \
	%reldir%/seeds/fields/metadata \
	%reldir%/seeds/fields/nul \
	%reldir%/seeds/fields/odd \
	%reldir%/seeds/fields/warcinfo \
	%reldir%/seeds/warc/arc \
	%reldir%/seeds/warc/arc-gzip \
	%reldir%/seeds/warc/arc-with-version \
	%reldir%/seeds/warc/arc-endless-length \
	%reldir%/seeds/warc/arc-behind-other \
	%reldir%/seeds/warc/arc-2-gzip \
	%reldir%/seeds/warc/arc-damaged-gzip \
	%reldir%/seeds/payload/chunked \
	%reldir%/seeds/payload/deflate \
	%reldir%/seeds/payload/deflate-bare \
	%reldir%/seeds/payload/gzip \
	%reldir%/seeds/payload/gzip-chunked \
	%reldir%/seeds/payload/members \
	%reldir%/seeds/payload/no-http \
	%reldir%/seeds/payload/no-member-after \
	%reldir%/seeds/payload/plain \
	%reldir%/seeds/payload/twice \
	%reldir%/seeds/payload/unknown \
	%reldir%/seeds/framing/bad-size \
	%reldir%/seeds/framing/chunked \
	%reldir%/seeds/framing/four-digits \
	%reldir%/seeds/framing/icy \
	%reldir%/seeds/framing/interim \
	%reldir%/seeds/framing/length \
	%reldir%/seeds/framing/lengths-differ \
	%reldir%/seeds/framing/no-body \
	%reldir%/seeds/http/bomb \
	%reldir%/seeds/http/chunked \
	%reldir%/seeds/http/chunked-gzip \
	%reldir%/seeds/http/deflate \
	%reldir%/seeds/http/deflate-raw \
	%reldir%/seeds/http/gzip \
	%reldir%/seeds/http/nul \
	%reldir%/seeds/http/odd-head \
	%reldir%/seeds/http/plain \
	%reldir%/seeds/http/request \
	%reldir%/seeds/http/says-gzip \
	%reldir%/seeds/http/size-too-large \
	%reldir%/seeds/http/twice \
	%reldir%/seeds/playlist/dash.mpd \
	%reldir%/seeds/playlist/endless.mpd \
	%reldir%/seeds/playlist/hls.m3u8 \
	%reldir%/seeds/playlist/master.m3u8 \
	%reldir%/seeds/script/escapes.js \
	%reldir%/seeds/script/long.js \
	%reldir%/seeds/script/manifest.json \
	%reldir%/seeds/script/nul.js \
	%reldir%/seeds/script/script.js \
	%reldir%/seeds/json/broken-utf8 \
	%reldir%/seeds/json/empty \
	%reldir%/seeds/json/escapes \
	%reldir%/seeds/json/members \
	%reldir%/seeds/json/nested \
	%reldir%/seeds/json/numbers \
	%reldir%/seeds/json/unclosed \
	%reldir%/seeds/json/utf-8 \
	%reldir%/seeds/warc/crc-gzip \
	%reldir%/seeds/warc/cut \
	%reldir%/seeds/warc/cut-gzip \
	%reldir%/seeds/warc/empty-member-gzip \
	%reldir%/seeds/warc/event \
	%reldir%/seeds/warc/event-gzip \
	%reldir%/seeds/warc/extra-field-gzip \
	%reldir%/seeds/warc/folded \
	%reldir%/seeds/warc/garbage-between-gzip \
	%reldir%/seeds/warc/length-beyond \
	%reldir%/seeds/warc/length-too-long \
	%reldir%/seeds/warc/length-too-short \
	%reldir%/seeds/warc/no-length \
	%reldir%/seeds/warc/no-length-cut-gzip \
	%reldir%/seeds/warc/open-event \
	%reldir%/seeds/warc/over-members-gzip \
	%reldir%/seeds/warc/shared-gzip \
	%reldir%/seeds/warc/versions \
	%reldir%/seeds/mend/crc-gzip \
	%reldir%/seeds/mend/cut \
	%reldir%/seeds/mend/cut-gzip \
	%reldir%/seeds/mend/empty \
	%reldir%/seeds/mend/empty-member-gzip \
	%reldir%/seeds/mend/event \
	%reldir%/seeds/mend/event-gzip \
	%reldir%/seeds/mend/garbage-between-gzip \
	%reldir%/seeds/mend/length-beyond \
	%reldir%/seeds/mend/length-too-long \
	%reldir%/seeds/mend/length-too-short \
	%reldir%/seeds/mend/no-metadata \
	%reldir%/seeds/mend/open-event \
	%reldir%/seeds/mend/over-members-gzip \
	%reldir%/seeds/mend/warcinfo-and-nothing-gzip \
	%reldir%/seeds/mend/warcinfo-only \
	%reldir%/seeds/cdxj/cut \
	%reldir%/seeds/cdxj/escapes \
	%reldir%/seeds/cdxj/line \
	%reldir%/seeds/cdxj/no-key \
	%reldir%/seeds/cdxj/nul \
	%reldir%/seeds/cdxj/numbers \
	%reldir%/seeds/cdxj/other-scheme \
	%reldir%/seeds/options/all \
	%reldir%/seeds/options/encoded \
	%reldir%/seeds/options/patterns \
	%reldir%/seeds/options/repeated \
	%reldir%/seeds/provenance/before-2026 \
	%reldir%/seeds/provenance/bytes \
	%reldir%/seeds/provenance/folded \
	%reldir%/seeds/provenance/heritrix \
	%reldir%/seeds/provenance/malformed \
	%reldir%/seeds/provenance/whole \
	%reldir%/seeds/provenance/year-with-zero \
	%reldir%/seeds/served/odd \
	%reldir%/seeds/served/page \
	%reldir%/seeds/served/short \
	%reldir%/seeds/surt/dns \
	%reldir%/seeds/surt/escapes \
	%reldir%/seeds/surt/filedesc \
	%reldir%/seeds/surt/host \
	%reldir%/seeds/surt/ipv6 \
	%reldir%/seeds/surt/mail \
	%reldir%/seeds/surt/nul \
	%reldir%/seeds/surt/numbers \
	%reldir%/seeds/surt/plain \
	%reldir%/seeds/surt/repeated \
	%reldir%/seeds/surt/schemes \
	%reldir%/seeds/surt/session \
	%reldir%/seeds/worker/ends-early \
	%reldir%/seeds/worker/fault \
	%reldir%/seeds/worker/fingerprint \
	%reldir%/seeds/worker/goes-on \
	%reldir%/seeds/worker/links-in-two \
	%reldir%/seeds/worker/long-body \
	%reldir%/seeds/worker/no-links \
	%reldir%/seeds/worker/odd-url \
	%reldir%/seeds/worker/page \
	%reldir%/seeds/worker/too-long \
	%reldir%/seeds/dns/a \
	%reldir%/seeds/dns/aaaa \
	%reldir%/seeds/dns/alias \
	%reldir%/seeds/dns/alias-short \
	%reldir%/seeds/dns/counts \
	%reldir%/seeds/dns/cut \
	%reldir%/seeds/dns/long-name \
	%reldir%/seeds/dns/loop \
	%reldir%/seeds/dns/no-question \
	%reldir%/seeds/dns/odd-name \
	%reldir%/seeds/dns/other-types \
	%reldir%/seeds/dns/root-alias \
	%reldir%/seeds/cookies/http-only \
	%reldir%/seeds/cookies/line-breaks \
	%reldir%/seeds/cookies/mark \
	%reldir%/seeds/cookies/no-domain \
	%reldir%/seeds/cookies/no-path \
	%reldir%/seeds/cookies/nul \
	%reldir%/seeds/cookies/numbers \
	%reldir%/seeds/cookies/plain \
	%reldir%/seeds/cookies/set-cookie \
	%reldir%/seeds/cookies/six-columns \
	%reldir%/seeds/cookies/suffix \
	%reldir%/seeds/manifest/cut \
	%reldir%/seeds/manifest/empty \
	%reldir%/seeds/manifest/first \
	%reldir%/seeds/manifest/not-utf-8 \
	%reldir%/seeds/manifest/second \
	%reldir%/seeds/manifest/sums \
	%reldir%/seeds/manifest/sums-odd \
	%reldir%/seeds/runs/changes \
	%reldir%/seeds/runs/cut \
	%reldir%/seeds/runs/failures \
	%reldir%/seeds/runs/nul \
	%reldir%/seeds/runs/odd-list \
	%reldir%/seeds/config/bad-sites \
	%reldir%/seeds/config/crawl \
	%reldir%/seeds/config/lines \
	%reldir%/seeds/config/nul \
	%reldir%/seeds/config/ranges \
	%reldir%/seeds/config/sites \
	%reldir%/seeds/config/values \
	%reldir%/seeds/seedlist/controls \
	%reldir%/seeds/seedlist/hosts \
	%reldir%/seeds/seedlist/no-urls \
	%reldir%/seeds/seedlist/plain \
	%reldir%/seeds/seedlist/utf-16 \
	%reldir%/seeds/wire/bad-size \
	%reldir%/seeds/wire/chunked \
	%reldir%/seeds/wire/feed-chunked \
	%reldir%/seeds/wire/four-digits \
	%reldir%/seeds/wire/http-br \
	%reldir%/seeds/wire/http-chunked \
	%reldir%/seeds/wire/http-chunked-gzip \
	%reldir%/seeds/wire/http-deflate \
	%reldir%/seeds/wire/http-deflate-raw \
	%reldir%/seeds/wire/http-gzip \
	%reldir%/seeds/wire/http-nul \
	%reldir%/seeds/wire/http-odd-head \
	%reldir%/seeds/wire/http-plain \
	%reldir%/seeds/wire/http-says-gzip \
	%reldir%/seeds/wire/http-size-too-large \
	%reldir%/seeds/wire/http-twice \
	%reldir%/seeds/wire/http-zstd \
	%reldir%/seeds/wire/icy \
	%reldir%/seeds/wire/interim \
	%reldir%/seeds/wire/length \
	%reldir%/seeds/wire/lengths-differ \
	%reldir%/seeds/wire/lengths-that-differ \
	%reldir%/seeds/wire/no-body \
	%reldir%/seeds/wire/no-body-chunked \
	%reldir%/seeds/wire/not-http \
	%reldir%/seeds/wire/page \
	%reldir%/seeds/wire/redirect \
	%reldir%/seeds/wire/size-limit \
	%reldir%/seeds/wire/switching-chunked \
	%reldir%/seeds/recover/crc-gzip \
	%reldir%/seeds/recover/cut \
	%reldir%/seeds/recover/cut-gzip \
	%reldir%/seeds/recover/empty-member-gzip \
	%reldir%/seeds/recover/event-gzip \
	%reldir%/seeds/recover/foreign \
	%reldir%/seeds/recover/garbage-between-gzip \
	%reldir%/seeds/recover/open-event \
	%reldir%/seeds/recover/revisit \
	%reldir%/seeds/recover/robots \
	%reldir%/seeds/recover/site \
	%reldir%/seeds/recover/warcinfo-only \
	%reldir%/seeds/recover/zeros \
	%reldir%/seeds/pack/errors \
	%reldir%/seeds/pack/foreign \
	%reldir%/seeds/pack/redirect \
	%reldir%/seeds/pack/revisit \
	%reldir%/seeds/pack/site \
	%reldir%/seeds/wacz/bit-changed \
	%reldir%/seeds/wacz/bit-changed-in-the-directory \
	%reldir%/seeds/wacz/extra-pages \
	%reldir%/seeds/wacz/foreign \
	%reldir%/seeds/wacz/own-index \
	%reldir%/seeds/wacz/own-package \
	%reldir%/seeds/wacz/package-digest \
	%reldir%/seeds/wacz/plain-archive \
	%reldir%/seeds/wacz/redirect \
	%reldir%/seeds/wacz/revisit \
	%reldir%/seeds/wacz/site \
	%reldir%/seeds/wacz/zip \
	%reldir%/seeds/wacz/zip-cut \
	%reldir%/seeds/closure/errors \
	%reldir%/seeds/closure/failed \
	%reldir%/seeds/closure/feed \
	%reldir%/seeds/closure/foreign \
	%reldir%/seeds/closure/redirect \
	%reldir%/seeds/closure/revisit \
	%reldir%/seeds/closure/robots \
	%reldir%/seeds/closure/site \
	%reldir%/seeds/state/bytes-cells \
	%reldir%/seeds/state/bytes-cut \
	%reldir%/seeds/state/bytes-header \
	%reldir%/seeds/state/large-00 \
	%reldir%/seeds/state/large-06 \
	%reldir%/seeds/state/large-12 \
	%reldir%/seeds/state/large-18 \
	%reldir%/seeds/state/large-24 \
	%reldir%/seeds/state/large-30 \
	%reldir%/seeds/state/large-36 \
	%reldir%/seeds/state/large-42 \
	%reldir%/seeds/state/large-48 \
	%reldir%/seeds/state/large-54 \
	%reldir%/seeds/state/sql-drop \
	%reldir%/seeds/state/sql-index \
	%reldir%/seeds/state/sql-kind \
	%reldir%/seeds/state/sql-met \
	%reldir%/seeds/state/sql-schema \
	%reldir%/seeds/state/sql-trigger \
	%reldir%/seeds/state/sql-view
