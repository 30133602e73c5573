/* Which links a crawl follows: by the kind of scope, by options, by the class of the link. */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frontier/scope.h"

static struct scope *scope;
static struct trouble trouble;

/* A scope without any options but its kind. */
static struct scope_options plain(enum crawl_scope kind)
{
    return (struct scope_options){.kind = kind, .level = -1};
}

static enum result try_scope(const struct scope_options *options)
{
    scope_free(scope);
    return scope_new(&scope, options, &trouble);
}

static void new_scope(const struct scope_options *options)
{
    ck_assert_msg(try_scope(options) == RESULT_OK, "%s", trouble.words);
}

static void read_url(struct url *url, const char *address)
{
    url_init(url);
    ck_assert_msg(url_parse(url, text_of(address), NULL, TEXT("")) == URL_OK, "%s", address);
}

static void add_seed_as(const char *address, bool given)
{
    struct url url;
    read_url(&url, address);
    ck_assert_int_eq(scope_add_seed(scope, &url, given, &trouble), RESULT_OK);
    url_release(&url);
}

static void add_seed(const char *address)
{
    add_seed_as(address, true);
}

/* How the scope judges a link to a URL. */
static enum url_rule refusal_of(struct link link, const char *address, int depth, const char *hops)
{
    struct url url;
    read_url(&url, address);
    link.url = url_resource(&url);
    link.parsed = &url;
    enum url_rule rule = scope_refuses(scope, &link, &url, depth, hops);
    url_release(&url);
    return rule;
}

static enum url_rule page(const char *address)
{
    return refusal_of((struct link){.class = LINK_PAGE, .certainty = LINK_CERTAIN}, address, 1, "");
}

static enum url_rule requisite(const char *address, enum link_certainty certainty, const char *hops)
{
    return refusal_of((struct link){.class = LINK_REQUISITE, .certainty = certainty}, address, 0,
                      hops);
}

static enum url_rule media(const char *address)
{
    return refusal_of((struct link){.class = LINK_MEDIA, .certainty = LINK_CERTAIN}, address, 1,
                      "");
}

static const char *words_of(enum url_rule rule)
{
    return rule ? url_rule_name(rule) : "followed";
}

static void expect(const char *what, const char *address, enum url_rule got, enum url_rule wanted)
{
    ck_assert_msg(got == wanted, "%s %s: %s, not %s", what, address, words_of(got),
                  words_of(wanted));
}

/* ---- the kinds ---- */

START_TEST(each_kind_of_scope_has_its_border)
{
    static const struct {
        enum crawl_scope kind;
        const char *address;
        enum url_rule rule;
    } cases[] = {
        {SCOPE_SITE, "http://h.test/blog/2021/a", URL_RULE_NONE},
        {SCOPE_SITE, "http://h.test/blog/", URL_RULE_NONE},
        /* the seed's directory, as links to a site's start page are often written */
        {SCOPE_SITE, "http://h.test/blog", URL_RULE_NONE},
        {SCOPE_SITE, "https://www.h.test/blog?x", URL_RULE_NONE},
        {SCOPE_SITE, "http://h.test/blo", URL_RULE_ABOVE_SEED},
        {SCOPE_SITE, "http://h.test/blog.html", URL_RULE_ABOVE_SEED},
        {SCOPE_SITE, "http://h.test/blogs/a", URL_RULE_ABOVE_SEED},
        {SCOPE_SITE, "http://h.test/", URL_RULE_ABOVE_SEED},
        {SCOPE_SITE, "http://sub.h.test/blog/", URL_RULE_OFF_SITE},
        {SCOPE_SITE, "http://other.test/blog/", URL_RULE_OFF_SITE},
        {SCOPE_SITE, "http://h.test:8080/blog/", URL_RULE_OFF_SITE},
        {SCOPE_PAGE, "http://h.test/blog/index", URL_RULE_NONE},
        {SCOPE_PAGE, "http://h.test/blog/index?a", URL_RULE_NOT_THE_SEED},
        {SCOPE_PAGE, "http://h.test/blog/a", URL_RULE_NOT_THE_SEED},
        {SCOPE_PREFIX, "http://h.test/blog/index", URL_RULE_NONE},
        {SCOPE_PREFIX, "http://h.test/blog/index-of-all", URL_RULE_NONE},
        {SCOPE_PREFIX, "http://h.test/blog/a", URL_RULE_ABOVE_SEED},
        {SCOPE_PREFIX, "http://other.test/blog/index", URL_RULE_OFF_SITE},
        {SCOPE_HOST, "http://h.test/", URL_RULE_NONE},
        {SCOPE_HOST, "http://sub.h.test/", URL_RULE_OFF_SITE},
        {SCOPE_DOMAIN, "http://h.test/", URL_RULE_NONE},
        {SCOPE_DOMAIN, "http://sub.h.test/", URL_RULE_NONE},
        {SCOPE_DOMAIN, "https://a.b.h.test/x", URL_RULE_NONE},
        {SCOPE_DOMAIN, "http://noth.test/", URL_RULE_OFF_SITE},
        {SCOPE_DOMAIN, "http://test/", URL_RULE_OFF_SITE},
        {SCOPE_ANY, "http://other.test/", URL_RULE_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scope_options options = plain(cases[i].kind);
        new_scope(&options);
        add_seed("http://h.test/blog/index");
        expect("a page at", cases[i].address, page(cases[i].address), cases[i].rule);
        struct url url;
        read_url(&url, cases[i].address);
        ck_assert_int_eq(scope_holds(scope, &url), cases[i].rule == URL_RULE_NONE);
        url_release(&url);
    }
}
END_TEST

START_TEST(http_and_https_and_www_or_not_are_one_site)
{
    static const char *const seeds[] = {"http://h.test/", "https://h.test/", "http://www.h.test/",
                                        "https://www.h.test/"};
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        struct scope_options options = plain(SCOPE_SITE);
        new_scope(&options);
        add_seed(seeds[i]);
        for (size_t j = 0; j < sizeof seeds / sizeof *seeds; j++)
            expect(seeds[i], seeds[j], page(seeds[j]), URL_RULE_NONE);
        expect(seeds[i], "http://www2.h.test/", page("http://www2.h.test/"), URL_RULE_OFF_SITE);
    }
}
END_TEST

