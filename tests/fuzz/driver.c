/*
 * Runs a fuzz target without libFuzzer, as a test that takes a second: over all its seeds, and over
 * mutations of them that are the same each time.
 *
 *     fuzz_html              the seeds below TOP_SRCDIR/tests/fuzz/seeds/html, mutated with the
 * words of html.dict too fuzz_html FILE...      these files as they are
 *
 * When the target ends the program, or takes too long, the input is written to a file whose name is
 * printed.
 */
#include <config.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/disk.h"
#include "tests/fuzz/fuzz.h"

enum {
    SEEDS_MOST = 256,
    WORDS_MOST = 512,
    INPUT_MOST = 8192,  /* of a mutation */
    ROUNDS_LEAST = 20,  /* mutations of each seed, however slow the machine ... */
    ROUNDS_MOST = 4000, /* ... and however fast */
    MUTATING_MS = 1200,
    HANGS_SECONDS = 60,
};

struct list {
    struct buf items[SEEDS_MOST];
    size_t count;
};

static struct list seeds;
static struct buf words[WORDS_MOST];
static size_t word_count;

/* ---- what is left when it ends badly ---- */

static struct buf input; /* at hand */
static char leftover[256];

/* Only what a signal handler may call. */
static void leave_input(void)
{
    static volatile sig_atomic_t left;
    static const char note[] = "the input is in ";
    if (left || !leftover[0])
        return;
    left = 1;
    int fd = open(leftover, O_CREAT | O_TRUNC | O_WRONLY, 0666);
    ssize_t written = fd < 0 ? -1 : write(fd, input.data, input.length);
    if (written == (ssize_t)input.length)
        written = write(STDERR_FILENO, note, sizeof note - 1) +
                  write(STDERR_FILENO, leftover, strlen(leftover)) + write(STDERR_FILENO, "\n", 1);
    if (fd >= 0)
        close(fd);
}

static void end_badly(int number)
{
    leave_input();
    signal(number, SIG_DFL);
    raise(number == SIGALRM ? SIGKILL : number);
}

/* The sanitizers end a program without a signal. */
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static void watch(const char *target)
{
    static const int numbers[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM};
    snprintf(leftover, sizeof leftover, "finding-%.200s", target);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        signal(numbers[i], end_badly);
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(leave_input);
}

static void run(void)
{
    /* In memory of just this size, so that a sanitizer sees each step beyond. */
    uint8_t *exact = malloc(input.length ? input.length : 1);
    FUZZ_CHECK(exact);
    if (input.length)
        memcpy(exact, input.data, input.length);
    alarm(HANGS_SECONDS);
    FUZZ_CHECK(LLVMFuzzerTestOneInput(exact, input.length) == 0);
    alarm(0);
    free(exact);
}

/* ---- seeds and words ---- */

static void read_file(const char *path, struct buf *out)
{
    struct trouble trouble;
    buf_init(out, 1 << 24);
    if (disk_read(path, out, &trouble) != RESULT_OK) {
        fprintf(stderr, "%s\n", trouble.words);
        exit(EXIT_FAILURE);
    }
}

static void add_seed(void *directory, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", (const char *)directory, name);
    FUZZ_CHECK(seeds.count < SEEDS_MOST);
    read_file(path, &seeds.items[seeds.count++]);
}

/* A line of a dictionary as libFuzzer has it: "bytes", where \" \\ and \xAB are escapes. */
static void add_word(struct text line)
{
    struct buf *word = &words[word_count];
    line = text_trim(line);
    if (line.length < 3 || line.at[0] != '"' || line.at[line.length - 1] != '"')
        return;
    FUZZ_CHECK(word_count < WORDS_MOST);
    buf_init(word, INPUT_MOST);
    for (size_t i = 1; i + 1 < line.length; i++) {
        char c = line.at[i];
        if (c == '\\' && line.at[i + 1] == 'x' && i + 3 < line.length) {
            c = (char)(hex_value(line.at[i + 2]) << 4 | hex_value(line.at[i + 3]));
            i += 3;
        } else if (c == '\\')
            c = line.at[++i];
        buf_add_char(word, c);
    }
    word_count++;
}

