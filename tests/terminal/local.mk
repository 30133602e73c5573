terminal_scripts = \
	%reldir%/commands.sh \
	%reldir%/crawl.sh \
	%reldir%/sites.sh
TESTS += $(terminal_scripts)
EXTRA_DIST += $(terminal_scripts) \
	%reldir%/commands.py \
	%reldir%/crawl.py \
	%reldir%/screen.py \
	%reldir%/sites.py
