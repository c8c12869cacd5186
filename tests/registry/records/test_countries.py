"""Countries by code or by name, in both languages."""

from __future__ import annotations

import pytest

from registry.errors import BadInput
from registry.records.countries import COUNTRIES, country_name, parse_country
from registry.words import speaking


def test_every_name_finds_its_own_code() -> None:
    for code, name in COUNTRIES.items():
        assert parse_country(code.lower()) == code
        assert parse_country(name.sv) == parse_country(f" {name.en.upper()} ") == code
        assert not set(",;\n") & set(name.sv + name.en)


def test_a_country_is_named_in_the_language_spoken() -> None:
    with speaking("sv"):
        assert country_name("DK") == "Danmark"
    with speaking("en"):
        assert country_name("DK") == "Denmark"
    assert country_name("ZZ") == "ZZ"


@pytest.mark.parametrize("text", ["", "D", "DNK", "Skåne"])
def test_what_is_no_country(text: str) -> None:
    with pytest.raises(BadInput, match="Danmark"):
        parse_country(text)