static void read_all(const char *target)
{
    char path[4096];
    struct buf dictionary;
    struct trouble trouble;
    const char *top = getenv("TOP_SRCDIR");
    snprintf(path, sizeof path, "%s/tests/fuzz/%s.dict", top ? top : ".", target);
    read_file(path, &dictionary);
    struct text rest = buf_text(&dictionary), line;
    while (text_split(&rest, '\n', &line))
        add_word(line);
    buf_release(&dictionary);
    snprintf(path, sizeof path, "%s/tests/fuzz/seeds/%s", top ? top : ".", target);
    if (disk_list(path, add_seed, path, &trouble) != RESULT_OK || !seeds.count || !word_count) {
        fprintf(stderr, "no seeds or no words for %s\n", target);
        exit(EXIT_FAILURE);
    }
}

/* ---- mutations ---- */

static uint64_t state;

/* xorshift64*, by Vigna's numbers. */
static uint64_t chance(uint64_t below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return ((state * UINT64_C(0x2545f4914f6cdd1d)) >> 32) % below;
}

/* A place and a length in `text`, mostly short. */
static struct text any_piece(struct text text)
{
    text = text_skip(text, chance(text.length + 1));
    return text_first(text, chance(chance(4) ? 16 : text.length + 1));
}

/* Puts `piece` at `at`, in place of `cut` bytes. */
static void replace(size_t at, size_t cut, struct text piece)
{
    struct buf out;
    buf_init(&out, 1 << 25);
    buf_add(&out, ""); /* so that there are bytes to point at, even when there are none */
    buf_add_text(&out, text_first(buf_text(&input), at));
    buf_add_text(&out, piece);
    buf_add_text(&out, text_skip(buf_text(&input), at + cut));
    buf_take(&input, &out);
    buf_release(&out);
}

static void mutate(void)
{
    static const char odd[] = "\0\t\n\r \"#%&'()*,./:;<=>?@[\\]{|}\x7f\x80\xc3\xe2\xef\xff";
    size_t at = chance(input.length + 1);
    struct text here = any_piece(buf_text(&input)), word = buf_text(&words[chance(word_count)]);
    size_t from = (size_t)(here.at - input.data);
    switch (chance(8)) {
    case 0: /* flip a bit */
        if (at < input.length)
            input.data[at] = (char)(input.data[at] ^ (1 << chance(8)));
        break;
    case 1: /* a byte that means something somewhere */
        replace(at, chance(2), (struct text){odd + chance(sizeof odd - 1), 1});
        break;
    case 2: /* cut out */
        replace(from, here.length, TEXT(""));
        break;
    case 3: /* cut off */
        replace(at, input.length, TEXT(""));
        break;
    case 4: /* double, here or elsewhere */
        replace(chance(2) ? from : at, 0, here);
        break;
    case 5: /* a piece of another seed */
        replace(at, chance(2) * chance(16), any_piece(buf_text(&seeds.items[chance(seeds.count)])));
        break;
    default:
        replace(at, chance(2) * word.length, word);
    }
}

static void take(struct text text)
{
    buf_clear(&input);
    buf_add(&input, "");
    buf_add_text(&input, text);
}

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/'), *target = slash ? slash + 1 : argv[0];
    target += strncmp(target, "fuzz_", 5) == 0 ? 5 : 0;
    size_t runs = 0;
    buf_init(&input, 1 << 25);
    watch(target);
    for (int i = 1; i < argc; i++) {
        struct buf file;
        read_file(argv[i], &file);
        take(buf_text(&file));
        buf_release(&file);
        run();
    }
    if (argc > 1)
        return EXIT_SUCCESS;
    read_all(target);
    take(TEXT(""));
    run();
    for (size_t i = 0; i < seeds.count; i++) {
        take(buf_text(&seeds.items[i]));
        run();
    }
    int64_t until = clock_steady_ms() + MUTATING_MS;
    for (uint64_t round = 0;
         round < ROUNDS_MOST && (round < ROUNDS_LEAST || clock_steady_ms() < until); round++)
        for (size_t i = 0; i < seeds.count; i++, runs++) {
            /* Each mutation has its own begin, so that none depends on how many came before. */
            state = (round + 1) * UINT64_C(0x9e3779b97f4a7c15) ^ (i + 1);
            take(buf_text(&seeds.items[i]));
            for (uint64_t steps = 1 + chance(4); steps-- > 0;)
                mutate();
            input.length = input.length < INPUT_MOST ? input.length : INPUT_MOST;
            run();
        }
    printf("%s: %zu seeds, %zu mutations\n", target, seeds.count, runs);
    for (size_t i = 0; i < seeds.count; i++)
        buf_release(&seeds.items[i]);
    for (size_t i = 0; i < word_count; i++)
        buf_release(&words[i]);
    buf_release(&input);
    return EXIT_SUCCESS;
}
