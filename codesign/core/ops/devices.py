"""Ops about people who have no device of their own, or share one. Notes entered for them are `create_note`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from codesign.core import limits
from codesign.core.ops.base import Id, Language, Name, OpModel

#: How many people are at one device, where it is more than one.
Sharing = Annotated[int, Field(ge=limits.SHARING_LEAST, le=limits.SHARING_MOST)]


class AddPerson(OpModel):
    """Somebody who is in the room without a device: a person like others, who never connects."""

    type: Literal["add_person"] = "add_person"
    person: Id
    name: Name
    city: Id | None = None
    lang: Language | None = None


class ShareDevice(OpModel):
    """So many people are at this person's device; None: they are alone at it."""

    type: Literal["share_device"] = "share_device"
    person: Id
    people: Sharing | None


DeviceOp = AddPerson | ShareDevice
