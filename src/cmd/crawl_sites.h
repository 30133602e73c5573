/* `warccap crawl` over many sites: each settled by itself, crawled side by side as jobs. */
#ifndef CMD_CRAWL_SITES_H
#define CMD_CRAWL_SITES_H

#include "cmd/config.h"
#include "cmd/crawl_settings.h"

/* Crawls the sites of configuration files, with the options of the command line; the answers are
 * exit codes. */
int crawl_sites_run_configured(int argc, char **argv, const struct config_sites *found);
/* Crawls each of the addresses in `common`, which the command line was read into, as a site of its
 * own. */
int crawl_sites_run_each(int argc, char **argv, const struct crawl_settings *common);

/* Crawls one that is settled, after its delay. */
int crawl_sites_run_alone(struct crawl_settings *settings);

#endif
