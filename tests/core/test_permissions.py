"""Every op x role x own/other/shared/protected x stage (P4 of the promises), as one table to read.

An op that is not in the table fails the test.
"""

from __future__ import annotations

import functools
from typing import Any, get_args

import pytest

from codesign.core.decide import RULES, decide
from codesign.core.decision import Accepted
from codesign.core.ops import All, TablesOp, Undo, read_op
from codesign.core.permissions import ROLES, STAGES, may
from tests.builders import (
    ANNA,
    BOARD,
    BORIS,
    CITY,
    OLGA,
    REGION,
    START,
    Play,
    a_board,
    a_board_with_rounds,
    a_closed_side,
    a_desk,
    a_lane,
    a_register,
    a_workshop,
    an_id,
    an_inbox,
    edit,
    note,
    record,
)
from tests.core.table_rows import a_workshop_with_tables, table_rows
from tests.core.together_rows import together_rows

# One letter for each role, in the order of permissions.ROLES:
# owner, facilitator, co-facilitator, host, participant, expert, observer, product.
# `+` accepted, `f` forbidden, `s` not in this stage, `u` unknown, `b` makes no sense, `c` conflict, `l` a limit.
TABLE = """
op                whose          silent    open      cluster   vote      locked
create_connector  own            +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
create_connector  other          +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
create_connector  shared         +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
create_connector  protected      +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
create_connector  unknown        uuusssfu  uuuuuufu  uuuuuufu  uuusssfu  uuusssfu
create_connector  dropped        uuusssfu  uuuuuufu  uuuuuufu  uuusssfu  uuusssfu
move_item         own            +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
move_item         other          +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
move_item         shared         +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
move_item         protected      +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
move_item         unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
move_item         dropped        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
edit_text         own            +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
edit_text         other          +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
edit_text         shared         +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
edit_text         protected      +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
edit_text         unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
edit_text         dropped        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
edit_text         board          +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
recolour          own            +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
recolour          other          +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
recolour          shared         uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
recolour          protected      +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
recolour          unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
recolour          dropped        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
merge_note        own            +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
merge_note        other          +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
merge_note        shared         uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
merge_note        protected      +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
merge_note        unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
merge_note        dropped        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
add_comment       own            +++sssff  ++++++ff  ++++++ff  ++++++ff  +++sssff
add_comment       other          +++sssff  ++++++ff  ++++++ff  ++++++ff  +++sssff
add_comment       shared         +++sssff  ++++++ff  ++++++ff  ++++++ff  +++sssff
add_comment       protected      +++sssff  ++++++ff  ++++++ff  ++++++ff  +++sssff
add_comment       unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
add_comment       dropped        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
serve_persona     own            +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
serve_persona     other          +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
serve_persona     shared         uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
serve_persona     protected      +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
serve_persona     unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
serve_persona     dropped        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
react             own            +++sssff  ++++++ff  ++++++ff  ++++++ff  +++sssff
react             other          +++sssff  ++++++ff  ++++++ff  ++++++ff  +++sssff
react             shared         +++sssff  ++++++ff  ++++++ff  ++++++ff  +++sssff
react             protected      +++sssff  ++++++ff  ++++++ff  ++++++ff  +++sssff
react             unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
react             dropped        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
protect_item      own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
protect_item      other          +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
protect_item      shared         +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
protect_item      protected      +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
protect_item      unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
protect_item      dropped        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
open_layer        own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
delete_item       own            +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
delete_item       other          +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
delete_item       shared         +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
delete_item       protected      +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
delete_item       unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
delete_item       dropped        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
delete_item       region         +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
create_note       own            +++sssf+  ++++++f+  +++sssf+  +++sssf+  +++sssf+
create_note       other          cccsssfc  ccccccfc  cccsssfc  cccsssfc  cccsssfc
create_note       shared         cccsssfc  ccccccfc  cccsssfc  cccsssfc  cccsssfc
create_note       protected      cccsssfc  ccccccfc  cccsssfc  cccsssfc  cccsssfc
create_note       unknown        +++sssf+  ++++++f+  +++sssf+  +++sssf+  +++sssf+
create_note       dropped        cccsssfc  ccccccfc  cccsssfc  cccsssfc  cccsssfc
create_note       on a workshop  bbbbbbbb  bbbbbbbb  bbbbbbbb  bbbbbbbb  bbbbbbbb
create_note       entered        +++sssfs  ++++fffs  +++sssfs  +++sssfs  +++sssfs
create_cluster    own            +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
create_region     own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
move_region       protected      +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
move_region       other          uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
move_region       unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
create_heading    own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
create_image      own            +++sssf+  ++++++f+  +++sssf+  +++sssf+  +++sssf+
create_frame      free board     +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
create_frame      flowing        bbbffffb  bbbffffb  bbbffffb  bbbffffb  bbbffffb
translate         board          +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
translate         protected      +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
translate         unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
set_language      own            +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
set_language      other          +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
set_language      shared         uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
set_language      protected      +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
set_language      unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
set_language      dropped        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
set_language      in a lane      ++++++f+  ++++++f+  ++++++f+  ++++++f+  ++++++f+
translate_note    own            +++sssf+  ++++++f+  ++++++f+  ++++++f+  +++sssf+
translate_note    other          +++sssf+  ++++++f+  ++++++f+  ++++++f+  +++sssf+
translate_note    shared         uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
translate_note    protected      +++sssf+  ++++++f+  ++++++f+  ++++++f+  +++sssf+
translate_note    unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
translate_note    dropped        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
translate_note    in a lane      ++++++f+  ++++++f+  ++++++f+  ++++++f+  ++++++f+
set_up_board      own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
fill_board        own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
restore_board     own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
create_factor     on a map       +++sssf+  ++++++f+  +++sssf+  +++sssf+  +++sssf+
create_factor     own            bbbsssfb  bbbbbbfb  bbbsssfb  bbbsssfb  bbbsssfb
create_causal_link on a map      +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
create_causal_link own           bbbsssfb  bbbbbbfb  bbbbbbfb  bbbsssfb  bbbsssfb
edit_item         on a map       +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
edit_item         own            +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
edit_item         other          +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
edit_item         protected      +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
edit_item         unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
edit_item         in a lane      ++++++f+  ++++++f+  ++++++f+  ++++++f+  ++++++f+
set_round         with rounds    ++++fff+  ++++fff+  +++sfff+  +++sfff+  +++sfff+
set_round         own            bbbbfffb  bbbbfffb  bbbsfffb  bbbsfffb  bbbsfffb
take_sheet        with rounds    +++sssff  ++++++ff  +++sssff  +++sssff  +++sssff
take_sheet        own            bbbsssff  bbbbbbff  bbbsssff  bbbsssff  bbbsssff
undo              own            +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
undo              unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
undo              on a workshop  bbbbbbbb  bbbbbbbb  bbbbbbbb  bbbbbbbb  bbbbbbbb
all               own            +++sssf+  ++++++f+  +++sssf+  +++sssf+  +++sssf+
all               protected      +++sssf+  +++ffff+  +++sssf+  +++sssf+  +++sssf+
set_door          on a board     bbbbbbbb  bbbbbbbb  bbbbbbbb  bbbbbbbb  bbbbbbbb
set_door          own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
rename_person     own            ++++++++  ++++++++  ++++++++  ++++++++  ++++++++
rename_person     other          +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
rename_person     unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
change_city       own            ++++++++  ++++++++  ++++++++  ++++++++  ++++++++
change_city       other          +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
change_city       unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
set_role          own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
set_role          other          +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
set_role          unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
set_role          an owner       +ffffff+  +ffffff+  +ffffff+  +ffffff+  +ffffff+
set_role          to owner       +ffffff+  +ffffff+  +ffffff+  +ffffff+  +ffffff+
remove_person     own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
remove_person     other          +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
remove_person     unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
remove_person     an owner       +ffffff+  +ffffff+  +ffffff+  +ffffff+  +ffffff+
forget_person     own            ++++++++  ++++++++  ++++++++  ++++++++  ++++++++
forget_person     other          +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
forget_person     unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
forget_person     an owner       +ffffff+  +ffffff+  +ffffff+  +ffffff+  +ffffff+
readmit_person    own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
readmit_person    other          +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
readmit_person    unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
readmit_person    gone           +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
readmit_person    an owner       +ffffff+  +ffffff+  +ffffff+  +ffffff+  +ffffff+
set_up_workshop   own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
add_board         own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
join_workshop     own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
add_person        own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
share_device      own            ++++++++  ++++++++  ++++++++  ++++++++  ++++++++
share_device      other          +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
share_device      unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
correct_attendance own           +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
correct_attendance unknown       uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
take_back_correction own         +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
take_back_correction unknown     uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
set_stage         own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
set_workshop      own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
add_city          own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
edit_city         own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
drop_city         own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
take_words        own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
reveal_notes      own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
count_writers     own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
knock             own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
admit_people      own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
turn_away         own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
create_note       in a lane      ++++++f+  ++++++f+  ++++++f+  ++++++f+  ++++++f+
move_item         in a lane      ++++++f+  ++++++f+  ++++++f+  ++++++f+  ++++++f+
edit_text         in a lane      ++++++f+  ++++++f+  ++++++f+  ++++++f+  ++++++f+
recolour          in a lane      ++++++f+  ++++++f+  ++++++f+  ++++++f+  ++++++f+
delete_item       in a lane      ++++++f+  ++++++f+  ++++++f+  ++++++f+  ++++++f+
react             in a lane      bbbbbbbb  bbbbbbbb  bbbbbbbb  bbbbbbbb  bbbbbbbb
undo              in a lane      ++++++f+  ++++++f+  ++++++f+  ++++++f+  ++++++f+
release_lane      in a lane      ++++++ff  ++++++ff  ++++++ff  ++++++ff  ++++++ff
read_place        in a lane      ++++++f+  ++++++f+  ++++++f+  ++++++f+  ++++++f+
close_lane        in a lane      fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
set_desk          own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
add_step          own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
add_step          board unknown  uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
edit_step         own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
edit_step         unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
move_step         own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
move_step         unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
copy_step         own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
copy_step         unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
delete_step       own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
delete_step       under way      cccffffc  cccffffc  cccffffc  cccffffc  cccffffc
delete_step       unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
translate         on a desk      +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
undo              on a desk      +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
start_step        own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
start_step        elsewhere      cccffffc  cccffffc  cccffffc  cccffffc  cccffffc
start_step        unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
show_plan         own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
set_timer         own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
set_timer         minus one      lllffffl  lllffffl  lllffffl  lllffffl  lllffffl
set_timer         a week         lllffffl  lllffffl  lllffffl  lllffffl  lllffffl
end_timer         own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
stop_notice       own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
carry_out         own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
end_workshop      own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
open_vote         own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
open_vote         board unknown  uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
open_vote         one too many   cccffffc  cccffffc  cccffffc  cccffffc  cccffffc
create_record     own            +++sssf+  ++++++f+  +++sssf+  +++sssf+  +++sssf+
create_record     on a closed side +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
edit_record       own            +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
edit_record       unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
merge_records     own            +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
merge_records     unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
delete_record     own            +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
delete_record     unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
edit_record       on a closed side +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
delete_record     on a closed side +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
edit_text         on a register  +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
undo              on a register  +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
undo              on a closed side +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
set_up_register   own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
set_up_register   on a closed side fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
mark_use          own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
create_placement  own            +++sssf+  ++++++f+  +++sssf+  +++sssf+  +++sssf+
read_place        own            +++sssff  ++++++ff  ++++++ff  +++sssff  +++sssff
read_place        unknown        uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu  uuuuuuuu
keep_arrangement  own            +++sssf+  ++++++f+  +++sssf+  +++sssf+  +++sssf+
move_item         on a net-map   +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
delete_item       a placement    +++sssf+  ++++++f+  ++++++f+  +++sssf+  +++sssf+
close_vote        own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
close_vote        unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
cancel_vote       own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
cancel_vote       unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
count_ballots     own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
tally_vote        own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
make_tables       own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
make_tables       five hundred   lllffffl  lllffffl  lllffffl  lllffffl  lllffffl
make_tables       unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
set_seating       own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
set_seating       unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
edit_table        own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
edit_table        unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
seat_people       own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
seat_people       unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
deal_seats        own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
deal_seats        unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
expect_people     own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
expect_people     unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
open_tables       own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
open_tables       unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
recall_tables     own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
recall_tables     unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
close_tables      own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
close_tables      unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
gather_tables     own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
gather_tables     unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
recall_tables     a week         lllffffl  lllffffl  lllffffl  lllffffl  lllffffl
gather_tables     its own table  bbbffffb  bbbffffb  bbbffffb  bbbffffb  bbbffffb
take_seat         own            fff+++ff  fff+++ff  fff+++ff  fff+++ff  fff+++ff
take_seat         closed         fffsssff  fffsssff  fffsssff  fffsssff  fffsssff
take_seat         unknown        fffuuuff  fffuuuff  fffuuuff  fffuuuff  fffuuuff
send_message      own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
send_message      to a board     +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
set_call          own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
set_call          to a board     +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
send_message      on a desk      +++ffffb  +++ffffb  +++ffffb  +++ffffb  +++ffffb
send_message      to a stranger  uuuffffb  uuuffffb  uuuffffb  uuuffffb  uuuffffb
ask_help          in an inbox    ++++++ff  ++++++ff  ++++++ff  ++++++ff  ++++++ff
end_help          in an inbox    fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
deliver_message   in an inbox    fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
queue_help        on a desk      fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
take_help         on a desk      +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
take_help         nobody waits   uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
bring_people      own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
bring_people      board unknown  uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
bring_people      a table gone   uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
spotlight_item    own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
spotlight_item    unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
spotlight_item    dropped        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
end_spotlight     own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
allow_cheers      own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
raise_hand        own            ++++++ff  ++++++ff  ++++++ff  ++++++ff  ++++++ff
raise_hand        of another     ffffffff  ffffffff  ffffffff  ffffffff  ffffffff
raise_hand        taken down     +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
say_finished      own            ++++++ff  ++++++ff  ++++++ff  ++++++ff  ++++++ff
open_consent      own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
open_consent      board unknown  uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
open_consent      one too many   cccffffc  cccffffc  cccffffc  cccffffc  cccffffc
close_consent     own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
close_consent     unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
answer_for        own            +++ffff+  +++ffff+  +++ffff+  +++ffff+  +++ffff+
answer_for        unknown        uuuffffu  uuuffffu  uuuffffu  uuuffffu  uuuffffu
tell_answers      own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
answer_consent    in an inbox    fff++fff  fff++fff  fff++fff  fff++fff  fff++fff
keep_answers      on a desk      fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
hand_over_answers on a desk      fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
copy_items        own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
take_back         own            fffffffu  fffffffu  fffffffu  fffffffu  fffffffu
carry_records     own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
fill_records      own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
carry_topics      own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
note_carry        own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
undo_carry        own            fffffffu  fffffffu  fffffffu  fffffffu  fffffffu
record_deed       own            fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
write_document    on a closed side fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
keep_version      on a closed side fffffff+  fffffff+  fffffff+  fffffff+  fffffff+
"""
LETTERS = {
    "forbidden": "f",
    "stage": "s",
    "unknown": "u",
    "bad_op": "b",
    "conflict": "c",
    "limit": "l",
}
Op = dict[str, Any]


