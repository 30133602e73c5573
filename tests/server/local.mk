EXTRA_DIST += \
	%reldir%/agree.py \
	%reldir%/blogger.py \
	%reldir%/bodies.py \
	%reldir%/chapters.py \
	%reldir%/crowd.py \
	%reldir%/demo.sh \
	%reldir%/dying.py \
	%reldir%/endless.py \
	%reldir%/every.py \
	%reldir%/evidence.py \
	%reldir%/facts.py \
	%reldir%/foreign.py \
	%reldir%/framings.py \
	%reldir%/front-page.sh \
	%reldir%/guarded.py \
	%reldir%/guests.py \
	%reldir%/halfdead.py \
	%reldir%/http2.py \
	%reldir%/judge.py \
	%reldir%/large.py \
	%reldir%/local_server.py \
	%reldir%/lockout.py \
	%reldir%/lockouts.sh \
	%reldir%/longread.py \
	%reldir%/many.py \
	%reldir%/moody.py \
	%reldir%/more_ways.py \
	%reldir%/mute_names.py \
	%reldir%/names.py \
	%reldir%/nights.py \
	%reldir%/odd.py \
	%reldir%/parts.py \
	%reldir%/programs.py \
	%reldir%/robots.py \
	%reldir%/rows.py \
	%reldir%/same_counts.py \
	%reldir%/seeds.py \
	%reldir%/serve.sh \
	%reldir%/served.py \
	%reldir%/slow_names.py \
	%reldir%/stale.py \
	%reldir%/standin.py \
	%reldir%/states.py \
	%reldir%/strangers.py \
	%reldir%/throng.py \
	%reldir%/traps.py \
	%reldir%/twins.py \
	%reldir%/vault.py \
	%reldir%/visitor.py \
	%reldir%/verdicts.py \
	%reldir%/verdicts.sh \
	%reldir%/walk.py \
	%reldir%/walls.py \
	%reldir%/waczread.py \
	%reldir%/waczsays.py \
	%reldir%/warcread.py \
	%reldir%/widened.py \
	%reldir%/wire.py

# Preloaded into the program by tests: of where it connects, and of what its sandbox refuses.  Shared objects, and no
# part of the program.
check_PROGRAMS += %reldir%/connects.so %reldir%/intruder.so %reldir%/mistake.so
%canon_reldir%_connects_so_SOURCES = %reldir%/connects.c
%canon_reldir%_connects_so_CPPFLAGS =
%canon_reldir%_connects_so_CFLAGS = -std=gnu11 $(WARN_CFLAGS) -fPIC
%canon_reldir%_connects_so_LDFLAGS =
%canon_reldir%_connects_so_LINK = $(CC) $(CFLAGS) $(LDFLAGS) -shared -o $@
%canon_reldir%_connects_so_LDADD =
%canon_reldir%_intruder_so_SOURCES = %reldir%/intruder.c
%canon_reldir%_intruder_so_CPPFLAGS =
%canon_reldir%_intruder_so_CFLAGS = -std=gnu11 $(WARN_CFLAGS) -fPIC
%canon_reldir%_intruder_so_LDFLAGS =
%canon_reldir%_intruder_so_LINK = $(CC) $(CFLAGS) $(LDFLAGS) -shared -o $@
%canon_reldir%_intruder_so_LDADD =
%canon_reldir%_mistake_so_SOURCES = %reldir%/mistake.c
%canon_reldir%_mistake_so_CPPFLAGS =
%canon_reldir%_mistake_so_CFLAGS = -std=gnu11 $(WARN_CFLAGS) -fPIC
%canon_reldir%_mistake_so_LDFLAGS =
%canon_reldir%_mistake_so_LINK = $(CC) $(CFLAGS) $(LDFLAGS) -shared -o $@
%canon_reldir%_mistake_so_LDADD =

# Runs the program as on a system without a sandbox.
check_PROGRAMS += %reldir%/lacking
%canon_reldir%_lacking_SOURCES = %reldir%/lacking.c
