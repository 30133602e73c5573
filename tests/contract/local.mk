contract_tests = \
	%reldir%/test_store_contract
check_PROGRAMS += $(contract_tests)
TESTS += $(contract_tests)

%canon_reldir%_test_store_contract_SOURCES = %reldir%/test_store_contract.c \
	%reldir%/contract.h \
	%reldir%/contract_commits.c \
	%reldir%/contract_completeness.c \
	%reldir%/contract_failures.c \
	%reldir%/contract_hosts.c \
	%reldir%/contract_known_urls.c \
	%reldir%/contract_leases.c \
	%reldir%/contract_options.c \
	%reldir%/contract_queue.c \
	%reldir%/contract_recrawl.c
%canon_reldir%_test_store_contract_LDADD = $(STORE_LIBS) $(CHECK_LIBS)