def op(kind: str, item: str | None = None, /, **fields: Any) -> Op:
    return {"type": kind, **({"id": an_id(item)} if item else {}), **fields}


PLACE = {"region": REGION, "order": "a5"}
SIZE = {"w": 10_000, "h": 8_000}
SPOT = {"x": 2_400, "y": 2_400}
CAUSE = {"from": an_id("cause"), "to": an_id("outcome"), "polarity": "+"}
CARRIED = {
    "id": an_id("carried"),
    "kind": "idea",
    "fields": {"name": "Bus times"},
    "board": BOARD,
    "item": an_id("note"),
}
#: What stands on the board of the table, and whose it is to the one who asks.
ITEMS = {
    "own": "mine",
    "other": "theirs",
    "shared": "cluster",
    "protected": "fixed",
    "unknown": "nowhere",
    "dropped": "gone",
}


def about(item: str, whose: str) -> dict[tuple[str, str], Op]:
    field = "name" if whose == "shared" else "text"
    to = an_id("target")
    return {
        ("create_connector", whose): op("create_connector", "new", **{"from": an_id(item)}, to=to),
        ("move_item", whose): op("move_item", item, order="a7"),
        ("edit_text", whose): edit(item, (0, "", "So: "), field=field),
        ("recolour", whose): op("recolour", item, colour="leaf"),
        ("merge_note", whose): op("merge_note", item, into=an_id("target")),
        ("add_comment", whose): op("add_comment", "new", about=an_id(item), text="Yes"),
        ("serve_persona", whose): op("serve_persona", item, persona="p" * 22, on=True),
        ("react", whose): op("react", item, reaction="heart", on=True),
        ("protect_item", whose): op("protect_item", item, on=whose != "protected"),
        ("delete_item", whose): op("delete_item", item),
        ("set_language", whose): op("set_language", item, lang="ka"),
        ("translate_note", whose): op("translate_note", item, lang="ka", words="თევზი"),
        ("create_note", whose): note("new" if whose == "own" else item),
    }


