"""Signing set up in three small questions: which key, whose it is, whether everybody has to sign from now on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from registry.errors import BadInput, VanortError
from registry.words import _
from tui.notices import tell
from tui.screens.choose import ChooseScreen
from tui.widgets.dialogs import Ask, Confirm

if TYPE_CHECKING:
    from registry.git.keys import OwnKey
    from tui.screens.main import MainScreen

_ELSEWHERE: Final = "elsewhere"


async def set_up_signing(main: MainScreen) -> None:
    """Ask, and do it. Raises `VanortError` for what cannot be done; Esc at any question means that nothing happens."""
    from registry.git.keys import keys_to_choose
    from registry.trust.signing import set_up, standing

    app, session = main.app, main.session
    repo = session.store.repo
    now = await session.run(lambda: standing(repo))
    own = await _which(main, await session.run(lambda: keys_to_choose(repo)))
    if own is None:
        return
    principal = await app.push_screen_wait(
        Ask(_("Whose key is it? The address on your changes"), value=now.principal, check=_trouble)
    )
    if principal is None:
        return
    require = not now.required and await app.push_screen_wait(
        Confirm(
            _("Do changes have to be signed from now on?"),
            detail=_("By everybody who saves here. Only somebody who may sign can let others sign, or end it."),
            yes=_("yes, all changes"),
            no=_("no, mine are signed all the same"),
        )
    )
    done = await session.run(lambda: set_up(session.store, own, principal, require=require))
    if done.to_hand_over:
        told = _("Your changes are signed now, by a key that may not sign here yet. Have somebody who may add it:")
        tell(main, f"{told}\n{done.to_hand_over}", severity="warning")
    else:
        tell(main, _("Your changes are signed from now on."))


async def _which(main: MainScreen, keys: Sequence[OwnKey]) -> OwnKey | None:
    """One of the keys, or one in a file that is asked for; None for Esc."""
    if not keys:
        question = _("There is no SSH key in ~/.ssh, and none in the agent. Which file is yours in?")
        return await _in_file(main, f"{question}\n{_('To make one: ssh-keygen -t ed25519')}")
    known = {own.key.fingerprint: own for own in keys}
    options = [*((own.key.fingerprint, _named(own)) for own in keys), (_ELSEWHERE, _("one in another file …"))]
    chosen = await main.app.push_screen_wait(ChooseScreen(_("Which key do you sign with?"), options))
    return (
        await _in_file(main, _("Which file is the public key in?")) if chosen == _ELSEWHERE else known.get(chosen or "")
    )


async def _in_file(main: MainScreen, question: str) -> OwnKey | None:
    """Ask for the file of a public key until there is one in it."""
    from registry.git.keys import find_key

    found: list[OwnKey] = []

    async def looking(place: str) -> str:
        try:
            found.append(await main.session.run(lambda: find_key(place)))
        except VanortError as error:
            return str(error)
        return ""

    ask = Ask(question, example="~/.ssh/id_ed25519.pub", attempt=looking)
    return found[-1] if await main.app.push_screen_wait(ask) is not None else None


def _named(own: OwnKey) -> str:
    return f"{own.name}  {own.key.fingerprint}"


def _trouble(text: str) -> str:
    from registry.trust.signers import require_principal

    try:
        require_principal(text)
    except BadInput as error:
        return str(error)
    return ""
