"""`twin-towns/*.toml`: the twin towns (vänorter), their agreements and how the cooperation works."""

from __future__ import annotations

from typing import Final

from registry.records.common_fields import DECISION
from registry.records.fields import Field, Kind, Section
from registry.records.headings import MANY
from registry.records.traits import town_traits
from registry.records.types import YEAR, Country, Date, OneOf, Person, SetOf, Tables, Text, YesNo, choices
from registry.records.values import text
from registry.words import Words

AGREEMENT_STATUS: Final = choices(
    active=("gäller", "in force"),
    dormant=("vilande", "dormant"),
    ended=("avslutat", "ended"),
    unconfirmed=("obekräftat", "unconfirmed"),
    proposed=("föreslaget", "proposed"),
    declined=("avböjt", "declined"),
)
AGREEMENT_EVENT: Final = choices(
    signed=("ingånget", "signed"),
    renewed=("förnyat", "renewed"),
    taken_over=("övertaget", "taken over"),
    dormant=("vilande", "dormant"),
    ended=("avslutat", "ended"),
)

TWIN_TOWN: Final = Kind(
    id="twin-towns",
    one=Words("Vänort", "Twin town"),
    many=MANY["twin-towns"],
    new=Words("Ny vänort", "New twin town"),
    title_key="name",
    columns=("name", "country", "agreement_status", "agreement_year", "last_contact"),
    traits=town_traits,
    sections=(
        Section(
            Words("Orten", "The town"),
            (
                Field("name", Text(sample="Påskön", searched=False), Words("Namn", "Name"), Words("Som i policyn.", "As in the policy."), required=True),
                Field("local_name", Text(sample="Rapa Nui / Isla de Pascua", searched=False), Words("Lokalt namn", "Local name"), Words("Vad orten kallar sig själv.", "What the town calls itself."), Words("samma namn", "the same name")),
                Field("country", Country(), Words("Land", "Country"), Words("Landets namn eller kod.", "The country's name or code."), required=True, clause="priority-europe"),
                Field("successor", Text(long=True), Words("Vad orten blivit del av", "What the town has become part of"), Words("I ord: vad orten gått upp i, och om avtalet följt med.", "In words: what it has merged into, and whether the agreement followed."), Words("finns kvar", "still there")),
            ),
        ),
        Section(
            Words("Avtalet", "The agreement"),
            (
                Field("agreement_year", YEAR, Words("Kommunalt beslut (år)", "Municipal decision (year)"), Words("Policyns ”Kommunala beslut”.", "The policy's “Kommunala beslut”."), clause="twin-towns"),
                Field("agreement_status", OneOf(AGREEMENT_STATUS), Words("Avtalets status", "Status of the agreement"), Words("Föreslaget och avböjt är inga avtal.", "Proposed and declined are no agreements."), clause="no-new-agreements", weighty=True),
                Field("financial_obligations", YesNo(), Words("Ekonomiska förpliktelser", "Financial obligations"), Words("Vänortsavtalen ska inte innehålla några.", "Twin-town agreements are to have none."), clause="no-obligations", weighty=True),
                Field(
                    "agreement_events",
                    Tables(
                        (
                            Field("date", Date(), Words("Datum", "Date"), Words("Dagen det gäller.", "The day it is about."), required=True),
                            Field("kind", OneOf(AGREEMENT_EVENT), Words("Vad som hände", "What happened"), Words("Förnyat och övertaget är inga nya avtal.", "Renewed and taken over are no new agreements."), required=True),
                            DECISION,
                        ),
                        Words("händelse", "event"), telling=("date", "kind"),
                    ),
                    Words("Avtalets händelser", "Events of the agreement"),
                    Words("Det som är känt: ingånget, förnyat, övertaget, vilande, avslutat.", "What is known: signed, renewed, taken over, dormant, ended."),
                    clause="no-new-agreements",
                    weighty=True,
                ),
            ),
        ),
        Section(
            Words("Samarbetet", "The cooperation"),
            (
                Field("potential", Text(long=True), Words("Konkreta projekt det kan bli", "Concrete projects it could become"), Words("Vad samarbetet kan inriktas mot.", "What the cooperation could be directed at."), clause="prioritise-working"),
                Field("last_contact", Date(), Words("Senaste kontakt", "Last contact"), Words("Utöver det som projekten visar.", "Beside what projects tell."), Words("okänd", "unknown")),
                Field("contacts", SetOf(Person(), Words("inga angivna", "none stated")), Words("Kontaktpersoner där", "Contacts there"), Words("Ur personboken; namnen stannar där.", "From the people book; the names stay there.")),
                Field(
                    "cooperation",
                    Tables(
                        (
                            Field("date", Date(), Words("Datum", "Date"), Words("Dagen det gäller.", "The day it is about."), required=True),
                            Field("working", YesNo(), Words("Fungerar", "Works"), Words("Om samarbetet fungerade den dagen.", "Whether the cooperation worked that day.")),
                            Field("note", Text(long=True), Words("Omdöme", "Assessment"), Words("I ord; inga personnamn.", "In words; no names of persons.")),
                        ),
                        Words("omdöme", "assessment"), telling=("date",),
                    ),
                    Words("Hur samarbetet fungerar", "How the cooperation works"),
                    Words("Daterade omdömen; det senaste räknas.", "Dated assessments; the latest counts."),
                    clause="prioritise-working",
                ),
            ),
        ),
        Section(
            Words("Förfrågan", "Inquiry"),
            (
                Field("received", Date(), Words("Inkom", "Received"), Words("När en förfrågan om avtal kom in.", "When an inquiry about an agreement arrived.")),
                Field("received_from", Text(), Words("Från", "From"), Words("En ort eller en organisation, inte en person.", "A town or an organisation, not a person.")),
                Field("answer_by", Date(), Words("Svara senast", "Answer by"), Words("Visas i översikten tills den är besvarad.", "Shown on the overview until it is answered."), not_before="received"),
                Field("answered", Date(), Words("Besvarad", "Answered"), Words("Dagen svaret skickades.", "The day the answer was sent."), absent_words=Words("inte besvarad", "not answered"), not_before="received"),
            ),
            matters=lambda data: text(data, "agreement_status") in {"proposed", "declined"},
        ),
    ),
)
