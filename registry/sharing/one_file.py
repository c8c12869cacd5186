"""A file beside the records, of two sides brought together by lines: README.md, .gitattributes, who may sign."""

from __future__ import annotations

from collections.abc import Sequence

from registry.merge.lines import merge_lines
from registry.merge.outcome import WHOLE_RECORD
from registry.sharing.choices import chosen_value
from registry.sharing.identities import Identity
from registry.sharing.one_record import Ask, Common, Content, MakeMeeting, Outcome, mode_of


def join_file(identity: Identity, content: Content, common: Common, ask: Ask, make: MakeMeeting) -> Outcome:
    """What the file comes to. Where its lines cannot be merged, or it is no text, it is one side's or the other's."""
    mode = mode_of(identity)
    if identity.theirs_stands:
        return Outcome(identity, identity.record, content(identity.theirs), None, mode)
    *bases, ours, theirs = map(content, (*identity.bases, identity.ours, identity.theirs))
    if ours == theirs:
        return Outcome(identity, identity.record, ours, None, mode)
    before, mine, other = [_text(raw) for raw in bases], _text(ours), _text(theirs)
    base = before[0] if before else None
    if mine is not None and other is not None and (known := _known(identity.record, before, common)) is not None:
        merged = merge_lines(known, mine, other)
        if merged is not None:
            return Outcome(identity, identity.record, merged.encode("utf-8"), None, mode)
    meeting = make(identity, identity.record, WHOLE_RECORD, (base, _told(ours), _told(theirs)), ())
    choice = ask(meeting)
    if choice is not None and choice.chosen == "edited":
        value = chosen_value(choice, meeting)
        return Outcome(identity, identity.record, None if value is None else str(value).encode("utf-8"), None, mode)
    return Outcome(identity, identity.record, theirs if choice and choice.chosen == "theirs" else ours, None, mode)


def _known(path: str, bases: Sequence[str | None], common: Common) -> str | None:
    """What both sides knew of the file; None where it was not there, or was no text, in each version in common."""
    texts = [base for base in bases if base is not None]
    return common.lines(path, texts) if texts and len(texts) == len(bases) else None


def _text(raw: bytes | None) -> str | None:
    """The file as text; None where there is none, or it is no text."""
    if raw is None or b"\0" in raw:
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _told(raw: bytes | None) -> str | None:
    """What is told of a version in a conflict."""
    return None if raw is None else raw.decode("utf-8", "replace")
