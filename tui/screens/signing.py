"""Signing set up in three small questions: which key, whose it is, whether everybody has to sign from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.errors import BadInput
from registry.words import _
from tui.notices import tell
from tui.screens.choose import ChooseScreen
from tui.widgets.dialogs import Ask, Confirm

if TYPE_CHECKING:
    from registry.git.keys import OwnKey
    from tui.screens.main import MainScreen


async def set_up_signing(main: MainScreen) -> None:
    """Ask, and do it. Raises `VanortError` for what cannot be done; Esc at any question means that nothing happens."""
    from registry.git.keys import own_keys
    from registry.trust.signing import set_up, standing

    app, session = main.app, main.session
    repo = session.store.repo
    now = await session.run(lambda: standing(repo))
    keys = await session.run(own_keys)
    if not keys:
        tell(main, _("You have no SSH key.") + " " + _("Make one: ssh-keygen -t ed25519"), severity="warning")
        return
    chosen = await app.push_screen_wait(
        ChooseScreen(_("Which key do you sign with?"), [(own.key.fingerprint, _named(own)) for own in keys])
    )
    own = next((own for own in keys if own.key.fingerprint == chosen), None)
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


def _named(own: OwnKey) -> str:
    return f"{own.name}  {own.key.fingerprint}"


def _trouble(text: str) -> str:
    from registry.trust.signers import require_principal

    try:
        require_principal(text)
    except BadInput as error:
        return str(error)
    return ""
