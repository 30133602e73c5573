# What was captured is looked at in a real Chromium: `make check-replay`.  It installs pywb and wabac below the build tree.
replay_scripts = %reldir%/closure.sh %reldir%/sites.sh
EXTRA_DIST += $(replay_scripts) \
	%reldir%/browser.mjs \
	%reldir%/lacking.py \
	%reldir%/package-lock.json \
	%reldir%/package.json \
	%reldir%/player.mjs \
	%reldir%/players.mjs \
	%reldir%/players.sh \
	%reldir%/proof.mjs \
	%reldir%/signature.mjs
.PHONY: check-replay
check-replay: all
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS TESTS='$(replay_scripts)'
