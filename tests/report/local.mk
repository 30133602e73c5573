report_tests = \
	%reldir%/test_completeness_text \
	%reldir%/test_exit_code \
	%reldir%/test_live_line \
	%reldir%/test_pace \
	%reldir%/test_run_reporter \
	%reldir%/test_terminal
check_PROGRAMS += $(report_tests)
TESTS += $(report_tests)

%canon_reldir%_test_completeness_text_SOURCES = %reldir%/test_completeness_text.c
%canon_reldir%_test_completeness_text_LDADD = $(REPORT_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_live_line_SOURCES = %reldir%/test_live_line.c
%canon_reldir%_test_live_line_LDADD = $(REPORT_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_terminal_SOURCES = %reldir%/test_terminal.c
%canon_reldir%_test_terminal_LDADD = $(REPORT_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_exit_code_SOURCES = %reldir%/test_exit_code.c
%canon_reldir%_test_exit_code_LDADD = $(REPORT_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_run_reporter_SOURCES = %reldir%/test_run_reporter.c \
	tests/caught_output.c tests/caught_output.h
%canon_reldir%_test_run_reporter_LDADD = $(REPORT_LIBS) $(CHECK_LIBS)
%canon_reldir%_test_pace_SOURCES = %reldir%/test_pace.c
%canon_reldir%_test_pace_LDADD = $(REPORT_LIBS) $(CHECK_LIBS)
