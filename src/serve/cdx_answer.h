/* /cdx: the lines of the index that a query asks for (cdx_query.h). */
#ifndef SERVE_CDX_ANSWER_H
#define SERVE_CDX_ANSWER_H

#include "serve/archive_set.h"
#include "serve/request.h"

/* Fills *response if the target is a query.  False: it is not.  A list that is longer than what is
 * sent at once ends with a Link field to the rest of it. */
MUST_CHECK bool cdx_answer_respond(struct archive_set *set, const struct served_request *request,
                                   struct served_response *response);

#endif
