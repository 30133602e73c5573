noinst_LIBRARIES += %reldir%/libreport.a
%canon_reldir%_libreport_a_SOURCES = \
	%reldir%/completeness_text.c %reldir%/completeness_text.h \
	%reldir%/exit_code.c %reldir%/exit_code.h \
	%reldir%/exit_status.c %reldir%/exit_status.h \
	%reldir%/findings_report.c %reldir%/findings_report.h \
	%reldir%/live_line.c %reldir%/live_line.h \
	%reldir%/pace.c %reldir%/pace.h \
	%reldir%/progress.c %reldir%/progress.h \
	%reldir%/run_reporter.c %reldir%/run_reporter.h \
	%reldir%/run_text.c %reldir%/run_text.h \
	%reldir%/terminal.c %reldir%/terminal.h
