/*
 * Why a URL is not followed, as a table with one row per rule.  A row has the rule's name, used in
 * archives and on command lines; its kind; whether a URL it leaves out is a gap in what the site
 * lists; and a sentence for people.
 *
 * This is the only list of these names.  Code refers to a rule by its number (URL_RULE_...).  Names
 * are written and read only where they leave or enter the program.  To add a rule, add a row;
 * warccap-rules(7), --no-rule, why, the summary and verify then know it.
 */
#ifndef WEB_URL_RULES_H
#define WEB_URL_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* Who decides.  Only rules of the last two kinds can be turned off by name. */
enum url_rule_kind {
    URL_RULE_BY_OPTION, /* the user chose to leave it out */
    URL_RULE_BY_SCOPE,  /* the URL does not belong to the site */
    URL_RULE_BY_ROBOTS, /* the site chose to leave it out */
    URL_RULE_BY_LIMIT,  /* there are too many, or a chain of links is too long */
    URL_RULE_BY_URL,    /* the URL itself shows that it is a trap */
    URL_RULE_BY_PAGES,  /* captured pages show that it is a trap */
    URL_RULE_KINDS,
};

/* clang-format off */
#define URL_RULES_TABLE(ROW) \
    /* ---- the user's own choice ---- */ \
    ROW(EXCLUDED, "excluded", OPTION, GAP, "The URL matches a pattern of --exclude.") \
    ROW(NOT_INCLUDED, "not-included", OPTION, GAP, "The URL matches no pattern of --include.") \
    ROW(TOO_DEEP, "too-deep", OPTION, GAP, "The page is more hops from a seed than --level allows.") \
    /* ---- what belongs to the site ---- */ \
    ROW(OFF_SITE, "off-site", SCOPE, NO_GAP, "The URL is on a host that does not belong to the site; --scope and --domains add hosts.") \
    ROW(ABOVE_SEED, "above-seed", SCOPE, NO_GAP, "The URL is not below the seed's directory; --scope host takes the whole host.") \
    ROW(NOT_THE_SEED, "not-the-seed", SCOPE, NO_GAP, "With --scope page only the seeds and what they need are captured.") \
    ROW(NO_SEED, "no-seed", SCOPE, NO_GAP, "The crawl has no seed that the URL could belong to.") \
    ROW(ROBOTS, "robots.txt", ROBOTS, GAP, "The robots.txt of the host disallows the URL; --robots off ignores it.") \
    /* ---- limits ---- */ \
    ROW(REQUISITE_DEPTH, "requisite-depth", LIMIT, NO_GAP, "The page needs the URL only through five other frames, style sheets or scripts.") \
    ROW(SITEMAP_DEPTH, "sitemap-depth", LIMIT, NO_GAP, "The sitemap is named at the end of a chain of five sitemaps.") \
    ROW(TOO_MANY_REDIRECTS, "too-many-redirects", LIMIT, NO_GAP, "Twenty redirects in a row lead to the URL.") \
    ROW(REDIRECTS_IN_ALL, "redirects-in-all", LIMIT, NO_GAP, "The run has followed as many redirects as --redirect-limit allows.") \
    ROW(TOO_MANY_PARTS, "too-many-parts", LIMIT, NO_GAP, "The page names more images, style sheets, scripts and other parts than --part-limit allows.") \
    ROW(TOO_MANY_HOSTS, "too-many-hosts", LIMIT, NO_GAP, "The run has met as many hosts, besides those of the seeds, as --host-limit allows.") \
    /* ---- URLs of any site ---- */ \
    ROW(TRAP, "trap", URL, NO_GAP, "The archive calls the URL a trap, by a rule unknown to this version.") \
    ROW(URL_TOO_LONG, "url.too-long", URL, NO_GAP, "The URL is longer than 8,192 bytes.") \
    ROW(URL_TOO_MANY_PARAMETERS, "url.too-many-parameters", URL, NO_GAP, "The query has more than 24 parameters.") \
    ROW(URL_REPEATED_PARAMETER, "url.repeated-parameter", URL, NO_GAP, "The query has the same parameter twice.") \
    ROW(URL_ESCAPED_AGAIN, "url.escaped-again", URL, NO_GAP, "The URL has been percent-encoded several times over, by mistake.") \
    ROW(URL_COMES_BACK, "url.comes-back", URL, NO_GAP, "The query names the page with the link: the URL is a form or a button that returns to it.") \
    ROW(URL_ORDER, "url.order", URL, NO_GAP, "The list is sorted or filtered in another way.") \
    ROW(URL_FACETS, "url.facets", URL, NO_GAP, "The URL adds one more choice to two others; such choices can be combined without end.") \
    ROW(URL_PAGE_SIZE, "url.page-size", URL, NO_GAP, "The list is shown with more or fewer items on a page.") \
    ROW(URL_PATH_LOOP, "url.path-loop", URL, NO_GAP, "The path repeats itself, or its page repeats the pages above it.") \
    ROW(URL_SESSION, "url.session", PAGES, NO_GAP, "The URL differs only in a token, and pages with other tokens were the same.") \
    ROW(URL_SPELLING, "url.spelling", PAGES, NO_GAP, "The archive has the URL in another spelling, with http or with its parameters in another order.") \
    ROW(DIRECTORY_SORT, "directory.sort", URL, NO_GAP, "The server's list of files is sorted in another way.") \
    ROW(CALENDAR_FUTURE, "calendar.future", URL, NO_GAP, "The calendar is shown for a date at least two years ahead.") \
    ROW(CALENDAR_ICAL, "calendar.ical", URL, NO_GAP, "The event is offered as a file for calendar programs.") \
    ROW(CALENDAR_VIEW, "calendar.view", URL, NO_GAP, "The events are shown as a calendar instead of a list.") \
    ROW(COMMENT_REPLY, "comment.reply", URL, NO_GAP, "The page is a form to reply to a comment.") \
    ROW(LOGIN, "login", URL, NO_GAP, "The page asks visitors to log in, log out or register.") \
    ROW(LOGOUT, "logout", URL, NO_GAP, "The link ends the session that the given cookies, header lines or password begin.") \
    ROW(PRINT, "print", URL, NO_GAP, "The page is shown once more for printing or mailing.") \
    ROW(SHARE, "share", URL, NO_GAP, "The link shares the page on another site.") \
    ROW(TRACKER, "tracker", URL, NO_GAP, "The URL counts visitors or serves advertisements.") \
    ROW(TRACKBACK, "trackback", URL, NO_GAP, "Other blogs use the URL to announce a link; it shows nothing.") \
    ROW(SCRIPT_TEMPLATE, "script.template", URL, NO_GAP, "The URL is a template that a script or a theme has yet to fill in.") \
    ROW(SHOP_ADD_TO_CART, "shop.add-to-cart", URL, NO_GAP, "The link puts an item into the shopping cart.") \
    ROW(SHOP_WISHLIST, "shop.wishlist", URL, NO_GAP, "The link puts an item on a wish list.") \
    ROW(VCS_OLD_STATE, "vcs.old-state", URL, NO_GAP, "The repository browser shows files or lists as they were at one commit.") \
    /* ---- what the pages show ---- */ \
    ROW(PAGE_ITSELF, "page.itself", PAGES, NO_GAP, "The page names its own URL in another spelling.") \
    ROW(PAGE_SHORTLINK, "page.shortlink", PAGES, NO_GAP, "The page names the URL as a short form of its own.") \
    ROW(PAGE_STAND_IN, "page.stand-in", PAGES, NO_GAP, "The link is on a page that the server sent in place of robots.txt or of a missing list.") \
    ROW(PAGE_NOTHING_NEW, "page.nothing-new", PAGES, NO_GAP, "The link is on a page that showed nothing new, and neither did thirty-two before it in its part of the site.") \
    ROW(PART_NOT_THERE, "part.not-there", PAGES, NO_GAP, "A script names the file relative to its page. For three other pages of the site, no such file existed.") \
    ROW(SERIES_KNOWN, "series.known", PAGES, NO_GAP, "The page before it in the list named only known posts, so the rest is not read again this time.") \
    ROW(SERIES_NOTHING_NEW, "series.nothing-new", PAGES, NO_GAP, "The pages before it in the list repeated earlier ones.") \
    ROW(SERIES_TOO_LONG, "series.too-long", PAGES, NO_GAP, "The list has more than 10,000 pages.") \
    /* ---- Blogger ---- */ \
    ROW(BLOGGER_COMMENT_FEED, "blogger.comment-feed", URL, NO_GAP, "The feed repeats the comments of one post.") \
    ROW(BLOGGER_INTERSTITIAL, "blogger.interstitial", URL, NO_GAP, "The URL carries a token of the warning that comes before the page.") \
    ROW(BLOGGER_MOBILE, "blogger.mobile", URL, NO_GAP, "The page is shown once more for small or for large screens.") \
    ROW(BLOGGER_OUTSIDE_PERIOD, "blogger.outside-period", PAGES, NO_GAP, "The archive of a month or year continues with older posts, which other archives list.") \
    ROW(BLOGGER_PERIOD_WHOLE, "blogger.period-whole", PAGES, NO_GAP, "The archive has already listed as many posts of its month or year as the site counts.") \
    ROW(BLOGGER_REVERSE_PAGINATE, "blogger.reverse-paginate", URL, NO_GAP, "The same list is shown from its other end.") \
    ROW(BLOGGER_SHOW_COMMENT, "blogger.show-comment", URL, NO_GAP, "The post is shown at one of its comments.") \
    ROW(BLOGGER_STATISTICS, "blogger.statistics", URL, NO_GAP, "The URL counts visitors.") \
    ROW(BLOGGER_TOGGLE, "blogger.toggle", URL, NO_GAP, "The page is shown with part of its archive list opened or closed.") \
    ROW(BLOGGER_TOOLS, "blogger.tools", URL, NO_GAP, "The link is a tool to edit, mail, share or comment on a post.") \
    ROW(BLOGGER_WIDGET_ARCHIVE, "blogger.widget-archive", URL, NO_GAP, "A widget of the page requests part of the page again.") \
    /* ---- WordPress ---- */ \
    ROW(WORDPRESS_ADMIN, "wordpress.admin", URL, NO_GAP, "The page is for the site's administrators.") \
    ROW(WORDPRESS_BLACKHOLE, "wordpress.blackhole", URL, NO_GAP, "The link is a trap set by the site: whoever follows it is banned.") \
    ROW(WORDPRESS_COMMENT, "wordpress.comment", URL, NO_GAP, "The page is a form to write a comment.") \
    ROW(WORDPRESS_LIKE_COMMENT, "wordpress.like-comment", URL, NO_GAP, "The link likes a comment.") \
    ROW(WORDPRESS_LOGIN, "wordpress.login", URL, NO_GAP, "The page asks visitors to log in.") \
    ROW(WORDPRESS_OEMBED, "wordpress.oembed", URL, NO_GAP, "The URL describes one page for sites that want to embed it.") \
    ROW(WORDPRESS_QUOTE_COMMENT, "wordpress.quote-comment", URL, NO_GAP, "The page is a form to quote a comment.") \
    ROW(WORDPRESS_REPLYTOCOM, "wordpress.replytocom", URL, NO_GAP, "The page is shown with a form to reply to a comment.") \
    ROW(WORDPRESS_REST, "wordpress.rest", URL, NO_GAP, "The interface for programs repeats posts, pages and comments as JSON.") \
    ROW(WORDPRESS_XMLRPC, "wordpress.xmlrpc", URL, NO_GAP, "The interface for programs shows nothing to readers.") \
    /* ---- other blogs ---- */ \
    ROW(DRUPAL_DESTINATION, "drupal.destination", URL, NO_GAP, "The link performs an action and then returns to the page.") \
    ROW(JOOMLA_MAILTO, "joomla.mailto", URL, NO_GAP, "The page is a form to mail the article to someone.") \
    ROW(LIVEJOURNAL_COMMENT, "livejournal.comment", URL, NO_GAP, "The entry is shown at one of its comments.") \
    ROW(LIVEJOURNAL_STYLE, "livejournal.style", URL, NO_GAP, "The page is shown in the style of the visitor's own journal.") \
    ROW(MOVABLETYPE_COMMENT, "movabletype.comment", URL, NO_GAP, "The program takes comments.") \
    ROW(MOVABLETYPE_SEARCH, "movabletype.search", URL, NO_GAP, "The page is the result of a search.") \
    ROW(MOVABLETYPE_TRACKBACK, "movabletype.trackback", URL, NO_GAP, "Other blogs use the URL to announce a link; it shows nothing.") \
    ROW(SQUARESPACE_DUPLICATE_VIEW, "squarespace.duplicate-view", URL, NO_GAP, "The page is repeated as data or without its frame.") \
    ROW(SQUARESPACE_REVERSE_PAGINATE, "squarespace.reverse-paginate", URL, NO_GAP, "The same list is shown from its other end.") \
    ROW(TUMBLR_EMBED, "tumblr.embed", URL, NO_GAP, "The post is shown once more for other sites to embed.") \
    ROW(TUMBLR_REBLOG, "tumblr.reblog", URL, NO_GAP, "The link copies the post to the visitor's own blog.") \
    ROW(TYPEPAD_PREFETCH, "typepad.prefetch", URL, NO_GAP, "The page is shown once more for browsers that should not prefetch it.") \
    ROW(TYPEPAD_SERVICES, "typepad.services", URL, NO_GAP, "The URL is used by scripts of the page.") \
    /* ---- forums ---- */ \
    ROW(FORUM_DAYS, "forum.days", URL, NO_GAP, "The list shows only the topics of some days.") \
    ROW(FORUM_GOTO, "forum.goto", URL, NO_GAP, "The link jumps to a post or to the next topic.") \
    ROW(FORUM_HIGHLIGHT, "forum.highlight", URL, NO_GAP, "The page is shown with search terms highlighted.") \
    ROW(FORUM_MEMBERS, "forum.members", URL, NO_GAP, "The page lists members or shows the profile of one.") \
    ROW(FORUM_POSTING, "forum.posting", URL, NO_GAP, "The page is a form to write a post.") \
    ROW(FORUM_SEARCH, "forum.search", URL, NO_GAP, "The page is the result of a search.") \
    ROW(FORUM_TOOLS, "forum.tools", URL, NO_GAP, "The link marks, mails, reports or subscribes to something.") \
    ROW(FORUM_USER_PANEL, "forum.user-panel", URL, NO_GAP, "On the page, members change their settings.") \
    ROW(XENFORO_GOTO, "xenforo.goto", URL, NO_GAP, "The link jumps to a post of a thread.") \
    ROW(XENFORO_WHATS_NEW, "xenforo.whats-new", URL, NO_GAP, "The list of what is new gets a new number at each visit.") \
    /* ---- wikis ---- */ \
    ROW(MEDIAWIKI_ACTION, "mediawiki.action", URL, NO_GAP, "The page is a form or a tool: edit, raw text, delete, watch.") \
    ROW(MEDIAWIKI_API, "mediawiki.api", URL, NO_GAP, "The interface for programs repeats pages as data.") \
    ROW(MEDIAWIKI_DIFF, "mediawiki.diff", URL, NO_GAP, "The page compares two revisions.") \
    ROW(MEDIAWIKI_DUPLICATE_VIEW, "mediawiki.duplicate-view", URL, NO_GAP, "The page is shown once more under its number.") \
    ROW(MEDIAWIKI_FILTER, "mediawiki.filter", URL, NO_GAP, "The list of changes is filtered.") \
    ROW(MEDIAWIKI_HISTORY_AGAIN, "mediawiki.history-again", URL, NO_GAP, "The history is shown from its other end, or with more or fewer entries on a page.") \
    ROW(MEDIAWIKI_HISTORY_FEED, "mediawiki.history-feed", URL, NO_GAP, "The history of a page is repeated as a feed.") \
    ROW(MEDIAWIKI_MOBILE, "mediawiki.mobile", URL, NO_GAP, "The page is shown once more for small or for large screens.") \
    ROW(MEDIAWIKI_OLD_REVISION, "mediawiki.old-revision", URL, NO_GAP, "The page is shown as it once was.") \
    ROW(MEDIAWIKI_PRINTABLE, "mediawiki.printable", URL, NO_GAP, "The page is shown once more for printing.") \
    ROW(MEDIAWIKI_RECENT_CHANGES, "mediawiki.recent-changes", URL, NO_GAP, "The list of recent changes begins at another moment or has another length.") \
    ROW(MEDIAWIKI_REDLINK, "mediawiki.redlink", URL, NO_GAP, "The page has not been written yet.") \
    ROW(MEDIAWIKI_SPECIAL, "mediawiki.special", URL, NO_GAP, "The special page is a tool, is different at each visit, or exists once for each page.") \
    ROW(MEDIAWIKI_UNDO, "mediawiki.undo", URL, NO_GAP, "The page is a form to undo a change.") \
    ROW(DOKUWIKI_ACTION, "dokuwiki.action", URL, NO_GAP, "The page is a form or a tool: edit, log in, compare, export.") \
    ROW(DOKUWIKI_DUPLICATE_VIEW, "dokuwiki.duplicate-view", URL, NO_GAP, "The index or the recent changes are shown once more, as seen from one page.") \
    ROW(DOKUWIKI_INDEXER, "dokuwiki.indexer", URL, NO_GAP, "The image makes the wiki update its index; it shows nothing.") \
    ROW(DOKUWIKI_MEDIA_MANAGER, "dokuwiki.media-manager", URL, NO_GAP, "The page shows a file in the media manager.") \
    ROW(DOKUWIKI_OLD_REVISION, "dokuwiki.old-revision", URL, NO_GAP, "The page is shown as it once was, or compared with an old revision.") \
    ROW(DOKUWIKI_TOKEN, "dokuwiki.token", URL, NO_GAP, "The URL carries a token of a form.") \
    ROW(MOIN_ACTION, "moin.action", URL, NO_GAP, "The page is a tool: an old revision, a comparison, a search.")
