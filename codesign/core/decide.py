"""The core's one question: may this op be, and what becomes true if so?

`RULES` is the table of all ops. A rule reads the draft, which holds the earlier ops of the tick.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from codesign.core import ops
from codesign.core.ask import Ask
from codesign.core.changes import Change, apply_changes
from codesign.core.decision import Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.rules import (
    arrangements,
    attendance,
    boards,
    carrying,
    clusters,
    comments,
    consent,
    copying,
    deeds,
    devices,
    documents,
    door,
    help,
    items,
    lanes,
    maps,
    merging,
    people,
    records,
    rounds,
    running,
    seats,
    steps,
    tables,
    text,
    timer,
    together,
    told,
    translations,
    voting,
    workshops,
)
from codesign.core.stream import Draft, kind_of
from codesign.core.undo import undo

Rule = Callable[[Any, Ask, Draft], Decision]

RULES: dict[str, dict[type[ops.OpModel], Rule]] = {
    "board": {
        ops.CreateNote: items.create_note,
        ops.CreateCluster: clusters.create_cluster,
        ops.CreateRegion: boards.create_region,
        ops.MoveRegion: boards.move_region,
        ops.CreateFrame: items.create_frame,
        ops.CreateHeading: items.create_heading,
        ops.CreateConnector: items.create_connector,
        ops.CreateImage: items.create_image,
        ops.CreateFactor: maps.create_factor,
        ops.CreateCausalLink: maps.create_causal_link,
        ops.EditItem: maps.edit_item,
        ops.MoveItem: items.move_item,
        ops.EditText: text.edit_text,
        ops.Recolour: items.recolour,
        ops.ServePersona: items.serve_persona,
        ops.React: items.react,
        ops.MergeNote: merging.merge_note,
        ops.AddComment: comments.add_comment,
        ops.ProtectItem: items.protect_item,
        ops.OpenLayer: items.open_layer,
        ops.DeleteItem: items.delete_item,
        ops.SetUpBoard: boards.set_up_board,
        ops.FillBoard: boards.fill_board,
        ops.RestoreBoard: boards.restore_board,
        ops.Translate: boards.translate,
        ops.SetLanguage: translations.set_language,
        ops.TranslateNote: translations.translate_note,
        ops.RevealNotes: lanes.reveal_notes,
        ops.TakeWords: boards.take_words,
        ops.CopyItems: copying.copy_items,
        ops.TakeBack: carrying.take_back,
        ops.SendMessage: told.send_message,
        ops.SetCall: told.set_call,
        ops.SpotlightItem: together.spotlight_item,
        ops.EndSpotlight: together.end_spotlight,
        ops.CreatePlacement: records.create_placement,
        ops.ReadPlace: records.read_place,
        ops.KeepArrangement: arrangements.keep_arrangement,
        ops.SetRound: rounds.set_round,
        ops.TakeSheet: rounds.take_sheet,
    },
    "lane": {
        ops.CreateNote: lanes.create_note,
        ops.MoveItem: lanes.hidden_only(lanes.move_item),
        ops.EditText: lanes.hidden_only(text.edit_text),
        ops.EditItem: lanes.hidden_only(lanes.edit_item),
        ops.Recolour: lanes.hidden_only(items.recolour),
        ops.SetLanguage: lanes.hidden_only(translations.set_language),
        ops.TranslateNote: lanes.hidden_only(translations.translate_note),
        ops.DeleteItem: lanes.hidden_only(items.delete_item),
        ops.ReadPlace: lanes.read_place,
        ops.ReleaseLane: lanes.release_lane,
        ops.CloseLane: lanes.close_lane,
    },
    "register": {
        ops.CreateRecord: records.create_record,
        ops.EditRecord: records.edit_record,
        ops.EditText: text.edit_record_text,
        ops.MergeRecords: records.merge_records,
        ops.DeleteRecord: records.delete_record,
        ops.SetUpRegister: records.set_up_register,
        ops.MarkUse: records.mark_use,
        ops.CarryRecords: carrying.carry_records,
        ops.FillRecords: carrying.fill_records,
        ops.TakeBack: carrying.take_back,
    },
    "closed": {
        ops.CreateRecord: records.create_closed,
        ops.EditRecord: records.edit_closed,
        ops.MergeRecords: records.merge_closed,
        ops.DeleteRecord: records.delete_closed,
        ops.SetUpRegister: records.set_up_register,
        ops.WriteDocument: documents.write_document,
        ops.KeepVersion: documents.keep_version,
    },
    "inbox": {
        ops.AskHelp: help.ask_help,
        ops.EndHelp: help.end_help,
        ops.DeliverMessage: told.deliver_message,
        ops.AnswerConsent: consent.answer_consent,
    },
    "desk": {
        ops.SetDesk: steps.set_desk,
        ops.AddStep: steps.add_step,
        ops.EditStep: steps.edit_step,
        ops.MoveStep: steps.move_step,
        ops.CopyStep: steps.copy_step,
        ops.DeleteStep: steps.delete_step,
        ops.CarryTopics: carrying.carry_topics,
        ops.TakeBack: carrying.take_back,
        ops.NoteCarry: carrying.note_carry,
        ops.UndoCarry: carrying.undo_carry,
        ops.Translate: steps.translate_step,
        ops.CountWriters: lanes.count_writers,
        ops.QueueHelp: help.queue_help,
        ops.TakeHelp: help.take_help,
        ops.SendMessage: told.send_to_person,
        ops.Knock: door.knock,
        ops.AdmitPeople: door.admit_people,
        ops.TurnAway: door.turn_away,
        ops.KeepAnswers: consent.keep_answers,
        ops.HandOverAnswers: consent.hand_over_answers,
        ops.CorrectAttendance: attendance.correct_attendance,
        ops.TakeBackCorrection: attendance.take_back_correction,
        ops.RecordDeed: deeds.record_deed,
    },
    "workshop": {
        ops.SetUpWorkshop: workshops.set_up_workshop,
        ops.AddBoard: workshops.add_board,
        ops.SetDoor: workshops.set_door,
        ops.SetStage: workshops.set_stage,
        ops.SetWorkshop: workshops.set_workshop,
        ops.AddCity: workshops.add_city,
        ops.EditCity: workshops.edit_city,
        ops.DropCity: workshops.drop_city,
        ops.JoinWorkshop: seats.join_workshop,
        ops.AddPerson: devices.add_person,
        ops.ShareDevice: devices.share_device,
        ops.RenamePerson: people.rename_person,
        ops.ChangeCity: people.change_city,
        ops.SetRole: people.set_role,
        ops.RemovePerson: people.remove_person,
        ops.ReadmitPerson: people.readmit_person,
        ops.ForgetPerson: people.forget_person,
        ops.StartStep: running.start_step,
        ops.ShowPlan: running.show_plan,
        ops.SetTimer: timer.set_timer,
        ops.EndTimer: timer.end_timer,
        ops.StopNotice: timer.stop_notice,
        ops.CarryOut: timer.carry_out,
        ops.EndWorkshop: running.end_workshop,
        ops.OpenVote: voting.open_vote,
        ops.CloseVote: voting.close_vote,
        ops.CancelVote: voting.cancel_vote,
        ops.CountBallots: voting.count_ballots,
        ops.TallyVote: voting.tally_vote,
        ops.OpenConsent: consent.open_consent,
        ops.CloseConsent: consent.close_consent,
        ops.AnswerFor: consent.answer_for,
        ops.TellAnswers: consent.tell_answers,
        ops.MakeTables: tables.make_tables,
        ops.SetSeating: tables.set_seating,
        ops.EditTable: tables.edit_table,
        ops.SeatPeople: seats.seat_people,
        ops.TakeSeat: seats.take_seat,
        ops.DealSeats: seats.deal_seats,
        ops.ExpectPeople: seats.expect_people,
        ops.OpenTables: tables.open_tables,
        ops.RecallTables: tables.recall_tables,
        ops.CloseTables: tables.close_tables,
        ops.GatherTables: tables.gather_tables,
        ops.BringPeople: together.bring_people,
        ops.AllowCheers: together.allow_cheers,
        ops.SayFinished: together.say_finished,
        ops.RaiseHand: together.raise_hand,
        ops.SendMessage: told.send_message,
        ops.SetCall: told.set_call,
    },
}


def decide(op: ops.Op, ask: Ask, draft: Draft) -> Decision:
    """Refused, or the changes and effects that follow. The draft is not written."""
    match kind_of(ask.stream):
        case "lane":
            opened = lanes.opened(ask)
            if isinstance(opened, Refused):
                return opened
            return lanes.kept_small(_decide(op, opened, draft), draft)
        case "board":
            if draft.fields.get("layer_open", False):
                ask = replace(ask, is_layer_open=True)
            return records.follow_placements(_decide(op, ask, draft), ask, draft)
        case "desk":
            return running.follow_desk(_decide(op, ask, draft), ask)
    return _decide(op, ask, draft)


def _decide(op: ops.Op, ask: Ask, draft: Draft) -> Decision:
    if isinstance(op, ops.Undo):
        return _undo(ask, draft)
    if isinstance(op, ops.All):
        return _decide_all(op, ask, draft)
    rule = RULES.get(kind_of(ask.stream), {}).get(type(op))
    return Refused("bad_op", {"type": op.type}) if rule is None else rule(op, ask, draft)


def _undo(ask: Ask, draft: Draft) -> Decision:
    match kind_of(ask.stream):
        case "board":
            return undo(ask, draft)
        case "register":
            return records.follow_merges(undo(ask, draft), ask, draft)
        case "closed":
            return ask.refuse("set_up") or undo(ask, draft)
        case "desk":
            return ask.refuse("plan") or undo(ask, draft)
        case "lane":
            return lanes.refuse_undo(ask, draft) or undo(ask, draft)
    return Refused("bad_op")


def _decide_all(op: ops.All, ask: Ask, draft: Draft) -> Decision:
    """All or nothing (P4.5). A text is edited once in a batch: its splices speak of one text."""
    trial = Draft(draft)
    changes: list[Change] = []
    effects: list[Effect] = []
    edited: set[tuple[str | None, str]] = set()
    for index, one in enumerate(op.ops):
        if isinstance(one, ops.EditText):
            if (one.id, one.field) in edited:
                return Refused("bad_op", {"index": index, "field": one.field})
            edited.add((one.id, one.field))
        decision = _decide(one, ask, trial)
        if isinstance(decision, Refused):
            return Refused(decision.code, {**decision.data, "index": index})
        apply_changes(trial, decision.changes)
        changes += decision.changes
        effects += decision.effects
    return Accepted(tuple(changes), tuple(effects))