def about_person(person: str, whose: str) -> dict[tuple[str, str], Op]:
    return {
        ("rename_person", whose): op("rename_person", person=person, name="Zora"),
        ("share_device", whose): op("share_device", person=person, people=3),
        ("change_city", whose): op("change_city", person=person, city=CITY),
        ("set_role", whose): op("set_role", person=person, role="expert"),
        ("remove_person", whose): op("remove_person", person=person),
        ("readmit_person", whose): op("readmit_person", person=person),
        ("forget_person", whose): op("forget_person", person=person, words=True),
    }


ROWS: dict[tuple[str, str], Op] = {
    **{row: asked for whose, item in ITEMS.items() for row, asked in about(item, whose).items()},
    ("create_cluster", "own"): op("create_cluster", "new", name="Fish", **PLACE),
    ("create_region", "own"): op("create_region", "new", title="Then", order="a9"),
    ("move_region", "protected"): op("move_region", "region", order="a9"),
    ("move_region", "other"): op("move_region", "theirs", order="a9"),
    ("move_region", "unknown"): op("move_region", "nowhere", order="a9"),
    ("create_heading", "own"): op("create_heading", "new", text="Soon", **PLACE),
    ("create_image", "own"): op(
        "create_image", "new", file=an_id("file"), alt="a river", **SIZE, **PLACE
    ),
    ("create_frame", "free board"): op("create_frame", "new", title="Map", **SPOT, **SIZE),
    ("create_frame", "flowing"): op("create_frame", "new", title="Map", **SPOT, **SIZE),
    ("create_factor", "on a map"): op("create_factor", "new", label="Fares", **SPOT),
    ("create_factor", "own"): op("create_factor", "new", label="Fares", **PLACE),
    ("create_causal_link", "on a map"): op("create_causal_link", "new", **CAUSE),
    ("create_causal_link", "own"): op("create_causal_link", "new", **CAUSE),
    ("edit_item", "on a map"): op("edit_item", "cause", fields={"wanted": "up"}),
    ("edit_item", "own"): op("edit_item", "mine", fields={"ink/1": "1,2"}),
    ("edit_item", "other"): op("edit_item", "theirs", fields={"ink/1": "1,2"}),
    ("edit_item", "protected"): op("edit_item", "fixed", fields={"ink/1": "1,2"}),
    ("edit_item", "unknown"): op("edit_item", "nowhere", fields={"ink/1": "1,2"}),
    ("edit_item", "in a lane"): op("edit_item", "mine", fields={"ink/1": "1,2"}),
    ("set_round", "with rounds"): {"type": "set_round", "round": 1},
    ("set_round", "own"): {"type": "set_round", "round": 1},
    ("take_sheet", "with rounds"): {"type": "take_sheet"},
    ("take_sheet", "own"): {"type": "take_sheet"},
    ("translate", "board"): op("translate", id=None, field="question", lang="ka", words="რა?"),
    ("translate", "protected"): op("translate", "region", field="title", lang="ka", words="ახლა"),
    ("translate", "unknown"): op("translate", "nowhere", field="title", lang="ka", words="ახლა"),
    ("set_up_board", "own"): op(
        "set_up_board", workshop=an_id("workshop"), layout="zones", question="Again?"
    ),
    ("fill_board", "own"): op(
        "fill_board", items=[{"id": an_id("new"), "kind": "region", "title": "Then", "order": "a9"}]
    ),
    ("restore_board", "own"): op(
        "restore_board",
        items=[{"id": an_id("new"), "kind": "region", "title": "Then", "order": "a9"}],
    ),
    ("edit_text", "board"): edit(None, (0, "", "So: "), field="question"),
    ("delete_item", "region"): op("delete_item", "second region"),
    ("open_layer", "own"): op("open_layer", on=True),
    ("undo", "own"): op("undo", n=4),
    ("undo", "unknown"): op("undo", n=999),
    ("all", "own"): op("all", ops=[note("new"), note("newer")]),
    ("all", "protected"): op("all", ops=[note("new"), op("delete_item", "fixed")]),
    ("set_door", "on a board"): op("set_door", door="closed"),
    **about_person(ANNA, "own"),
    **about_person(BORIS, "other"),
    **about_person(an_id("nobody"), "unknown"),
    ("set_role", "an owner"): op("set_role", person=an_id("second owner"), role="facilitator"),
    ("set_role", "to owner"): op("set_role", person=BORIS, role="owner"),
    ("remove_person", "an owner"): op("remove_person", person=an_id("second owner")),
    ("forget_person", "an owner"): op("forget_person", person=an_id("second owner")),
    ("readmit_person", "an owner"): op("readmit_person", person=an_id("gone owner")),
    ("readmit_person", "gone"): op("readmit_person", person=an_id("gone person")),
    ("set_up_workshop", "own"): op(
        "set_up_workshop", title="Again", question="?", programme=an_id("programme")
    ),
    ("add_board", "own"): op(
        "add_board", board=an_id("new board"), title="More", layout="free", question="?"
    ),
    ("join_workshop", "own"): op("join_workshop", person=an_id("new person"), name="Nino"),
    ("set_door", "own"): op("set_door", door="closed"),
    ("set_stage", "own"): op("set_stage", stage="locked"),
    ("set_workshop", "own"): op("set_workshop", title="Rivers"),
    ("add_city", "own"): op("add_city", "new city", name="Telavi", colour="rose", order="a8"),
    ("edit_city", "own"): op("edit_city", "city", name="Karlovci"),
    ("drop_city", "own"): op("drop_city", "empty city"),
    ("create_note", "on a workshop"): note("new"),
    ("create_note", "entered"): {**note("new"), "entered": True, "author": BORIS},
    ("add_person", "own"): op("add_person", person=an_id("deviceless"), name="Nana", city=CITY),
    ("undo", "on a workshop"): op("undo", n=1),
}
ROWS |= {
    ("set_desk", "own"): op("set_desk", starts=1_000),
    ("add_step", "own"): op("add_step", "new step", order="a8", title="Vote"),
    ("add_step", "board unknown"): op("add_step", "new step", order="a8", board=an_id("nowhere")),
    ("edit_step", "own"): op("edit_step", "step", minutes=25),
    ("edit_step", "unknown"): op("edit_step", "nowhere", minutes=25),
    ("move_step", "own"): op("move_step", "step", order="a8"),
    ("move_step", "unknown"): op("move_step", "nowhere", order="a8"),
    ("copy_step", "own"): op("copy_step", "new step", of=an_id("step"), order="a8"),
    ("copy_step", "unknown"): op("copy_step", "new step", of=an_id("nowhere"), order="a8"),
    ("delete_step", "own"): op("delete_step", "step"),
    ("delete_step", "under way"): op("delete_step", "step under way"),
    ("delete_step", "unknown"): op("delete_step", "nowhere"),
    ("translate", "on a desk"): op("translate", "step", field="title", lang="ka", words="კენჭი"),
    ("undo", "on a desk"): op("undo", n=1),
    ("start_step", "own"): op(
        "start_step", step=an_id("step"), **{"from": an_id("step under way")}
    ),
    ("start_step", "elsewhere"): op("start_step", step=an_id("step"), **{"from": None}),
    ("start_step", "unknown"): op(
        "start_step", step=an_id("nowhere"), **{"from": an_id("step under way")}
    ),
    ("show_plan", "own"): op("show_plan"),
    ("set_timer", "own"): op("set_timer", left=60_000),
    ("set_timer", "minus one"): op("set_timer", ends_at=-1),
    ("set_timer", "a week"): op("set_timer", left=7 * 24 * 60 * 60_000),
    ("end_timer", "own"): op("end_timer", ends_at=1),
    ("stop_notice", "own"): op("stop_notice", notice_at=1),
    ("carry_out", "own"): op("carry_out", notice_at=1),
    ("end_workshop", "own"): op("end_workshop"),
}
#: What `start_step` and `show_plan` read.
DESK = a_desk(None, "step", "step under way")
RUNNING_OPS = {
    *("start_step", "show_plan", "set_timer", "end_timer", "stop_notice", "carry_out"),
    "end_workshop",
}
DESK_OPS = {model.model_fields["type"].default for model in RULES["desk"]} - {
    "translate",
    "send_message",
}
ROWS |= {
    ("correct_attendance", "own"): op("correct_attendance", "new", person=ANNA, there=True),
    ("correct_attendance", "unknown"): op(
        "correct_attendance", "new", person=an_id("nobody"), there=True
    ),
    ("take_back_correction", "own"): op("take_back_correction", "correction"),
    ("take_back_correction", "unknown"): op("take_back_correction", "nowhere"),
    ("take_words", "own"): op("take_words", person=BORIS),
    ("reveal_notes", "own"): op("reveal_notes", silence=1, seed=an_id("seed"), notes=[]),
    ("count_writers", "own"): op("count_writers", silence=1, written=5),
    ("knock", "own"): op("knock", person=an_id("newcomer"), name="Nino"),
    ("admit_people", "own"): op("admit_people", people=[an_id("newcomer")]),
    ("turn_away", "own"): op("turn_away", people=[an_id("newcomer")]),
    ("create_note", "in a lane"): note("new"),
    ("move_item", "in a lane"): op("move_item", "mine", order="a7"),
    ("edit_text", "in a lane"): edit("mine", (0, "", "So: ")),
    ("set_language", "in a lane"): op("set_language", "mine", lang="ka"),
    ("translate_note", "in a lane"): op("translate_note", "mine", lang="ka", words="თევზი"),
    ("recolour", "in a lane"): op("recolour", "mine", colour="leaf"),
    ("delete_item", "in a lane"): op("delete_item", "mine"),
    ("react", "in a lane"): op("react", "mine", reaction="heart", on=True),
    ("undo", "in a lane"): op("undo", n=1),
    ("release_lane", "in a lane"): op("release_lane"),
    ("read_place", "in a lane"): op("read_place", "placement", x=40, y=60),
    ("close_lane", "in a lane"): op("close_lane"),
}
VOTE = {
    "question": "Which first?",
    "dots": 3,
    "cap": 2,
    "options": [an_id("mine"), an_id("theirs")],
}
ROWS |= {
    ("open_vote", "own"): op("open_vote", "new vote", board=an_id("other board"), **VOTE),
    ("open_vote", "board unknown"): op("open_vote", "new vote", board=an_id("nowhere"), **VOTE),
    ("open_vote", "one too many"): op("open_vote", "new vote", board=BOARD, **VOTE),
    **{
        (kind, whose): op(kind, name)
        for kind in ("close_vote", "cancel_vote")
        for whose, name in (("own", "vote"), ("unknown", "nowhere"))
    },
    ("count_ballots", "own"): op("count_ballots", vote=an_id("vote"), cast=5),
    ("tally_vote", "own"): op(
        "tally_vote", vote=an_id("vote"), ballots=1, given=0, voters=2, totals={}, supporters={}
    ),
}
CONSENT = an_id("consent")
PROPOSAL = {"proposal": "A bus every ten minutes", "board": BOARD}
ROWS |= {
    ("open_consent", "own"): op("open_consent", "next", after=CONSENT, **PROPOSAL),
    ("open_consent", "board unknown"): op(
        "open_consent", "next", **{**PROPOSAL, "board": an_id("nowhere")}
    ),
    ("open_consent", "one too many"): op("open_consent", "next", **PROPOSAL),
    ("close_consent", "own"): op("close_consent", "consent"),
    ("close_consent", "unknown"): op("close_consent", "nowhere"),
    ("answer_for", "own"): op("answer_for", consent=CONSENT, person=BORIS, answer="agree"),
    ("answer_for", "unknown"): op(
        "answer_for", consent=CONSENT, person=an_id("nobody"), answer="agree"
    ),
    ("tell_answers", "own"): op("tell_answers", consent=CONSENT, answers=[]),
    ("answer_consent", "in an inbox"): op("answer_consent", consent=CONSENT, answer="aside"),
    ("keep_answers", "on a desk"): op("keep_answers", consent=CONSENT, answers=[]),
    ("hand_over_answers", "on a desk"): op("hand_over_answers", consent=CONSENT),
}
ROWS |= table_rows(op)
TABLE_OPS = {model.model_fields["type"].default for model in get_args(TablesOp)}
CLOSED = {"from": an_id("council"), "to": an_id("drivers"), "type": "tension"}
ROWS |= together_rows(op)
ROWS |= {
    ("create_record", "own"): record("riders"),
    ("create_record", "on a closed side"): record("new", "relation", **CLOSED),
    ("edit_record", "own"): op("edit_record", "council", fields={"power": 90}),
    ("edit_record", "unknown"): op("edit_record", "nowhere", fields={"power": 90}),
    ("edit_record", "on a closed side"): op("edit_record", "council", fields={"stance": -2}),
    ("merge_records", "own"): op("merge_records", "drivers", into=an_id("council")),
    ("merge_records", "unknown"): op("merge_records", "nowhere", into=an_id("council")),
    ("delete_record", "own"): op("delete_record", "council"),
    ("delete_record", "unknown"): op("delete_record", "nowhere"),
    ("delete_record", "on a closed side"): op("delete_record", "quarrel"),
    ("edit_text", "on a register"): edit("council", (0, "", "The "), field="name"),
    ("undo", "on a register"): op("undo", n=2),
    ("undo", "on a closed side"): op("undo", n=2),
    ("set_up_register", "own"): op("set_up_register", workshop=an_id("workshop")),
    ("set_up_register", "on a closed side"): op("set_up_register", workshop=an_id("workshop")),
    ("mark_use", "own"): op("mark_use", record=an_id("council"), board=BOARD, on=True),
    ("create_placement", "own"): op("create_placement", "new", record=an_id("drivers")),
    ("read_place", "own"): op("read_place", "placement", x=40, y=60),
    ("read_place", "unknown"): op("read_place", "nowhere", x=40, y=60),
    ("keep_arrangement", "own"): op(
        "keep_arrangement", "new", title="Before", stood={an_id("council"): "45.90"}
    ),
    ("move_item", "on a net-map"): op("move_item", "placement", x=40, y=60),
    ("delete_item", "a placement"): op("delete_item", "placement"),
    ("take_back", "own"): op("take_back", seq=1),
    ("carry_records", "own"): op("carry_records", records=[CARRIED]),
    ("fill_records", "own"): op(
        "fill_records", records=[{"id": an_id("council"), "fields": {"mandate": "To build"}}]
    ),
    ("carry_topics", "own"): op(
        "carry_topics",
        topics=[{"id": an_id("new"), "title": "Buses", "board": BOARD, "item": an_id("mine")}],
    ),
    ("note_carry", "own"): op(
        "note_carry",
        "carry",
        step=an_id("step"),
        line=0,
        to="Ideas",
        count=1,
        by=OLGA,
        entries="board:x@1",
    ),
    ("undo_carry", "own"): op("undo_carry", "nowhere"),
    ("record_deed", "own"): op("record_deed", "new", deed="make_link", role="observer"),
    ("write_document", "on a closed side"): op(
        "write_document", document="action-plan", text="What we mean by it"
    ),
    ("keep_version", "on a closed side"): op(
        "keep_version", "new", document="action-plan", title="For the council", seq=3, closed_seq=1
    ),
}
REGISTER_OPS = {model.model_fields["type"].default for model in RULES["register"]} - {"edit_text"}
PLACEMENT_OPS = {"create_placement", "read_place", "keep_arrangement"}
WORKSHOP_OPS = {model.model_fields["type"].default for model in RULES["workshop"]}


