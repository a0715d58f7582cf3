"""A report as slides to speak with: titles, tables that are tables, words for whoever does not see the pictures."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Mapping
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Length, Pt

from codesign.i18n import Words
from codesign.results import report_slides as slides
from codesign.results.letters import legal
from codesign.results.report_booklet import Booklet, Picture
from codesign.results.report_logos import size_of
from codesign.results.report_pictures import Drawn
from codesign.results.report_slides import Grid, Line, Lines, Slide

#: The library has types, and none for this.
_rgb: Callable[[str], RGBColor] = RGBColor.from_string
INK, QUIET = _rgb("17211D"), _rgb("46524C")
#: The colours of the template's theme, and ours in their place.
THEME = (
    (b'<a:dk2><a:srgbClr val="1F497D"/>', b'<a:dk2><a:srgbClr val="17211D"/>'),
    (b'<a:accent1><a:srgbClr val="4F81BD"/>', b'<a:accent1><a:srgbClr val="0B6B55"/>'),
)
#: Those of the template that are used; who edits the slides finds these.
OPENING, WORDS, ALONE = "Title Slide", "Title and Content", "Title Only"
TITLE_SIZES = (28.0, 24.0, 20.0, 16.0)
#: Thin lines between rows, none between columns: “Themed Style 1 – Accent 1” would shout.
TABLE_STYLE = "{3B4B98B0-60AC-42C2-AFA5-B58CD77FA1E5}"


def write(booklet: Booklet, pictures: Mapping[str, Drawn], words: Words) -> bytes:
    deck = _Deck(booklet, pictures)
    deck.open()
    for slide in slides.slides_of(booklet, words):
        deck.add(slide)
    out = io.BytesIO()
    deck.file.save(out)
    return out.getvalue()


class _Deck:
    def __init__(self, booklet: Booklet, pictures: Mapping[str, Drawn]) -> None:
        self.file: Any = Presentation()
        self.booklet = booklet
        self.pictures = pictures
        _set_up(self.file, booklet)
        self.layouts: dict[str, Any] = {layout.name: layout for layout in self.file.slide_layouts}

    def open(self) -> None:
        slide = self.file.slides.add_slide(self.layouts[OPENING])
        _title(slide.shapes.title, self.booklet.title, tall=130)
        under = slide.placeholders[1]
        under.text_frame.text = legal(self.booklet.question or self.booklet.signed)
        x = slides.MARGIN
        _stripe(self.file.slide_master, slide)
        for logo in self.booklet.logos:
            if drawn := self.pictures.get(logo.file):
                width, height = size_of(drawn)
                at = (Pt(x), Pt(40), Pt(width), Pt(height))
                _describe(slide.shapes.add_picture(io.BytesIO(drawn.data), *at), logo.name)
                x += width + 18
        self.foot(slide, OPENING, self.booklet.signed)

    def add(self, told: Slide) -> None:
        layout = WORDS if isinstance(told.body, Lines) else ALONE
        slide = self.file.slides.add_slide(self.layouts[layout])
        _title(slide.shapes.title, told.title)
        match told.body:
            case Lines():
                self.lines(slide.placeholders[1].text_frame, told.body)
            case Grid():
                self.grid(slide, told.body, self.lead(slide, told.lead))
            case Picture():
                self.picture(slide, told.body, self.lead(slide, told.lead))
        if told.notes:
            slide.notes_slide.notes_text_frame.text = legal(told.notes)
        chapter = told.chapter if told.chapter not in told.title else ""
        self.foot(slide, layout, " · ".join(filter(None, (self.booklet.title, chapter))))

    def lines(self, frame: Any, body: Lines) -> None:
        if body.columns > 1:
            about = frame._txBody.bodyPr
            about.set("numCol", str(body.columns))
            about.set("spcCol", str(Pt(slides.COLUMNS_GAP)))
        for at, line in enumerate(body.lines):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            self.line(paragraph, line, slides.SIZES[line.kind] * body.scale)

    def line(self, paragraph: Any, line: Line, size: float) -> None:
        if line.kind != "bullet":
            _without_bullet(paragraph)
        paragraph.space_after = Pt(slides.AFTER)
        colour = QUIET if line.kind == "quiet" else INK
        self.words(paragraph, line.text, size, colour, line.lang)
        if line.kind == "head":
            for run in paragraph.runs:
                run.font.bold = True
        for text, lang in line.after:
            paragraph.add_line_break()
            self.words(paragraph, text, size - 3, QUIET, lang)

    def words(
        self, paragraph: Any, text: str, size: float, colour: RGBColor, lang: str = ""
    ) -> None:
        for at, part in enumerate(legal(text).split("\n")):
            if at:
                paragraph.add_line_break()
            run = paragraph.add_run()
            run.text = part
            run.font.size = Pt(size)
            run.font.color.rgb = colour
            run._r.get_or_add_rPr().set("lang", lang or self.booklet.lang)

    def lead(self, slide: Any, text: str) -> float:
        """What is said above a table or a picture; where that begins."""
        if not text:
            return slides.TOP
        tall = slides.height_of_lead(text)
        at = (Pt(slides.MARGIN), Pt(slides.TOP - 8), Pt(slides.ROOM), Pt(tall))
        frame = slide.shapes.add_textbox(*at).text_frame
        frame.word_wrap = True
        _without_margins(frame)
        self.words(frame.paragraphs[0], text, slides.LEAD_SIZE, QUIET)
        return slides.TOP + tall

    def grid(self, slide: Any, grid: Grid, top: float) -> None:
        at = (Pt(slides.MARGIN), Pt(top), Pt(slides.ROOM), Pt(sum(grid.heights)))
        rows = len(grid.rows) + bool(grid.head)
        frame = slide.shapes.add_table(rows, len(grid.widths), *at)
        _describe(frame, grid.caption)
        table = frame.table
        frame._element.graphic.graphicData.tbl.tblPr[0].text = TABLE_STYLE
        table.first_row, table.first_col = bool(grid.head), not grid.head
        table.horz_banding = False
        for column, width in zip(table.columns, grid.widths, strict=True):
            column.width = Pt(width)
        for row, height in zip(table.rows, grid.heights, strict=True):
            row.height = Pt(height)
        told = ((grid.head,) if grid.head else ()) + grid.rows
        for row, cells in zip(table.rows, told, strict=True):
            for column, (box, cell) in enumerate(zip(row.cells, cells, strict=True)):
                self.cell(box, cell, grid.size, is_amount=column in grid.amounts)
        if grid.head:
            for box in table.rows[0].cells:
                for run in box.text_frame.paragraphs[0].runs:
                    run.font.bold = True

    def cell(self, box: Any, cell: str | int, size: float, *, is_amount: bool) -> None:
        box.margin_left = box.margin_right = Pt(slides.CELL_SIDES / 2)
        box.margin_top = box.margin_bottom = Pt(slides.CELL_PAD / 2)
        paragraph = box.text_frame.paragraphs[0]
        if is_amount:
            paragraph.alignment = PP_ALIGN.RIGHT
        self.words(paragraph, str(cell), size, INK)

    def picture(self, slide: Any, body: Picture, top: float) -> None:
        drawn = self.pictures.get(body.board)
        tall = slides.TOP + slides.TALL - top
        if drawn is None:
            at = (Pt(slides.MARGIN), Pt(top), Pt(slides.ROOM), Pt(tall))
            frame = slide.shapes.add_textbox(*at).text_frame
            frame.word_wrap = True
            self.words(frame.paragraphs[0], body.alt, slides.SIZES["plain"], INK)
            return
        scale = min(slides.ROOM / drawn.width, tall / drawn.height)
        width, height = drawn.width * scale, drawn.height * scale
        place = (Pt((slides.WIDTH - width) / 2), Pt(top), Pt(width), Pt(height))
        _describe(slide.shapes.add_picture(io.BytesIO(drawn.data), *place), body.alt)

    def foot(self, slide: Any, layout: str, text: str) -> None:
        """The library leaves out what stands at the foot of a layout; so it is taken over by hand."""
        for shape in self.layouts[layout].placeholders:
            kind = shape.placeholder_format.type
            if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                continue
            slide.shapes._spTree.append(element := copy.deepcopy(shape._element))
            if kind == PP_PLACEHOLDER.FOOTER:
                made = next(one for one in slide.placeholders if one._element is element)
                made.text_frame.text = ""
                self.words(made.text_frame.paragraphs[0], text, 10, QUIET)


# The template


def _set_up(file: Any, booklet: Booklet) -> None:
    about = file.core_properties
    about.title, about.language = legal(booklet.title)[:255], booklet.lang
    about.author, about.subject = "Codesign", legal(booklet.question)[:255]
    file.slide_width, file.slide_height = Pt(slides.WIDTH), Pt(slides.HEIGHT)
    for layout in list(file.slide_layouts):
        if layout.name not in (OPENING, WORDS, ALONE):
            file.slide_layouts.remove(layout)
    _lay_out(file.slide_master)
    for layout in file.slide_layouts:
        _lay_out(layout)
    for rel in file.slide_master.part.rels.values():
        if rel.reltype.endswith("/theme"):
            for theirs, ours in THEME:
                rel.target_part._blob = rel.target_part.blob.replace(theirs, ours)


def _lay_out(sheet: Any) -> None:
    """Where everything stands: the template is four by three."""
    wide, foot = slides.ROOM, slides.HEIGHT - 40
    for shape in [*sheet.placeholders]:
        match shape.placeholder_format.type:
            case PP_PLACEHOLDER.CENTER_TITLE:
                _place(shape, (slides.MARGIN, 150, wide, 130), MSO_ANCHOR.BOTTOM)
            case PP_PLACEHOLDER.SUBTITLE:
                _place(shape, (slides.MARGIN, 292, wide, 110), MSO_ANCHOR.TOP)
                _colour_of(shape, 20)
            case PP_PLACEHOLDER.TITLE:
                _place(shape, (slides.MARGIN, 28, wide, 62), MSO_ANCHOR.MIDDLE)
            case PP_PLACEHOLDER.OBJECT | PP_PLACEHOLDER.BODY:
                _place(shape, (slides.MARGIN, slides.TOP, wide, slides.TALL), MSO_ANCHOR.TOP)
            case PP_PLACEHOLDER.FOOTER:
                _place(shape, (slides.MARGIN, foot, wide - 80, 24), MSO_ANCHOR.MIDDLE)
            case PP_PLACEHOLDER.SLIDE_NUMBER:
                _place(shape, (slides.WIDTH - slides.MARGIN - 70, foot, 70, 24), MSO_ANCHOR.MIDDLE)
            case PP_PLACEHOLDER.DATE:
                shape._element.getparent().remove(shape._element)


def _stripe(master: Any, slide: Any) -> None:
    """A band of colour at the edge of every slide; only a slide's own shapes can be made, so it is moved."""
    at = (Pt(0), Pt(0), Pt(14), Pt(slides.HEIGHT))
    band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *at)
    band.fill.solid()
    band.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
    band.line.fill.background()
    band.shadow.inherit = False
    master.shapes._spTree.insert(2, band._element)


