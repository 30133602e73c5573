dnl What warccap's configure.ac asks for more than once.

dnl WARCCAP_NEED(NAME, MODULE, PACKAGE): a library that has to be there.  What is missing is gathered in $missing, so that one
dnl message can name all of it.
AC_DEFUN([WARCCAP_NEED], [PKG_CHECK_MODULES([$1], [$2], [], [missing="$missing $3"])])

dnl WARCCAP_HARDEN(VARIABLE, FLAGS, [MORE-CFLAGS]): adds FLAGS to HARDENING_VARIABLE (CFLAGS or LDFLAGS) if the compiler and
dnl the linker take them without a word, beside MORE-CFLAGS.
AC_DEFUN([WARCCAP_HARDEN], [
  AC_MSG_CHECKING([whether $CC takes $2])
  saved_CFLAGS=$CFLAGS
  saved_LDFLAGS=$LDFLAGS
  CFLAGS="$CFLAGS $3 -fPIC -Werror"
  $1="$$1 $2"
  AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <stdio.h>
    #include <string.h>]], [[char words[16]; return fgets(words, sizeof words, stdin) && strlen(words) > 3;]])],
    [AC_MSG_RESULT([yes])
     HARDENING_$1="$HARDENING_$1 $2"],
    [AC_MSG_RESULT([no])])
  CFLAGS=$saved_CFLAGS
  LDFLAGS=$saved_LDFLAGS])