def rows() -> dict[tuple[str, str], tuple[str, ...]]:
    """(op, whose) -> the letters of each stage, as `TABLE` has them."""
    lines = [line.rsplit(maxsplit=len(STAGES)) for line in TABLE.strip().splitlines()[1:]]
    return {tuple(row.split(maxsplit=1)): tuple(letters) for row, *letters in lines}  # type: ignore[misc]


@pytest.mark.parametrize(("kind", "whose"), ROWS, ids=[" ".join(row) for row in ROWS])
def test_each_role_may_do_what_the_table_says(kind: str, whose: str) -> None:
    assert tuple(letters(kind, whose, stage) for stage in STAGES) == rows()[kind, whose]


def test_every_op_has_its_row() -> None:
    every = {model.model_fields["type"].default for rules in RULES.values() for model in rules}
    every |= {model.model_fields["type"].default for model in (All, Undo)}
    assert {kind for kind, _ in ROWS} == every
    assert rows().keys() == ROWS.keys()


def test_a_role_nobody_has_and_an_action_nobody_knows_may_nothing() -> None:
    assert not may("ghost", "add", "open")
    assert not any(may(role, "fly", "open") for role in ROLES if role != "product")


def test_a_step_can_let_writers_do_less_or_more_while_its_stage_is_open() -> None:
    adding, editing = frozenset({"add"}), frozenset({"add", "edit_all"})
    assert may("participant", "add", "open", "own", adding)
    assert not may("participant", "move", "open", "other", adding)
    assert not may("participant", "edit_text", "open", "own", adding)
    assert may("participant", "edit_text", "open", "other", editing)
    assert not may("participant", "edit_text", "open", "protected", editing)
    assert not may("participant", "add", "locked", "own", editing)
    assert may("facilitator", "move", "open", "other", adding)


