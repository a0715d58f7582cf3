"""A report as a Word file to go on with: real styles, tables with a head, captions, words for pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from codesign.results.letters import legal
from codesign.results.report import Voice
from codesign.results.report_booklet import (
    Block,
    Booklet,
    Bullets,
    Cell,
    Cities,
    Head,
    Pairs,
    Picture,
    Ranking,
    Table,
    Text,
    Voices,
)
from codesign.results.report_logos import size_of
from codesign.results.report_pictures import Drawn

INK, QUIET = RGBColor(0x17, 0x21, 0x1D), RGBColor(0x46, 0x52, 0x4C)
WIDTH, TALLEST = Cm(16.2), Cm(21)
#: The same where pages lie.
LYING = Cm(24.9)
#: Everywhere, with the letters of all our languages but Georgian, for which Word then takes its own.
FONT = "Calibri"


def write(booklet: Booklet, pictures: Mapping[str, Drawn]) -> bytes:
    word = Document()
    _set_up(word, booklet)
    _logos(word, booklet, pictures)
    word.add_paragraph(legal(booklet.title), "Title")
    if booklet.question:
        word.add_paragraph(legal(booklet.question), "Subtitle")
    if booklet.notice:
        _lines(word.add_paragraph(style="Intense Quote"), booklet.notice)
    if booklet.short:
        _lines(word.add_paragraph(style="Lead"), booklet.short)
    if booklet.facts:
        facts = word.add_paragraph(style="Quiet")
        for at, (figure, what) in enumerate(booklet.facts):
            facts.add_run(("   ·   " if at else "") + figure).bold = True
            facts.add_run(f" {legal(what)}")
    for chapter in booklet.chapters:
        head = word.add_heading(legal(chapter.title), 1)
        head.paragraph_format.page_break_before = chapter.is_annex
        if chapter.note:
            _lines(word.add_paragraph(style="Intense Quote"), chapter.note)
        for block in chapter.blocks:
            _Writer(word, pictures, chapter.title, _width(booklet)).block(block)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _logos(word: Word, booklet: Booklet, pictures: Mapping[str, Drawn]) -> None:
    """In one line above the title, each with the name of whose it is."""
    shown = [one for one in booklet.logos if one.file in pictures]
    line = word.add_paragraph() if shown else None
    for one in shown:
        assert line is not None  # noqa: S101
        width, height = size_of(drawn := pictures[one.file])
        run = line.add_run()
        shape = run.add_picture(io.BytesIO(drawn.data), Pt(width), Pt(height))
        shape._inline.docPr.set("descr", legal(one.name))
        line.add_run("   ")


class _Writer:
    def __init__(self, word: Word, pictures: Mapping[str, Drawn], title: str, width: int) -> None:
        self.word = word
        self.width = width
        self.pictures = pictures
        self.title = title

    def block(self, block: Block) -> None:
        match block:
            case Text():
                style = "Quiet" if block.is_quiet else "Normal"
                _lines(self.word.add_paragraph(style=style), block.text)
            case Head():
                self.word.add_heading(legal(block.text), block.level - 1)
            case Bullets():
                for line in block.lines:
                    _lines(self.word.add_paragraph(style="List Bullet"), line)
            case Ranking():
                self._ranking(block)
            case Voices():
                for voice in block.voices:
                    self._voice(voice)
            case Cities():
                pairs = (f"{one.name or block.others} {one.count}" for one in block.cities)
                self.word.add_paragraph(legal("  ·  ".join(pairs)))
            case Picture():
                self._picture(block)
            case Table():
                self._table(block)
            case Pairs():
                self._pairs(block)

    def _pairs(self, block: Pairs) -> None:
        """Two columns: what is asked, and what is said."""
        table = self.word.add_table(0, 2, "Report Table")
        table.autofit = False
        _describe(table, self.title)
        widths = [int(self.width * share) for share in (0.32, 0.68)]
        made = [_row(row, widths) for row in block.rows]
        for row, (asked, _said) in zip(made, block.rows, strict=True):
            _mark_pair(row, is_missing=asked in block.missing)
        table._tbl.extend(made)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        self.word.add_paragraph(style="Quiet").paragraph_format.space_after = Pt(2)

    def _ranking(self, block: Ranking) -> None:
        for one in block.priorities:
            line = self.word.add_paragraph(style="Priority")
            line.add_run(f"{one.place}.  ")
            _lines(line, one.title)
            line.add_run(f"  ({one.dots})")
            _lines(self.word.add_paragraph(style="Quiet"), block.told[one.id])

    def _voice(self, voice: Voice) -> None:
        entry = voice.entry
        line = self.word.add_paragraph()
        # By its id: looking a style up by its name, once for each note, takes half of all the time.
        line._p.get_or_add_pPr().style = "Voice"
        _lines(line, entry.text, entry.lang)
        for one, told in voice.translated():
            line.add_run().add_break()
            _lines(line, one.text, one.lang, quiet=True)
            self._quiet(line, f"  ({legal(told)})")
        who = ", ".join(filter(None, (entry.author, entry.city, voice.table)))
        if who:
            self._quiet(line, f"  — {legal(who)}")

    def _quiet(self, line: Paragraph, words: str) -> None:
        run = line.add_run(words)
        run.font.color.rgb = QUIET
        run.font.size = Pt(9)

    def _picture(self, block: Picture) -> None:
        drawn = self.pictures.get(block.board)
        if drawn is None:
            self.word.add_paragraph(legal(block.alt), "Quiet")
            return
        # As wide as the text, or as tall as a page holds.
        is_tall = drawn.height / drawn.width > TALLEST / WIDTH
        size: dict[str, Any] = {"height": TALLEST} if is_tall else {"width": WIDTH}
        shape = self.word.add_picture(io.BytesIO(drawn.data), **size)
        shape._inline.docPr.set("descr", legal(block.alt))
        shape._inline.docPr.set("title", legal(block.caption)[:200])
        self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        self.word.add_paragraph(legal(block.caption), "Caption")

    def _table(self, block: Table) -> None:
        if block.caption != self.title:
            caption = self.word.add_paragraph(legal(block.caption), "Caption")
            caption.paragraph_format.keep_with_next = True
        table = self.word.add_table(1, len(block.head), "Report Table")
        table.autofit = False
        _describe(table, block.caption)
        widths = [int(self.width * share / sum(block.widths)) for share in block.widths]
        for at, (cell, words) in enumerate(zip(table.rows[0].cells, block.head, strict=True)):
            cell.paragraphs[0].style = "Cell"
            if at in block.amounts:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            cell.paragraphs[0].add_run(legal(words)).bold = True
        _repeat(table.rows[0])
        made = [_row(row, widths, block.amounts) for row in block.rows]
        table._tbl.extend(made)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
            column.cells[0].width = width
        after = self.word.add_paragraph(style="Quiet").paragraph_format
        after.space_after = Pt(2)


def _width(booklet: Booklet) -> int:
    """Of the text."""
    return int(LYING if booklet.is_wide else WIDTH)


def _row(cells: tuple[Cell, ...], widths: list[int], amounts: frozenset[int] = frozenset()) -> Any:
    """Made by hand: going through the library's cells takes minutes where there are thousands of rows."""
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    row.append(properties)
    for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        box = OxmlElement("w:tc")
        about = OxmlElement("w:tcPr")
        size = OxmlElement("w:tcW")
        size.set(qn("w:w"), str(width // 635))  # twentieths of a point
        size.set(qn("w:type"), "dxa")
        about.append(size)
        box.append(about)
        line = OxmlElement("w:p")
        box.append(line)
        paragraph = Paragraph(line, None)  # type: ignore[arg-type]
        line.get_or_add_pPr().style = "Cell"
        _lines(paragraph, str(cell))
        if isinstance(cell, int) or at in amounts:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        row.append(box)
    return row


def _mark_pair(row: Any, *, is_missing: bool) -> None:
    """What is asked is bold; what nobody has said is quiet."""
    for at, box in enumerate(row.iter(qn("w:tc"))):
        for run in box.iter(qn("w:r")):
            about = run.get_or_add_rPr()
            if at == 0:
                about.append(OxmlElement("w:b"))
            elif is_missing:
                colour = OxmlElement("w:color")
                colour.set(qn("w:val"), str(QUIET))
                about.append(colour)


def _lines(paragraph: Paragraph, text: str, lang: str = "", *, quiet: bool = False) -> None:
    for at, line in enumerate(legal(text).split("\n")):
        run = paragraph.add_run()
        if at:
            run.add_break()
        run.add_text(line)
        if quiet:
            run.font.color.rgb = QUIET
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang):
            mark = OxmlElement("w:lang")
            mark.set(qn("w:val"), lang)
            run._r.get_or_add_rPr().append(mark)


# Styles


def _set_up(word: Word, booklet: Booklet) -> None:
    core = word.core_properties
    core.title, core.language = legal(booklet.title)[:255], booklet.lang
    core.author, core.comments, core.subject = "Codesign", "", legal(booklet.question)[:255]
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    if booklet.is_wide:
        page.page_width, page.page_height = page.page_height, page.page_width
        page.orientation = WD_ORIENT.LANDSCAPE
    page.left_margin = page.right_margin = Cm(2.4)
    page.top_margin = page.bottom_margin = Cm(2.2)
    _font(word.styles["Normal"], 10.5, INK)
    word.styles["Normal"].paragraph_format.space_after = Pt(6)
    sizes = {"Title": 26, "Subtitle": 13, "Heading 1": 17, "Heading 2": 13, "Heading 3": 11}
    for name, points in sizes.items():
        _font(word.styles[name], points, QUIET if name in ("Subtitle", "Heading 3") else INK)
    _font(word.styles["Caption"], 9, QUIET)
    _font(word.styles["Intense Quote"], 10.5, INK)
    for name, size, colour in (("Lead", 13, INK), ("Quiet", 9.5, QUIET), ("Voice", 10.5, INK)):
        _style(word, name, size, colour)
    _style(word, "Cell", 9, INK).paragraph_format.space_after = Pt(0)
    _without_line(word.styles["Title"])
    _style(word, "Priority", 12, INK).font.bold = True
    word.styles["Priority"].paragraph_format.keep_with_next = True
    voice = word.styles["Voice"].paragraph_format
    voice.left_indent, voice.space_after = Cm(0.5), Pt(5)
    _line_beside(word.styles["Voice"])
    _table_style(word)
    _language(word, booklet.lang)
    _number_pages(word, booklet)


def _style(word: Word, name: str, size: float, colour: RGBColor) -> Any:
    style: Any = word.styles.add_style(name, 1)
    style.base_style = word.styles["Normal"]
    _font(style, size, colour)
    return style


def _font(style: Any, size: float, colour: RGBColor) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb, style.font.italic = colour, False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _line_beside(style: Any) -> None:
    """A line at the left of what people wrote."""
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for key, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", "C9D0C8")):
        left.set(qn(f"w:{key}"), value)
    borders.append(left)
    style.element.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def _without_line(style: Any) -> None:
    for borders in style.element.findall(f".//{qn('w:pBdr')}"):
        borders.getparent().remove(borders)


def _table_style(word: Word) -> None:
    style: Any = word.styles.add_style("Report Table", 3)
    style.base_style = word.styles["Normal Table"]
    about = OxmlElement("w:tblPr")
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        edge = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "C9D0C8")):
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    about.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side, room in (("top", "50"), ("left", "80"), ("bottom", "50"), ("right", "80")):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), room)
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    about.append(margins)
    style.paragraph_format.space_after = Pt(0)
    style.font.size = Pt(9)
    style.element.append(about)


def _describe(table: Any, caption: str) -> None:
    for name in ("w:tblCaption", "w:tblDescription"):
        said = OxmlElement(name)
        said.set(qn("w:val"), legal(caption))
        table._tbl.tblPr.append(said)


def _repeat(row: Any) -> None:
    """The head comes again on every page."""
    head = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(head)


def _language(word: Word, lang: str) -> None:
    for known in word.styles.element.iter(qn("w:lang")):
        known.set(qn("w:val"), lang)


def _number_pages(word: Word, booklet: Booklet) -> None:
    foot = word.sections[0].footer.paragraphs[0]
    run = foot.add_run(f"{legal(booklet.signed)}   ·   ")
    _font_of(run)
    number = foot.add_run()
    _font_of(number)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        number._r.append(part)


def _font_of(run: Any) -> None:
    run.font.size, run.font.color.rgb = Pt(8.5), QUIET
