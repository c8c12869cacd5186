"""One object for each thing that the user can do.

A screen, widget or app declares its commands as a table; from it come the key bindings, the footer, the entries of
the command palette and the rows of the help. Adding a command is one entry and one method:

    class Page(HasCommands, Screen[None]):
        COMMAND_TABLE = (
            Command(id="record.edit", keys="e", label=N_("edit"), help=N_("Change this record."), enabled=may_edit),
        )

        def do_edit(self) -> None: ...

A command that cannot be used now stays in sight, dimmed, and says why when it is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from registry.words import _
from tui.keys import name_of, split_keys, trouble_with
from tui.notices import tell_refusal

Verdict = Literal[True] | str
"""True where a command can be used now; otherwise why not, a whole sentence in the user's language."""


def always(_node: Any) -> Verdict:
    """For commands that can be used at any time."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something the user can do, described once."""

    id: str
    """Unique, dotted, stable: ``record.edit``. Users rebind by it, and the method is named after its last part."""
    keys: str
    """Comma-separated, as Textual names them: ``"e"``, ``"f2,e"``, ``"slash"``. "" for a command without a key."""
    label: str
    """One or two words for the footer, lower case, marked with `N_`; translated when shown."""
    help: str = ""
    """One sentence for the help and the palette, marked with `N_`."""
    group: str = ""
    """The heading that it stands under in the help, marked with `N_`."""
    show: bool = True
    """Whether the footer shows it."""
    when_usable: bool = False
    """Whether the footer leaves it out where it cannot be used: there is nothing in sight to use it on."""
    pinned: bool = False
    """Whether the footer keeps it at the right edge."""
    rank: int = 50
    """Where the footer is too narrow, high ranks go first."""
    enabled: Callable[[Any], Verdict] = always
    """Given the node whose table this is in: True, or why not. Asked often; must be quick."""
    writes: bool = False
    """Whether it changes something, and so cannot be used where everything is only to be read: the past, a bare copy."""
    priority: bool = False
    """Whether the keys work before the focused widget sees them, as ctrl+s in a form."""
    key_text: str = ""
    """What the footer shows for the keys, where one name would not do: ``↑↓``."""

    def __post_init__(self) -> None:
        if self.keys and (trouble := trouble_with(self.keys)):
            raise ValueError(f"{self.id}: {trouble}")

    @property
    def method(self) -> str:
        """The method of the node that does it: ``do_next_stage`` for ``project.next-stage``."""
        return "do_" + self.id.rpartition(".")[2].replace("-", "_")

    def verdict(self, node: HasCommands) -> Verdict:
        """Whether it can be used now on `node`, or why not."""
        if self.writes and (why := _read_only(node)):
            return why
        return self.enabled(node)

    def binding(self) -> Binding:
        """The command as Textual binds it."""
        return Binding(self.keys, f"command('{self.id}')", self.label, self.show, priority=self.priority, id=self.id)


def _read_only(node: DOMNode) -> str:
    """Why nothing can be changed on the screen that is in sight; "" where it can."""
    sessions = (getattr(screen, "session", None) for screen in reversed(node.app.screen_stack))
    return next((session.read_only for session in sessions if session is not None), "")


if TYPE_CHECKING:
    _Node = DOMNode
else:  # Textual takes a widget's style sheet from its first DOM base, which must stay the widget
    _Node = object


class HasCommands(_Node):
    """Mixed into a widget, screen or app (named before it) whose `COMMAND_TABLE` says what the user can do there."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = ()
    """In the order of the footer and the help."""

    commands: ClassVar[Mapping[str, Command]] = {}
    """All commands of the class and its bases, by id."""

    def __init_subclass__(cls, **options: Any) -> None:
        inherited = {i: c for base in reversed(cls.__mro__[1:]) for i, c in getattr(base, "commands", {}).items()}
        cls.commands = inherited | {command.id: command for command in cls.__dict__.get("COMMAND_TABLE", ())}
        for command in cls.commands.values():
            if not callable(getattr(cls, command.method, None)):
                raise TypeError(f"{cls.__name__} has the command {command.id} and no method {command.method}")
        if issubclass(cls, DOMNode):
            bound = {i for base in cls.__mro__[1:] if issubclass(base, DOMNode) for i in getattr(base, "commands", {})}
            own = [command for command in cls.commands.values() if command.keys and command.id not in bound]
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *(command.binding() for command in own)]
        super().__init_subclass__(**options)

    async def action_command(self, command_id: str) -> None:
        """Do it, or say why not. This is what the keys are bound to."""
        await self.command(command_id)

    async def command(self, command_id: str) -> bool:
        """Do it if it can be done now, otherwise say why not; tells whether it was done."""
        command = self.commands[command_id]
        verdict = command.verdict(self)
        if verdict is not True:
            tell_refusal(self, verdict)
            return False
        doing = getattr(self, command.method)()
        if isawaitable(doing):
            await doing
        return True


@dataclass(frozen=True, slots=True)
class Offer:
    """A command as it stands now, on the node that would do it."""

    command: Command
    node: HasCommands
    keys: tuple[str, ...]
    """As bound now, the user's own choice included."""

    @property
    def verdict(self) -> Verdict:
        """Whether it can be used now, or why not."""
        return self.command.verdict(self.node)

    @property
    def label(self) -> str:
        """The label in the language spoken now."""
        return _(self.command.label)

    @property
    def help(self) -> str:
        """The sentence in the language spoken now."""
        return _(self.command.help) if self.command.help else ""

    @property
    def group(self) -> str:
        """The heading in the language spoken now."""
        return _(self.command.group) if self.command.group else ""

    @property
    def key_text(self) -> str:
        """The key to show: the first one, or what the command says it is called."""
        if self.command.key_text and self.keys == split_keys(self.command.keys):
            return self.command.key_text
        return name_of(self.keys[0]) if self.keys else ""

    async def take(self) -> bool:
        """Do it, or say why not."""
        return await self.node.command(self.command.id)


def offers(screen: Screen[Any]) -> list[Offer]:
    """What the user can do on `screen`: commands of the focused widget first, then outwards to the app.

    Also those whose letters a focused text field would take as typing; a modal screen hides the app's.
    """
    start: DOMNode = screen.focused or screen
    found: dict[str, Offer] = {}
    for node in [*start.ancestors_with_self, screen.app]:
        if isinstance(node, HasCommands):
            rebound: Mapping[str, str] = getattr(screen.app, "rebound_keys", {})
            for command in node.commands.values():
                keys = split_keys(rebound.get(command.id, command.keys))
                found.setdefault(command.id, Offer(command, node, keys))
        if isinstance(node, Screen) and node.is_modal:
            break
    return list(found.values())


def offers_in_footer(screen: Screen[Any]) -> list[Offer]:
    """Of `offers`, those that the footer shows, with the keys that reach them now: while somebody types, no letters."""
    live = {(id(node), binding.id, name_of(binding.key)) for node, binding, *_rest in screen.active_bindings.values()}
    reached = (
        replace(
            offer, keys=tuple(key for key in offer.keys if (id(offer.node), offer.command.id, name_of(key)) in live)
        )
        for offer in offers(screen)
        if offer.command.show
        and not (offer.command.when_usable and offer.verdict is not True)
        and not (offer.command.writes and _read_only(offer.node))
    )
    return [offer for offer in reached if offer.keys]


def tables(*classes: type[HasCommands]) -> Iterator[Command]:
    """All commands of `classes`, each once."""
    seen: set[str] = set()
    for owner in classes:
        for command in owner.commands.values():
            if command.id not in seen:
                seen.add(command.id)
                yield command
