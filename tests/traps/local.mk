# Each detector is shown pages without a crawl around it.
traps_tests = \
	%reldir%/test_archive_period \
	%reldir%/test_challenge \
	%reldir%/test_jump \
	%reldir%/test_login \
	%reldir%/test_login_page \
	%reldir%/test_logout \
	%reldir%/test_novelty_budget \
	%reldir%/test_page_copies \
	%reldir%/test_path_echo \
	%reldir%/test_path_facets \
	%reldir%/test_series_novelty \
	%reldir%/test_shown_marks \
	%reldir%/test_suspects \
	%reldir%/test_url_token
check_PROGRAMS += $(traps_tests)
TESTS += $(traps_tests)

%canon_reldir%_test_archive_period_SOURCES = %reldir%/test_archive_period.c \
	%reldir%/watch.c %reldir%/watch.h
%canon_reldir%_test_archive_period_LDADD = $(TRAPS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_challenge_SOURCES = %reldir%/test_challenge.c
%canon_reldir%_test_challenge_LDADD = $(TRAPS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_jump_SOURCES = %reldir%/test_jump.c
%canon_reldir%_test_jump_LDADD = $(TRAPS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_login_SOURCES = %reldir%/test_login.c
%canon_reldir%_test_login_LDADD = $(TRAPS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_login_page_SOURCES = %reldir%/test_login_page.c
%canon_reldir%_test_login_page_LDADD = $(TRAPS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_logout_SOURCES = %reldir%/test_logout.c
%canon_reldir%_test_logout_LDADD = $(TRAPS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_novelty_budget_SOURCES = %reldir%/test_novelty_budget.c \
	%reldir%/watch.c %reldir%/watch.h
%canon_reldir%_test_novelty_budget_LDADD = $(TRAPS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_page_copies_SOURCES = %reldir%/test_page_copies.c \
	%reldir%/watch.c %reldir%/watch.h
%canon_reldir%_test_page_copies_LDADD = $(TRAPS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_path_echo_SOURCES = %reldir%/test_path_echo.c \
	%reldir%/watch.c %reldir%/watch.h
%canon_reldir%_test_path_echo_LDADD = $(TRAPS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_path_facets_SOURCES = %reldir%/test_path_facets.c \
	%reldir%/watch.c %reldir%/watch.h
%canon_reldir%_test_path_facets_LDADD = $(TRAPS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_series_novelty_SOURCES = %reldir%/test_series_novelty.c \
	%reldir%/watch.c %reldir%/watch.h
%canon_reldir%_test_series_novelty_LDADD = $(TRAPS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_shown_marks_SOURCES = %reldir%/test_shown_marks.c
%canon_reldir%_test_shown_marks_LDADD = $(TRAPS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_suspects_SOURCES = %reldir%/test_suspects.c \
	%reldir%/watch.c %reldir%/watch.h
%canon_reldir%_test_suspects_LDADD = $(TRAPS_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_url_token_SOURCES = %reldir%/test_url_token.c \
	%reldir%/watch.c %reldir%/watch.h
%canon_reldir%_test_url_token_LDADD = $(TRAPS_LIBS) $(CHECK_LIBS)
