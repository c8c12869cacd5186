"""Which countries are Europe: the policy does not say, so the registry's policy names a list, and it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from registry.records.values import Data, table, text, texts
from registry.words import Words, _

COUNCIL_OF_EUROPE: Final = frozenset(
    [
        "AD",
        "AL",
        "AM",
        "AT",
        "AZ",
        "BA",
        "BE",
        "BG",
        "CH",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GB",
        "GE",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MC",
        "MD",
        "ME",
        "MK",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "RS",
        "SE",
        "SI",
        "SK",
        "SM",
        "TR",
        "UA",
    ]
)
"""The member states of the Council of Europe, by ISO 3166-1 code."""
AS_OF: Final = date(2022, 3, 16)
"""Since when the list is as it is: that day the Russian Federation ceased to be a member."""
SOURCE: Final = "Council of Europe, 46 Member States (coe.int); Resolution CM/Res(2022)2 of the Committee of Ministers"
"""Where the list comes from."""
LIST_ID: Final = "council-of-europe"
HOME: Final = "SE"
"""A Swedish partner makes no cooperation European."""
_LISTED: Final = Words(
    "Europarådets 46 medlemmar sedan den 16 mars 2022", "the 46 members of the Council of Europe since 16 March 2022"
)


@dataclass(frozen=True, slots=True)
class Europe:
    """The countries that count as Europe here."""

    countries: frozenset[str]
    listed: bool
    """Whether the Council of Europe's list was used."""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    @classmethod
    def of(cls, policy: Data) -> Europe:
        """As `policy.europe` says: its list, and what that includes and excludes. No list, no Europe."""
        said = table(policy, "europe")
        listed = text(said, "list") == LIST_ID
        include, exclude = texts(said, "include"), texts(said, "exclude")
        countries = (COUNCIL_OF_EUROPE if listed else frozenset()) | frozenset(include)
        return cls(countries - frozenset(exclude), listed, tuple(include), tuple(exclude))

    def __contains__(self, country: object) -> bool:
        return country in self.countries

    @property
    def in_words(self) -> str:
        """The list that was used, with what was added and left out, for people to read."""
        base = str(_LISTED) if self.listed else _("no list")
        if self.include and self.exclude:
            return _("%(list)s, with %(more)s and without %(less)s") % {
                "list": base,
                "more": ", ".join(self.include),
                "less": ", ".join(self.exclude),
            }
        if self.include:
            return _("%(list)s, with %(more)s") % {"list": base, "more": ", ".join(self.include)}
        if self.exclude:
            return _("%(list)s, without %(less)s") % {"list": base, "less": ", ".join(self.exclude)}
        return base
