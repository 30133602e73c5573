/* Reads the answer section of a DNS message, and writes its addresses and aliases. */
#include <config.h>

#include "fetch/dns_response.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <limits.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* A name ends with a dot; the root is nothing but that dot. */
static const char *final_dot(const char *name)
{
    return strcmp(name, ".") == 0 ? "" : ".";
}

/* The data of a resource record as text; NULL for types that were not asked for. */
static const char *read_data(const ns_msg *message, const ns_rr *rr, char *out, size_t size)
{
    if (ns_rr_type(*rr) == ns_t_a && ns_rr_rdlen(*rr) == 4)
        return inet_ntop(AF_INET, ns_rr_rdata(*rr), out, (socklen_t)size);
    if (ns_rr_type(*rr) == ns_t_aaaa && ns_rr_rdlen(*rr) == 16)
        return inet_ntop(AF_INET6, ns_rr_rdata(*rr), out, (socklen_t)size);
    /* the name must end where the record's data ends */
    if (ns_rr_type(*rr) == ns_t_cname &&
        ns_name_uncompress(ns_msg_base(*message), ns_msg_end(*message), ns_rr_rdata(*rr), out,
                           size) == (int)ns_rr_rdlen(*rr))
        return out;
    return NULL;
}

static const char *type_name(const ns_rr *rr)
{
    return ns_rr_type(*rr) == ns_t_cname ? "CNAME" : ns_rr_type(*rr) == ns_t_a ? "A" : "AAAA";
}

void dns_response_write(struct text message, struct text date, bool aliases, struct buf *out)
{
    ns_msg parsed;
    ns_rr rr;
    char words[NS_MAXDNAME];
    if (message.length > INT_MAX ||
        ns_initparse((const unsigned char *)message.at, (int)message.length, &parsed) != 0)
        return;
    for (int i = 0; i < ns_msg_count(parsed, ns_s_an); i++) {
        if (ns_parserr(&parsed, ns_s_an, i, &rr) != 0)
            return;
        const char *data =
            ns_rr_class(rr) == ns_c_in ? read_data(&parsed, &rr, words, sizeof words) : NULL;
        bool alias = ns_rr_type(rr) == ns_t_cname;
        if (!data || (alias && !aliases))
            continue;
        if (!out->length)
            buf_printf(out, "%.*s\r\n", TEXT_ARGS(date));
        buf_printf(out, "%s%s\t%u\tIN\t%s\t%s%s\r\n", ns_rr_name(rr), final_dot(ns_rr_name(rr)),
                   (unsigned)ns_rr_ttl(rr), type_name(&rr), data, alias ? final_dot(data) : "");
    }
}
