"""`departments/*.toml`: the förvaltningar, their boards, exchange officers, budgets and what they watch."""

from __future__ import annotations

from typing import Final

from registry.records.common_fields import DECISION, FRAME_STATE, FROM, FUNCTION, ORIGINAL, PERSON, UNTIL, amount, year
from registry.records.fields import Field, Kind, Section
from registry.records.headings import MANY
from registry.records.registry_kind import SHORT
from registry.records.types import MAILBOX, Date, OneOf, Tables, Text, YesNo, choices
from registry.words import Words

OPPORTUNITY_STATUS: Final = choices(
    watching=("bevakas", "watching"),
    applied=("sökt", "applied"),
    granted=("beviljat", "granted"),
    declined=("avslag", "declined"),
    dropped=("släppt", "dropped"),
)

DEPARTMENT: Final = Kind(
    id="departments",
    one=Words("Förvaltning", "Department"),
    many=MANY["departments"],
    new=Words("Ny förvaltning", "New department"),
    title_key="name",
    columns=("name", "board_short", "ambition", "officers"),
    sections=(
        Section(
            Words("Förvaltningen", "The department"),
            (
                Field("name", Text(sample="Barn- och utbildningsförvaltningen", searched=False), Words("Namn", "Name"), Words("Hela namnet.", "The full name."), required=True),
                Field("board", Text(sample="Barn- och utbildningsnämnden"), Words("Nämnd", "Board"), Words("De förtroendevalda som beslutar.", "The politicians who decide."), clause="board-duty"),
                Field("board_short", SHORT, Words("Nämndens förkortning", "The board's abbreviation"), Words("Som beslut skriver den.", "As decisions write it.")),
                Field("ambition", YesNo(), Words("Ambition", "Ambition"), Words("Vill ha internationella kontakter; då behövs en utbytesansvarig.", "Wants international contacts, which takes an exchange officer."), clause="exchange-officer"),
                Field("active_until", Date(), Words("Upphörde", "Ended"), Words("Sista dagen, när förvaltningen inte finns kvar.", "The last day, when the department is gone."), Words("finns", "exists"), matters=lambda data: "active_until" in data),
                Field("mailbox", MAILBOX, Words("Funktionsbrevlåda", "Mailbox"), Words("Kontorets adress, inte en persons.", "The office's address, not a person's.")),
            ),
        ),
        Section(
            Words("Utbytesansvariga", "Exchange officers"),
            (
                Field(
                    "officers",
                    Tables((PERSON, FUNCTION, FROM, UNTIL, DECISION), Words("utbytesansvarig", "exchange officer"), telling=("function",)),
                    Words("Utbytesansvariga", "Exchange officers"),
                    Words("En i taget; den som slutat står kvar med sista dag.", "One at a time; who has left remains, with the last day."),
                    Words("vakant", "vacant"),
                    clause="exchange-officer",
                ),
            ),
        ),
        Section(
            Words("Pengar", "Money"),
            (
                Field(
                    "budget",
                    Tables((year(Words("År", "Year")), amount(Words("Budgetram", "Frame"), Words("Hela kronor.", "Whole kronor.")), FRAME_STATE, DECISION, ORIGINAL), Words("ram", "frame"), telling=("year",)),
                    Words("Avsatt för internationellt arbete", "Set aside for international work"),
                    Words("Förvaltningens egen ram, år för år.", "The department's own frame, year by year."),
                    clause="set-aside",
                    weighty=True,
                ),
            ),
        ),
        Section(
            Words("Möjligheter som bevakas", "Opportunities watched"),
            (
                Field(
                    "opportunities",
                    Tables(
                        (
                            Field("title", Text(sample="CERV Town Twinning"), Words("Vad", "What"), Words("Utlysningen eller möjligheten.", "The call or the opportunity."), required=True),
                            Field("programme", Text(sample="CERV", searched=False), Words("Program", "Programme"), Words("Som finansiären kallar det.", "What the funder calls it.")),
                            Field("deadline", Date(), Words("Sista ansökningsdag", "Deadline"), Words("Visas i översikten och i kalendern.", "Shown on the overview and in the calendar.")),
                            Field("status", OneOf(OPPORTUNITY_STATUS), Words("Läge", "State"), Words("Avslag är finansiärens, släppt är nämndens eget val.", "Declined is the funder's, dropped the board's own choice.")),
                            Field("reviewed", Date(), Words("Sedd över", "Reviewed"), Words("När nämnden senast såg på den.", "When the board last looked at it.")),
                        ),
                        Words("möjlighet", "opportunity"), telling=("title",),
                    ),
                    Words("Möjligheter", "Opportunities"),
                    Words("Utlysningar och inbjudningar som nämnden bevakar.", "Calls and invitations that the board is watching."),
                    clause="watch-opportunities",
                ),
            ),
        ),
    ),
)
