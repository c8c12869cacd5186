"""`policy.toml`: the municipality's own policy, as data; the rule that serves a clause id is code (POLICY.md)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from registry.findings import SEVERITY_WORDS
from registry.records.common_fields import DECISION
from registry.records.fields import Field, Kind, Section
from registry.records.headings import MANY
from registry.records.types import (
    ENTRY_ID,
    Choice,
    Country,
    DecisionText,
    Number,
    OneOf,
    SetOf,
    Table,
    Tables,
    Text,
    YesNo,
    choices,
)
from registry.words import Words

SEVERITIES: Final = tuple(Choice(severity, words) for severity, words in SEVERITY_WORDS.items())
_QUOTE = Field("quote", Text(long=True, searched=False), Words("Policyns ord", "The policy's words"), Words("Ordagrant, med policyns egen stavning.", "Verbatim, as the policy spells it."))
_LABEL = Field("label", Text(searched=False), Words("Kort namn", "Short name"), Words("Så kort att det ryms i en lista.", "Short enough for a list."))
_ID = Words("Id", "Id")
_CLAUSE_ID = Field("id", replace(ENTRY_ID, sample="planned"), _ID, Words("Satsens id; regeln som tillämpar den finns i programmet.", "The clause's id; the rule that serves it is in the program."), required=True)
_GOAL_ID = Field("id", replace(ENTRY_ID, sample="democracy"), _ID, Words("Det som projekten kallar målet.", "What projects call the goal."), required=True)
_PRIORITY_ID = Field("id", replace(ENTRY_ID, sample="youth"), _ID, Words("Prioriteringens id; hur den syns på ett projekt finns i programmet.", "The priority's id; how a project is seen to have it is in the program."), required=True)

POLICY: Final = Kind(
    id="policy",
    one=Words("Policyn", "The policy"),
    many=MANY["policy"],
    new=Words("Ny policy", "New policy"),
    title_key="title",
    sections=(
        Section(
            Words("Policyn", "The policy"),
            (
                Field("title", Text(searched=False), Words("Namn", "Title"), Words("Som policyn heter.", "What the policy is called."), required=True),
                Field("adopted", DecisionText(), Words("Antagen", "Adopted"), Words("Kommunfullmäktiges beslut.", "The Municipal Council's decision."), clause="adoption"),
                Field(
                    "new_agreements",
                    OneOf(choices(allowed=("får ingås", "allowed"), discouraged=("bör inte ingås", "discouraged"), forbidden=("får inte ingås", "forbidden"))),
                    Words("Nya vänortsavtal", "New twin-town agreements"),
                    Words("Vad policyn säger om att ingå nya.", "What the policy says of entering into new ones."),
                    Words("bör inte ingås", "discouraged"),
                    clause="no-new-agreements",
                ),
            ),
        ),
        Section(
            Words("Egna inställningar", "Local settings"),
            (
                Field("lead_time_days", Number(0, 3650, 90), Words("Framförhållning", "Lead time"), Words("Minsta tid från registrering till start.", "The least time from registration to start."), Words("kontrolleras inte", "not checked"), clause="long-term", units=Words("dagar", "days")),
                Field("evaluation_days", Number(0, 3650, 90), Words("Utvärdering inom", "Evaluation within"), Words("Dagar från slut till utvärdering.", "Days from end to evaluation."), Words("kontrolleras inte", "not checked"), clause="evaluated", units=Words("dagar", "days")),
                Field(
                    "europe",
                    Table(
                        (
                            Field("list", OneOf(choices(council_of_europe=("Europarådets medlemmar", "members of the Council of Europe"), none=("ingen lista", "no list"))), Words("Lista", "List"), Words("Förteckningen som utgångspunkt; den visas där den används.", "The list to start from; it is shown where it is used.")),
                            Field("include", SetOf(Country()), Words("Även", "Also"), Words("Länder som räknas med utöver listan.", "Countries counted beside the list.")),
                            Field("exclude", SetOf(Country()), Words("Utom", "Except"), Words("Länder på listan som inte räknas.", "Countries on the list that are not counted.")),
                        )
                    ),
                    Words("Europa", "Europe"),
                    Words("Vilka länder som räknas till Europa.", "Which countries count as Europe."),
                    clause="priority-europe",
                ),
            ),
        ),
        Section(
            Words("Mål och prioriteringar", "Goals and priorities"),
            (
                Field("goals", Tables((_GOAL_ID, _LABEL, _QUOTE), Words("mål", "goal"), telling=("label",)), Words("Mål", "Goals"), Words("Målen som projekten tjänar, och som resultaten räknas efter.", "The goals that projects serve, and by which results are counted."), clause="goals"),
                Field("priorities", Tables((_PRIORITY_ID, _LABEL, _QUOTE), Words("prioritering", "priority"), telling=("label",)), Words("Prioriteringar, i ordning", "Priorities, in order"), Words("Den första väger tyngst när listor ordnas.", "The first weighs most where lists are ordered.")),
            ),
        ),
        Section(
            Words("Satser", "Clauses"),
            (
                Field(
                    "clauses",
                    Tables(
                        (
                            _CLAUSE_ID,
                            _QUOTE,
                            Field("severity", OneOf(SEVERITIES), Words("Allvar", "Severity"), Words("Följer verbet: skall, bör.", "Follows the verb: shall, should."), Words("det vanliga", "the usual")),
                            Field("on", YesNo(), Words("Tillämpas", "In force"), Words("Nej stänger av satsen; då behövs ett beslut.", "No switches the clause off; that takes a decision."), Words("ja", "yes")),
                            DECISION,
                        ),
                        Words("sats", "clause"), telling=("id",),
                    ),
                    Words("Satser", "Clauses"),
                    Words("Det policyn säger, sats för sats, och hur allvarligt ett avsteg är.", "What the policy says, clause by clause, and how serious a departure is."),
                ),
            ),
        ),
    ),
)
