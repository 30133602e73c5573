/* Knows the extensions of files that pages are made of. */
#include <config.h>

#include "links/part_name.h"

enum { EXTENSION_MOST = 11 };

static const struct {
    struct text extension;
    enum part_kind part;
} extensions[] = {
    {WORD("jpg"), PART_PICTURE},      {WORD("png"), PART_PICTURE},  {WORD("gif"), PART_PICTURE},
    {WORD("jpeg"), PART_PICTURE},     {WORD("webp"), PART_PICTURE}, {WORD("svg"), PART_PICTURE},
    {WORD("avif"), PART_PICTURE},     {WORD("ico"), PART_PICTURE},  {WORD("bmp"), PART_PICTURE},
    {WORD("jfif"), PART_PICTURE},     {WORD("apng"), PART_PICTURE}, {WORD("jxl"), PART_PICTURE},
    {WORD("heic"), PART_PICTURE},     {WORD("svgz"), PART_PICTURE}, {WORD("mp4"), PART_MEDIA},
    {WORD("m4v"), PART_MEDIA},        {WORD("webm"), PART_MEDIA},   {WORD("ogv"), PART_MEDIA},
    {WORD("mp3"), PART_MEDIA},        {WORD("m4a"), PART_MEDIA},    {WORD("ogg"), PART_MEDIA},
    {WORD("oga"), PART_MEDIA},        {WORD("opus"), PART_MEDIA},   {WORD("wav"), PART_MEDIA},
    {WORD("flac"), PART_MEDIA},       {WORD("aac"), PART_MEDIA},    {WORD("m3u8"), PART_MEDIA},
    {WORD("mpd"), PART_MEDIA},        {WORD("m4s"), PART_MEDIA},    {WORD("vtt"), PART_MEDIA},
    {WORD("js"), PART_SCRIPT},        {WORD("mjs"), PART_SCRIPT},   {WORD("wasm"), PART_SCRIPT},
    {WORD("css"), PART_STYLE},        {WORD("woff"), PART_FONT},    {WORD("woff2"), PART_FONT},
    {WORD("ttf"), PART_FONT},         {WORD("otf"), PART_FONT},     {WORD("eot"), PART_FONT},
    {WORD("json"), PART_DATA},        {WORD("glb"), PART_DATA},     {WORD("gltf"), PART_DATA},
    {WORD("webmanifest"), PART_DATA}, {WORD("geojson"), PART_DATA}, {WORD("topojson"), PART_DATA},
    {WORD("kml"), PART_DATA},         {WORD("kmz"), PART_DATA},     {WORD("gpx"), PART_DATA},
    {WORD("hdr"), PART_DATA},         {WORD("exr"), PART_DATA},     {WORD("ktx2"), PART_DATA},
    {WORD("usdz"), PART_DATA},        {WORD("fbx"), PART_DATA},     {WORD("mtl"), PART_DATA},
    {WORD("stl"), PART_DATA},         {WORD("drc"), PART_DATA},     {WORD("swf"), PART_DATA},
    {WORD("pbf"), PART_DATA},         {WORD("srt"), PART_DATA},     {WORD("atlas"), PART_DATA},
    {WORD("fnt"), PART_DATA},         {WORD("bcmap"), PART_DATA},   {WORD("glsl"), PART_DATA},
};

enum part_kind part_of_path(struct text path)
{
    size_t point = path.length;
    while (point && path.at[point - 1] != '.' && path.at[point - 1] != '/')
        point--;
    if (point < 2 || path.at[point - 1] == '/' || path.at[point - 2] == '/')
        return PART_NONE;
    struct text end = text_skip(path, point);
    size_t length = 0;
    while (length < end.length && length <= EXTENSION_MOST && ascii_is_alnum(end.at[length]))
        length++;
    if (length < end.length && end.at[length] != '!' && end.at[length] != '@' &&
        end.at[length] != ':')
        return PART_NONE;
    end = text_first(end, length);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        if (text_equal_nocase(end, extensions[i].extension))
            return extensions[i].part;
    return PART_NONE;
}

enum part_kind part_of_address(struct text raw)
{
    static const bool ends[256] = {['?'] = true, ['#'] = true};
    size_t length = text_stop(raw, 0, ends);
    ptrdiff_t scheme = text_find(text_first(raw, 12), TEXT("//"));
    struct text path = text_first(raw, length);
    if (scheme >= 0) { /* "//example.js" is a host */
        path = text_skip(path, (size_t)scheme + 2);
        ptrdiff_t slash = text_find_char(path, '/');
        path = text_skip(path, slash < 0 ? path.length : (size_t)slash);
    }
    return part_of_path(path);
}

bool part_is_shaped(struct text raw)
{
    if (raw.length < 2)
        return false;
    switch (raw.at[0]) {
    case '/':
        return raw.at[1] != '*';
    case '.':
        return text_starts(raw, TEXT("./")) || text_starts(raw, TEXT("../"));
    case 'h':
    case 'H':
        return text_starts_nocase(raw, TEXT("http://")) ||
               text_starts_nocase(raw, TEXT("https://"));
    default:
        return false;
    }
}

bool part_is_clean(struct text raw)
{
    static const bool odd[256] = {
        [' '] = true, ['\t'] = true, ['\n'] = true, ['\r'] = true, ['\f'] = true, ['<'] = true,
        ['>'] = true, ['"'] = true,  ['\''] = true, ['{'] = true,  ['}'] = true,  ['|'] = true,
        ['`'] = true, ['^'] = true,  ['\\'] = true, ['*'] = true,  ['$'] = true,
    };
    return raw.length && text_stop(raw, 0, odd) == raw.length;
}

bool part_is_page(struct text raw)
{
    static const struct text ends[] = {WORD(".html"), WORD(".htm"),   WORD(".php"), WORD(".asp"),
                                       WORD(".aspx"), WORD(".shtml"), WORD(".jsp")};
    static const bool stops[256] = {['?'] = true, ['#'] = true};
    struct text path = text_first(raw, text_stop(raw, 0, stops));
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (path.length > ends[i].length && text_ends_nocase(path, ends[i]))
            return true;
    return false;
}
