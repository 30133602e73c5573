# Unit tests mirror src/ and link their own floor and those below only, so that a call upwards does not link; tests of
# the whole program are scripts.

%canon_reldir%_base_test_clock_SOURCES = %reldir%/base/test_clock.c
%canon_reldir%_base_test_clock_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_base_test_gzip_SOURCES = %reldir%/base/test_gzip.c
%canon_reldir%_base_test_gzip_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_base_test_json_SOURCES = %reldir%/base/test_json.c
%canon_reldir%_base_test_json_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_base_test_wording_SOURCES = %reldir%/base/test_wording.c
%canon_reldir%_base_test_wording_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_report_test_completeness_text_SOURCES = %reldir%/report/test_completeness_text.c
%canon_reldir%_report_test_completeness_text_LDADD = $(REPORT_LIBS) $(CHECK_LIBS)
%canon_reldir%_report_test_live_line_SOURCES = %reldir%/report/test_live_line.c
%canon_reldir%_report_test_live_line_LDADD = $(REPORT_LIBS) $(CHECK_LIBS)
%canon_reldir%_report_test_terminal_SOURCES = %reldir%/report/test_terminal.c
%canon_reldir%_report_test_terminal_LDADD = $(REPORT_LIBS) $(CHECK_LIBS)
%canon_reldir%_http_test_body_reader_SOURCES = %reldir%/http/test_body_reader.c
%canon_reldir%_http_test_body_reader_CFLAGS = $(AM_CFLAGS) $(ZLIB_CFLAGS)
%canon_reldir%_http_test_body_reader_LDADD = $(HTTP_LIBS) $(ZLIB_LIBS) $(CHECK_LIBS)
%canon_reldir%_base_test_system_SOURCES = %reldir%/base/test_system.c
%canon_reldir%_base_test_system_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
# The same with the substitutes for calls that other systems do not have.
%canon_reldir%_base_test_system_plain_SOURCES = %reldir%/base/test_system.c src/base/system.c
%canon_reldir%_base_test_system_plain_CPPFLAGS = $(AM_CPPFLAGS) -DSYSTEM_PLAIN=1
%canon_reldir%_base_test_system_plain_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
%canon_reldir%_http_test_http_framing_SOURCES = %reldir%/http/test_http_framing.c
%canon_reldir%_http_test_http_framing_LDADD = $(HTTP_LIBS) $(CHECK_LIBS)
%canon_reldir%_web_test_secrets_SOURCES = %reldir%/web/test_secrets.c
%canon_reldir%_web_test_secrets_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_web_test_session_SOURCES = %reldir%/web/test_session.c
%canon_reldir%_web_test_session_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_web_test_surt_SOURCES = %reldir%/web/test_surt.c
%canon_reldir%_web_test_surt_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_web_test_url_SOURCES = %reldir%/web/test_url.c
%canon_reldir%_web_test_url_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_web_test_url_rules_SOURCES = %reldir%/web/test_url_rules.c
%canon_reldir%_web_test_url_rules_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_web_test_url_wpt_SOURCES = %reldir%/web/test_url_wpt.c
%canon_reldir%_web_test_url_wpt_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_warc_test_mend_SOURCES = %reldir%/warc/test_mend.c \
	%reldir%/warc/scratch.c %reldir%/warc/scratch.h
%canon_reldir%_warc_test_mend_LDADD = $(WARC_LIBS) $(CHECK_LIBS)
%canon_reldir%_warc_test_reader_SOURCES = %reldir%/warc/test_reader.c \
	%reldir%/warc/scratch.c %reldir%/warc/scratch.h
%canon_reldir%_warc_test_reader_LDADD = $(WARC_LIBS) $(CHECK_LIBS)
%canon_reldir%_warc_test_warc_rules_SOURCES = %reldir%/warc/test_warc_rules.c
%canon_reldir%_warc_test_warc_rules_LDADD = $(WARC_LIBS) $(CHECK_LIBS)
%canon_reldir%_warc_test_library_SOURCES = %reldir%/warc/test_library.c \
	%reldir%/warc/scratch.c %reldir%/warc/scratch.h
