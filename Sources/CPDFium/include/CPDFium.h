// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The functions of PDFium that intray uses, by PDFium's public interface (fpdfview.h, fpdf_text.h, fpdf_edit.h, fpdf_doc.h,
// fpdf_annot.h, fpdf_formfill.h, fpdf_structtree.h, fpdf_attachment.h). Nothing is linked: `pdfium_load` opens the library
// and fills a table; each `pdfium_NAME` calls through it and may be called only after a load that succeeded.
//
// Texts come as UTF-16LE unless said otherwise, with a length in bytes that counts the closing zero; asked for with a length
// of 0, a function returns the length it needs.

typedef struct pdfium_document_body *pdfium_document;
typedef struct pdfium_page_body *pdfium_page;
typedef struct pdfium_text_body *pdfium_text;
typedef struct pdfium_object_body *pdfium_object;
typedef struct pdfium_font_body *pdfium_font;
typedef struct pdfium_segment_body *pdfium_segment;
typedef struct pdfium_mark_body *pdfium_mark;
typedef struct pdfium_bitmap_body *pdfium_bitmap;
typedef struct pdfium_tree_body *pdfium_tree;
typedef struct pdfium_element_body *pdfium_element;
typedef struct pdfium_attributes_body *pdfium_attributes;
typedef struct pdfium_value_body *pdfium_value;
typedef struct pdfium_bookmark_body *pdfium_bookmark;
typedef struct pdfium_target_body *pdfium_target;
typedef struct pdfium_action_body *pdfium_action;
typedef struct pdfium_link_body *pdfium_link;
typedef struct pdfium_annotation_body *pdfium_annotation;
typedef struct pdfium_form_body *pdfium_form;
typedef struct pdfium_attachment_body *pdfium_attachment;

// FS_MATRIX: x' = ax + cy + e, y' = bx + dy + f.
typedef struct { float a, b, c, d, e, f; } pdfium_matrix;
// FS_RECTF: PDF's own axes, y upwards.
typedef struct { float left, top, right, bottom; } pdfium_box;
// FPDF_IMAGEOBJ_METADATA.
typedef struct {
    unsigned width, height;
    float horizontal_dpi, vertical_dpi;
    unsigned bits_per_pixel;
    int colorspace, marked_content;
} pdfium_picture;
// FPDF_FORMFILLINFO, version 1, with nothing filled in: fields are read, never shown.
typedef struct { int version; void *callbacks[64]; } pdfium_form_info;

enum { pdfium_error_format = 3, pdfium_error_password = 4, pdfium_error_security = 5, pdfium_error_page = 6 };
enum { pdfium_object_text = 1, pdfium_object_path = 2, pdfium_object_image = 3, pdfium_object_shading = 4, pdfium_object_form = 5 };
enum { pdfium_segment_line = 0, pdfium_segment_curve = 1, pdfium_segment_move = 2 };

