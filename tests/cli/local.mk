cli_scripts = \
	%reldir%/blog.sh \
	%reldir%/blogger.sh \
	%reldir%/bodies.sh \
	%reldir%/bootstrap.sh \
	%reldir%/ceilings.sh \
	%reldir%/challenges.sh \
	%reldir%/chapters.sh \
	%reldir%/clock.sh \
	%reldir%/cookies.sh \
	%reldir%/cron-daemon.sh \
	%reldir%/cron-page.sh \
	%reldir%/crowd.sh \
	%reldir%/dead-hosts-pace.sh \
	%reldir%/dead-hosts.sh \
	%reldir%/directories.sh \
	%reldir%/edits.sh \
	%reldir%/errors.sh \
	%reldir%/every-state.sh \
	%reldir%/evidence.sh \
	%reldir%/facts.sh \
	%reldir%/faults.sh \
	%reldir%/foreign.sh \
	%reldir%/frontpage.sh \
	%reldir%/headers.sh \
	%reldir%/hostile.sh \
	%reldir%/https.sh \
	%reldir%/hurry.sh \
	%reldir%/index.sh \
	%reldir%/jail.sh \
	%reldir%/kept.sh \
	%reldir%/kill.sh \
	%reldir%/known-dead.sh \
	%reldir%/large.sh \
	%reldir%/lockout-end.sh \
	%reldir%/lockout-healthy.sh \
	%reldir%/lockout-later.sh \
	%reldir%/lockout-lists.sh \
	%reldir%/lockout-lost.sh \
	%reldir%/lockout-nightly.sh \
	%reldir%/lockout-passing.sh \
	%reldir%/lockout-walls.sh \
	%reldir%/lockout.sh \
	%reldir%/locks.sh \
	%reldir%/logout.sh \
	%reldir%/manifest.sh \
	%reldir%/manners.sh \
	%reldir%/memory-pages.sh \
	%reldir%/mishaps.sh \
	%reldir%/mistakes.sh \
	%reldir%/more-ways.sh \
	%reldir%/mute-names.sh \
	%reldir%/names.sh \
	%reldir%/nightly.sh \
	%reldir%/nights.sh \
	%reldir%/nothing.sh \
	%reldir%/pack.sh \
	%reldir%/odd-but-sound.sh \
	%reldir%/options.sh \
	%reldir%/serve.sh \
	%reldir%/pace.sh \
	%reldir%/parts.sh \
	%reldir%/platforms.sh \
	%reldir%/powercut.sh \
	%reldir%/private.sh \
	%reldir%/programs.sh \
	%reldir%/referer.sh \
	%reldir%/rate-limits.sh \
	%reldir%/repair.sh \
	%reldir%/robots.sh \
	%reldir%/rows.sh \
	%reldir%/rules.sh \
	%reldir%/sandbox.sh \
	%reldir%/scope.sh \
	%reldir%/secrets.sh \
	%reldir%/seeds.sh \
	%reldir%/shapes.sh \
	%reldir%/signals.sh \
	%reldir%/sitemap.sh \
	%reldir%/sites.sh \
	%reldir%/spellings.sh \
	%reldir%/strangers.sh \
	%reldir%/throng.sh \
	%reldir%/traps.sh \
	%reldir%/twins.sh \
	%reldir%/verify-paths.sh \
	%reldir%/verify-report.sh \
	%reldir%/walls.sh \
	%reldir%/ways-to-fail.sh \
	%reldir%/why.sh \
	%reldir%/widened.sh \
	%reldir%/wire.sh
TESTS += $(cli_scripts)
EXTRA_DIST += $(cli_scripts) \
	%reldir%/mistakes.tsv

# The long forms of tests that are cut short in `make check`: two hundred kills, a cut at every sync, a year of nights, ten gigabytes.
LONG_TESTS = %reldir%/kill.sh %reldir%/powercut.sh %reldir%/faults.sh %reldir%/locks.sh %reldir%/nights.sh \
	%reldir%/large.sh tests/scale/doubling.sh tests/scale/tampering.sh
.PHONY: check-long
check-long:
	KILLS=200 CUTS=0 FAULTS=60 LOCKS=50 NIGHTS=365 LARGE=10737418240 SCALE=all CHANGES=10000 $(MAKE) $(AM_MAKEFLAGS) check TESTS='$(LONG_TESTS)'