%canon_reldir%_warc_test_library_LDADD = $(WARC_LIBS) $(CHECK_LIBS)
%canon_reldir%_warc_test_payload_SOURCES = %reldir%/warc/test_payload.c
%canon_reldir%_warc_test_payload_CFLAGS = $(AM_CFLAGS) $(BROTLIENC_CFLAGS) $(ZSTD_CFLAGS)
%canon_reldir%_warc_test_payload_LDADD = $(WARC_LIBS) $(BROTLIENC_LIBS) $(ZSTD_LIBS) $(CHECK_LIBS)
%canon_reldir%_warc_test_writer_SOURCES = %reldir%/warc/test_writer.c \
	%reldir%/warc/scratch.c %reldir%/warc/scratch.h
%canon_reldir%_warc_test_writer_LDADD = $(WARC_LIBS) $(CHECK_LIBS)
%canon_reldir%_links_test_front_page_SOURCES = %reldir%/links/test_front_page.c \
	%reldir%/links/collect.c %reldir%/links/collect.h %reldir%/hostile.c %reldir%/hostile.h
%canon_reldir%_links_test_front_page_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_links_test_links_css_SOURCES = %reldir%/links/test_links_css.c \
	%reldir%/links/collect.c %reldir%/links/collect.h %reldir%/hostile.c %reldir%/hostile.h
%canon_reldir%_links_test_links_css_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_links_test_links_feed_SOURCES = %reldir%/links/test_links_feed.c \
	%reldir%/links/collect.c %reldir%/links/collect.h %reldir%/hostile.c %reldir%/hostile.h
%canon_reldir%_links_test_links_feed_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_links_test_links_html_SOURCES = %reldir%/links/test_links_html.c \
	%reldir%/links/collect.c %reldir%/links/collect.h %reldir%/hostile.c %reldir%/hostile.h
%canon_reldir%_links_test_links_html_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_links_test_links_sitemap_SOURCES = %reldir%/links/test_links_sitemap.c \
	%reldir%/links/collect.c %reldir%/links/collect.h %reldir%/hostile.c %reldir%/hostile.h
%canon_reldir%_links_test_links_sitemap_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_links_test_anchor_cache_SOURCES = %reldir%/links/test_anchor_cache.c \
	%reldir%/links/collect.c %reldir%/links/collect.h %reldir%/hostile.c %reldir%/hostile.h
%canon_reldir%_links_test_anchor_cache_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_links_test_mended_SOURCES = %reldir%/links/test_mended.c \
	%reldir%/links/collect.c %reldir%/links/collect.h %reldir%/hostile.c %reldir%/hostile.h
%canon_reldir%_links_test_mended_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_links_test_pagers_SOURCES = %reldir%/links/test_pagers.c \
	%reldir%/links/collect.c %reldir%/links/collect.h %reldir%/hostile.c %reldir%/hostile.h
%canon_reldir%_links_test_pagers_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_links_test_pages_SOURCES = %reldir%/links/test_pages.c \
	%reldir%/links/collect.c %reldir%/links/collect.h %reldir%/hostile.c %reldir%/hostile.h
%canon_reldir%_links_test_pages_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_series_test_archive_counts_SOURCES = %reldir%/series/test_archive_counts.c
%canon_reldir%_series_test_archive_counts_LDADD = $(SERIES_LIBS) $(CHECK_LIBS)
%canon_reldir%_web_test_robots_SOURCES = %reldir%/web/test_robots.c \
	%reldir%/hostile.c %reldir%/hostile.h
%canon_reldir%_web_test_robots_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_links_test_series_SOURCES = %reldir%/links/test_series.c \
	%reldir%/links/collect.c %reldir%/links/collect.h %reldir%/hostile.c %reldir%/hostile.h
%canon_reldir%_links_test_series_LDADD = $(LINKS_LIBS) $(CHECK_LIBS)
%canon_reldir%_html_test_tokenizer_SOURCES = %reldir%/html/test_tokenizer.c \
	%reldir%/hostile.c %reldir%/hostile.h
