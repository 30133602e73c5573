# Makes the library's man pages from the comments in its public header, and warc_rules(3) from the table of rules.
#
#   awk -v out=DIRECTORY -v version=0.1.0 -f man-pages.awk include/warccap/warc.h src/warc/rules.h
#
# Each line "==== NAME(3) - what it does ====" of the header gives a file DIRECTORY/NAME.3.  DIRECTORY/man-aliases gets one line
# "function page" per function.  A comment of the header describes the declarations that follow it, up to an empty line.  The comment
# after a "====" line introduces its page: an empty line begins a paragraph, and lines indented by four columns are shown as they are.

# ---- roff ----

function escape(text) {
    gsub(/\\/, "\\e", text)
    gsub(/-/, "\\-", text)
    if (text ~ /^[.']/)
        text = "\\&" text
    return text
}

# Sets names of functions and pages in bold, and `words` in italics.
function mark_up(text) {
    text = escape(text)
    while (match(text, /`[^`]+`/))
        text = substr(text, 1, RSTART - 1) "\\fI" substr(text, RSTART + 1, RLENGTH - 2) "\\fP" substr(text, RSTART + RLENGTH)
    return embolden(text)
}

function embolden(text,    done) {
    while (match(text, /[a-z_]*warc[a-z_]*\([0-9]?\)/)) {
        done = done substr(text, 1, RSTART - 1) "\\fB" substr(text, RSTART, RLENGTH) "\\fP"
        text = substr(text, RSTART + RLENGTH)
    }
    return done text
}

function begin_page(name, what) {
    if (page)
        end_page()
    page = name
    file = out "/" name ".3"
    pages[++page_count] = name
    printf "" > file
    title = toupper(name)
    purpose = what
    functions = declarations = synopsis = description = ""
}

function end_page(    i) {
    printf ".\\\" Made from the header and the table of rules by man-pages.awk.\n.TH %s 3 \"\" \"warccap %s\" \"libwarccap\"\n", title, version > file
    printf ".SH NAME\n%s%s \\- %s\n", page, functions, escape(purpose) > file
    printf ".SH SYNOPSIS\n.nf\n.B #include <warccap/warc.h>\n%s.fi\n", synopsis ? ".PP\n" synopsis : "" > file
    printf ".SH DESCRIPTION\n%s", description > file
    if (declarations)
        printf ".SH DECLARATIONS\n%s", substr(declarations, 5) > file
    if (page == "warc_reader" || page == "warc_writer" || page == "warc_payload" || page == "libwarccap")
        printf ".SH EXAMPLES\nSmall programs that list, extract, filter, check, write and recompress are installed with the library, in\nexamples/ of its documentation.\n" > file
    close(file)
}

# The stripped lines of a comment as roff: paragraphs, and code where a line is indented.
function roff_of(count, lines,    i, result, code, line) {
    for (i = 1; i <= count; i++) {
        line = lines[i]
        if (line ~ /^    /) {
            result = result (code ? "" : ".PP\n.EX\n") escape(line) "\n"
            code = 1
            continue
        }
        if (code && line == "")
            if (i < count && lines[i + 1] ~ /^    /) {
                result = result "\n"
                continue
            }
        if (code)
            result = result ".EE\n"
        if (line == "" && result != "")
            result = result ".PP\n"
        else if (line != "")
            result = result mark_up(line) "\n"
        code = 0
    }
    gsub(/\.PP\n\.PP\n/, ".PP\n", result)
    sub(/^\.PP\n/, "", result)
    return result (code ? ".EE\n" : "")
}

# ---- the header ----

function function_name(line) {
    return match(line, /warc_[a-z_]+\(/) && line !~ /\(\*/ && line !~ /^ / && line ~ /\(.*[,;]$/ ? substr(line, RSTART, RLENGTH - 1) : ""
}

function take_declaration(line,    name) {
    name = function_name(line)
    if (name && line !~ /^struct [a-z_]+ {/) {
        if (name != page)
            functions = functions ", " name
        if (name != page)
            print name, page > (out "/man-aliases")
    }
    if (name)
        in_function = 1
    if (in_function)
        synopsis = synopsis "\\fB" escape(line) "\\fP\n"
    if (line ~ /;$/)
        in_function = 0
    body = body escape(line) "\n"
}

function end_item() {
    if (body != "")
        declarations = declarations ".PP\n.nf\n" body ".fi\n" (words != "" ? ".RS\n" words ".RE\n" : "")
    body = words = ""
}

FILENAME ~ /rules\.h$/ { rule_line($0); next }

/^#pragma GCC visibility pop/ { end_item(); end_page(); page = ""; finished = 1 }
finished { next }

/^\/\* ==== .*==== \*\/$/ {
    end_item()
    match($0, /[a-z_]+\(3\)/)
    name = substr($0, RSTART, RLENGTH - 3)
    what = $0
    sub(/^[^)]*\) - /, "", what)
    sub(/ ====.*/, "", what)
    begin_page(name, what)
    introduction = 1
    next
}
!page { next }

# Removes what is only for compilers, and moves continuation lines with their first line.
{
    if (sub(/^WARC_MUST_CHECK /, ""))
        moved = 1
    else if (moved && substr($0, 1, 16) ~ /^ +$/)
        $0 = substr($0, 17)
    if (/;$/)
        moved = 0
}

# A comment at the margin, on one line or on several.
/^\/\*/ {
    end_item()
    in_comment = 1
    count = last = 0
    line = $0
    sub(/^\/\* ?/, "", line)
}
in_comment {
    if ($0 !~ /^\/\*/)
        line = $0
    last = sub(/ ?\*\/$/, "", line)
    sub(/^ \* ?/, "", line)
    if (line != "" || count)
        comment[++count] = line
    if (!last)
        next
    in_comment = 0
    while (count && comment[count] == "")
        count--
    text = roff_of(count, comment)
    if (introduction)
        description = text
    else
        words = text
    introduction = 0
    next
}
/^$/ { end_item(); next }
{ take_declaration($0) }

# ---- the rules ----

function rule_line(line,    parts) {
    if (line !~ /^    ROW\(/ && line !~ /^    \/\* ----/)
        return
    if (!rules) {
        begin_page("warc_rules", "what a WARC file must look like")
        description = "Each rule has a name that never changes, a level, the clause of ISO 28500:2017 (WARC 1.1) that it comes from, a sentence about what is wrong, and one about what to do.\n" \
            "\\fBwarc_reader\\fP(3) and \\fBwarc_check\\fP(3) report broken rules as flaws; \\fBwarc_writer\\fP(3) refuses a record that would break any rule of frame, header or fields above the level of a note.\n"
        rules = 1
    }
    if (line ~ /\/\* ----/) {
        sub(/.*\/\* ---- /, "", line)
        sub(/ ---- .*/, "", line)
        description = description ".SS \"" toupper(substr(line, 1, 1)) escape(substr(line, 2)) "\"\n"
        return
    }
    split(line, parts, "\"")
    match(parts[3], /[A-Z]+/)
    description = description ".TP\n.B " escape(parts[2]) "\n" escape(parts[6]) " (" tolower(substr(parts[3], RSTART, RLENGTH)) \
        ", clause " parts[4] "). To do: " escape(parts[8]) ".\n"
}

END {
    if (page)
        end_page()
    for (i = 1; i <= page_count; i++) {
        file = out "/" pages[i] ".3"
        printf ".SH SEE ALSO\n" >> file
        for (j = 1; j <= page_count; j++)
            if (j != i)
                printf ".BR %s (3)%s\n", pages[j], (j < page_count - (i == page_count) ? "," : "") >> file
    }
}
