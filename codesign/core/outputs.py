"""What methods lead on to beside other methods: documents that are written from records, and registers."""

from __future__ import annotations

from codesign.core.kinds import REGISTERED

#: Source: the outputs of the programmes the playbooks are modelled on.
OUTPUTS = (
    *("workshop-record", "stakeholder-report", "persona-set", "system-brief", "ideas-register"),
    *("co-design-brief", "business-sheet", "project-fiche", "request-file", "action-plan"),
    *("investment-plan", "diagnostic-report", "digital-city-action-plan", "strategic-agenda"),
    *("project-portfolio", "task-force-charter", "practice-collection", "follow-up-tracker"),
    *("answer-sheet", "evaluation"),
)
LEADS_TO = frozenset({*OUTPUTS, *REGISTERED, "agenda", "invitations"})