%canon_reldir%_html_test_tokenizer_LDADD = $(HTML_LIBS) $(CHECK_LIBS)
%canon_reldir%_capture_test_keeping_SOURCES = %reldir%/capture/test_keeping.c
%canon_reldir%_capture_test_keeping_LDADD = $(CAPTURE_LIBS) $(CHECK_LIBS)
%canon_reldir%_capture_test_payload_identity_SOURCES = %reldir%/capture/test_payload_identity.c
%canon_reldir%_capture_test_payload_identity_LDADD = $(CAPTURE_LIBS) $(CHECK_LIBS)
%canon_reldir%_collection_test_capture_reader_SOURCES = %reldir%/collection/test_capture_reader.c
%canon_reldir%_collection_test_capture_reader_CFLAGS = $(AM_CFLAGS) $(ZLIB_CFLAGS)
%canon_reldir%_collection_test_capture_reader_LDADD = $(COLLECTION_LIBS) $(ZLIB_LIBS) $(CHECK_LIBS)
%canon_reldir%_collection_test_index_cdxj_SOURCES = %reldir%/collection/test_index_cdxj.c
%canon_reldir%_collection_test_index_cdxj_LDADD = $(COLLECTION_LIBS) $(CHECK_LIBS)
%canon_reldir%_collection_test_provenance_SOURCES = %reldir%/collection/test_provenance.c \
	%reldir%/collection/provenance_rewrite.c %reldir%/collection/provenance_rewrite.h
%canon_reldir%_collection_test_provenance_LDADD = $(COLLECTION_LIBS) $(CHECK_LIBS)
%canon_reldir%_verify_test_crawl_claims_SOURCES = %reldir%/verify/test_crawl_claims.c
%canon_reldir%_verify_test_crawl_claims_LDADD = $(VERIFY_LIBS) $(CHECK_LIBS)
%canon_reldir%_frontier_test_recorded_options_SOURCES = %reldir%/frontier/test_recorded_options.c
%canon_reldir%_frontier_test_recorded_options_LDADD = $(FRONTIER_LIBS) $(CHECK_LIBS)
%canon_reldir%_store_test_dedup_SOURCES = %reldir%/store/test_dedup.c
%canon_reldir%_store_test_dedup_LDADD = $(STORE_LIBS) $(CHECK_LIBS)
%canon_reldir%_store_test_store_SOURCES = %reldir%/store/test_store.c
%canon_reldir%_store_test_store_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
%canon_reldir%_store_test_store_LDADD = $(STORE_LIBS) $(CHECK_LIBS)
%canon_reldir%_contract_test_store_contract_SOURCES = %reldir%/contract/test_store_contract.c \
	%reldir%/contract/contract.h \
	%reldir%/contract/contract_commits.c \
	%reldir%/contract/contract_completeness.c \
	%reldir%/contract/contract_hosts.c \
	%reldir%/contract/contract_queue.c \
	%reldir%/contract/contract_recrawl.c
%canon_reldir%_contract_test_store_contract_LDADD = $(STORE_LIBS) $(CHECK_LIBS)
%canon_reldir%_cmd_test_job_queue_SOURCES = %reldir%/cmd/test_job_queue.c
%canon_reldir%_cmd_test_job_queue_LDADD = $(CMD_LIBS) $(CHECK_LIBS)
%canon_reldir%_cmd_test_jitter_SOURCES = %reldir%/cmd/test_jitter.c
%canon_reldir%_cmd_test_jitter_LDADD = $(CMD_LIBS) $(CHECK_LIBS)
%canon_reldir%_collection_test_crawl_log_SOURCES = %reldir%/collection/test_crawl_log.c
%canon_reldir%_collection_test_crawl_log_LDADD = $(COLLECTION_LIBS) $(CHECK_LIBS)
%canon_reldir%_web_test_private_address_SOURCES = %reldir%/web/test_private_address.c
%canon_reldir%_web_test_private_address_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_crawl_test_follow_SOURCES = %reldir%/crawl/test_follow.c
%canon_reldir%_crawl_test_follow_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
%canon_reldir%_cmd_test_options_SOURCES = %reldir%/cmd/test_options.c
%canon_reldir%_cmd_test_options_LDADD = $(CMD_LIBS) $(CHECK_LIBS)
%canon_reldir%_cmd_test_config_SOURCES = %reldir%/cmd/test_config.c
%canon_reldir%_cmd_test_config_LDADD = $(CMD_LIBS) $(CHECK_LIBS)
%canon_reldir%_capture_test_writer_set_SOURCES = %reldir%/capture/test_writer_set.c \
	%reldir%/warc/scratch.c %reldir%/warc/scratch.h
