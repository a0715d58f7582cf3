"""The documents a programme ends in, each as data: which records and which computed values fill which section."""

from __future__ import annotations

from codesign.i18n import N_
from codesign.results.documents import PAPER, Document, Section

TITLES = {
    "workshop-record": N_("Workshop record"),
    "stakeholder-report": N_("Stakeholder report"),
    "persona-set": N_("Set of personas"),
    "system-brief": N_("System brief"),
    "ideas-register": N_("Register of ideas"),
    "co-design-brief": N_("Co-design brief"),
    "business-sheet": N_("Business sheet"),
    "project-fiche": N_("Project fiche"),
    "request-file": N_("Request for support"),
    "action-plan": N_("Action plan"),
    "investment-plan": N_("Investment plan"),
    "diagnostic-report": N_("Diagnostic report"),
    "digital-city-action-plan": N_("Digital city action plan"),
    "strategic-agenda": N_("Strategic agenda"),
    "project-portfolio": N_("Project portfolio"),
    "task-force-charter": N_("Task force charter"),
    "practice-collection": N_("Collection of practices"),
    "follow-up-tracker": N_("Follow-up tracker"),
    "answer-sheet": N_("Answer sheet"),
    "evaluation": N_("Evaluation"),
}

#: Words on boards that workshops gave a document.
TAKEN = N_("Taken up from the workshops")
MISSING = Section(N_("What is still missing"), "missing")
_WHY = Section(N_("Why"), "texts", "project", ("problem", "objectives"))
_WHAT = Section(
    N_("What is done"),
    "texts",
    "project",
    ("description", "components", "technology", "alternatives"),
)
_WHO = Section(
    N_("Who carries it"),
    "pairs",
    "project",
    (
        *("promoter", "contact", "partners", "owner", "operator", "regulator", "financier"),
        *("participation_so_far", "legal_basis", "land_and_permits", "procurement_route"),
    ),
)
_MONEY = Section(N_("Money"), "financing", "project")
_EFFECTS = Section(
    N_("What it brings"),
    "pairs",
    "project",
    (
        *("people_reached", "beneficiaries", "energy_mwh_year", "co2_t_year", "jobs"),
        *("inclusion", "indicators", "plans_served", "replicable_where"),
    ),
)
_ROAD = Section(
    N_("Risks and milestones"), "texts", "project", ("risks", "milestones"), is_needed=False
)
_STAGE = Section(
    N_("How far it is"),
    "pairs",
    "project",
    ("stage", "documents", "support_wanted", "consent"),
)
_NEXT = Section(
    N_("Before the next stage"),
    "found",
    "project",
    method="project-fiche",
    found=("for_next_stage",),
    is_needed=False,
)
_PLACE = ("city", "theme", "type", "stage", "location")
ACTION = (
    *("title", "lead", "partners", "start", "end", "cost", "cost_basis"),
    *("funding_status", "indicator", "status"),
)
ACTIONS = Section(N_("Actions"), "table", "action", ACTION, method="action-plan")
TIMELINE = Section(N_("Timeline"), "timeline", "action", is_needed=False)
COSTS = Section(N_("Costs and money"), "costs", "action", is_needed=False)
RISKS = Section(
    N_("Risks"),
    "table",
    "action",
    ("title", "risk", "likelihood", "impact", "mitigation"),
    is_needed=False,
)
PROMISES = Section(
    N_("Promises"),
    "table",
    "commitment",
    ("what", "who", "by_when", "first_step", "help_needed", "status"),
)
OBJECTIVES = Section(
    N_("Objectives"),
    "table",
    "objective",
    ("code", "text", "indicator", "baseline", "target", "year"),
)
INVESTMENT = Section(N_("Money by year and by source"), "years", "investment")
RUNNING = Section(
    N_("Running costs"),
    "table",
    "investment",
    ("title", "opex_year", "opex_payer", "revenue_year", "savings_year", "lifetime_years"),
    method="investment-plan",
)
PROJECTS = Section(
    N_("Projects"),
    "table",
    "project",
    ("title", "city", "promoter", "theme", "stage", "capex", "finance_sought"),
)
PLANS = Section(
    N_("Plans and rules it must fit"),
    "table",
    "document",
    ("title", "type", "owner", "from", "to", "effect", "gap"),
    method="framework-map",
)
ISSUES = Section(
    N_("Issues"),
    "table",
    "challenge",
    ("text", "city", "theme", "who_is_affected", "severity"),
)
JOURNEYS = Section(
    N_("The way through the service"),
    "table",
    "phase",
    method="journey",
    fields=("title", "persona", "channel", "doing", "feeling", "pain"),
    is_needed=False,
)
_SHEET = (
    *("age_band", "place_type", "livelihood", "digital_skill", "devices", "access_needs"),
    *("channels_trusted", "scenario", "goals", "needs", "frustrations", "barriers", "quote"),
)

