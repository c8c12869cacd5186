"""`projects/YYYY/*.toml`: the projects, from an idea or an inquiry to what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from registry.records.common_fields import DECISION, ORIGINAL, amount, year
from registry.records.fields import Field, Kind, Section
from registry.records.headings import MANY, STAGE_LABELS
from registry.records.traits import project_traits
from registry.records.types import (
    Choice,
    Country,
    Date,
    DecisionText,
    Goal,
    MapOf,
    Money,
    Number,
    OneOf,
    Person,
    Ref,
    SetOf,
    Table,
    Tables,
    Text,
    YesNo,
    choices,
)
from registry.records.values import Data, text
from registry.words import Words

COOPERATION: Final = choices(
    twin_town=("vänort", "twin town"),
    partnership=("partnerskap", "partnership"),
    network=("nätverk", "network"),
    other=("annat", "other"),
)
STAGES: Final = tuple(Choice(stage, label) for stage, label in STAGE_LABELS.items())
TARGET_GROUPS: Final = choices(
    residents=("invånare", "residents"),
    employees=("medarbetare", "employees"),
    elected=("förtroendevalda", "elected representatives"),
)
SOURCES: Final = choices(
    department=("förvaltningens medel", "department's money"),
    central=("centrala medel", "central money"),
    eu=("EU-medel", "EU money"),
    grant=("bidrag", "grant"),
    partner=("partner", "partner"),
    participants=("deltagaravgifter", "participants' fees"),
)
DECISION_KINDS: Final = choices(
    start=("start", "start"), change=("ändring", "change"), extend=("förlängning", "extension"), end=("avslut", "end")
)
COMMITMENT_KINDS: Final = choices(
    finance=("finansiera", "finance"),
    represent=("representera", "represent"),
    other=("bidra på annat sätt", "contribute otherwise"),
)
RESULTS: Final = (*choices(met=("uppnått", "met"), partly=("delvis", "partly")), Choice("not", Words("inte uppnått", "not met")))


def _external(data: Data) -> bool:
    return bool(data.get("external_organiser") or data.get("commitments"))


def _past_planning(data: Data) -> bool:
    return text(data, "stage") not in {"", "idea", "declined"}


def _over(data: Data) -> bool:
    return text(data, "stage") in {"completed", "evaluated"}


_PLAN = Section(
    Words("Plan", "Plan"),
    (
        Field("title", Text(sample="Ungdomsutbyte med Skjern"), Words("Titel", "Title"), Words("Vad ni kallar det; inga personnamn.", "What you call it; no names of persons."), required=True),
        Field("stage", OneOf(STAGES), Words("Status", "Status"), Words("Var projektet är: från idé till utvärderat.", "Where the project is: from idea to evaluated."), Words("idé", "idea"), weighty=True),
        Field("stage_reason", Text(long=True), Words("Skäl till statusen", "Reason for the status"), Words("Varför det avböjdes, ställdes in eller togs tillbaka.", "Why it was declined, cancelled or taken back.")),
        Field("cooperation", OneOf(COOPERATION), Words("Samarbetsform", "Form of cooperation"), Words("Aktiviteter med en vänort är vanliga projekt.", "Activities with a twin town are ordinary projects.")),
        Field("purpose", Text(long=True), Words("Syfte", "Purpose"), Words("Vad och varför.", "What and why."), clause="planned"),
        Field("start", Date(), Words("Startdatum", "Start date"), Words("Första dagen av själva projektet.", "The first day of the project itself."), clause="planned", weighty=True),
        Field("end", Date(), Words("Slutdatum", "End date"), Words("Eller löpande, med ett datum för omprövning.", "Or open-ended, with a date for review."), clause="planned", weighty=True, not_before="start"),
        Field("open_ended", YesNo(), Words("Löpande", "Open-ended"), Words("Utan slutdatum.", "Without an end date."), Words("nej", "no"), clause="planned", weighty=True),
        Field("review_due", Date(), Words("Omprövas senast", "Review due"), Words("När ett löpande projekt ska prövas på nytt.", "When an open-ended project is to be looked at again."), clause="planned", matters=lambda data: data.get("open_ended") is True, not_before="start"),
        Field("department", Ref("departments", "departments/bun"), Words("Förvaltning", "Department"), Words("Den som bär projektet.", "The one that carries it."), clause="planned"),
        Field("with_departments", SetOf(Ref("departments", "departments/kultur")), Words("Tillsammans med", "Together with"), Words("Andra förvaltningar som deltar.", "Other departments that take part."), clause="coordination"),
        Field("external_organiser", Text(sample="Norra bygdegården"), Words("Extern arrangör", "External organiser"), Words("En förening, en församling: då ordnas det utanför förvaltningen.", "An association, a parish: then it is organised outside the administration."), Words("ordnas av kommunen", "organised by the municipality"), clause="external-commitments"),
        Field("responsible", Person(), Words("Ansvarig", "Responsible"), Words("Ur personboken.", "From the people book."), clause="planned"),
        Field("responsible_function", Text(sample="Rektor, Stjerneskolan"), Words("Ansvarigs funktion", "Function of the responsible"), Words("Befattningen i ord.", "The office in words."), clause="planned"),
    ),
)

_WITH_WHOM = Section(
    Words("Med vilka", "With whom"),
    (
        Field("twin_towns", SetOf(Ref("twin-towns", "twin-towns/skjern")), Words("Vänorter", "Twin towns"), Words("De vänorter som projektet görs med.", "The twin towns it is done with."), clause="twin-towns"),
        Field("countries", SetOf(Country()), Words("Länder", "Countries"), Words("Vänorternas länder räknas ändå med.", "The twin towns' countries count anyway."), clause="priority-europe"),
        Field(
            "partners",
            Tables(
                (
                    Field("name", Text(sample="Skjern Idrætsforening"), Words("Namn", "Name"), Words("En organisation, inte en person.", "An organisation, not a person."), required=True),
                    Field("place", Text(sample="Skjern"), Words("Ort", "Place"), Words("Orten där partnern finns.", "The place where the partner is.")),
                    Field("country", Country(), Words("Land", "Country"), Words("Landets namn eller kod.", "The country's name or code.")),
                ),
                Words("partner", "partner"), telling=("name",),
            ),
            Words("Partner", "Partners"),
            Words("Föreningar, skolor och andra där.", "Associations, schools and others there."),
        ),
        Field("established_contact", Text(long=True, sample="skolornas utbyte sedan 1998"), Words("Etablerad kontakt", "Established contact"), Words("I ord: vilken kontakt som tas till vara.", "In words: which contact it builds on."), clause="priority-established"),
    ),
)

_FOR_WHAT = Section(
    Words("För vad och vilka", "For what and whom"),
    (
        Field("goals", SetOf(Goal()), Words("Mål", "Goals"), Words("Policyns mål som projektet tjänar.", "The policy's goals that it serves."), clause="goals"),
        Field("target_groups", SetOf(OneOf(TARGET_GROUPS)), Words("Målgrupper", "Target groups"), Words("De som tillägnar sig kunskaperna.", "Those who gain the knowledge."), clause="target-groups"),
        Field("youth", YesNo(), Words("Ungdomsutbyte", "Youth exchange"), Words("Ert ord; det räknas inte fram.", "Your word; it is never inferred."), clause="priority-youth"),
        Field("youth_ages", Text(sample="15-19"), Words("Åldrar", "Ages"), Words("Som 15-19.", "Such as 15-19."), clause="priority-youth", matters=lambda data: data.get("youth") is True),
        Field("participants", Number(0, 10**6, 24), Words("Antal deltagare", "Number of participants"), Words("Ett antal, aldrig namn.", "A number, never names."), Words("inte känt", "not known"), clause="priority-youth"),
        Field("expected_value", Text(long=True), Words("Väntat mervärde", "Expected value"), Words("Vad det ger, mot vad det kostar.", "What it gives, against what it costs."), clause="added-value"),
        Field("continuation", Text(long=True), Words("Fortsättning", "Continuation"), Words("Hur det går vidare efteråt.", "How it goes on afterwards."), clause="long-term"),
    ),
)

_MONEY = Section(
    Words("Pengar", "Money"),
    (
        Field("cost", Money(), Words("Kostnad", "Cost"), Words("Hela kostnaden, alla källor.", "All of it, from all sources."), clause="investment", weighty=True),
        replace(ORIGINAL, matters=lambda data: "original" in data),
        Field(
            "budget",
            Tables(
                (
                    year(Words("År", "Year")),
                    Field("source", OneOf(SOURCES), Words("Källa", "Source"), Words("Varifrån pengarna kommer.", "Where the money comes from."), required=True),
                    Field("department", Ref("departments", "departments/bun"), Words("Förvaltning", "Department"), Words("Den vars medel det är.", "The one whose money it is."), clause="department-funding", matters=lambda entry: entry.get("source") == "department"),
                    Field("programme", Text(sample="Erasmus+", searched=False), Words("Program", "Programme"), Words("Som finansiären kallar det.", "What the funder calls it."), clause="eu-funding", matters=lambda entry: text(entry, "source") in {"eu", "grant"}),
                    Field("grant_agreement", Text(searched=False), Words("Bidragsavtal", "Grant agreement"), Words("Finansiärens nummer på avtalet.", "The funder's number of the agreement."), matters=lambda entry: text(entry, "source") in {"eu", "grant"}),
                    Field("planned", Money(), Words("Planerat", "Planned"), Words("Vad ni räknar med.", "What you count on."), weighty=True),
                    Field("applied", Money(), Words("Sökt", "Applied"), Words("Vad som är sökt eller begärt.", "What has been applied for."), weighty=True),
                    Field("granted", Money(), Words("Beviljat", "Granted"), Words("Vad som är beslutat.", "What has been decided."), weighty=True),
                    Field("spent", Money(), Words("Utfall", "Spent"), Words("Vad det kostade till slut.", "What it cost in the end."), weighty=True),
                    DECISION,
                    ORIGINAL,
                    Field("note", Text(long=True), Words("Anmärkning", "Note"), Words("Varför beloppet är 0, till exempel.", "Why the amount is 0, say.")),
                ),
                Words("budgetpost", "budget line"), telling=("year", "source"),
            ),
            Words("Budget", "Budget"),
            Words("En post för varje år och källa.", "A line for each year and source."),
            clause="budgeted",
            weighty=True,
        ),
    ),
)

_DECISIONS = Section(
    Words("Beslut", "Decisions"),
    (
        Field(
            "decisions",
            Tables(
                (
                    Field("decision", DecisionText(), Words("Beslut", "Decision"), Words("Som i protokollet: organ, datum och paragraf.", "As in the minutes: body, date and paragraph."), required=True),
                    Field("kind", OneOf(DECISION_KINDS), Words("Gäller", "Concerns"), Words("Mer pengar eller flyttade datum är en ändring.", "More money or moved dates is a change."), absent_words=Words("start", "start")),
                    Field("about", Text(long=True), Words("Om", "About"), Words("Vad som beslutades, i korthet.", "What was decided, in brief.")),
                ),
                Words("beslut", "decision"), telling=("decision",),
            ),
            Words("Beslut", "Decisions"),
            Words("Alla beslut om projektet, även ändringar och avslut.", "Every decision on the project, changes and its end too."),
            clause="political-responsibility",
            weighty=True,
        ),
        Field("decision_expected", Text(sample="BUN 2026-03-10", searched=False), Words("Väntat beslut", "Decision expected"), Words("Vem som väntas besluta, och när.", "Who is expected to decide, and when."), clause="political-responsibility"),
        Field("agenda", Date(), Words("På dagordningen", "On the agenda"), Words("Det kommittémöte som ska ta upp det.", "The committee meeting that is to take it up."), clause="coordination"),
    ),
)

_COMMITMENTS = Section(
    Words("Åtaganden för andra", "Commitments for others"),
    (
        Field("no_commitments", YesNo(), Words("Inga åtaganden", "No commitments"), Words("Ja säger uttryckligen att det inte finns några.", "Yes says outright that there are none."), Words("inte sagt", "not said"), clause="external-commitments", weighty=True),
        Field(
            "commitments",
            Tables(
                (
                    Field("kind", OneOf(COMMITMENT_KINDS), Words("Slag", "Kind"), Words("Finansiera, representera eller bidra på annat sätt.", "Finance, represent or contribute otherwise."), required=True),
                    Field("party", Text(sample="Norra bygdegården"), Words("Mot", "Towards"), Words("En organisation, inte en person.", "An organisation, not a person.")),
                    amount(Words("Belopp", "Amount"), Words("Hela kronor.", "Whole kronor.")),
                    replace(ORIGINAL, matters=lambda entry: "original" in entry),
                    Field("treated", DecisionText(), Words("Behandlat", "Treated"), Words("Beslutet som behandlade åtagandet; före start.", "The decision that dealt with it; before the start."), absent_words=Words("inte behandlat", "not treated"), weighty=True),
                    Field("secured_on", Date(), Words("Säkerställt", "Secured"), Words("Dagen det var säkerställt; före start.", "The day it was secured; before the start."), absent_words=Words("inte säkerställt", "not secured"), weighty=True),
                    Field("secured_how", Text(long=True), Words("Hur det säkerställts", "How it was secured"), Words("Med vilka medel, på vilket sätt.", "With which money, in which way.")),
                ),
                Words("åtagande", "commitment"), telling=("kind", "party"),
            ),
            Words("Åtaganden", "Commitments"),
            Words("Vad kommunen tar på sig för någon utanför förvaltningen.", "What the municipality takes on for someone outside it."),
            clause="external-commitments",
            weighty=True,
        ),
    ),
    matters=_external,
)

_PAPERS = Section(
    Words("Dokument och frister", "Documents and deadlines"),
    (
        Field(
            "documents",
            Tables(
                (
                    Field("title", Text(sample="Reserapport"), Words("Titel", "Title"), Words("Vad dokumentet är.", "What the document is."), required=True),
                    Field("date", Date(), Words("Datum", "Date"), Words("Dagen det gäller.", "The day it is about.")),
                    Field("reference", Text(sample="dnr BUN/2026:17", searched=False), Words("Finns i", "Found at"), Words("Diarienummer eller plats; dokumentet kopieras inte hit.", "Registry number or place; the document is not copied here.")),
                ),
                Words("dokument", "document"), telling=("title",),
            ),
            Words("Dokument", "Documents"),
            Words("Det som dokumenterar projektet, och var det finns.", "What documents the project, and where it is."),
            clause="documented",
        ),
        Field(
            "deadlines",
            Tables(
                (
                    Field("what", Text(sample="Slutrapport"), Words("Vad", "What"), Words("Slutrapport, ansökan, redovisning.", "Final report, application, account."), required=True),
                    Field("date", Date(), Words("Senast", "By"), Words("Sista dagen.", "The last day."), required=True),
                    Field("done", Date(), Words("Klart", "Done"), Words("Dagen det gjordes.", "The day it was done."), absent_words=Words("inte klart", "not done")),
                ),
                Words("frist", "deadline"), telling=("what",),
            ),
            Words("Frister", "Deadlines"),
            Words("Det som ska vara gjort till en viss dag.", "What is to be done by a certain day."),
        ),
    ),
    matters=_past_planning,
)

_EVALUATION = Section(
    Words("Utvärdering", "Evaluation"),
    (
        Field(
            "evaluation",
            Table(
                (
                    Field("due", Date(), Words("Senast", "Due"), Words("När utvärderingen ska vara gjord.", "When the evaluation is to be made.")),
                    Field("date", Date(), Words("Gjord", "Made"), Words("Dagen utvärderingen var klar.", "The day the evaluation was finished."), absent_words=Words("inte gjord", "not made")),
                    Field("results", MapOf(Goal(), OneOf(RESULTS)), Words("Resultat", "Results"), Words("För varje mål: uppnått, delvis, inte.", "For each goal: met, partly, not.")),
                    Field("value_achieved", Text(long=True), Words("Uppnått mervärde", "Value achieved"), Words("Vad det gav, mot vad det kostade.", "What it gave, against what it cost."), clause="added-value"),
                    Field("lessons", Text(long=True), Words("Lärdomar", "Lessons"), Words("Vad nästa projekt bör veta.", "What the next project should know.")),
                    Field("waived", Text(long=True), Words("Avstås", "Waived"), Words("Varför ingen utvärdering görs; tar ett beslut.", "Why none is made; takes a decision.")),
                    DECISION,
                )
            ),
            Words("Utvärdering", "Evaluation"),
            Words("Vad det gav, eller varför den avstås.", "What it gave, or why none is made."),
            absent_words=Words("ingen", "none"),
            clause="evaluated",
        ),
    ),
    matters=_over,
)

_ORIGIN = Section(
    Words("Förfrågan och registrering", "Inquiry and registration"),
    (
        Field("received", Date(), Words("Inkom", "Received"), Words("När en förfrågan kom in.", "When an inquiry arrived."), Words("egen idé", "our own idea")),
        Field("received_from", Text(), Words("Från", "From"), Words("En ort eller en organisation, inte en person.", "A town or an organisation, not a person."), matters=lambda data: "received" in data),
        Field("answer_by", Date(), Words("Svara senast", "Answer by"), Words("Visas i översikten tills den är besvarad.", "Shown on the overview until it is answered."), matters=lambda data: "received" in data, not_before="received"),
        Field("answered", Date(), Words("Besvarad", "Answered"), Words("Dagen svaret skickades.", "The day the answer was sent."), absent_words=Words("inte besvarad", "not answered"), matters=lambda data: "received" in data, not_before="received"),
        Field("registered", Date(), Words("Registrerad", "Registered"), Words("När det lades in; framförhållningen räknas härifrån.", "When it was added; lead time counts from here."), automatic=True, clause="long-term"),
        Field("recorded_afterwards", YesNo(), Words("Infört i efterhand", "Recorded afterwards"), Words("Bara för det som började innan registret öppnades.", "Only for what began before the registry was opened."), Words("nej", "no"), matters=lambda data: "recorded_afterwards" in data),
        Field("source", Text(sample="Excel, rad 14"), Words("Underlag", "Source"), Words("Var uppgifterna kommer ifrån.", "Where the information comes from."), matters=lambda data: data.get("recorded_afterwards") is True),
    ),
    matters=lambda data: text(data, "stage") in {"", "idea"},
)

PROJECT: Final = Kind(
    id="projects",
    one=Words("Projekt", "Project"),
    many=MANY["projects"],
    new=Words("Nytt projekt", "New project"),
    title_key="title",
    columns=("title", "stage", "start", "department", "twin_towns"),
    traits=project_traits,
    sections=(_PLAN, _WITH_WHOM, _FOR_WHAT, _MONEY, _DECISIONS, _COMMITMENTS, _PAPERS, _EVALUATION, _ORIGIN),
)