%canon_reldir%_capture_test_writer_set_LDADD = $(CAPTURE_LIBS) $(CURL_LIBS) $(CHECK_LIBS)
%canon_reldir%_crawl_test_recover_SOURCES = %reldir%/crawl/test_recover.c
%canon_reldir%_crawl_test_recover_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
%canon_reldir%_crawl_test_recrawl_SOURCES = %reldir%/crawl/test_recrawl.c
%canon_reldir%_crawl_test_recrawl_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
%canon_reldir%_crawl_test_recrawl_due_SOURCES = %reldir%/crawl/test_recrawl_due.c
%canon_reldir%_crawl_test_recrawl_due_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
%canon_reldir%_crawl_test_crawl_observer_SOURCES = %reldir%/crawl/test_crawl_observer.c \
	%reldir%/caught_output.c %reldir%/caught_output.h \
	%reldir%/crawl/small_site.c %reldir%/crawl/small_site.h
%canon_reldir%_crawl_test_crawl_observer_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS)
%canon_reldir%_crawl_test_crawl_observer_LDADD = $(CRAWL_LIBS) $(CHECK_LIBS)
%canon_reldir%_verify_test_verify_observer_SOURCES = %reldir%/verify/test_verify_observer.c \
	%reldir%/caught_output.c %reldir%/caught_output.h
%canon_reldir%_verify_test_verify_observer_LDADD = $(VERIFY_LIBS) $(CHECK_LIBS)
%canon_reldir%_report_test_exit_code_SOURCES = %reldir%/report/test_exit_code.c
%canon_reldir%_report_test_exit_code_LDADD = $(REPORT_LIBS) $(CHECK_LIBS)
%canon_reldir%_report_test_run_reporter_SOURCES = %reldir%/report/test_run_reporter.c \
	%reldir%/caught_output.c %reldir%/caught_output.h
%canon_reldir%_report_test_run_reporter_LDADD = $(REPORT_LIBS) $(CHECK_LIBS)
%canon_reldir%_report_test_pace_SOURCES = %reldir%/report/test_pace.c
%canon_reldir%_report_test_pace_LDADD = $(REPORT_LIBS) $(CHECK_LIBS)
%canon_reldir%_html_test_page_text_SOURCES = %reldir%/html/test_page_text.c
%canon_reldir%_html_test_page_text_LDADD = $(HTML_LIBS) $(CHECK_LIBS)
%canon_reldir%_html_test_robots_meta_SOURCES = %reldir%/html/test_robots_meta.c
%canon_reldir%_html_test_robots_meta_LDADD = $(HTML_LIBS) $(CHECK_LIBS)
%canon_reldir%_platform_test_platform_SOURCES = %reldir%/platform/test_platform.c
%canon_reldir%_platform_test_platform_LDADD = $(PLATFORM_LIBS) $(CHECK_LIBS)
%canon_reldir%_frontier_test_frontier_SOURCES = %reldir%/frontier/test_frontier.c
%canon_reldir%_frontier_test_frontier_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=clock_wall_ms -Wl,--wrap=clock_steady_ms
%canon_reldir%_frontier_test_frontier_LDADD = $(FRONTIER_LIBS) $(CHECK_LIBS)
%canon_reldir%_frontier_test_host_health_SOURCES = %reldir%/frontier/test_host_health.c
%canon_reldir%_frontier_test_host_health_LDADD = $(FRONTIER_LIBS) $(CHECK_LIBS)
%canon_reldir%_frontier_test_scope_SOURCES = %reldir%/frontier/test_scope.c
%canon_reldir%_frontier_test_scope_LDADD = $(FRONTIER_LIBS) $(CHECK_LIBS)
%canon_reldir%_warc_list_flaws_LDADD = $(WARC_LIBS)

