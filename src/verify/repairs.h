/*
 * What `warccap repair` says in the warcinfo records of its files: which manifests of the source
 * the copy lacks, and whether records were left out.  Others may refer to those, and nobody has
 * altered the copy because of that.  Private to this room.
 */
#ifndef VERIFY_REPAIRS_H
#define VERIFY_REPAIRS_H

#include <stdbool.h>

#include "base/text.h"

struct verification;

/* Learns from the fields of a warcinfo record. */
void repairs_learn(struct verification *v, struct text fields);
/* Whether a repair replaced the manifest of that name and SHA-256, or found that it was lost. */
bool repairs_replaced(const struct verification *v, struct text name, struct text digest);

#endif
