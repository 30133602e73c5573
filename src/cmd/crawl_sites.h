/* `warccap crawl` of many sites: each has its own settings and runs as a job. */
#ifndef CMD_CRAWL_SITES_H
#define CMD_CRAWL_SITES_H

#include "cmd/config.h"
#include "cmd/crawl_settings.h"

/* Crawls the sites of configuration files, with the options of the command line.  All functions
 * return an exit code. */
int crawl_sites_run_configured(int argc, char **argv, const struct config_sites *found);
/* Crawls each URL in `common`, the settings of the command line, as a site of its own. */
int crawl_sites_run_each(int argc, char **argv, const struct crawl_settings *common);

/* Crawls one site, whose settings are complete, after its delay. */
int crawl_sites_run_alone(struct crawl_settings *settings);

#endif
