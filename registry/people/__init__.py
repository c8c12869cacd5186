"""The people book: personal data kept beside the history, which cannot forget (DESIGN.md section 5)."""

from registry.people.book import BadPerson, Book
from registry.people.person_kind import ERASED, MERGED, PERSON
from registry.people.storage import PeopleStore

__all__ = ["ERASED", "MERGED", "PERSON", "BadPerson", "Book", "PeopleStore"]
