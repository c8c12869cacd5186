"""`vanort signing`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from registry.words import _
from tui.cli.answers import say, say_json, styled
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option

if TYPE_CHECKING:
    from registry.git.keys import OwnKey
    from registry.trust.signing import Done, Standing


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "signing",
        run,
        summary,
        text=_(
            "Three questions: which key, whose it is, and whether changes have to be signed from now on. They are asked on "
            "a terminal, where they are not answered by options; with none, and no terminal, it is told how it stands. "
            "The key is an SSH key that you have, in ~/.ssh or in the agent; a private key is never read. "
            "Who may sign is kept in the file allowed_signers, in the history."
        ),
        params=[
            click.Option(
                ["--key"], metavar=_("KEY"), help=_("The key to sign with: its public file, or its fingerprint.")
            ),
            click.Option(
                ["--principal"],
                metavar=_("ADDRESS"),
                help=_("Whose key it is: the address that stands on the changes."),
            ),
            click.Option(
                ["--require/--no-require"], default=None, help=_("Whether changes have to be signed from now on.")
            ),
            click.Option(
                ["--add"], metavar=_("KEY"), help=_("Let somebody else sign: their public key; --principal says whose.")
            ),
            click.Option(
                ["--revoke"], metavar=_("KEY|ADDRESS"), help=_("Let a key, or all of somebody's, sign no longer.")
            ),
            json_option(),
        ],
        examples=[
            ("vanort signing", _("Asks, and sets it up.")),
            ("vanort signing --key ~/.ssh/id_ed25519.pub --require", _("The same, without being asked.")),
            ("vanort signing --add bo.pub --principal bo@example.org", _("Bo may sign too.")),
            ("vanort signing --revoke bo@example.org", _("Bo may sign no longer, from now on.")),
        ],
    )


def run(
    invocation: Invocation,
    *,
    key: str | None,
    principal: str | None,
    require: bool | None,
    add: str | None,
    revoke: str | None,
) -> None:
    """Set it up, let somebody sign or sign no longer, or tell how it stands."""
    from registry.errors import BadInput
    from registry.trust.signing import standing

    store = invocation.store
    if sum(given is not None for given in (key, add, revoke)) > 1:
        raise BadInput(_("Only one of --key, --add and --revoke can be done at a time."), _("Give them one by one."))
    now = standing(store.repo)
    if add is not None:
        _tell(invocation, _add(invocation, add, principal))
    elif revoke is not None:
        from registry.trust.signing import revoke as end

        done, keys = end(store, revoke)
        _tell(invocation, done, [_("%(who)s may sign no longer.") % {"who": each.principals} for each in keys])
    elif key is not None or require is not None or (_can_ask() and not invocation.wants_json):
        _tell(invocation, _set_up(invocation, now, key, principal, require))
    elif principal is not None:
        raise BadInput(_("Whose address it is says nothing without a key."), _("Give --key or --add too."))
    elif invocation.wants_json:
        say_json(now.as_json())
    else:
        _say_standing(now)


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _set_up(
    invocation: Invocation, now: Standing, key: str | None, principal: str | None, require: bool | None
) -> Done:
    """The three questions, those that are not answered yet."""
    from registry.errors import Refused
    from registry.trust.signing import set_up

    asks = _can_ask() and not invocation.wants_json
    if asks:
        _say_standing(now)
        say()
    if require is False and now.required:
        raise Refused(
            _("Changes have to be signed already, and that is not ended here."),
            _("Where it was decided, remove the file allowed_signers, and save that with plain Git, signed."),
        )
    own = _which(invocation, key)
    if principal is None:
        question = _("Whose key is it? The address on your changes")
        principal = _ask(question, now.principal) if asks else now.principal
    if require is None:
        question = _("Do changes have to be signed from now on? yes/no")
        require = asks and not now.required and _ask(question, _("yes")).lower() in _YES
    return set_up(invocation.store, own, principal, require=require)


_YES = frozenset({"yes", "y", "ja", "j"})


def _which(invocation: Invocation, key: str | None) -> OwnKey:
    """The key to sign with: the one named, else the one that Git was told. Raises `BadInput` where nobody can be asked."""
    from registry.errors import BadInput, NotFound
    from registry.git.keys import find_key, keys_to_choose, told_key

    if key is not None:
        return find_key(key)
    keys, asks = keys_to_choose(invocation.store.repo), _can_ask() and not invocation.wants_json
    if not keys:
        raise NotFound(
            _("There is no SSH key in ~/.ssh, and none in the agent."),
            _("Say where yours is: --key FILE.pub; or make one: ssh-keygen -t ed25519"),
        )
    if len(keys) == 1 or (not asks and told_key(invocation.store.repo) is not None):
        return keys[0]
    if not asks:
        raise BadInput(
            _("You have several SSH keys."),
            _("Say which: --key %(key)s") % {"key": keys[0].place or keys[0].key.fingerprint},
        )
    for number, own in enumerate(keys, 1):
        say(f"  {number}  {_named(own)}")
    answer = _ask(_("Which key? Its number"), "1")
    if not answer.isdigit() or not 0 < int(answer) <= len(keys):
        raise BadInput(_("There is no key with that number."), _("Answer with one of those listed."))
    return keys[int(answer) - 1]


def _named(own: OwnKey) -> str:
    from registry.plain_text import line

    return f"{line(own.name)}  {own.key.fingerprint}"


def _ask(question: str, otherwise: str) -> str:
    """What was answered; Enter alone is what goes without saying."""
    return str(click.prompt(question, default=otherwise)).strip()


def _add(invocation: Invocation, text: str, principal: str | None) -> Done:
    from registry.errors import BadInput
    from registry.git.keys import find_key
    from registry.trust.signing import add, key_of

    if principal is None:
        first = text.split(" ", 1)[0]
        if "@" not in first or len(text.split()) < 3:
            raise BadInput(_("Whose key is it?"), _("Say it: --principal bo@example.org"))
        principal = first
    key = key_of(text) if len(text.split()) > 1 else find_key(text).key
    return add(invocation.store, key, principal)


def _tell(invocation: Invocation, done: Done, told: list[str] | None = None) -> None:
    if invocation.wants_json:
        say_json({"commit": done.commit, "to_hand_over": done.to_hand_over})
        return
    for text in told or ():
        say(text)
    if done.to_hand_over:
        say(_("Your changes are signed now, by a key that may not sign here yet. Have somebody who may add it:"))
        say(f"  vanort signing --add '{done.to_hand_over}'")
    elif not told:
        from registry.trust.signing import standing

        _say_standing(standing(invocation.store.repo))


def _say_standing(now: Standing) -> None:
    from registry.plain_text import line

    if now.signs:
        say(_("Changes made here are signed, with %(key)s.") % {"key": line(now.key)})
    else:
        say(_("Changes made here are not signed."))
    if not now.required:
        say(_("Nothing has to be signed: nobody has said who may."))
        return
    say(_("Changes have to be signed. Who may:"))
    for each in now.signers:
        ended = each.ended(now.now)
        text = f"  {line(each.principals)}  {each.key.fingerprint}"
        say(styled(f"{text}  {_('ended')}", "dim") if ended else text)