check_PROGRAMS += \
	%reldir%/base/test_clock \
	%reldir%/base/test_gzip \
	%reldir%/base/test_json \
	%reldir%/base/test_wording \
	%reldir%/base/test_system \
	%reldir%/base/test_system_plain \
	%reldir%/report/test_completeness_text \
	%reldir%/report/test_live_line \
	%reldir%/report/test_terminal \
	%reldir%/http/test_body_reader \
	%reldir%/http/test_http_framing \
	%reldir%/web/test_secrets \
	%reldir%/web/test_session \
	%reldir%/web/test_surt \
	%reldir%/web/test_url \
	%reldir%/web/test_url_rules \
	%reldir%/web/test_url_wpt \
	%reldir%/warc/test_mend \
	%reldir%/warc/test_reader \
	%reldir%/warc/test_warc_rules \
	%reldir%/warc/test_library \
	%reldir%/warc/test_payload \
	%reldir%/warc/test_writer \
	%reldir%/links/test_front_page \
	%reldir%/links/test_links_css \
	%reldir%/links/test_links_feed \
	%reldir%/links/test_links_html \
	%reldir%/links/test_links_sitemap \
	%reldir%/links/test_anchor_cache \
	%reldir%/links/test_mended \
	%reldir%/links/test_pagers \
	%reldir%/links/test_pages \
	%reldir%/series/test_archive_counts \
	%reldir%/html/test_page_text \
	%reldir%/web/test_robots \
	%reldir%/links/test_series \
	%reldir%/html/test_tokenizer \
	%reldir%/html/test_robots_meta \
	%reldir%/platform/test_platform \
	%reldir%/capture/test_keeping \
	%reldir%/capture/test_payload_identity \
	%reldir%/capture/test_writer_set \
	%reldir%/cmd/test_config \
	%reldir%/cmd/test_options \
	%reldir%/crawl/test_recover \
	%reldir%/crawl/test_recrawl \
	%reldir%/collection/test_capture_reader \
	%reldir%/collection/test_index_cdxj \
	%reldir%/collection/test_provenance \
	%reldir%/frontier/test_recorded_options \
	%reldir%/verify/test_crawl_claims \
	%reldir%/store/test_dedup \
	%reldir%/store/test_store \
	%reldir%/contract/test_store_contract \
	%reldir%/cmd/test_jitter \
	%reldir%/cmd/test_job_queue \
	%reldir%/collection/test_crawl_log \
	%reldir%/web/test_private_address \
	%reldir%/crawl/test_crawl_observer \
	%reldir%/crawl/test_follow \
	%reldir%/crawl/test_recrawl_due \
	%reldir%/report/test_exit_code \
	%reldir%/verify/test_verify_observer \
	%reldir%/report/test_run_reporter \
	%reldir%/frontier/test_frontier \
	%reldir%/frontier/test_host_health \
	%reldir%/frontier/test_scope \
	%reldir%/report/test_pace \
	%reldir%/warc/list_flaws

