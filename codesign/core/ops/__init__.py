"""Every op a person or the product can ask, as strict frozen models. What each does: rules/*.py.

A new op is a model in a file beside this one, a rule, a line in decide.py, a builder in static/js/board/ops.js, a test.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from codesign.core import limits
from codesign.core.ops.attendance import AttendanceOp, CorrectAttendance, TakeBackCorrection
from codesign.core.ops.base import Coordinate, Id, OpModel, Role
from codesign.core.ops.board import (
    AddComment,
    BoardOp,
    CreateCluster,
    CreateConnector,
    CreateFrame,
    CreateHeading,
    CreateImage,
    CreateNote,
    CreateRegion,
    DeleteItem,
    EditText,
    FillBoard,
    MergeNote,
    MoveItem,
    MoveRegion,
    OpenLayer,
    ProtectItem,
    React,
    Recolour,
    RegionSpec,
    RestoreBoard,
    ServePersona,
    SetUpBoard,
    TakeWords,
    Translate,
)
from codesign.core.ops.carrying import (
    CarryOp,
    CarryRecords,
    CarryTopics,
    FillRecords,
    NoteCarry,
    TakeBack,
    UndoCarry,
)
from codesign.core.ops.consent import (
    AnswerConsent,
    Answered,
    AnswerFor,
    CloseConsent,
    ConsentOp,
    HandOverAnswers,
    KeepAnswers,
    OpenConsent,
    TellAnswers,
)
from codesign.core.ops.deeds import Deed, RecordDeed
from codesign.core.ops.desk import (
    AddStep,
    CopyStep,
    DeleteStep,
    DeskOp,
    EditStep,
    MoveStep,
    SetDesk,
)
from codesign.core.ops.devices import AddPerson, DeviceOp, ShareDevice
from codesign.core.ops.documents import DocumentOp, KeepVersion, WriteDocument
from codesign.core.ops.door import AdmitPeople, DoorOp, Knock, TurnAway
from codesign.core.ops.lane import (
    CloseLane,
    CountWriters,
    HiddenPlace,
    LaneOp,
    ReleaseLane,
    RevealNotes,
)
from codesign.core.ops.maps import CreateCausalLink, CreateFactor, EditItem, MapOp
from codesign.core.ops.records import (
    CreatePlacement,
    CreateRecord,
    DeleteRecord,
    EditRecord,
    KeepArrangement,
    MarkUse,
    MergeRecords,
    ReadPlace,
    RecordOp,
    SetUpRegister,
)
from codesign.core.ops.rounds import RoundOp, SetRound, TakeSheet
from codesign.core.ops.running import (
    CarryOut,
    EndTimer,
    EndWorkshop,
    RunningOp,
    SetTimer,
    ShowPlan,
    StartStep,
    StopNotice,
)
from codesign.core.ops.tables import (
    CloseTables,
    CopyItems,
    DealSeats,
    EditTable,
    ExpectPeople,
    GatherTables,
    MakeTables,
    OpenTables,
    RecallTables,
    SeatPeople,
    SetCall,
    SetSeating,
    TableBoardOp,
    TablesOp,
    TakeSeat,
)
from codesign.core.ops.together import (
    AllowCheers,
    AskHelp,
    BringPeople,
    DeliverMessage,
    EndHelp,
    EndSpotlight,
    QueueHelp,
    RaiseHand,
    SayFinished,
    SendMessage,
    SpotlightItem,
    TakeHelp,
    TogetherOp,
)
from codesign.core.ops.translations import SetLanguage, TranslateNote, TranslationOp
from codesign.core.ops.voting import (
    CancelVote,
    CloseVote,
    CountBallots,
    OpenVote,
    TallyVote,
    VotingOp,
)
from codesign.core.ops.workshop import (
    AddBoard,
    AddCity,
    ChangeCity,
    CitySpec,
    DropCity,
    EditCity,
    ForgetPerson,
    JoinWorkshop,
    ReadmitPerson,
    RemovePerson,
    RenamePerson,
    SetDoor,
    SetRole,
    SetStage,
    SetUpWorkshop,
    SetWorkshop,
    WorkshopOp,
)


class Undo(OpModel):
    type: Literal["undo"] = "undo"
    n: Annotated[int, Field(ge=1)]


SingleOp = (
    BoardOp
    | CarryOp
    | RecordDeed
    | DeskOp
    | DeviceOp
    | DocumentOp
    | ConsentOp
    | AttendanceOp
    | DoorOp
    | LaneOp
    | MapOp
    | RoundOp
    | RecordOp
    | RunningOp
    | TableBoardOp
    | TablesOp
    | TogetherOp
    | TranslationOp
    | VotingOp
    | WorkshopOp
)


class All(OpModel):
    """Several ops as one: all or nothing, one n, one entry, one undo (P4.5)."""

    type: Literal["all"] = "all"
    ops: Annotated[
        tuple[Annotated[SingleOp, Field(discriminator="type")], ...],
        Field(min_length=1, max_length=limits.OPS_PER_BATCH),
    ]


Op = SingleOp | All | Undo

#: Reads an op. Use `validate_json`: only there are arrays tuples and is everything else strict.
OPS: TypeAdapter[Op] = TypeAdapter(Annotated[Op, Field(discriminator="type")])


def read_op(data: Any) -> Op:
    """The op in JSON values already decoded. Raises pydantic's ValidationError."""
    return OPS.validate_json(json.dumps(data))