DOCUMENTS = (
    Document(
        "project-fiche",
        N_("One project on two pages, for somebody who has two minutes."),
        (
            Section(N_("At a glance"), "pairs", "project", _PLACE),
            *(_WHY, _WHAT, _WHO, _MONEY, _EFFECTS, _STAGE, _NEXT, _ROAD, MISSING),
        ),
        per="project",
        forms=PAPER,
    ),
    Document(
        "request-file",
        N_("A project and what its city asks an adviser or an investor programme to do first."),
        (
            Section(
                N_("What we ask for"),
                "pairs",
                "project",
                (
                    *("question_to_adviser", "support_wanted", "finance_sought"),
                    *("decision_maker", "deadline"),
                ),
            ),
            Section(
                N_("The project"),
                "pairs",
                "project",
                ("city", "promoter", "contact", "theme", "stage", "capex", "people_reached"),
            ),
            Section(N_("How ready it is"), "readiness", "project", method="intake-request"),
            Section(
                N_("Annex: the project in detail"),
                "texts",
                "project",
                ("summary", "problem", "objectives", "description", "components"),
                is_annex=True,
            ),
            *(_MONEY, _EFFECTS, _WHO, _ROAD, MISSING),
        ),
        per="project",
        forms=PAPER,
        is_request=True,
    ),
    Document(
        "action-plan",
        N_("Who does what by when, with which money, and what stands in the way."),
        (
            *(ACTIONS, TIMELINE, COSTS),
            Section(N_("What needs attention"), "attention", "action", is_needed=False),
            *(RISKS, MISSING),
        ),
        is_wide=True,
    ),
    Document(
        "investment-plan",
        N_("Investments by year and by source, the gap, and who pays for running it."),
        (
            INVESTMENT,
            RUNNING,
            Section(
                N_("Sources of money"),
                "table",
                "funding",
                ("name", "instrument", "provider", "amount", "status", "deadline"),
            ),
            Section(
                N_("What this comes to"),
                "found",
                "investment",
                method="investment-plan",
                found=("payback",),
                is_needed=False,
            ),
            MISSING,
        ),
        is_wide=True,
    ),
    Document(
        "project-portfolio",
        N_("All projects beside each other: stage, money, and what each serves."),
        (
            PROJECTS,
            Section(N_("What each project serves"), "grid", "project", method="portfolio"),
            Section(
                N_("What this comes to"),
                "found",
                "project",
                method="portfolio",
                found=(
                    *("maturity_mix", "cost_per_axis", "dimension_gaps", "integrated"),
                    "clashes",
                ),
                is_needed=False,
            ),
            Section(
                N_("Project by project"),
                "cards",
                "project",
                (
                    *("city", "promoter", "stage", "summary", "problem", "objectives"),
                    *("capex", "finance_sought", "people_reached", "co2_t_year"),
                ),
                is_annex=True,
            ),
            MISSING,
        ),
        is_wide=True,
        is_dense=False,
    ),
    Document(
        "follow-up-tracker",
        N_("What was promised, what was done, and what is late."),
        (
            PROMISES,
            Section(
                N_("Kept and late"),
                "found",
                "commitment",
                method="commitments",
                found=("kept_share", "due_and_late"),
                is_needed=False,
            ),
            Section(
                N_("Actions"),
                "table",
                "action",
                ("title", "lead", "end", "status", "next_step", "next_step_by"),
            ),
            MISSING,
        ),
        is_wide=True,
    ),
    Document(
        "business-sheet",
        N_("How a service carries itself: its canvas, its money, and what is still a guess."),
        (
            Section(N_("The canvas"), "blocks", "canvas_entry", method="city-canvas"),
            Section(
                N_("Open guesses"),
                "found",
                "canvas_entry",
                method="city-canvas",
                found=("guesses", "empty_blocks"),
                is_needed=False,
            ),
            Section(N_("Financing mix"), "financing", "project"),
            MISSING,
        ),
        forms=PAPER,
    ),
    Document(
        "persona-set",
        N_("The people it is for, and what to ask them next."),
        (
            Section(N_("Personas"), "cards", "persona", _SHEET, method="persona"),
            Section(
                N_("To ask next"),
                "found",
                "persona",
                method="persona",
                found=("completeness",),
                is_needed=False,
            ),
            MISSING,
        ),
        is_dense=False,
    ),
    Document(
        "stakeholder-report",
        N_("Who decides, who delivers and who is affected, and who talks to whom."),
        (
            Section(
                N_("Actors"),
                "table",
                "stakeholder",
                ("name", "sector", "level", "role_in_topic", "class", "power", "interest", "needs"),
            ),
            Section(
                N_("Engagement plan"),
                "table",
                "engagement",
                ("stakeholder", "level", "message", "channel", "how_often", "responsible", "next"),
                is_needed=False,
            ),
            MISSING,
        ),
        is_wide=True,
    ),
    Document(
        "system-brief",
        N_("What drives what: the loops of the maps in words, and where a push would help."),
        (Section(N_("What the maps say"), "maps"), MISSING),
        forms=PAPER,
    ),
    Document(
        "ideas-register",
        N_("All ideas, whom they answer, and how far each is."),
        (
            Section(
                N_("Ideas"),
                "table",
                "idea",
                ("name", "what_it_does", "value", "for", "theme", "maturity", "cost_band"),
                method="idea-card",
            ),
            MISSING,
        ),
        is_wide=True,
    ),
    Document(
        "co-design-brief",
        N_("A service idea, the people it is for, and how it is tried with them."),
        (
            Section(
                N_("Ideas"),
                "cards",
                "idea",
                (
                    *("what_it_does", "value", "for", "first_step", "partners"),
                    "key_assumption",
                ),
            ),
            Section(N_("Personas"), "cards", "persona", _SHEET, method="persona", is_needed=False),
            JOURNEYS,
            Section(
                N_("How it is tried"),
                "table",
                "test",
                (
                    *("assumption", "method", "who", "number", "when", "success_signal"),
                    *("consent_and_care", "result", "decision"),
                ),
                method="test-plan",
            ),
            MISSING,
        ),
        is_wide=True,
    ),
    Document(
        "diagnostic-report",
        N_("What is there already: rules, plans, systems, money, and what hurts."),
        (
            PLANS,
            Section(
                N_("What the framework comes to"),
                "found",
                "document",
                method="framework-map",
                found=("domains", "limits", "expiring", "maturity"),
                is_needed=False,
            ),
            JOURNEYS,
            ISSUES,
            MISSING,
        ),
        is_wide=True,
        is_dense=False,
    ),
    Document(
        "digital-city-action-plan",
        N_("From the diagnosis to measures, money and how it is watched."),
        (
            ISSUES,
            OBJECTIVES,
            ACTIONS,
            *(TIMELINE, INVESTMENT),
            Section(
                N_("How it is watched"),
                "table",
                "action",
                ("title", "indicator", "baseline", "target", "status"),
            ),
            PLANS,
            MISSING,
        ),
        is_wide=True,
        is_dense=False,
    ),
    Document(
        "strategic-agenda",
        N_("Where the town wants to be, by which projects, and who keeps it moving."),
        (
            Section(
                N_("Where we want to be"),
                "cards",
                "vision",
                ("year", "statement"),
                method="vision",
            ),
            OBJECTIVES,
            PROJECTS,
            ACTIONS,
            Section(
                N_("Task force"),
                "table",
                "member",
                ("organisation", "sector", "role"),
                method="task-force",
                is_needed=False,
            ),
            MISSING,
        ),
        is_wide=True,
        is_dense=False,
    ),
    Document(
        "task-force-charter",
        N_("What the standing group is for, who is in it, and how it decides."),
        (
            Section(N_("The charter"), "blocks", "canvas_entry", method="task-force"),
            Section(
                N_("Members"),
                "table",
                "member",
                ("organisation", "sector", "role", "term_until"),
                method="task-force",
            ),
            Section(
                N_("What this comes to"),
                "found",
                "member",
                method="task-force",
                found=("sector_balance", "key_missing", "quorum", "terms_ending"),
                is_needed=False,
            ),
            MISSING,
        ),
    ),
    Document(
        "practice-collection",
        N_("What worked, told so that another city can judge whether it fits."),
        (
            Section(
                N_("Practices"),
                "cards",
                "practice",
                (
                    *("city", "country", "theme", "years", "transfer_conditions", "problem"),
                    *("solution", "how_it_works", "cost", "results", "difficulties", "lessons"),
                ),
            ),
            MISSING,
        ),
        is_dense=False,
    ),
)
BY_ID = {one.id: one for one in DOCUMENTS}
#: Documents that each workshop has in its report.
IN_REPORTS = ("workshop-record", "evaluation", "answer-sheet")
