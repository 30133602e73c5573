#include <config.h>

#include "caught_output.h"

#include <check.h>
#include <unistd.h>

void caught_output_begin(struct caught_output *caught)
{
    fflush(stdout);
    fflush(stderr);
    for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++) {
        ck_assert_ptr_nonnull(caught->files[fd] = tmpfile());
        ck_assert_int_ge(caught->saved[fd] = dup(fd), 0);
        ck_assert_int_eq(dup2(fileno(caught->files[fd]), fd), fd);
    }
}

void caught_output_end(struct caught_output *caught)
{
    fflush(stdout);
    fflush(stderr);
    for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++) {
        dup2(caught->saved[fd], fd);
        close(caught->saved[fd]);
        rewind(caught->files[fd]);
        size_t got = fread(caught->words[fd], 1, CAUGHT_BYTES - 1, caught->files[fd]);
        caught->words[fd][got] = '\0';
        fclose(caught->files[fd]);
    }
}
