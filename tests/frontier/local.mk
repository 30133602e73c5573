frontier_tests = \
	%reldir%/test_frontier \
	%reldir%/test_frontier_hosts \
	%reldir%/test_frontier_rules \
	%reldir%/test_host_health \
	%reldir%/test_host_turns \
	%reldir%/test_lockout \
	%reldir%/test_lockout_marks \
	%reldir%/test_part_guesses \
	%reldir%/test_recorded_options \
	%reldir%/test_scope \
	%reldir%/test_visit_judge
check_PROGRAMS += $(frontier_tests)
TESTS += $(frontier_tests)

%canon_reldir%_test_part_guesses_SOURCES = %reldir%/test_part_guesses.c
%canon_reldir%_test_part_guesses_LDADD = $(FRONTIER_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_recorded_options_SOURCES = %reldir%/test_recorded_options.c
%canon_reldir%_test_recorded_options_LDADD = $(FRONTIER_LIBS) $(CHECK_LIBS)
own_frontier = %reldir%/own_frontier.c %reldir%/own_frontier.h
%canon_reldir%_test_frontier_SOURCES = %reldir%/test_frontier.c $(own_frontier)
%canon_reldir%_test_frontier_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=clock_wall_ms -Wl,--wrap=clock_steady_ms
%canon_reldir%_test_frontier_LDADD = $(FRONTIER_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_frontier_hosts_SOURCES = %reldir%/test_frontier_hosts.c $(own_frontier)
%canon_reldir%_test_frontier_hosts_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=clock_wall_ms -Wl,--wrap=clock_steady_ms
%canon_reldir%_test_frontier_hosts_LDADD = $(FRONTIER_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_frontier_rules_SOURCES = %reldir%/test_frontier_rules.c $(own_frontier)
%canon_reldir%_test_frontier_rules_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=clock_wall_ms -Wl,--wrap=clock_steady_ms
%canon_reldir%_test_frontier_rules_LDADD = $(FRONTIER_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_host_health_SOURCES = %reldir%/test_host_health.c
%canon_reldir%_test_host_health_LDADD = $(FRONTIER_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_host_turns_SOURCES = %reldir%/test_host_turns.c
%canon_reldir%_test_host_turns_LDADD = $(FRONTIER_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_lockout_SOURCES = %reldir%/test_lockout.c
%canon_reldir%_test_lockout_LDADD = $(FRONTIER_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_lockout_marks_SOURCES = %reldir%/test_lockout_marks.c
%canon_reldir%_test_lockout_marks_LDADD = $(FRONTIER_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_scope_SOURCES = %reldir%/test_scope.c
%canon_reldir%_test_scope_LDADD = $(FRONTIER_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_visit_judge_SOURCES = %reldir%/test_visit_judge.c
%canon_reldir%_test_visit_judge_LDADD = $(FRONTIER_LIBS) $(CHECK_LIBS)
