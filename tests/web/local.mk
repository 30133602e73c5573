web_tests = \
	%reldir%/test_data_url \
	%reldir%/test_failure_way \
	%reldir%/test_limit \
	%reldir%/test_location \
	%reldir%/test_player_key \
	%reldir%/test_private_address \
	%reldir%/test_referrer \
	%reldir%/test_robots \
	%reldir%/test_secrets \
	%reldir%/test_session \
	%reldir%/test_surt \
	%reldir%/test_url \
	%reldir%/test_url_rules \
	%reldir%/test_url_state \
	%reldir%/test_url_totals \
	%reldir%/test_url_wpt \
	%reldir%/test_wall
check_PROGRAMS += $(web_tests)
TESTS += $(web_tests)

%canon_reldir%_test_data_url_SOURCES = %reldir%/test_data_url.c
%canon_reldir%_test_data_url_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_limit_SOURCES = %reldir%/test_limit.c
%canon_reldir%_test_limit_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_location_SOURCES = %reldir%/test_location.c
%canon_reldir%_test_location_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_player_key_SOURCES = %reldir%/test_player_key.c
%canon_reldir%_test_player_key_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_referrer_SOURCES = %reldir%/test_referrer.c
%canon_reldir%_test_referrer_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_secrets_SOURCES = %reldir%/test_secrets.c
%canon_reldir%_test_secrets_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_session_SOURCES = %reldir%/test_session.c
%canon_reldir%_test_session_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_surt_SOURCES = %reldir%/test_surt.c \
	tests/fixture.c tests/fixture.h
%canon_reldir%_test_surt_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_url_SOURCES = %reldir%/test_url.c
%canon_reldir%_test_url_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_url_rules_SOURCES = %reldir%/test_url_rules.c
%canon_reldir%_test_url_rules_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_url_state_SOURCES = %reldir%/test_url_state.c
%canon_reldir%_test_url_state_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_url_totals_SOURCES = %reldir%/test_url_totals.c
%canon_reldir%_test_url_totals_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_url_wpt_SOURCES = %reldir%/test_url_wpt.c \
	tests/fixture.c tests/fixture.h
%canon_reldir%_test_url_wpt_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_wall_SOURCES = %reldir%/test_wall.c
%canon_reldir%_test_wall_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_robots_SOURCES = %reldir%/test_robots.c \
	tests/hostile.c tests/hostile.h
%canon_reldir%_test_robots_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_private_address_SOURCES = %reldir%/test_private_address.c
%canon_reldir%_test_private_address_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_failure_way_SOURCES = %reldir%/test_failure_way.c
%canon_reldir%_test_failure_way_LDADD = $(WEB_LIBS) $(CHECK_LIBS)
