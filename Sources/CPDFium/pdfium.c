// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CPDFium.h"
#include <dlfcn.h>
#include <malloc.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#define DEFINE(result, name, symbol, parameters, arguments) \
    static result (*call_##name) parameters; \
    result pdfium_##name parameters { return call_##name arguments; }
PDFIUM_FUNCTIONS(DEFINE)
#undef DEFINE

// FPDF_LIBRARY_CONFIG, version 2: no fonts of the user, no JavaScript.
typedef struct { int version; const char **fonts; void *isolate; unsigned slot; void *platform; int renderer, backend, brotli, isolates; } settings;

// FPDF_SYSFONTINFO, version 1: a system without fonts, so that no file is ever looked for.
typedef struct system_fonts system_fonts;
struct system_fonts {
    int version;
    void (*release)(system_fonts *);
    void (*list)(system_fonts *, void *);
    void *(*map)(system_fonts *, int, int, int, int, const char *, int *);
    void *(*font)(system_fonts *, const char *);
    unsigned long (*bytes)(system_fonts *, void *, unsigned, unsigned char *, unsigned long);
    unsigned long (*name)(system_fonts *, void *, char *, unsigned long);
    int (*charset)(system_fonts *, void *);
    void (*forget)(system_fonts *, void *);
};
static void release(system_fonts *s) { (void)s; }
static void list(system_fonts *s, void *mapper) { (void)s, (void)mapper; }
static void *map(system_fonts *s, int weight, int italic, int charset, int pitch, const char *face, int *exact) {
    (void)s, (void)weight, (void)italic, (void)charset, (void)pitch, (void)face, (void)exact;
    return NULL;
}
static void *font(system_fonts *s, const char *face) { return (void)s, (void)face, NULL; }
static unsigned long bytes(system_fonts *s, void *f, unsigned table, unsigned char *out, unsigned long room) {
    return (void)s, (void)f, (void)table, (void)out, (void)room, 0;
}
static unsigned long name(system_fonts *s, void *f, char *out, unsigned long room) { return (void)s, (void)f, (void)out, (void)room, 0; }
static int charset(system_fonts *s, void *f) { return (void)s, (void)f, 0; }
static void forget(system_fonts *s, void *f) { (void)s, (void)f; }
static system_fonts no_fonts = {1, release, list, map, font, bytes, name, charset, forget};

static bool is_loaded;
static pthread_mutex_t user = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

// PDFium frees thousands of small pieces and asks for large ones in between, for each of which glibc goes through all the small ones that
// it has put aside for quick use. While PDFium is at work none are put aside; else glibc's own bound holds (mallopt(3)).
static int depth;
static const int usual_bound = 64 * sizeof(size_t) / 4;

void pdfium_enter(void) {
    pthread_mutex_lock(&user);
    if (depth++ == 0) mallopt(M_MXFAST, 0);
}

void pdfium_leave(void) {
    if (--depth == 0) mallopt(M_MXFAST, usual_bound);
    pthread_mutex_unlock(&user);
}

bool pdfium_is_loaded(void) { return is_loaded; }

int pdfium_load(const char *path) {
    if (is_loaded) return 0;
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return -1;
#define RESOLVE(result, name, symbol, parameters, arguments) \
    if ((*(void **)&call_##name = dlsym(library, #symbol)) == NULL) return -1;
    PDFIUM_FUNCTIONS(RESOLVE)
#undef RESOLVE
    void (*start)(const settings *) = NULL;
    void (*fonts)(system_fonts *) = NULL;
    *(void **)&start = dlsym(library, "FPDF_InitLibraryWithConfig");
    *(void **)&fonts = dlsym(library, "FPDF_SetSystemFontInfo");
    if (start == NULL || fonts == NULL) return -1;
    static const char *no_folders[] = {NULL};
    settings plain = {.version = 2, .fonts = no_folders};
    start(&plain);
    fonts(&no_fonts);
    is_loaded = true;
    return 0;
}

size_t pdfium_program_folder(char *out, size_t room) {
    ssize_t count = readlink("/proc/self/exe", out, room);
    if (count <= 0 || (size_t)count >= room) return 0;
    while (count > 0 && out[count - 1] != '/') count--;
    return (size_t)count;
}

size_t pdfium_glyphs(pdfium_text text, int count, pdfium_glyph *out, pdfium_run *runs, size_t room) {
    size_t known = 0;
    for (int i = 0; i < count; i++) {
        pdfium_glyph *glyph = &out[i];
        memset(glyph, 0, sizeof *glyph);
        glyph->scalar = call_glyph_scalar(text, i);
        glyph->run = UINT32_MAX;
        if (call_glyph_is_generated(text, i) == 1) continue;
        pdfium_object object = call_glyph_object(text, i);
        if (object == NULL) continue;
        if (known == 0 || object != runs[known - 1].object) {
            if (known == room) continue;
            pdfium_run *run = &runs[known++];
            run->object = object;
            run->size = (float)call_glyph_size(text, i);
            run->matrix = (pdfium_matrix){1, 0, 0, 1, 0, 0};
            call_glyph_matrix(text, i, &run->matrix);
        }
        pdfium_box box = {0};
        double x = 0, y = 0;
        if (!call_glyph_box(text, i, &box) || !call_glyph_origin(text, i, &x, &y)) continue;
        glyph->run = (uint32_t)(known - 1);
        glyph->left = box.left, glyph->right = box.right, glyph->top = box.top, glyph->bottom = box.bottom;
        glyph->x = (float)x, glyph->y = (float)y;
        glyph->is_unmapped = call_glyph_is_unmapped(text, i) == 1;
    }
    return known;
}
