# How the work grows with the input: instructions are counted, not seconds.  And what verify notices of very many changes.
check_PROGRAMS += %reldir%/hosts %reldir%/rules %reldir%/seeds
%canon_reldir%_hosts_SOURCES = %reldir%/hosts.c
%canon_reldir%_hosts_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=clock_wall_ms -Wl,--wrap=clock_steady_ms
%canon_reldir%_hosts_LDADD = src/frontier/libfrontier.a $(FETCH_LIBS)
%canon_reldir%_rules_SOURCES = %reldir%/rules.c
%canon_reldir%_rules_LDADD = $(WEB_LIBS)
%canon_reldir%_seeds_SOURCES = %reldir%/seeds.c
%canon_reldir%_seeds_LDADD = src/frontier/libfrontier.a $(FETCH_LIBS)

scale_scripts = %reldir%/doubling.sh %reldir%/tampering.sh
TESTS += $(scale_scripts)
EXTRA_DIST += $(scale_scripts) \
	%reldir%/doubling.py %reldir%/tampering.py