TESTS += \
	%reldir%/base/test_clock \
	%reldir%/base/test_gzip \
	%reldir%/base/test_json \
	%reldir%/base/test_wording \
	%reldir%/base/test_system \
	%reldir%/base/test_system_plain \
	%reldir%/report/test_completeness_text \
	%reldir%/report/test_live_line \
	%reldir%/report/test_terminal \
	%reldir%/http/test_body_reader \
	%reldir%/http/test_http_framing \
	%reldir%/web/test_secrets \
	%reldir%/web/test_session \
	%reldir%/web/test_surt \
	%reldir%/web/test_url \
	%reldir%/web/test_url_rules \
	%reldir%/web/test_url_wpt \
	%reldir%/warc/test_mend \
	%reldir%/warc/test_reader \
	%reldir%/warc/test_warc_rules \
	%reldir%/warc/test_library \
	%reldir%/warc/test_payload \
	%reldir%/warc/test_writer \
	%reldir%/links/test_front_page \
	%reldir%/links/test_links_css \
	%reldir%/links/test_links_feed \
	%reldir%/links/test_links_html \
	%reldir%/links/test_links_sitemap \
	%reldir%/links/test_anchor_cache \
	%reldir%/links/test_mended \
	%reldir%/links/test_pagers \
	%reldir%/links/test_pages \
	%reldir%/series/test_archive_counts \
	%reldir%/html/test_page_text \
	%reldir%/web/test_robots \
	%reldir%/links/test_series \
	%reldir%/html/test_tokenizer \
	%reldir%/html/test_robots_meta \
	%reldir%/platform/test_platform \
	%reldir%/capture/test_keeping \
	%reldir%/capture/test_payload_identity \
	%reldir%/capture/test_writer_set \
	%reldir%/cmd/test_config \
	%reldir%/cmd/test_options \
	%reldir%/crawl/test_recover \
	%reldir%/crawl/test_recrawl \
	%reldir%/collection/test_capture_reader \
	%reldir%/collection/test_index_cdxj \
	%reldir%/collection/test_provenance \
	%reldir%/frontier/test_recorded_options \
	%reldir%/verify/test_crawl_claims \
	%reldir%/store/test_dedup \
	%reldir%/store/test_store \
	%reldir%/contract/test_store_contract \
	%reldir%/cmd/test_jitter \
	%reldir%/cmd/test_job_queue \
	%reldir%/collection/test_crawl_log \
	%reldir%/web/test_private_address \
	%reldir%/crawl/test_crawl_observer \
	%reldir%/crawl/test_follow \
	%reldir%/crawl/test_recrawl_due \
	%reldir%/report/test_exit_code \
	%reldir%/verify/test_verify_observer \
	%reldir%/report/test_run_reporter \
	%reldir%/frontier/test_frontier \
	%reldir%/frontier/test_host_health \
	%reldir%/frontier/test_scope \
	%reldir%/report/test_pace \
	%reldir%/library/stranger.sh \
	%reldir%/library/threads.sh \
	%reldir%/warc/test_fixtures.sh \
	%reldir%/cli/bootstrap.sh \
	%reldir%/cli/blog.sh \
	%reldir%/cli/bodies.sh \
	%reldir%/cli/clock.sh \
	%reldir%/cli/nights.sh \
	%reldir%/cli/blogger.sh \
	%reldir%/cli/platforms.sh \
	%reldir%/cli/scope.sh \
	%reldir%/cli/shapes.sh \
	%reldir%/cli/cron-page.sh \
	%reldir%/cli/edits.sh \
	%reldir%/cli/errors.sh \
	%reldir%/cli/dead-hosts.sh \
	%reldir%/cli/kept.sh \
	%reldir%/cli/mistakes.sh \
	%reldir%/cli/verify-paths.sh \
	%reldir%/cli/faults.sh \
	%reldir%/cli/frontpage.sh \
	%reldir%/cli/https.sh \
	%reldir%/cli/kill.sh \
	%reldir%/cli/large.sh \
	%reldir%/cli/locks.sh \
	%reldir%/cli/manifest.sh \
	%reldir%/cli/mishaps.sh \
	%reldir%/cli/names.sh \
	%reldir%/cli/nightly.sh \
	%reldir%/cli/signals.sh \
	%reldir%/cli/sites.sh \
	%reldir%/cli/manners.sh \
	%reldir%/cli/options.sh \
	%reldir%/cli/pace.sh \
	%reldir%/cli/powercut.sh \
	%reldir%/cli/facts.sh \
	%reldir%/cli/traps.sh \
	%reldir%/cli/programs.sh \
	%reldir%/cli/rules.sh \
	%reldir%/cli/twins.sh \
	%reldir%/terminal/commands.sh \
	%reldir%/terminal/crawl.sh \
	%reldir%/terminal/sites.sh \
	%reldir%/cli/why.sh \
	%reldir%/cli/wire.sh \
	%reldir%/interop/gowarc.sh \
	%reldir%/interop/http2.sh \
	%reldir%/interop/jwarc.sh \
	%reldir%/interop/jwat.sh \
	%reldir%/interop/pywb.sh \
	%reldir%/interop/warcio.sh