START_TEST(the_domain_of_a_seed_with_www_is_without_it)
{
    struct scope_options options = plain(SCOPE_DOMAIN);
    new_scope(&options);
    add_seed("http://www.h.test/");
    expect("a page at", "http://shop.h.test/", page("http://shop.h.test/"), URL_RULE_NONE);
}
END_TEST

START_TEST(any_of_several_seeds_will_do)
{
    struct scope_options options = plain(SCOPE_SITE);
    new_scope(&options);
    add_seed("http://one.test/a/");
    add_seed("http://two.test/b/");
    add_seed("http://two.test/b/");
    expect("a page at", "http://one.test/a/x", page("http://one.test/a/x"), URL_RULE_NONE);
    expect("a page at", "http://two.test/b/x", page("http://two.test/b/x"), URL_RULE_NONE);
    ck_assert(page("http://one.test/b/x") != URL_RULE_NONE);
    expect("a page at", "http://three.test/", page("http://three.test/"), URL_RULE_OFF_SITE);
}
END_TEST

START_TEST(without_seeds_nothing_belongs_to_the_crawl)
{
    struct scope_options options = plain(SCOPE_SITE);
    new_scope(&options);
    expect("a page at", "http://h.test/", page("http://h.test/"), URL_RULE_NO_SEED);
}
END_TEST

/* ---- options ---- */

START_TEST(no_parent_keeps_wide_scopes_below_the_seed)
{
    static const enum crawl_scope kinds[] = {SCOPE_HOST, SCOPE_DOMAIN};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct scope_options options = plain(kinds[i]);
        options.no_parent = true;
        new_scope(&options);
        add_seed("http://h.test/blog/");
        expect("a page at", "http://h.test/", page("http://h.test/"), URL_RULE_ABOVE_SEED);
        expect("a page at", "http://h.test/blog/a", page("http://h.test/blog/a"), URL_RULE_NONE);
    }
    /* Another host of the domain is not below a parent of the seed. */
    expect("a page at", "http://sub.h.test/", page("http://sub.h.test/"), URL_RULE_NONE);
}
END_TEST

START_TEST(named_domains_belong_to_the_site_with_all_their_hosts)
{
    static char friends[] = "friend.test, B\303\274cher.test ,", third[] = "third.test";
    char *lists[] = {friends, third};
    struct scope_options options = plain(SCOPE_SITE);
    options.domains = lists;
    options.domain_count = 2;
    new_scope(&options);
    add_seed("http://h.test/blog/");
    static const char *const in[] = {"http://friend.test/", "https://a.friend.test/x",
                                     "http://xn--bcher-kva.test/", "http://third.test/"};
    for (size_t i = 0; i < sizeof in / sizeof *in; i++)
        expect("a page at", in[i], page(in[i]), URL_RULE_NONE);
    expect("a page at", "http://notfriend.test/", page("http://notfriend.test/"),
           URL_RULE_OFF_SITE);
}
END_TEST

