noinst_LIBRARIES += %reldir%/liblinks.a
%canon_reldir%_liblinks_a_SOURCES = \
	%reldir%/anchor_cache.c %reldir%/anchor_cache.h \
	%reldir%/attribute_name.c %reldir%/attribute_name.h \
	%reldir%/bundle_amd.c \
	%reldir%/bundle_chunks.c \
	%reldir%/bundle_gatsby.c \
	%reldir%/bundle_next.c \
	%reldir%/bundle_next_app.c \
	%reldir%/bundle_nuxt.c \
	%reldir%/bundle_precache.c \
	%reldir%/bundle_qwik.c \
	%reldir%/bundle_react_router.c \
	%reldir%/bundle_routes.c \
	%reldir%/bundle_rspress.c \
	%reldir%/bundle_sveltekit.c \
	%reldir%/bundle_vite.c \
	%reldir%/bundle_vitepress.c \
	%reldir%/bundles.c %reldir%/bundles.h \
	%reldir%/extract.h \
	%reldir%/page_form.h \
	%reldir%/links.c %reldir%/links.h \
	%reldir%/links_anchor.c \
	%reldir%/links_css.c \
	%reldir%/links_data.c \
	%reldir%/links_elements.c \
	%reldir%/links_feed.c \
	%reldir%/links_form.c \
	%reldir%/links_head.c \
	%reldir%/links_html.c \
	%reldir%/links_json.c \
	%reldir%/links_json_feed.c \
	%reldir%/links_json_list.c \
	%reldir%/links_lazy.c \
	%reldir%/links_dash.c \
	%reldir%/links_playlist.c \
	%reldir%/links_relation.c \
	%reldir%/links_script.c \
	%reldir%/links_sitemap.c \
	%reldir%/links_xml.c \
	%reldir%/page.h \
	%reldir%/page_body.c %reldir%/page_body.h \
	%reldir%/page_captures.c %reldir%/page_captures.h \
	%reldir%/page_reader.c %reldir%/page_reader.h \
	%reldir%/page_reader_ask.c \
	%reldir%/page_reader_internal.h \
	%reldir%/page_reader_links.c \
	%reldir%/page_wire.c %reldir%/page_wire.h \
	%reldir%/page_worker.c \
	%reldir%/part_name.c %reldir%/part_name.h \
	%reldir%/script_constants.c %reldir%/script_constants.h \
	%reldir%/script_context.c %reldir%/script_context.h \
	%reldir%/script_joins.c %reldir%/script_joins.h \
	%reldir%/url_parts.h