#define PDFIUM_FUNCTIONS(F) \
    F(pdfium_document, load_document, FPDF_LoadMemDocument64, (const void *bytes, size_t count, const char *password), (bytes, count, password)) \
    F(unsigned long, last_error, FPDF_GetLastError, (void), ()) \
    F(void, close_document, FPDF_CloseDocument, (pdfium_document d), (d)) \
    F(int, page_count, FPDF_GetPageCount, (pdfium_document d), (d)) \
    F(unsigned long, meta_text, FPDF_GetMetaText, (pdfium_document d, const char *key, void *out, unsigned long length), (d, key, out, length)) \
    F(unsigned long, page_label, FPDF_GetPageLabel, (pdfium_document d, int page, void *out, unsigned long length), (d, page, out, length)) \
    F(unsigned long, language, FPDFCatalog_GetLanguage, (pdfium_document d, void *out, unsigned long length), (d, out, length)) \
    F(int, is_tagged, FPDFCatalog_IsTagged, (pdfium_document d), (d)) \
    F(int, form_type, FPDF_GetFormType, (pdfium_document d), (d)) \
    F(pdfium_page, load_page, FPDF_LoadPage, (pdfium_document d, int index), (d, index)) \
    F(void, close_page, FPDF_ClosePage, (pdfium_page p), (p)) \
    F(float, page_width, FPDF_GetPageWidthF, (pdfium_page p), (p)) \
    F(float, page_height, FPDF_GetPageHeightF, (pdfium_page p), (p)) \
    F(int, page_rotation, FPDFPage_GetRotation, (pdfium_page p), (p)) \
    F(int, page_bounds, FPDF_GetPageBoundingBox, (pdfium_page p, pdfium_box *out), (p, out)) \
    F(int, object_count, FPDFPage_CountObjects, (pdfium_page p), (p)) \
    F(pdfium_object, object_at, FPDFPage_GetObject, (pdfium_page p, int index), (p, index)) \
    F(pdfium_text, load_text, FPDFText_LoadPage, (pdfium_page p), (p)) \
    F(void, close_text, FPDFText_ClosePage, (pdfium_text t), (t)) \
    F(int, glyph_count, FPDFText_CountChars, (pdfium_text t), (t)) \
    F(unsigned, glyph_scalar, FPDFText_GetUnicode, (pdfium_text t, int i), (t, i)) \
    F(int, glyph_is_generated, FPDFText_IsGenerated, (pdfium_text t, int i), (t, i)) \
    F(int, glyph_is_unmapped, FPDFText_HasUnicodeMapError, (pdfium_text t, int i), (t, i)) \
    F(int, glyph_box, FPDFText_GetLooseCharBox, (pdfium_text t, int i, pdfium_box *out), (t, i, out)) \
    F(int, glyph_ink, FPDFText_GetCharBox, (pdfium_text t, int i, double *left, double *right, double *bottom, double *top), (t, i, left, right, bottom, top)) \
    F(int, glyph_origin, FPDFText_GetCharOrigin, (pdfium_text t, int i, double *x, double *y), (t, i, x, y)) \
    F(int, glyph_matrix, FPDFText_GetMatrix, (pdfium_text t, int i, pdfium_matrix *out), (t, i, out)) \
    F(double, glyph_size, FPDFText_GetFontSize, (pdfium_text t, int i), (t, i)) \
    F(pdfium_object, glyph_object, FPDFText_GetTextObject, (pdfium_text t, int i), (t, i)) \
    F(pdfium_font, text_font, FPDFTextObj_GetFont, (pdfium_object o), (o)) \
    F(int, text_size, FPDFTextObj_GetFontSize, (pdfium_object o, float *out), (o, out)) \
    F(int, text_mode, FPDFTextObj_GetTextRenderMode, (pdfium_object o), (o)) \
    F(size_t, font_name, FPDFFont_GetBaseFontName, (pdfium_font f, char *utf8, size_t length), (f, utf8, length)) \
    F(int, font_flags, FPDFFont_GetFlags, (pdfium_font f), (f)) \
    F(int, font_weight, FPDFFont_GetWeight, (pdfium_font f), (f)) \
    F(int, font_slant, FPDFFont_GetItalicAngle, (pdfium_font f, int *out), (f, out)) \
    F(int, object_type, FPDFPageObj_GetType, (pdfium_object o), (o)) \
    F(int, object_bounds, FPDFPageObj_GetBounds, (pdfium_object o, float *left, float *bottom, float *right, float *top), (o, left, bottom, right, top)) \
    F(int, object_matrix, FPDFPageObj_GetMatrix, (pdfium_object o, pdfium_matrix *out), (o, out)) \
    F(int, fill_color, FPDFPageObj_GetFillColor, (pdfium_object o, unsigned *r, unsigned *g, unsigned *b, unsigned *a), (o, r, g, b, a)) \
    F(int, stroke_color, FPDFPageObj_GetStrokeColor, (pdfium_object o, unsigned *r, unsigned *g, unsigned *b, unsigned *a), (o, r, g, b, a)) \
    F(int, stroke_width, FPDFPageObj_GetStrokeWidth, (pdfium_object o, float *out), (o, out)) \
    F(int, content_id, FPDFPageObj_GetMarkedContentID, (pdfium_object o), (o)) \
    F(int, mark_count, FPDFPageObj_CountMarks, (pdfium_object o), (o)) \
    F(pdfium_mark, mark_at, FPDFPageObj_GetMark, (pdfium_object o, unsigned long i), (o, i)) \
    F(int, mark_name, FPDFPageObjMark_GetName, (pdfium_mark m, void *out, unsigned long length, unsigned long *needed), (m, out, length, needed)) \
    F(int, path_count, FPDFPath_CountSegments, (pdfium_object o), (o)) \
    F(pdfium_segment, path_segment, FPDFPath_GetPathSegment, (pdfium_object o, int i), (o, i)) \
    F(int, path_mode, FPDFPath_GetDrawMode, (pdfium_object o, int *fill, int *stroke), (o, fill, stroke)) \
    F(int, segment_point, FPDFPathSegment_GetPoint, (pdfium_segment s, float *x, float *y), (s, x, y)) \
    F(int, segment_type, FPDFPathSegment_GetType, (pdfium_segment s), (s)) \
    F(int, segment_closes, FPDFPathSegment_GetClose, (pdfium_segment s), (s)) \
    F(int, form_count, FPDFFormObj_CountObjects, (pdfium_object o), (o)) \
    F(pdfium_object, form_object, FPDFFormObj_GetObject, (pdfium_object o, unsigned long i), (o, i)) \
    F(unsigned long, image_raw, FPDFImageObj_GetImageDataRaw, (pdfium_object o, void *out, unsigned long length), (o, out, length)) \
    F(unsigned long, image_decoded, FPDFImageObj_GetImageDataDecoded, (pdfium_object o, void *out, unsigned long length), (o, out, length)) \
    F(int, image_filter_count, FPDFImageObj_GetImageFilterCount, (pdfium_object o), (o)) \
    F(unsigned long, image_filter, FPDFImageObj_GetImageFilter, (pdfium_object o, int i, void *ascii, unsigned long length), (o, i, ascii, length)) \
    F(int, image_facts, FPDFImageObj_GetImageMetadata, (pdfium_object o, pdfium_page p, pdfium_picture *out), (o, p, out)) \
    F(pdfium_bitmap, image_bitmap, FPDFImageObj_GetBitmap, (pdfium_object o), (o)) \
    F(void *, bitmap_bytes, FPDFBitmap_GetBuffer, (pdfium_bitmap b), (b)) \
    F(int, bitmap_width, FPDFBitmap_GetWidth, (pdfium_bitmap b), (b)) \
    F(int, bitmap_height, FPDFBitmap_GetHeight, (pdfium_bitmap b), (b)) \
    F(int, bitmap_stride, FPDFBitmap_GetStride, (pdfium_bitmap b), (b)) \
    F(int, bitmap_format, FPDFBitmap_GetFormat, (pdfium_bitmap b), (b)) \
    F(void, destroy_bitmap, FPDFBitmap_Destroy, (pdfium_bitmap b), (b)) \
    F(pdfium_tree, page_tree, FPDF_StructTree_GetForPage, (pdfium_page p), (p)) \
    F(void, close_tree, FPDF_StructTree_Close, (pdfium_tree t), (t)) \
    F(int, tree_count, FPDF_StructTree_CountChildren, (pdfium_tree t), (t)) \
    F(pdfium_element, tree_child, FPDF_StructTree_GetChildAtIndex, (pdfium_tree t, int i), (t, i)) \
    F(int, element_count, FPDF_StructElement_CountChildren, (pdfium_element e), (e)) \
    F(pdfium_element, element_child, FPDF_StructElement_GetChildAtIndex, (pdfium_element e, int i), (e, i)) \
    F(int, element_content, FPDF_StructElement_GetChildMarkedContentID, (pdfium_element e, int i), (e, i)) \
    F(unsigned long, element_type, FPDF_StructElement_GetType, (pdfium_element e, void *out, unsigned long length), (e, out, length)) \
    F(unsigned long, element_alternative, FPDF_StructElement_GetAltText, (pdfium_element e, void *out, unsigned long length), (e, out, length)) \
    F(int, element_attribute_count, FPDF_StructElement_GetAttributeCount, (pdfium_element e), (e)) \
    F(pdfium_attributes, element_attributes, FPDF_StructElement_GetAttributeAtIndex, (pdfium_element e, int i), (e, i)) \
    F(pdfium_value, attribute_value, FPDF_StructElement_Attr_GetValue, (pdfium_attributes a, const char *name), (a, name)) \
    F(int, value_number, FPDF_StructElement_Attr_GetNumberValue, (pdfium_value v, float *out), (v, out)) \
    F(pdfium_bookmark, first_bookmark, FPDFBookmark_GetFirstChild, (pdfium_document d, pdfium_bookmark b), (d, b)) \
    F(pdfium_bookmark, next_bookmark, FPDFBookmark_GetNextSibling, (pdfium_document d, pdfium_bookmark b), (d, b)) \
    F(unsigned long, bookmark_title, FPDFBookmark_GetTitle, (pdfium_bookmark b, void *out, unsigned long length), (b, out, length)) \
    F(pdfium_target, bookmark_target, FPDFBookmark_GetDest, (pdfium_document d, pdfium_bookmark b), (d, b)) \
    F(int, target_page, FPDFDest_GetDestPageIndex, (pdfium_document d, pdfium_target t), (d, t)) \
    F(unsigned long, action_type, FPDFAction_GetType, (pdfium_action a), (a)) \
    F(unsigned long, action_address, FPDFAction_GetURIPath, (pdfium_document d, pdfium_action a, void *bytes, unsigned long length), (d, a, bytes, length)) \
    F(int, next_link, FPDFLink_Enumerate, (pdfium_page p, int *position, pdfium_link *out), (p, position, out)) \
    F(int, link_box, FPDFLink_GetAnnotRect, (pdfium_link l, pdfium_box *out), (l, out)) \
    F(pdfium_action, link_action, FPDFLink_GetAction, (pdfium_link l), (l)) \
    F(int, annotation_count, FPDFPage_GetAnnotCount, (pdfium_page p), (p)) \
    F(pdfium_annotation, annotation_at, FPDFPage_GetAnnot, (pdfium_page p, int i), (p, i)) \
    F(void, close_annotation, FPDFPage_CloseAnnot, (pdfium_annotation a), (a)) \
    F(int, annotation_kind, FPDFAnnot_GetSubtype, (pdfium_annotation a), (a)) \
    F(int, annotation_box, FPDFAnnot_GetRect, (pdfium_annotation a, pdfium_box *out), (a, out)) \
    F(int, annotation_flags, FPDFAnnot_GetFlags, (pdfium_annotation a), (a)) \
    F(unsigned long, annotation_text, FPDFAnnot_GetStringValue, (pdfium_annotation a, const char *key, void *out, unsigned long length), (a, key, out, length)) \
    F(pdfium_form, open_form, FPDFDOC_InitFormFillEnvironment, (pdfium_document d, pdfium_form_info *info), (d, info)) \
    F(void, close_form, FPDFDOC_ExitFormFillEnvironment, (pdfium_form f), (f)) \
    F(pdfium_attachment, annotation_file, FPDFAnnot_GetFileAttachment, (pdfium_annotation a), (a)) \
    F(int, field_kind, FPDFAnnot_GetFormFieldType, (pdfium_form f, pdfium_annotation a), (f, a)) \
    F(unsigned long, field_name, FPDFAnnot_GetFormFieldName, (pdfium_form f, pdfium_annotation a, void *out, unsigned long length), (f, a, out, length)) \
    F(unsigned long, field_label, FPDFAnnot_GetFormFieldAlternateName, (pdfium_form f, pdfium_annotation a, void *out, unsigned long length), (f, a, out, length)) \
    F(unsigned long, field_value, FPDFAnnot_GetFormFieldValue, (pdfium_form f, pdfium_annotation a, void *out, unsigned long length), (f, a, out, length)) \
    F(int, field_is_checked, FPDFAnnot_IsChecked, (pdfium_form f, pdfium_annotation a), (f, a)) \
    F(int, attachment_count, FPDFDoc_GetAttachmentCount, (pdfium_document d), (d)) \
    F(pdfium_attachment, attachment_at, FPDFDoc_GetAttachment, (pdfium_document d, int i), (d, i)) \
    F(unsigned long, attachment_name, FPDFAttachment_GetName, (pdfium_attachment a, void *out, unsigned long length), (a, out, length)) \
    F(int, attachment_file, FPDFAttachment_GetFile, (pdfium_attachment a, void *out, unsigned long length, unsigned long *needed), (a, out, length, needed))

