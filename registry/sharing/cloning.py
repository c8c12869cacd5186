"""A copy of one's own of a shared registry (`vanort clone`)."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from registry.git import marks, remotes, shared_last
from registry.git.addresses import require_no_password
from registry.git.copying import check_out, copying
from registry.git.network import NetworkTrouble, Progress, Wire
from registry.git.repository import absolute
from registry.git.run import Git
from registry.sharing.arriving import require_welcome
from registry.sharing.people import share_people
from registry.store import Store


def clone(
    url: str,
    folder: Path,
    *,
    progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
    ask: bool = False,
) -> Store:
    """The registry at `url`, in `folder`, which must be empty or not there; whole, or nothing is left behind.

    The people book comes along where the server gives it: what is in its way is told when the registry is shared.
    Raises `BadInput` for an address that may not be used, `NetworkTrouble`, `NotFound`, `Refused` for what is no
    registry or cannot be taken in.
    """
    folder = absolute(folder)
    address = remotes.resolved(Git(Path.home()), url)
    require_no_password(address)
    wire = Wire(progress, cancel, ask)
    with copying(address, folder, wire) as (repo, remote):
        head = repo.head()
        assert head is not None  # noqa: S101 - a copy has a branch
        require_welcome(repo, None, head)
        check_out(repo)
    store = Store.open(folder)
    shared_last.keep(store.repo, datetime.now().astimezone())
    marks.keep(store.repo, marks.tips(store.repo))
    with contextlib.suppress(NetworkTrouble):  # called off: there is a registry all the same
        share_people(store, remote, wire)
    return store
