"""`registry.toml`: the municipality, who decides there, who coordinates, its central money and committee."""

from __future__ import annotations

from typing import Final

from registry.records.common_fields import DECISION, FRAME_STATE, FROM, FUNCTION, ORIGINAL, PERSON, UNTIL, amount, year
from registry.records.fields import Field, Kind, Section
from registry.records.headings import MANY
from registry.records.types import COMMIT, MAILBOX, Date, Number, OneOf, Pattern, Tables, Text, choices
from registry.words import Words

SHORT: Final = Pattern(
    r"[^\W\d_][\w&/.-]{0,19}",
    "BUN",
    Words("är ingen förkortning (bokstäver, inga mellanslag)", "is not an abbreviation (letters, no spaces)"),
)

PERSON_ID: Final = Pattern(r"p-[a-z2-9]{6}", "p-7k2m9x", Words("är inget person-id", "is not a person id"))
"""An id that is on record, and refers to nobody."""

REGISTRY: Final = Kind(
    id="registry",
    one=Words("Registret", "The registry"),
    many=MANY["registry"],
    new=Words("Nytt register", "New registry"),
    title_key="municipality",
    sections=(
        Section(
            Words("Kommunen", "The municipality"),
            (
                Field("format", Number(1, 10**6, 1), Words("Format", "Format"), Words("Registerformatets version.", "The version of the registry's format."), required=True, automatic=True),
                Field("municipality", Text(sample="Exempelby kommun", searched=False), Words("Kommun", "Municipality"), Words("Som den skriver sitt namn.", "As it writes its name."), required=True),
                Field(
                    "language",
                    OneOf(choices(sv=("svenska", "Swedish"), en=("engelska", "English"))),
                    Words("Språk", "Language"),
                    Words("Språket i historiken och i rapporter.", "The language of the history and of reports."),
                    Words("svenska", "Swedish"),
                ),
                Field("opened", Date(), Words("Öppnat", "Opened"), Words("Det som började tidigare är infört i efterhand.", "What began earlier is recorded afterwards."), automatic=True),
                Field("fictional", OneOf(choices(demo=("påhittat exempel", "fictional example"))), Words("Exempel", "Example"), Words("Registret är ett påhittat exempel; ingenting i det har hänt.", "The registry is a fictional example; nothing in it has happened."), Words("nej", "no"), automatic=True),
            ),
        ),
        Section(
            Words("Vilka som beslutar", "Who decides"),
            (
                Field(
                    "bodies",
                    Tables(
                        (
                            Field("short", SHORT, Words("Förkortning", "Abbreviation"), Words("Som i protokollen.", "As in the minutes."), required=True),
                            Field("name", Text(sample="Kommunstyrelsen", searched=False), Words("Namn", "Name"), Words("Hela namnet.", "The full name."), required=True),
                        ),
                        Words("organ", "body"), telling=("short",),
                    ),
                    Words("Beslutande organ", "Bodies that decide"),
                    Words("Förkortningarna som beslut får använda. KF och KS finns alltid.", "The abbreviations that decisions may use. KF and KS always exist."),
                    clause="political-responsibility",
                ),
            ),
        ),
        Section(
            Words("Ansvarig för internationella kontakter", "In charge of international contacts"),
            (
                Field(
                    "coordinators",
                    Tables(
                        (
                            PERSON,
                            FUNCTION,
                            Field("mailbox", MAILBOX, Words("Funktionsbrevlåda", "Mailbox"), Words("Kontorets adress, inte personens.", "The office's address, not the person's.")),
                            FROM,
                            UNTIL,
                            DECISION,
                        ),
                        Words("ansvarig", "person in charge"), telling=("function",),
                    ),
                    Words("Ansvariga", "In charge"),
                    Words("Utses av kommunstyrelsen; en i taget.", "Appointed by the Executive Committee; one at a time."),
                    clause="coordinator",
                ),
            ),
        ),
        Section(
            Words("Centrala medel", "Central money"),
            (
                Field(
                    "central_funds",
                    Tables(
                        (year(Words("År", "Year")), amount(Words("Budgetram", "Frame"), Words("Hela kronor.", "Whole kronor.")), FRAME_STATE, DECISION, ORIGINAL),
                        Words("ram", "frame"), telling=("year",),
                    ),
                    Words("Centrala medel", "Central money"),
                    Words("Avsatt centralt för internationella kontakter, år för år.", "Set aside centrally for international contacts, year by year."),
                    clause="central-funds",
                    weighty=True,
                ),
            ),
        ),
        Section(
            Words("Samordningskommittén och årsredovisning", "The coordination committee and annual reports"),
            (
                Field(
                    "meetings",
                    Tables(
                        (
                            Field("date", Date(), Words("Datum", "Date"), Words("Dagen det gäller.", "The day it is about."), required=True),
                            Field("minutes", Text(sample="dnr KS/2026:80", searched=False), Words("Protokoll", "Minutes"), Words("Var protokollet finns.", "Where the minutes are.")),
                        ),
                        Words("möte", "meeting"), telling=("date",),
                    ),
                    Words("Kommittémöten", "Committee meetings"),
                    Words("När kommittén träffas, och var protokollen finns.", "When the committee meets, and where the minutes are."),
                    clause="coordination-committee",
                ),
                Field(
                    "annual_reports",
                    Tables(
                        (year(Words("År", "Year")), DECISION, Field("commit", COMMIT, Words("Gjord ur", "Made from"), Words("Den version av registret som rapporten gjordes ur.", "The version of the registry that the report was made from."))),
                        Words("årsrapport", "annual report"), telling=("year",),
                    ),
                    Words("Årsrapporter", "Annual reports"),
                    Words("När kommunstyrelsen behandlade året.", "When the Executive Committee dealt with the year."),
                    clause="political-responsibility",
                ),
            ),
        ),
        Section(
            Words("Personuppgifter", "Personal data"),
            (
                Field(
                    "erasures",
                    Tables(
                        (
                            Field("person", PERSON_ID, Words("Person", "Person"), Words("Id:t; mer än det finns inte kvar.", "The id; no more than that is left."), required=True),
                            Field("date", Date(), Words("Datum", "Date"), Words("Dagen då uppgifterna togs bort.", "The day on which the data was removed."), required=True),
                            Field("decision", DECISION.type, Words("Beslut", "Decision"), Words("Som i protokollet: organ, datum och paragraf.", "As in the minutes: body, date and paragraph."), required=True),
                            Field("basis", Text(sample="gallringsbeslut"), Words("Grund", "Basis"), Words("Varför de togs bort, utan personuppgifter.", "Why it was removed, without personal data.")),
                        ),
                        Words("radering", "erasure"), telling=("person",),
                    ),
                    Words("Raderingar", "Erasures"),
                    Words("Vilkas uppgifter som har tagits bort ur personboken, när och på vilken grund.", "Whose data has been removed from the people book, when and on what ground."),
                    automatic=True,
                ),
                Field(
                    "not_personal",
                    Tables(
                        (
                            Field("text", Text(sample="0560-160 00", searched=False), Words("Text", "Text"), Words("Till bokstaven som den står.", "To the letter as it stands."), required=True),
                            Field("why", Text(sample="Växelns nummer."), Words("Varför", "Why"), Words("Varför den inte är någons personuppgift.", "Why it is nobody's personal data."), required=True),
                        ),
                        Words("text", "text"), telling=("text",),
                    ),
                    Words("Falska larm", "False alarms"),
                    Words("Texter som ser ut som personuppgifter och inte är det; de frågas det inte om igen.", "Texts that look like personal data and are not; they are not asked about again."),
                    automatic=True,
                ),
            ),
        ),
    ),
)
