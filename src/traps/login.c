/* Tells logins, and what members do, by the words in their URLs. */
#include <config.h>

#include "traps/login.h"

#include "base/text.h"

#define WORDS(list) (list), sizeof(list) / sizeof *(list)

static const char *const login_words[] = {"login",   "log-in",        "log_in", "signin",
                                          "sign-in", "sign_in",       "logon",  "userlogin",
                                          "sso",     "saml",          "oauth",  "oauth2",
                                          "openid",  "openid-connect"};
static const char *const login_hosts[] = {"login", "signin", "sso", "auth", "accounts"};
static const char *const action_words[] = {
    "reply",     "vote",       "upvote",    "downvote",  "hide",        "newtopic",  "new-topic",
    "new_topic", "new-thread", "newthread", "submit",    "compose",     "edit",      "create",
    "upload",    "account",    "profile",   "settings",  "preferences", "dashboard", "admin",
    "wp-admin",  "inbox",      "messages",  "subscribe", "unsubscribe", "follow",    "bookmark",
    "favorite",  "favourite",  "fave",      "like",      "report",      "flag",      "cart",
    "checkout",  "wishlist",   "new",       "post",      "posting",     "delete",    "quote"};

/* What members do to the thing that the rest of the path names: "/reply/51/". */
static const char *const action_verbs[] = {"reply",     "answer",   "respond",  "vote",
                                           "upvote",    "downvote", "favorite", "fave",
                                           "favourite", "like",     "flag",     "report",
                                           "bookmark",  "quote",    "delete",   "edit",
                                           "follow"};

static bool is_one_of(struct text word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal_nocase(word, text_of(words[i])))
            return true;
    return false;
}

/* Without ".php" and the like. */
static struct text stem(struct text segment)
{
    ptrdiff_t point = text_find_char(segment, '.');
    return point > 0 ? text_first(segment, (size_t)point) : segment;
}

bool login_is_target(const struct url *target, enum url_rule rule)
{
    struct text path = url_path(target), query = url_query(target), host = url_host(target),
                label = TEXT(""), segment;
    if (rule == URL_RULE_LOGIN || rule == URL_RULE_WORDPRESS_LOGIN)
        return true;
    bool has_more = text_find_char(host, '.') >= 0 && text_split(&host, '.', &label);
    if (has_more && text_find_char(host, '.') >= 0 && is_one_of(label, WORDS(login_hosts)))
        return true;
    while (text_split(&path, '/', &segment)) {
        ptrdiff_t colon = text_find_char(segment, ':'); /* "Special:UserLogin" */
        if (is_one_of(stem(segment), WORDS(login_words)) ||
            (colon >= 0 && is_one_of(text_skip(segment, (size_t)colon + 1), WORDS(login_words))))
            return true;
    }
    while (text_split(&query, '&', &segment)) {
        struct text name = TEXT("");
        text_split(&segment, '=', &name); /* "do=login", "title=Special:UserLogin" */
        ptrdiff_t colon = text_find_char(segment, ':');
        if (is_one_of(segment, WORDS(login_words)) ||
            (colon >= 0 && is_one_of(text_skip(segment, (size_t)colon + 1), WORDS(login_words))))
            return true;
    }
    return false;
}

bool login_is_href(struct text href)
{
    struct url url;
    url_init(&url);
    bool login =
        url_parse(&url, href, NULL, TEXT("")) == URL_OK && login_is_target(&url, URL_RULE_NONE);
    url_release(&url);
    return login;
}

bool login_is_members_action(const struct url *url)
{
    struct text path = url_path(url), query = url_query(url), segment, last = TEXT(""),
                before = TEXT("");
    while (text_split(&path, '/', &segment))
        if (segment.length) {
            before = last;
            last = segment;
        }
    if (is_one_of(stem(last), WORDS(action_words)) || is_one_of(before, WORDS(action_verbs)))
        return true;
    while (text_split(&query, '&', &segment)) {
        struct text name = TEXT("");
        text_split(&segment, '=', &name);
        if (is_one_of(name, WORDS(action_words)) || is_one_of(segment, WORDS(action_words)))
            return true;
    }
    return false;
}