def dump_op(op: Op) -> dict[str, Any]:
    """The op as JSON values: only what was given."""
    return op.model_dump(mode="json", by_alias=True, exclude_unset=True) | {"type": op.type}


__all__ = [
    "OPS",
    "AddBoard",
    "AddCity",
    "AddComment",
    "AddPerson",
    "AddStep",
    "AdmitPeople",
    "All",
    "AllowCheers",
    "AnswerConsent",
    "AnswerFor",
    "Answered",
    "AskHelp",
    "AttendanceOp",
    "BoardOp",
    "BringPeople",
    "CancelVote",
    "CarryOp",
    "CarryOut",
    "CarryRecords",
    "CarryTopics",
    "ChangeCity",
    "CitySpec",
    "CloseConsent",
    "CloseLane",
    "CloseTables",
    "CloseVote",
    "ConsentOp",
    "Coordinate",
    "CopyItems",
    "CopyStep",
    "CorrectAttendance",
    "CountBallots",
    "CountWriters",
    "CreateCausalLink",
    "CreateCluster",
    "CreateConnector",
    "CreateFactor",
    "CreateFrame",
    "CreateHeading",
    "CreateImage",
    "CreateNote",
    "CreatePlacement",
    "CreateRecord",
    "CreateRegion",
    "DealSeats",
    "Deed",
    "DeleteItem",
    "DeleteRecord",
    "DeleteStep",
    "DeliverMessage",
    "DeskOp",
    "DeviceOp",
    "DocumentOp",
    "DoorOp",
    "DropCity",
    "EditCity",
    "EditItem",
    "EditRecord",
    "EditStep",
    "EditTable",
    "EditText",
    "EndHelp",
    "EndSpotlight",
    "EndTimer",
    "EndWorkshop",
    "ExpectPeople",
    "FillBoard",
    "FillRecords",
    "ForgetPerson",
    "GatherTables",
    "HandOverAnswers",
    "HiddenPlace",
    "Id",
    "JoinWorkshop",
    "KeepAnswers",
    "KeepArrangement",
    "KeepVersion",
    "Knock",
    "LaneOp",
    "MakeTables",
    "MarkUse",
    "MergeNote",
    "MergeRecords",
    "MoveItem",
    "MoveRegion",
    "MoveStep",
    "NoteCarry",
    "Op",
    "OpModel",
    "OpenConsent",
    "OpenLayer",
    "OpenTables",
    "OpenVote",
    "ProtectItem",
    "QueueHelp",
    "RaiseHand",
    "React",
    "ReadPlace",
    "ReadmitPerson",
    "RecallTables",
    "Recolour",
    "RecordDeed",
    "RegionSpec",
    "ReleaseLane",
    "RemovePerson",
    "RenamePerson",
    "RestoreBoard",
    "RevealNotes",
    "Role",
    "RoundOp",
    "RunningOp",
    "SayFinished",
    "SeatPeople",
    "SendMessage",
    "ServePersona",
    "SetCall",
    "SetDesk",
    "SetDoor",
    "SetLanguage",
    "SetRole",
    "SetRound",
    "SetSeating",
    "SetStage",
    "SetTimer",
    "SetUpBoard",
    "SetUpRegister",
    "SetUpWorkshop",
    "SetWorkshop",
    "ShareDevice",
    "ShowPlan",
    "SingleOp",
    "SpotlightItem",
    "StartStep",
    "StopNotice",
    "TableBoardOp",
    "TablesOp",
    "TakeBack",
    "TakeBackCorrection",
    "TakeHelp",
    "TakeSeat",
    "TakeSheet",
    "TakeWords",
    "TallyVote",
    "TellAnswers",
    "TogetherOp",
    "Translate",
    "TranslateNote",
    "TranslationOp",
    "TurnAway",
    "Undo",
    "UndoCarry",
    "VotingOp",
    "WorkshopOp",
    "WriteDocument",
    "dump_op",
    "read_op",
]
