"""Making the demo (DESIGN.md section 6, `vanort demo`): the same for the same last day and seed, to the commit id."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from registry.git.bulk import BulkImport, making
from registry.starters.demo import past_events, past_projects, present_projects
from registry.starters.demo.administration import administration
from registry.starters.demo.lifecycles import tales as ordinary_tales
from registry.starters.demo.teller import Teller
from registry.starters.demo.world import NOTE, World
from registry.store import Store


def make_demo(folder: Path, *, until: date | None = None, seed: int = 2004) -> Store:
    """A fictional registry in `folder`, which must be empty or not exist: eight years of history, and its people book.

    The last thing in it happened at the latest on `until`, yesterday unless given. Commits are by the demo's own
    officials; what the user changes afterwards is by the user, or where Git knows nobody, by a made-up coordinator.
    Raises `Refused` and `GitTrouble`, and then leaves the folder as it was.
    """
    from registry.starters.make import beside

    world = World(until or date.today() - timedelta(days=1), seed)
    with making(folder) as repo:
        bulk = BulkImport(repo)
        teller = Teller(bulk, world.officials, random.Random(f"{seed} ids"))  # noqa: S311 - repeatable, no secrets
        tales = [*ordinary_tales(world), *past_projects.tales(world), *present_projects.tales(world)]
        steps = [
            *administration(world, tales, lambda: bulk.tip[:12]),
            *(step for tale in tales for step in tale.steps),
            *past_events.steps(world),
        ]
        teller.tell(steps, world.calendar.until, beside(NOTE))
        bulk.land()
        store = Store(repo)
        store.people.save(store.book, world.book)
        if repo.identity() is None:
            coordinator = world.officials[world.coordinator(world.calendar.until)]
            repo.set_identity(coordinator.name, coordinator.email)
        return store
