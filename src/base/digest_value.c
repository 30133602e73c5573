/* Reads digests in all the forms that programs write. */
#include <config.h>

#include "base/digest_value.h"

#include <string.h>

enum { HEX_BITS = 4, BASE32_BITS = 5, BASE64_BITS = 6 };

static bool read_label(struct text label, struct digest_value *value)
{
    static const struct {
        const char *name;
        enum digest_kind kind;
    } labels[] = {{"sha1", DIGEST_SHA1},
                  {"sha256", DIGEST_SHA256},
                  {"md5", DIGEST_MD5},
                  {"sha384", DIGEST_SHA384},
                  {"sha512", DIGEST_SHA512}};
    char plain[16];
    size_t length = 0;
    for (size_t i = 0; i < label.length; i++) {
        if (length == sizeof plain)
            return false;
        value->dashed = value->dashed || label.at[i] == '-';
        if (label.at[i] != '-')
            plain[length++] = label.at[i];
    }
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (text_equal_nocase((struct text){plain, length}, text_of(labels[i].name))) {
            value->kind = labels[i].kind;
            value->length = digest_bytes(value->kind);
            return true;
        }
    return false;
}

/* The value of a digit; -1 when it is none. */
static int digit(char c, int bits)
{
    if (bits == HEX_BITS)
        return hex_value(c);
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return bits == BASE32_BITS ? c - 'a' : c - 'a' + 26;
    if (bits == BASE32_BITS)
        return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static bool decode(struct text digits, int bits, struct digest_value *value)
{
    unsigned held = 0;
    int held_bits = 0;
    size_t length = 0;
    if (digits.length != (value->length * 8 + (size_t)bits - 1) / (size_t)bits)
        return false;
    for (size_t i = 0; i < digits.length; i++) {
        int next = digit(digits.at[i], bits);
        if (next < 0)
            return false;
        held = held << bits | (unsigned)next;
        held_bits += bits;
        if (held_bits >= 8 && length < value->length) {
            held_bits -= 8;
            value->bytes[length++] = (unsigned char)(held >> held_bits);
        }
    }
    return length == value->length;
}

static bool read_digits(struct text digits, struct digest_value *value)
{
    while (digits.length && digits.at[digits.length - 1] == '=') {
        digits.length--;
        value->padded = true;
    }
    bool lower = false, upper = false;
    for (size_t i = 0; i < digits.length; i++) {
        lower = lower || (digits.at[i] >= 'a' && digits.at[i] <= 'z');
        upper = upper || (digits.at[i] >= 'A' && digits.at[i] <= 'Z');
    }
    if (decode(digits, HEX_BITS, value)) {
        value->form = DIGEST_HEX;
        value->unusual_case = upper;
    } else if (decode(digits, BASE32_BITS, value)) {
        value->form = DIGEST_BASE32;
        value->unusual_case = lower;
    } else if (decode(digits, BASE64_BITS, value))
        value->form = DIGEST_BASE64;
    else
        return false;
    return true;
}

enum digest_reading digest_value_read(struct text text, struct digest_value *value)
{
    *value = (struct digest_value){.length = 0};
    ptrdiff_t colon = text_find_char(text, ':');
    if (colon <= 0 || (size_t)colon + 1 == text.length)
        return DIGEST_HAS_NO_LABEL;
    if (!read_label(text_first(text, (size_t)colon), value))
        return DIGEST_IS_OF_UNKNOWN_ALGORITHM;
    return read_digits(text_trim(text_skip(text, (size_t)colon + 1)), value) ? DIGEST_IS_READ
                                                                             : DIGEST_HAS_BAD_VALUE;
}

static struct text without_label(struct text text)
{
    ptrdiff_t colon = text_find_char(text, ':');
    return text_trim(text_skip(text, (size_t)(colon + 1)));
}

bool digest_value_same(struct text one, struct text other)
{
    struct digest_value a, b;
    enum digest_reading read_a = digest_value_read(one, &a), read_b = digest_value_read(other, &b);
    /* What has no label is of the other's algorithm. */
    if (read_a == DIGEST_HAS_NO_LABEL && read_b == DIGEST_IS_READ) {
        a = (struct digest_value){.kind = b.kind, .length = b.length};
        read_a = read_digits(text_trim(one), &a) ? DIGEST_IS_READ : DIGEST_HAS_BAD_VALUE;
    } else if (read_b == DIGEST_HAS_NO_LABEL && read_a == DIGEST_IS_READ)
        return digest_value_same(other, one);
    if (read_a == DIGEST_IS_READ && read_b == DIGEST_IS_READ)
        return a.kind == b.kind && memcmp(a.bytes, b.bytes, a.length) == 0;
    if (read_a == DIGEST_HAS_NO_LABEL || read_b == DIGEST_HAS_NO_LABEL)
        return text_equal_nocase(without_label(one), without_label(other));
    return text_equal_nocase(one, other);
}
