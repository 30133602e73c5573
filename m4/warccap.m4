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

dnl WARCCAP_OPTIONAL(NAME, OPTION, MODULE, PACKAGE, DEFINE, WHAT-FOR): a library that is used if it is there, unless
dnl --without-OPTION says not to.  What became of it is in $have_NAME, in lower case.
AC_DEFUN([WARCCAP_OPTIONAL], [
  AC_ARG_WITH([$2], [AS_HELP_STRING([--without-$2], [do without $2, which would $6])], [], [with_$2=auto])
  AS_IF([test "x$with_$2" = xno], [AS_VAR_SET([have_]m4_tolower([$1]), ["no (--without-$2)"])],
    [PKG_CHECK_MODULES([$1], [$3],
      [AS_VAR_SET([have_]m4_tolower([$1]), [yes])
       AC_DEFINE([HAVE_$5], [1], [$2 is there, to $6])],
      [AS_IF([test "x$with_$2" = xyes], [missing="$missing $4"])
       AS_VAR_SET([have_]m4_tolower([$1]), ["no (apt-get install $4)"])])])])
