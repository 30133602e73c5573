/*
 * The server's own pages, at http://localhost:PORT/.  They work without scripts.
 *
 *   /                                 the archives, and the hosts in them
 *   /pages?archive=N&url=PREFIX       the pages whose URLs begin so, with titles; page by page
 *   /captures?url=URL                 all captures of a URL, by year and month
 *   /runs, /run                       what runs found (run_pages.h)
 *   /cdx, /timemap/ ...               for programs (cdx_answer.h, memento.h)
 */
#ifndef SERVE_FRONT_PAGE_H
#define SERVE_FRONT_PAGE_H

#include "serve/archive_set.h"
#include "serve/request.h"

/* `local` is the host and port that archived hosts are below: "localhost:8080".  `player`: the
 * script of a player (player.h), or NULL. */
void front_page_respond(struct archive_set *set, const char *local, const char *player,
                        const struct served_request *request, struct served_response *response);

#endif
