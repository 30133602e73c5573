noinst_LIBRARIES += %reldir%/libfrontier.a
%canon_reldir%_libfrontier_a_SOURCES = \
	%reldir%/frontier.c %reldir%/frontier.h \
	%reldir%/frontier_hosts.c \
	%reldir%/frontier_internal.h \
	%reldir%/frontier_lockout.c %reldir%/frontier_lockout.h \
	%reldir%/frontier_options.h \
	%reldir%/frontier_page.c \
	%reldir%/frontier_referrer.c %reldir%/frontier_referrer.h \
	%reldir%/frontier_rules.c \
	%reldir%/frontier_spelling.c %reldir%/frontier_spelling.h \
	%reldir%/frontier_unasked.c %reldir%/frontier_unasked.h \
	%reldir%/host_health.c %reldir%/host_health.h \
	%reldir%/host_turns.c %reldir%/host_turns.h \
	%reldir%/lockout.c %reldir%/lockout.h \
	%reldir%/lockout_marks.c \
	%reldir%/lockout_pack.c %reldir%/lockout_pack.h \
	%reldir%/page_batch.c %reldir%/page_batch.h \
	%reldir%/part_guesses.c %reldir%/part_guesses.h \
	%reldir%/recorded_options.c %reldir%/recorded_options.h \
	%reldir%/scope.c %reldir%/scope.h \
	%reldir%/scope_options.h \
	%reldir%/scope_seeds.c %reldir%/scope_seeds.h \
	%reldir%/visit_judge.c %reldir%/visit_judge.h
