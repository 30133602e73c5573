# Checks of the house itself: floors, names, rules, sizes, format, options, and how it is built.  Each is tried on something planted, too.
house_checks = \
	%reldir%/exit_codes.sh \
	%reldir%/floors.sh \
	%reldir%/must_check.sh \
	%reldir%/names.sh \
	%reldir%/silent.sh \
	%reldir%/sizes.sh \
	%reldir%/states.sh \
	%reldir%/format.sh \
	%reldir%/options.sh \
	%reldir%/portable.sh \
	%reldir%/hardening.sh \
	%reldir%/configure.sh \
	%reldir%/rules.sh \
	%reldir%/tables.sh \
	%reldir%/way.sh

TESTS += $(house_checks)

EXTRA_DIST += $(house_checks) \
	.clang-format \
	%reldir%/analyze \
	%reldir%/analyzer \
	%reldir%/exceptions \
	%reldir%/floors.txt \
	%reldir%/format-code \
	%reldir%/house.py \
	%reldir%/house.sh \
	%reldir%/includes.py \
	%reldir%/names.py \
	%reldir%/options.py \
	%reldir%/rules.py \
	%reldir%/sizes.py \
	%reldir%/tables.py \
	%reldir%/way.py

.PHONY: format
format:
	sh $(srcdir)/%reldir%/format-code $(srcdir)

# Every source file under gcc's static analyzer; what it says is either mended or, with the reason, in tests/house/analyzer.
.PHONY: analyze
analyze:
	sh $(srcdir)/%reldir%/analyze $(srcdir) $(CC) $(DEFS) $(DEFAULT_INCLUDES) $(AM_CPPFLAGS) $(CURL_CFLAGS) $(SQLITE_CFLAGS) $(CPPFLAGS) -std=gnu11
