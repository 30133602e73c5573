/* Configuration files: their lines, their sites, and which lines hold for which site. */
#include <config.h>

#include <check.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/config.h"
#include "report/exit_code.h"

struct values {
    struct option_memory memory;
    bool flag;
    const char *text, *output;
    char **urls;
    int url_count;
    int number;
};

#define ROW(name, kind, member)                                                         \
    {                                                                                   \
        name, NULL, kind, "X", offsetof(struct values, member), "Says something.", NULL \
    }

static const struct option_row rows[] = {
    ROW("flag", OPTION_FLAG, flag),       ROW("text", OPTION_TEXT, text),
    ROW("output", OPTION_TEXT, output),   ROW("url", OPTION_LIST, urls),
    ROW("number", OPTION_NUMBER, number), ROW("config", OPTION_CONFIG, number),
};
static const struct command command = {.name = "test",
                                       .arguments = "",
                                       .summary = "",
                                       .details = "",
                                       .rows = rows,
                                       .row_count = sizeof rows / sizeof *rows};

static char directory[64], path[128];
static struct values values;
static struct config_sites sites;

static void begin(void)
{
    strcpy(directory, "/tmp/warccap-config-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(directory));
    ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
    values = (struct values){.number = -1};
    sites = (struct config_sites){.items = NULL};
}

static void end(void)
{
    char remove[128];
    snprintf(remove, sizeof remove, "rm -rf %s", directory);
    ck_assert_int_eq(system(remove), 0);
    options_release(&command, &values);
    config_sites_release(&sites);
}

static void write_file(const char *name, const char *lines)
{
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(lines, file);
    ck_assert_int_eq(fclose(file), 0);
}

static int read_lines(const char *lines)
{
    write_file("a.conf", lines);
    return config_read(&command, path, &values);
}

static int find(const char *word)
{
    char copy[128];
    char *words[] = {copy};
    snprintf(copy, sizeof copy, "%s", word);
    return config_find_sites(&command, words, 1, &sites);
}

/* ---- lines ---- */

START_TEST(lines_are_options)
{
    ck_assert_int_eq(read_lines("\xef\xbb\xbf"
                                "# a comment\r\n"
                                "; another\n"
                                "\n"
                                "  flag\r\n"
                                "number=3 # behind it\n"
                                "text = \" a # b \"\n"
                                "url = http://h/#part\n"
                                "url = http://g/ # and a comment"),
                     EXIT_DONE);
    ck_assert(values.flag);
    ck_assert_int_eq(values.number, 3);
    ck_assert_str_eq(values.text, " a # b ");
    ck_assert_int_eq(values.url_count, 2);
    ck_assert_str_eq(values.urls[0], "http://h/#part");
    ck_assert_str_eq(values.urls[1], "http://g/");
}
END_TEST

static const char *const wrong[] = {"number = many\n", "nosuch = 1\n",          "flag = perhaps\n",
                                    "number = 1\nx\n", "config = other.conf\n", "= 3\n"};

START_TEST(a_wrong_line_is_told)
{
    ck_assert_int_eq(read_lines(wrong[_i]), EXIT_USAGE);
}
END_TEST

START_TEST(a_value_is_not_cut_at_a_nul)
{
    const struct config_file file = {"a.conf", TEXT("text = a\0b\n"), false};
    ck_assert_int_eq(config_read_lines(&command, &file, &values), EXIT_USAGE);
    ck_assert_ptr_null(values.text);
}
END_TEST

static const struct config_file no_names[] = {
    {"a.conf", WORD("[a\0/../b]\nurl=http://a/\n"), false},
    {"a.conf", WORD("[a\x1b[2J]\nurl=http://a/\n"), false},
    {"a.conf", WORD("[../b]\nurl=http://a/\n"), false},
};

START_TEST(a_site_has_the_name_of_a_directory)
{
    ck_assert_int_eq(config_find_in(&command, &no_names[_i], &sites), EXIT_DONE);
    ck_assert_int_eq(sites.count, 1);
    ck_assert(sites.items[0].left_out);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_told)
{
    ck_assert_int_eq(config_read(&command, "/nonexistent/a.conf", &values), EXIT_USAGE);
    ck_assert_int_eq(config_read(&command, "/nonexistent/*.conf", &values), EXIT_USAGE);
    ck_assert_int_eq(find("/nonexistent/a.conf"), EXIT_USAGE);
}
END_TEST

START_TEST(a_value_that_is_too_long_is_told)
{
    char line[8000] = "text = ";
    memset(line + 7, 'x', 4095);
    ck_assert_int_eq(read_lines(line), EXIT_DONE);
    ck_assert_uint_eq(strlen(values.text), 4095);
    memset(line + 7, 'x', 4096);
    ck_assert_int_eq(read_lines(line), EXIT_USAGE);
}
END_TEST

/* ---- sites ---- */

static void expect_site(int index, const char *name, const char *output, bool left_out)
{
    const struct config_site *site = &sites.items[index];
    ck_assert_int_lt(index, sites.count);
    ck_assert_str_eq(site->name, name);
    ck_assert_str_eq(site->output ? site->output : "", output);
    ck_assert_int_eq(site->left_out, left_out);
}

START_TEST(stanzas_are_sites)
{
    write_file("all.conf", "number = 1\n[a-blog]\nurl = http://a/\noutput = /srv/a\n"
                           "[ another ]\nurl = http://b/\n[not/one]\nurl = http://c/\n[.hidden]\n");
    ck_assert_int_eq(find(path), EXIT_DONE);
    ck_assert_int_eq(sites.count, 4);
    expect_site(0, "a-blog", "/srv/a", false);
    expect_site(1, "another", "", false);
    expect_site(2, "not/one", "", true);
    expect_site(3, ".hidden", "", true);
    ck_assert_str_eq(sites.items[1].stanza, "another");
    ck_assert_str_eq(sites.items[1].file, path);
}
END_TEST

START_TEST(a_url_before_the_first_stanza_leaves_all_of_the_file_out)
{
    write_file("all.conf", "url = http://a/\n[a-blog]\nurl = http://b/\n");
    ck_assert_int_eq(find(path), EXIT_DONE);
    ck_assert_int_eq(sites.count, 1);
    expect_site(0, "a-blog", "", true);
}
END_TEST

START_TEST(a_file_with_a_url_is_a_site_and_one_without_holds_for_all)
{
    write_file("a-blog.conf", "url = http://a/\noutput = here\n");
    ck_assert_int_eq(find(path), EXIT_DONE);
    ck_assert_int_eq(sites.count, 1);
    expect_site(0, "a-blog", "here", false);
    ck_assert_ptr_null(sites.items[0].stanza);
    config_sites_release(&sites);
    write_file("common.conf", "number = 3\n");
    ck_assert_int_eq(find(path), EXIT_DONE);
    ck_assert_int_eq(sites.count, 0);
}
END_TEST

START_TEST(files_of_a_directory_are_sites)
{
    write_file("b.conf", "number = 3\n");
    write_file("a.conf", "url = http://a/\n");
    write_file("README", "not a file of ours\n");
    ck_assert_int_eq(find(directory), EXIT_DONE);
    ck_assert_int_eq(sites.count, 2);
    expect_site(0, "a", "", false);
    expect_site(1, "b", "", false);
}
END_TEST

/* What each site of a file is given: shared lines, and its own. */
START_TEST(lines_hold_for_their_site)
{
    write_file("all.conf",
               "number = 1\ntext = for all\n[one]\nurl = http://1/\n[two]\nurl = http://2/\n"
               "text = for two\n");
    ck_assert_int_eq(find(path), EXIT_DONE);
    values.memory.site = &sites.items[0];
    ck_assert_int_eq(config_read(&command, path, &values), EXIT_DONE);
    ck_assert_int_eq(values.url_count, 1);
    ck_assert_str_eq(values.urls[0], "http://1/");
    ck_assert_str_eq(values.text, "for all");
    values.memory.site = &sites.items[1];
    ck_assert_int_eq(config_read(&command, path, &values), EXIT_DONE);
    ck_assert_int_eq(values.url_count, 2);
    ck_assert_str_eq(values.urls[1], "http://2/");
    ck_assert_str_eq(values.text, "for two");
    values.memory.shared_only = true;
    ck_assert_int_eq(config_read(&command, path, &values), EXIT_DONE);
    ck_assert_int_eq(values.url_count, 2);
    ck_assert_str_eq(values.text, "for all");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("configuration files");
    TCase *tests = tcase_create("config");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, lines_are_options);
    tcase_add_loop_test(tests, a_wrong_line_is_told, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(tests, a_value_is_not_cut_at_a_nul);
    tcase_add_loop_test(tests, a_site_has_the_name_of_a_directory, 0,
                        (int)(sizeof no_names / sizeof *no_names));
    tcase_add_test(tests, a_file_that_is_not_there_is_told);
    tcase_add_test(tests, a_value_that_is_too_long_is_told);
    tcase_add_test(tests, stanzas_are_sites);
    tcase_add_test(tests, a_url_before_the_first_stanza_leaves_all_of_the_file_out);
    tcase_add_test(tests, a_file_with_a_url_is_a_site_and_one_without_holds_for_all);
    tcase_add_test(tests, files_of_a_directory_are_sites);
    tcase_add_test(tests, lines_hold_for_their_site);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
