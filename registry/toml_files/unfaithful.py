"""The defect that the check after every edit guards against."""

from __future__ import annotations


class Unfaithful(AssertionError):
    """A text that was made does not read back as the values it was made from: a defect of ours, never the user's."""