EXTRA_DIST += \
	%reldir%/count.sh \
	%reldir%/without-check/check.h \
	%reldir%/bench/bench.sh \
	%reldir%/bench/bench-links.sh \
	%reldir%/bench/bench-sync.sh \
	%reldir%/bench/bench-warc.sh \
	%reldir%/bench/bench_libxml.c \
	%reldir%/cli/bootstrap.sh \
	%reldir%/cli/blog.sh \
	%reldir%/cli/bodies.sh \
	%reldir%/cli/clock.sh \
	%reldir%/cli/nights.sh \
	%reldir%/cli/blogger.sh \
	%reldir%/cli/platforms.sh \
	%reldir%/cli/scope.sh \
	%reldir%/cli/shapes.sh \
	%reldir%/cli/cron-page.sh \
	%reldir%/cli/edits.sh \
	%reldir%/cli/errors.sh \
	%reldir%/cli/dead-hosts.sh \
	%reldir%/cli/kept.sh \
	%reldir%/cli/mistakes.sh %reldir%/cli/mistakes.tsv \
	%reldir%/cli/verify-paths.sh \
	%reldir%/cli/faults.sh \
	%reldir%/cli/frontpage.sh \
	%reldir%/cli/https.sh \
	%reldir%/cli/kill.sh \
	%reldir%/cli/large.sh \
	%reldir%/cli/locks.sh \
	%reldir%/cli/manifest.sh \
	%reldir%/cli/mishaps.sh \
	%reldir%/cli/names.sh \
	%reldir%/cli/nightly.sh \
	%reldir%/cli/signals.sh \
	%reldir%/cli/sites.sh \
	%reldir%/cli/manners.sh \
	%reldir%/cli/options.sh \
	%reldir%/cli/pace.sh \
	%reldir%/cli/powercut.sh \
	%reldir%/cli/facts.sh \
	%reldir%/cli/traps.sh \
	%reldir%/cli/programs.sh \
	%reldir%/cli/rules.sh \
	%reldir%/cli/twins.sh \
	%reldir%/terminal/commands.sh \
	%reldir%/terminal/crawl.sh \
	%reldir%/terminal/sites.sh \
	%reldir%/cli/why.sh \
	%reldir%/cli/wire.sh \
	%reldir%/interop/JwatValidate.java \
	%reldir%/interop/alarms.py \
	%reldir%/interop/captured.sh \
	%reldir%/interop/gowarc.sh \
	%reldir%/interop/gowarc/go.mod \
	%reldir%/interop/gowarc/go.sum \
	%reldir%/interop/gowarc/main.go \
	%reldir%/interop/http2.sh \
	%reldir%/interop/jwarc.sh \
	%reldir%/interop/jwat.sh \
	%reldir%/interop/pywb.sh \
	%reldir%/interop/registry.sh \
	%reldir%/interop/replayed.py \
	%reldir%/interop/requirements-h2.txt \
	%reldir%/interop/requirements-pywb.txt \
	%reldir%/interop/requirements-warcio.txt \
	%reldir%/interop/warcio.sh \
	%reldir%/disk/powercut.py \
	%reldir%/server/blogger.py \
	%reldir%/server/bodies.py \
	%reldir%/server/demo.sh \
	%reldir%/server/facts.py \
	%reldir%/server/front-page.sh \
	%reldir%/server/guests.py \
	%reldir%/server/http2.py \
	%reldir%/server/judge.py \
	%reldir%/server/large.py \
	%reldir%/server/longread.py \
	%reldir%/server/moody.py \
	%reldir%/server/many.py \
	%reldir%/server/names.py \
	%reldir%/server/nights.py \
	%reldir%/server/odd.py \
	%reldir%/server/serve.sh \
	%reldir%/server/stale.py \
	%reldir%/server/halfdead.py \
	%reldir%/server/standin.py \
	%reldir%/server/states.py \
	%reldir%/server/traps.py \
	%reldir%/server/programs.py \
	%reldir%/library/layout.c \
	%reldir%/server/twins.py \
	%reldir%/library/stranger.cc \
	%reldir%/library/stranger.sh \
	%reldir%/library/symbols \
	%reldir%/library/threads.c \
	%reldir%/library/threads.sh \
	%reldir%/server/agree.py \
	%reldir%/server/walk.py \
	%reldir%/terminal/commands.py \
	%reldir%/terminal/crawl.py \
	%reldir%/terminal/screen.py \
	%reldir%/terminal/sites.py \
	%reldir%/server/warcread.py \
	%reldir%/server/wire.py \
	%reldir%/warc/test_fixtures.sh