/* clang-format on */

enum url_rule {
    URL_RULE_NONE, /* no rule: the URL is followed */
#define ROW(id, name, kind, gap, words) URL_RULE_##id,
    URL_RULES_TABLE(ROW)
#undef ROW
        URL_RULES,
};

enum { URL_RULE_NAME_MOST = 47 /* the most bytes that a name may have */ };

struct url_rule_row {
    const char *name; /* "mediawiki.diff": it is in archives, so its meaning must never change */
    enum url_rule_kind kind;
    bool is_gap; /* without the listed URLs that this rule leaves out, a capture is not complete */
    const char *words; /* one sentence */
};

/* A set of rules, such as those that --no-rule turns off or those that applied. */
struct url_rule_set {
    bool has[URL_RULES];
};

/* The row of a rule.  The rule must not be URL_RULE_NONE.  Static. */
const struct url_rule_row *url_rule_row(enum url_rule rule);
/* Its name.  Static. */
const char *url_rule_name(enum url_rule rule);

/* The rule with this name, or with this name in an earlier version; URL_RULE_NONE when there is
 * none. */
enum url_rule url_rule_by_name(struct text name);
/* The rule's name in an earlier version; NULL when it was the same.  Static. */
const char *url_rule_old_name(enum url_rule rule);
/* The rule whose name is closest to a misspelled one (base/spelling.h); URL_RULE_NONE when none is
 * close. */
enum url_rule url_rule_like(struct text name);

/* Whether --no-rule may turn the rule off. */
bool url_rule_can_be_off(enum url_rule rule);

/* A heading for rules of this kind: "The user's own choice".  Static. */
const char *url_rule_kind_words(enum url_rule_kind kind);

#endif
