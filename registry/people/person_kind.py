"""A person, each field described once: the form, `people show` and the spreadsheets are made from it."""

from __future__ import annotations

from typing import Final

from registry.records.fields import Field, Kind, Section
from registry.records.headings import MANY
from registry.records.types import MAILBOX, Date, Pattern, Text
from registry.records.types import Person as PersonId
from registry.words import Words

TELEPHONE: Final = Pattern(
    r"\+?[0-9(][0-9 ()/\u2010\u2011\u2013-]{3,24}(?: ?(?:ankn|anknytning|ext)\.? ?[0-9]{1,6})?",
    "0560-123 45",
    Words("är inget telefonnummer", "is not a telephone number"),
)

PERSON: Final = Kind(
    id="people",
    one=Words("Person", "Person"),
    many=MANY["people"],
    new=Words("Ny person", "New person"),
    title_key="name",
    columns=("name", "title", "organisation", "email", "telephone"),
    sections=(
        Section(
            Words("Personen", "The person"),
            (
                Field("name", Text(sample="Maja Exempel", searched=False), Words("Namn", "Name"), Words("För- och efternamn. Det stannar i personboken; i registret står ett id.", "First name and surname. It stays in the people book; the registry holds an id."), required=True),
                Field("title", Text(sample="Rektor", searched=False), Words("Titel", "Title"), Words("Det personen är i dag. Befattningen i ett uppdrag står i registret, bredvid id:t.", "What the person is today. The office of an assignment stands in the registry, beside the id.")),
                Field("organisation", Text(sample="Stjerneskolan", searched=False), Words("Organisation", "Organisation")),
                Field("email", MAILBOX, Words("E-post", "E-mail")),
                Field("telephone", TELEPHONE, Words("Telefon", "Telephone")),
            ),
        ),
        Section(
            Words("Hur länge uppgifterna får finnas", "How long this may be kept"),
            (
                Field("retain_until", Date(), Words("Behålls till och med", "Kept until"), Words("Sista dagen; sedan ska uppgifterna tas bort.", "The last day; after it the data is to go."), Words("ingen gräns satt", "no limit set")),
                Field("retention_basis", Text(sample="avtal", searched=False), Words("Grund", "Basis"), Words("Varför uppgifterna behövs: uppdrag, avtal, samtycke.", "Why the data is needed: office, agreement, consent."), Words("ingen grund angiven", "no basis stated")),
            ),
        ),
    ),
)
"""Keys as in DESIGN.md section 5."""

ERASED: Final = Kind(
    id="erased",
    one=Words("Raderad person", "Erased person"),
    many=Words("Raderade personer", "Erased people"),
    new=Words("Ny person", "New person"),
    title_key="decision",
    sections=(
        Section(
            Words("Raderingen", "The erasure"),
            (
                Field("erased", Date(), Words("Raderad", "Erased"), required=True, automatic=True),
                Field("decision", Text(sample="KS 2026-11-20 § 9", searched=False), Words("Beslut", "Decision"), automatic=True),
                Field("basis", Text(sample="gallringsbeslut", searched=False), Words("Grund", "Basis"), Words("Med “gallr”, “arkiv” eller dokument-/informationshanteringsplan i orden är personen gallrad, annars raderad.", "A basis that names archives or disposal makes it a disposal, any other an erasure."), automatic=True),
            ),
        ),
    ),
)
"""What is left of an entry that was erased, and nothing else."""

INTO: Final = "merged_into"
MERGED: Final = Kind(
    id="merged",
    one=Words("Sammanslagen person", "Merged person"),
    many=Words("Sammanslagna personer", "Merged people"),
    new=Words("Ny person", "New person"),
    title_key=INTO,
    sections=(
        Section(
            Words("Sammanslagningen", "The merge"),
            (Field(INTO, PersonId(), Words("Samma person som", "The same person as"), required=True, automatic=True),),
        ),
    ),
)
"""What is left of an entry that turned out to be somebody's second one: versions of the past still hold its id."""
