noinst_LIBRARIES += %reldir%/libweb.a
%canon_reldir%_libweb_a_CFLAGS = $(AM_CFLAGS) $(ZLIB_CFLAGS) $(IDN2_CFLAGS)
%canon_reldir%_libweb_a_SOURCES = \
	%reldir%/change.c %reldir%/change.h \
	%reldir%/charset.c %reldir%/charset.h \
	%reldir%/data_url.c %reldir%/data_url.h \
	%reldir%/exchange.c %reldir%/exchange.h \
	%reldir%/failure_way.c %reldir%/failure_way.h \
	%reldir%/idna.c %reldir%/idna.h \
	%reldir%/limit.c %reldir%/limit.h \
	%reldir%/link.c %reldir%/link.h \
	%reldir%/location.c %reldir%/location.h \
	%reldir%/media_type.c %reldir%/media_type.h \
	%reldir%/path_segments.c %reldir%/path_segments.h \
	%reldir%/player_key.c %reldir%/player_key.h \
	%reldir%/private_address.c %reldir%/private_address.h \
	%reldir%/referrer.c %reldir%/referrer.h \
	%reldir%/robots.c %reldir%/robots.h \
	%reldir%/secrets.c %reldir%/secrets.h \
	%reldir%/session.c %reldir%/session.h \
	%reldir%/surt.c %reldir%/surt.h \
	%reldir%/url.c %reldir%/url.h \
	%reldir%/url_encode.c %reldir%/url_encode.h \
	%reldir%/url_host.c %reldir%/url_host.h \
	%reldir%/url_same.c \
	%reldir%/url_rules.c %reldir%/url_rules.h \
	%reldir%/url_state.c %reldir%/url_state.h \
	%reldir%/url_totals.c %reldir%/url_totals.h \
	%reldir%/visit_kind.c %reldir%/visit_kind.h \
	%reldir%/wall.c %reldir%/wall.h
