/*
 * Answers of name servers, cut off or hostile: what is written of them is lines of a zone file,
 * with names that are visible ASCII and end with a dot, and addresses that are addresses.  Without
 * aliases it is the same less the aliases, and less room gives the first lines of the same.
 */
#include <config.h>

#include <arpa/inet.h>

#include "fetch/dns_response.h"
#include "tests/fuzz/fuzz.h"

enum { ROOM = 1 << 24, LESS_ROOM = 200 };

#define DATE TEXT("20260104050607")

static bool is_name(struct text name)
{
    for (size_t i = 0; i < name.length; i++)
        if (name.at[i] == '\\') {
            /* "\." or "\000" */
            FUZZ_CHECK(i + 1 < name.length);
            i += ascii_is_digit(name.at[i + 1]) ? 3 : 1;
            FUZZ_CHECK(i < name.length);
        } else if (name.at[i] == '.' && name.length > 1 && (!i || name.at[i - 1] == '.'))
            return i >= 2 && name.at[i - 2] == '\\';
    return fuzz_is_visible(name) && text_ends(name, TEXT("."));
}

static bool is_address(int family, struct text data)
{
    char words[INET6_ADDRSTRLEN];
    unsigned char bytes[16];
    FUZZ_CHECK(data.length < sizeof words);
    snprintf(words, sizeof words, "%.*s", TEXT_ARGS(data));
    return inet_pton(family, words, bytes) == 1;
}

/* Checks a line, without its end; whether it is an alias. */
static bool check_line(struct text line)
{
    struct text name, ttl, kind, type;
    uint64_t seconds;
    FUZZ_CHECK(text_split(&line, '\t', &name) && is_name(name));
    FUZZ_CHECK(text_split(&line, '\t', &ttl) && text_to_number(ttl, &seconds));
    FUZZ_CHECK(seconds <= UINT32_MAX);
    FUZZ_CHECK(text_split(&line, '\t', &kind) && text_equal(kind, TEXT("IN")));
    FUZZ_CHECK(text_split(&line, '\t', &type) && line.at);
    if (text_equal(type, TEXT("CNAME"))) {
        FUZZ_CHECK(is_name(line));
        return true;
    }
    FUZZ_CHECK(text_equal(type, TEXT("A")) || text_equal(type, TEXT("AAAA")));
    FUZZ_CHECK(is_address(type.length == 1 ? AF_INET : AF_INET6, line));
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text message = fuzz_text(data, size), rest, line;
    struct buf out, addresses, wanted, less;
    buf_init(&out, ROOM);
    buf_init(&addresses, ROOM);
    buf_init(&wanted, ROOM);
    buf_init(&less, LESS_ROOM);
    dns_response_write(message, DATE, true, &out);
    dns_response_write(message, DATE, false, &addresses);
    dns_response_write(message, DATE, true, &less);
    /* A record of the answer has 12 octets at least, and makes two names of 1024 at most. */
    FUZZ_CHECK(buf_ok(&out) && out.length <= size / 12 * 2200 + 16);
    FUZZ_CHECK(!out.length || text_ends(buf_text(&out), TEXT("\r\n")));
    rest = buf_text(&out);
    for (bool first = true; text_split(&rest, '\n', &line) && rest.at; first = false) {
        FUZZ_CHECK(text_ends(line, TEXT("\r")));
        line.length--;
        if (first) {
            FUZZ_CHECK(text_equal(line, DATE));
            continue;
        }
        if (check_line(line))
            continue;
        if (!wanted.length)
            buf_add(&wanted, "20260104050607\r\n");
        buf_add_text(&wanted, (struct text){line.at, line.length + 2});
    }
    FUZZ_CHECK(text_equal(buf_text(&addresses), buf_text(&wanted)));
    FUZZ_CHECK(text_starts(buf_text(&out), buf_text(&less)));
    FUZZ_CHECK(buf_ok(&less) == (out.length == less.length));
    FUZZ_CHECK(!less.length || text_ends(buf_text(&less), TEXT("\r\n")));
    buf_release(&out);
    buf_release(&addresses);
    buf_release(&wanted);
    buf_release(&less);
    return 0;
}