def letters(kind: str, whose: str, stage: str) -> str:
    return "".join(letter(kind, whose, stage, role) for role in ROLES)


def letter(kind: str, whose: str, stage: str, role: str) -> str:
    play = a_stream_for(kind, whose)
    asked = read_op(ROWS[kind, whose])
    person = None if role == "product" else ANNA
    ask = play.asking(asked, person, role=role, stage=stage, desk=DESK.state)
    decision = decide(asked, ask, play.draft())
    return "+" if isinstance(decision, Accepted) else LETTERS[decision.code]


@functools.cache
def a_stream_for(kind: str, whose: str) -> Play:
    """Made once for a row: what is decided is a draft, which is thrown away."""
    if whose == "free board":
        return a_board("free")
    if whose == "with rounds":
        return a_board_with_rounds(cells=3)
    if whose == "on a map":
        system = a_board("graph")
        for name, x in (("cause", 50_000), ("outcome", 90_000)):
            system.do(op("create_factor", name, label=name, x=x, y=0), BORIS)
        return system
    if whose == "in a lane":
        lane = a_lane()
        assert lane.board is not None
        lane.board.do(op("create_placement", "placement", record=an_id("council")))
        lane.do(note("mine", "mine"), ANNA)
        return lane
    if kind in REGISTER_OPS or whose in ("on a register", "on a closed side"):
        register = a_register(None, "council", "drivers")
        if whose != "on a closed side":
            return register
        closed = a_closed_side(register)
        closed.do(record("quarrel", "relation", **CLOSED), OLGA)
        return closed
    if kind in PLACEMENT_OPS or whose in ("a placement", "on a net-map"):
        grid = a_board(*(("graph", "net-map") if whose == "on a net-map" else ("grid2",)))
        grid.do(op("create_placement", "placement", record=an_id("council")), BORIS)
        return grid
    if whose == "in an inbox":
        board = a_board()
        assert board.workshop is not None
        board.workshop.do(op("open_consent", "consent", **PROPOSAL), OLGA)
        return an_inbox(board.workshop)
    if kind in DESK_OPS or whose in ("on a desk", "to a stranger"):
        desk = a_desk(a_running_workshop(), "step", "step under way")
        desk.do(op("correct_attendance", "correction", person=BORIS, there=False), OLGA)
        desk.do(op("queue_help", person=BORIS, since=START, on=True))
        return desk
    if kind in RUNNING_OPS:
        return a_running_workshop()
    board = a_board()
    if kind in TABLE_OPS and whose != "to a board":
        return a_workshop_with_tables(board)
    if (kind in WORKSHOP_OPS) != (whose in ("on a board", "on a workshop", "to a board")):
        return a_played_workshop(board)
    for name, by in (("mine", ANNA), ("theirs", BORIS), ("fixed", OLGA), ("target", OLGA)):
        board.do(note(name, name), by)
    board.do(note("gone"), OLGA)
    board.do(op("delete_item", "gone"), OLGA)
    board.do(op("create_cluster", "cluster", name="Trees", **PLACE), BORIS)
    board.do(op("protect_item", "fixed", on=True), OLGA)
    return board


def a_running_workshop() -> Play:
    workshop = a_workshop()
    start = op("start_step", step=an_id("step under way"), **{"from": None})
    workshop.do(start, OLGA, desk=DESK.state)
    return workshop


def a_played_workshop(board: Play) -> Play:
    workshop = board.workshop
    assert workshop is not None
    workshop.do(op("add_city", "empty city", name="Mtskheta", colour="sky", order="a5"), OLGA)
    workshop.do(op("join_workshop", person=an_id("gone person"), name="Ghost"))
    workshop.do(op("remove_person", person=an_id("gone person")), OLGA)
    for owner in ("gone owner", "second owner"):
        workshop.do(op("join_workshop", person=an_id(owner), name="Omer", role="owner"))
    workshop.do(op("remove_person", person=an_id("gone owner")), OLGA)
    other = op("add_board", board=an_id("other board"), title="More", layout="free", question="?")
    workshop.do(other, OLGA)
    workshop.do(op("open_vote", "vote", board=BOARD, **VOTE), OLGA)
    workshop.do(op("open_consent", "consent", **PROPOSAL), OLGA)
    return workshop
