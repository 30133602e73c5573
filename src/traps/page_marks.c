/* Marks: addresses that only one program has, and what it says of itself in the head of a page. */
#include <config.h>

#include "traps/page_marks.h"

#include <stddef.h>

#include "traps/trap_tables.h"

enum { LOOKED_AT_BYTES = 64 * 1024 };

static const struct mark {
    unsigned program;
    struct text text;
} marks[] = {
    {PROOF_BLOGGER, WORD("content='blogger'")},
    {PROOF_BLOGGER, WORD("content=\"blogger\"")},
    {PROOF_BLOGGER, WORD("content=blogger")},
    {PROOF_BLOGGER, WORD("blogger.com/static/v1/")},
    {PROOF_WORDPRESS, WORD("/wp-content/")},
    {PROOF_WORDPRESS, WORD("/wp-includes/")},
    {PROOF_WORDPRESS, WORD("content=\"WordPress")},
    {PROOF_WORDPRESS, WORD("content='WordPress")},
    {PROOF_MEDIAWIKI, WORD("content=\"MediaWiki")},
    {PROOF_MEDIAWIKI, WORD("wgPageName")},
    {PROOF_MEDIAWIKI, WORD("mw-content-")},
    {PROOF_MEDIAWIKI, WORD("/Special:")},
    {PROOF_MEDIAWIKI, WORD("title=Special:")},
    {PROOF_DOKUWIKI, WORD("content=\"DokuWiki")},
    {PROOF_DOKUWIKI, WORD("/lib/exe/")},
    {PROOF_DOKUWIKI, WORD("doku.php")},
    {PROOF_DOKUWIKI, WORD("dokuwiki__")},
    {PROOF_MOIN, WORD("moin_static")},
    {PROOF_MOIN, WORD("MoinMoin")},
    {PROOF_DRUPAL, WORD("content=\"Drupal")},
    {PROOF_DRUPAL, WORD("Drupal.settings")},
    {PROOF_DRUPAL, WORD("drupal-settings-json")},
    {PROOF_DRUPAL, WORD("/sites/default/files/")},
    {PROOF_DRUPAL, WORD("/sites/all/")},
    {PROOF_FORUM, WORD("viewtopic.php?")},
    {PROOF_FORUM, WORD("viewforum.php?")},
    {PROOF_FORUM, WORD("showthread.php")},
    {PROOF_FORUM, WORD("forumdisplay.php")},
    {PROOF_FORUM, WORD("content=\"vBulletin")},
    {PROOF_FORUM, WORD("phpbb")},
    {PROOF_FORUM, WORD("id=\"XF\"")},
    {PROOF_FORUM, WORD("id=\"XenForo\"")},
    {PROOF_FORUM, WORD("data-xf-")},
    {PROOF_FORUM, WORD("index.php?topic=")},
    {PROOF_FORUM, WORD("index.php?board=")},
    {PROOF_FORUM, WORD("smf_theme_url")},
    {PROOF_FORUM, WORD("smf_scripturl")},
    {PROOF_FORUM, WORD("my_post_key")},
    {PROOF_FORUM, WORD("ipsLayout")},
    {PROOF_SQUARESPACE, WORD("static1.squarespace.com")},
    {PROOF_SQUARESPACE, WORD("Static.SQUARESPACE")},
    {PROOF_TYPEPAD, WORD("static.typepad.com")},
    {PROOF_TYPEPAD, WORD("typepad.com/.shared")},
    {PROOF_TYPEPAD, WORD("/.shared/")},
    {PROOF_TUMBLR, WORD("assets.tumblr.com")},
    {PROOF_TUMBLR, WORD("static.tumblr.com")},
    {PROOF_LIVEJOURNAL, WORD("l-stat.livejournal")},
    {PROOF_LIVEJOURNAL, WORD("stat.livejournal.com")},
};

unsigned page_marks_read(struct text html)
{
    struct text looked_at = text_first(html, LOOKED_AT_BYTES);
    unsigned programs = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (!(programs & marks[i].program) && text_find(looked_at, marks[i].text) >= 0)
            programs |= marks[i].program;
    return programs;
}