# Built and run by parts of `make bench` only.
EXTRA_PROGRAMS = %reldir%/bench/bench_links %reldir%/bench/bench_writer
%canon_reldir%_bench_bench_writer_SOURCES = %reldir%/bench/bench_writer.c
%canon_reldir%_bench_bench_writer_LDADD = $(WARC_LIBS)
%canon_reldir%_bench_bench_links_SOURCES = %reldir%/bench/bench_links.c
%canon_reldir%_bench_bench_links_LDADD = $(LINKS_LIBS)
CLEANFILES += %reldir%/bench/bench_links %reldir%/bench/bench_writer %reldir%/bench/bench_libxml

.PHONY: bench-sync
bench: bench-sync
bench-sync: warccap %reldir%/disk/recorder.so
	$(AM_TESTS_ENVIRONMENT) sh $(srcdir)/%reldir%/bench/bench-sync.sh

.PHONY: bench-warc
bench: bench-warc
bench-warc: warccap libwarccap.la %reldir%/bench/bench_writer
	$(AM_TESTS_ENVIRONMENT) CC='$(CC)' sh $(srcdir)/%reldir%/bench/bench-warc.sh

.PHONY: bench-links
bench: bench-links
bench-links: %reldir%/bench/bench_links
	$(AM_TESTS_ENVIRONMENT) CC='$(CC)' sh $(srcdir)/%reldir%/bench/bench-links.sh

include tests/house/local.mk
include tests/traps/local.mk

TEST_EXTENSIONS = .sh
SH_LOG_COMPILER = $(SHELL)

clean-local: clean-tests
clean-tests:
	-rm -rf tests/tmp tests/go tests/go.log tests/maven tests/maven.log tests/venv-*
.PHONY: clean-tests

# Preloaded into the program by tests of what happens to its files; a shared object, and no part of the program.
check_PROGRAMS += %reldir%/disk/recorder.so
%canon_reldir%_disk_recorder_so_SOURCES = %reldir%/disk/recorder.c
%canon_reldir%_disk_recorder_so_CPPFLAGS =
%canon_reldir%_disk_recorder_so_CFLAGS = -std=gnu11 $(WARN_CFLAGS) -fPIC
%canon_reldir%_disk_recorder_so_LDFLAGS =
%canon_reldir%_disk_recorder_so_LINK = $(CC) $(CFLAGS) $(LDFLAGS) -shared -o $@
%canon_reldir%_disk_recorder_so_LDADD =

# The long forms of tests that are cut short in `make check`: two hundred kills, a cut at every sync, a year of nights, ten gigabytes.
LONG_TESTS = %reldir%/cli/kill.sh %reldir%/cli/powercut.sh %reldir%/cli/faults.sh %reldir%/cli/locks.sh %reldir%/cli/nights.sh \
	%reldir%/cli/large.sh
.PHONY: check-long
check-long:
	KILLS=200 CUTS=0 FAULTS=60 LOCKS=50 NIGHTS=365 LARGE=10737418240 $(MAKE) $(AM_MAKEFLAGS) check TESTS='$(LONG_TESTS)'