#define PDFIUM_DECLARE(result, name, symbol, parameters, arguments) result pdfium_##name parameters;
PDFIUM_FUNCTIONS(PDFIUM_DECLARE)
#undef PDFIUM_DECLARE

/// Opens the library at `path` and prepares it, without fonts of the system. 0 when all is well; the functions work then.
int pdfium_load(const char *path);
/// Whether a load has succeeded.
bool pdfium_is_loaded(void);
/// Around everything that is done with the library: it may be used by one thread at a time, which may enter again.
void pdfium_enter(void);
void pdfium_leave(void);
/// The folder of the running program, with a slash at its end; 0 when it cannot be told.
size_t pdfium_program_folder(char *out, size_t room);

/// One character of a page's text, in PDF's axes.
typedef struct {
    uint32_t scalar;
    /// The place in `pdfium_run`s; UINT32_MAX for what PDFium put in itself.
    uint32_t run;
    float left, right, top, bottom;
    /// Where the pen stood.
    float x, y;
    bool is_unmapped;
} pdfium_glyph;

/// Glyphs that one text object shows.
typedef struct {
    pdfium_object object;
    /// Text space to the page, forms included.
    pdfium_matrix matrix;
    /// In text space.
    float size;
} pdfium_run;

/// Takes the first `count` characters of a page, and each text object, as it changes, into `runs`.
/// Returns how many runs there are; never more than `room`.
size_t pdfium_glyphs(pdfium_text text, int count, pdfium_glyph *out, pdfium_run *runs, size_t room);