START_TEST(a_bad_domain_or_pattern_is_an_error)
{
    static char bad_domains[][16] = {"a b", "h.test/path", "[::1"};
    for (size_t i = 0; i < sizeof bad_domains / sizeof *bad_domains; i++) {
        struct scope_options options = plain(SCOPE_SITE);
        char *domain = bad_domains[i];
        options.domains = &domain;
        options.domain_count = 1;
        ck_assert_msg(try_scope(&options) == RESULT_LOST, "%s", bad_domains[i]);
        ck_assert_msg(strstr(trouble.words, bad_domains[i]) != NULL, "%s", trouble.words);
        ck_assert_ptr_null(scope);
    }
    static char good[] = "good", bad[] = "(bad";
    char *bad_pattern[] = {good, bad};
    struct scope_options options = plain(SCOPE_SITE);
    options.exclude = bad_pattern;
    options.exclude_count = 2;
    ck_assert_int_eq(try_scope(&options), RESULT_LOST);
    ck_assert_msg(strstr(trouble.words, "(bad") != NULL, "%s", trouble.words);
    options = plain(SCOPE_SITE);
    options.include = bad_pattern;
    options.include_count = 2;
    ck_assert_int_eq(try_scope(&options), RESULT_LOST);
}
END_TEST

START_TEST(include_and_exclude_look_at_the_whole_url)
{
    static char year[] = "/2021/", about[] = "^http://h\\.test/about$",
                print[] = "\\?print=", secret[] = "secret";
    char *include[] = {year, about}, *exclude[] = {print, secret};
    struct scope_options options = plain(SCOPE_SITE);
    options.include = include;
    options.include_count = 2;
    options.exclude = exclude;
    options.exclude_count = 2;
    new_scope(&options);
    add_seed("http://h.test/");
    static const struct {
        const char *address;
        enum url_rule rule;
    } cases[] = {
        {"http://h.test/2021/a", URL_RULE_NONE},
        {"http://h.test/about", URL_RULE_NONE},
        {"http://h.test/about/us", URL_RULE_NOT_INCLUDED},
        {"http://h.test/2022/a", URL_RULE_NOT_INCLUDED},
        {"http://h.test/2021/a?print=1", URL_RULE_EXCLUDED},
        {"http://h.test/2021/secret", URL_RULE_EXCLUDED},
        /* If the URL is off site as well, that is the reason. */
        {"http://other.test/2022/", URL_RULE_OFF_SITE},
        {"http://other.test/secret", URL_RULE_EXCLUDED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect("a page at", cases[i].address, page(cases[i].address), cases[i].rule);
    /* What a page needs is taken whatever --include says, but not against --exclude. */
    ck_assert_int_eq(requisite("http://cdn.test/style.css", LINK_CERTAIN, "L"), URL_RULE_NONE);
    ck_assert_int_eq(requisite("http://cdn.test/secret.css", LINK_CERTAIN, "L"), URL_RULE_EXCLUDED);
}
END_TEST

START_TEST(a_level_counts_hops)
{
    struct link link = {.class = LINK_PAGE, .certainty = LINK_CERTAIN};
    for (int level = -1; level < 3; level++) {
        struct scope_options options = plain(SCOPE_SITE);
        options.level = level;
        new_scope(&options);
        add_seed("http://h.test/");
        for (int depth = 0; depth < 5; depth++)
            expect("depth", "http://h.test/a", refusal_of(link, "http://h.test/a", depth, ""),
                   level >= 0 && depth > level ? URL_RULE_TOO_DEEP : URL_RULE_NONE);
    }
}
END_TEST

/* ---- what a link is ---- */

START_TEST(what_a_page_needs_is_taken_from_anywhere)
{
    struct scope_options options = plain(SCOPE_PAGE);
    options.level = 0;
    new_scope(&options);
    add_seed("http://h.test/");
    ck_assert_int_eq(requisite("http://cdn.test/a.css", LINK_CERTAIN, ""), URL_RULE_NONE);
    /* A string in a script may be a URL: it is tried only on the site itself. */
    options = plain(SCOPE_SITE);
    new_scope(&options);
    add_seed("http://h.test/");
    ck_assert_int_eq(requisite("http://cdn.test/a.js", LINK_POSSIBLE, ""), URL_RULE_OFF_SITE);
    ck_assert_int_eq(requisite("http://h.test/a.js", LINK_POSSIBLE, ""), URL_RULE_NONE);
}
END_TEST

START_TEST(chains_of_requisites_and_of_sitemaps_end)
{
    static const struct {
        enum link_class class;
        const char *hops;
        enum url_rule rule;
    } cases[] = {
        {LINK_REQUISITE, "", URL_RULE_NONE},
        {LINK_REQUISITE, "LEEEE", URL_RULE_NONE},
        {LINK_REQUISITE, "LEEEEE", URL_RULE_REQUISITE_DEPTH},
        {LINK_REQUISITE, "EXEXE", URL_RULE_REQUISITE_DEPTH},
        {LINK_REQUISITE, "EEEEEL", URL_RULE_NONE},
        {LINK_REQUISITE, "LERERE", URL_RULE_NONE}, /* redirects do not count */
        {LINK_SITEMAP, "MMMM", URL_RULE_NONE},
        {LINK_SITEMAP, "MMMMM", URL_RULE_SITEMAP_DEPTH},
        {LINK_SITEMAP, "MMMMMI", URL_RULE_NONE},
    };
    struct scope_options options = plain(SCOPE_SITE);
    new_scope(&options);
    add_seed("http://h.test/");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct link link = {.class = cases[i].class, .certainty = LINK_CERTAIN};
        expect("behind", cases[i].hops, refusal_of(link, "http://h.test/x", 0, cases[i].hops),
               cases[i].rule);
    }
}
END_TEST

START_TEST(a_linked_image_belongs_to_the_post_wherever_it_lies)
{
    struct scope_options options = plain(SCOPE_SITE);
    options.level = 0;
    new_scope(&options);
    add_seed("http://h.test/");
    static const char *const images[] = {"http://images.test/large.jpg", "http://images.test/A.PNG",
                                         "http://images.test/x.webp?size=full"};
    for (size_t i = 0; i < sizeof images / sizeof *images; i++)
        expect("an image at", images[i], media(images[i]), URL_RULE_NONE);
    expect("a file at", "http://files.test/paper.pdf", media("http://files.test/paper.pdf"),
           URL_RULE_OFF_SITE);
}
END_TEST

START_TEST(a_trap_is_refused_by_its_own_rule)
{
    struct scope_options options = plain(SCOPE_ANY);
    new_scope(&options);
    add_seed("http://h.test/");
    struct link link = {.class = LINK_TRAP, .rule = URL_RULE_BLOGGER_TOGGLE};
    ck_assert_int_eq(refusal_of(link, "http://h.test/", 0, ""), URL_RULE_BLOGGER_TOGGLE);
    link.rule = URL_RULE_NONE;
    ck_assert_int_eq(refusal_of(link, "http://h.test/", 0, ""), URL_RULE_TRAP);
}
END_TEST

/* ---- what seeds allow ---- */

START_TEST(only_the_sites_own_pages_may_be_tried_by_the_other_scheme)
{
    static const struct {
        const char *seed, *address;
        bool may;
    } cases[] = {
        {"http://h.test/", "http://h.test/a", true},  /* to https */
        {"http://h.test/", "https://h.test/a", true}, /* to http, as the seed */
        {"https://h.test/", "http://h.test/a", true}, /* to https, as the seed */
        /* what was meant to be encrypted stays encrypted */
        {"https://h.test/", "https://h.test/a", false},
        {"http://h.test/", "http://www.h.test/a", true},
        {"http://h.test/", "http://other.test/", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scope_options options = plain(SCOPE_SITE);
        struct url url;
        new_scope(&options);
        add_seed(cases[i].seed);
        read_url(&url, cases[i].address);
        ck_assert_msg(scope_may_turn_scheme(scope, &url) == cases[i].may, "%s of %s",
                      cases[i].address, cases[i].seed);
        url_release(&url);
    }
}
END_TEST

START_TEST(a_redirect_does_not_take_back_the_users_scheme)
{
    static const struct {
        const char *given, *learned;
        bool may;
    } cases[] = {
        {"https://h.test/", "http://h.test/x", false},
        {"https://h.test/", "http://www.h.test/", false},
        {"http://h.test/", "https://h.test/", true},
        {"http://other.test/", "http://h.test/", true}, /* the site has moved */
        {"http://other.test/", "https://h.test/", false},
    };
    for (size_t i = 0; i < 2 * (sizeof cases / sizeof *cases); i++) {
        struct scope_options options = plain(SCOPE_SITE);
        struct url url;
        new_scope(&options);
        add_seed_as(i % 2 ? cases[i / 2].given : cases[i / 2].learned, i % 2);
        add_seed_as(i % 2 ? cases[i / 2].learned : cases[i / 2].given, !(i % 2));
        read_url(&url, "https://h.test/a");
        ck_assert_msg(scope_may_turn_scheme(scope, &url) == cases[i / 2].may, "%s, then %s",
                      cases[i / 2].given, cases[i / 2].learned);
        url_release(&url);
    }
}
END_TEST

static void begin(void)
{
    trouble = trouble_none();
}

static void end(void)
{
    scope_free(scope);
    scope = NULL;
}

/* A scope with many seeds holds what a scope with one of them holds. */
START_TEST(many_seeds_are_judged_as_few)
{
    static const enum crawl_scope kinds[] = {SCOPE_PAGE, SCOPE_PREFIX, SCOPE_HOST, SCOPE_DOMAIN,
                                             SCOPE_SITE};
    const struct scope_options options = plain(kinds[_i]);
    struct scope *alone;
    struct url url;
    char address[100];
    enum { SEEDS = 300, LINKS = 900 };
    static struct url seeds[SEEDS];
    new_scope(&options);
    for (int i = 0; i < SEEDS; i++) {
        snprintf(address, sizeof address, "http%s://%sh%d.example%s/d%d/e%d/%s", i % 3 ? "" : "s",
                 i % 5 ? "" : "www.", i % 40, i % 7 ? "" : ":8080", i % 4, i % 11,
                 i % 2 ? "" : "page");
        read_url(&seeds[i], address);
        add_seed(address);
    }
    for (int i = 0; i < LINKS; i++) {
        bool held = false;
        snprintf(address, sizeof address, "http%s://%sh%d.example%s/d%d/e%d/%s%d", i % 2 ? "" : "s",
                 i % 3 ? (i % 4 ? "sub." : "") : "www.", i % 45, i % 5 ? "" : ":8080", i % 4,
                 i % 11, i % 6 ? "page" : "", i % 13);
        read_url(&url, address);
        for (int j = 0; j < SEEDS && !held; j++) {
            ck_assert_int_eq(scope_new(&alone, &options, &trouble), RESULT_OK);
            ck_assert_int_eq(scope_add_seed(alone, &seeds[j], true, &trouble), RESULT_OK);
            held = scope_holds(alone, &url);
            scope_free(alone);
        }
        ck_assert_msg(scope_holds(scope, &url) == held, "%s", address);
        url_release(&url);
    }
    for (int i = 0; i < SEEDS; i++) {
        ck_assert(scope_has_seed(scope, &seeds[i]));
        ck_assert(scope_has_seed_on(scope, url_authority(&seeds[i]), seeds[i].https));
        url_release(&seeds[i]);
    }
    ck_assert(!scope_has_seed_on(scope, TEXT("h41.example"), false));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scope");
    TCase *tests = tcase_create("core");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_loop_test(tests, many_seeds_are_judged_as_few, 0, 5);
    tcase_add_test(tests, each_kind_of_scope_has_its_border);
    tcase_add_test(tests, http_and_https_and_www_or_not_are_one_site);
    tcase_add_test(tests, the_domain_of_a_seed_with_www_is_without_it);
    tcase_add_test(tests, any_of_several_seeds_will_do);
    tcase_add_test(tests, without_seeds_nothing_belongs_to_the_crawl);
    tcase_add_test(tests, no_parent_keeps_wide_scopes_below_the_seed);
    tcase_add_test(tests, named_domains_belong_to_the_site_with_all_their_hosts);
    tcase_add_test(tests, a_bad_domain_or_pattern_is_an_error);
    tcase_add_test(tests, include_and_exclude_look_at_the_whole_url);
    tcase_add_test(tests, a_level_counts_hops);
    tcase_add_test(tests, what_a_page_needs_is_taken_from_anywhere);
    tcase_add_test(tests, chains_of_requisites_and_of_sitemaps_end);
    tcase_add_test(tests, a_linked_image_belongs_to_the_post_wherever_it_lies);
    tcase_add_test(tests, a_trap_is_refused_by_its_own_rule);
    tcase_add_test(tests, a_redirect_does_not_take_back_the_users_scheme);
    tcase_add_test(tests, only_the_sites_own_pages_may_be_tried_by_the_other_scheme);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
