"""Ops about a programme's documents: words of one's own, and versions that are kept.

Only the product asks them, for somebody who leads.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from codesign.core.ops.base import Id, Line, OpModel, Text

DocumentId = Annotated[str, Field(pattern=r"^[a-z-]{1,60}$")]
#: Of a journal; 0 is before its first entry.
Seq = Annotated[int, Field(ge=0, le=2**53)]


class WriteDocument(OpModel):
    """What stands at the head of a document, or (`section`) of one of its chapters."""

    type: Literal["write_document"] = "write_document"
    document: DocumentId
    #: Where each record has a document of its own.
    record: Id | None = None
    section: Annotated[str, Field(pattern=r"^[a-z0-9-]{0,60}$")] = ""
    text: Text


class KeepVersion(OpModel):
    """The document as it is now is kept: where the register's journal stands, and that of its closed side."""

    type: Literal["keep_version"] = "keep_version"
    id: Id
    document: DocumentId
    record: Id | None = None
    title: Line
    seq: Seq
    closed_seq: Seq


DocumentOp = WriteDocument | KeepVersion