def _place(shape: Any, at: tuple[float, float, float, float], anchor: Any) -> None:
    shape.left, shape.top, shape.width, shape.height = (Length(Pt(one)) for one in at)
    _without_margins(shape.text_frame)
    shape.text_frame.vertical_anchor = anchor
    if shape.placeholder_format.type != PP_PLACEHOLDER.SLIDE_NUMBER:
        for level in shape._element.iter(f"{{{A}}}lvl1pPr"):
            level.set("algn", "l")


A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _colour_of(shape: Any, size: float) -> None:
    for about in shape._element.iter(f"{{{A}}}defRPr"):
        about.set("sz", str(int(size * 100)))


def _title(shape: Any, text: str, tall: float = 62) -> None:
    text = " ".join(legal(text).split())
    shape.text_frame.text = text
    fits = (
        one
        for one in TITLE_SIZES
        if slides.lines_of(text, slides.ROOM, one) * one * slides.LINE <= tall
    )
    for paragraph in shape.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size = Pt(next(fits, TITLE_SIZES[-1]))
        paragraph.font.bold = True
        paragraph.font.color.theme_color = MSO_THEME_COLOR.TEXT_2


def _describe(shape: Any, words: str) -> None:
    """For whoever does not see it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", legal(words))


def _without_margins(frame: Any) -> None:
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _without_bullet(paragraph: Any) -> None:
    about = paragraph._p.get_or_add_pPr()
    about.set("marL", "0")
    about.set("indent", "0")
    about.append(about.makeelement(f"{{{A}}}buNone", {}))
