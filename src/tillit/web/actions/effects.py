"""What a step does besides moving the matter: each effect that a process file may name, as a function."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from tillit.catalogue import Effect
from tillit.errors import BrokenError
from tillit.units import local_date
from tillit.web.actions import log
from tillit.web.actions.refusal import HeldBackError
from tillit.web.models import Assignment, Block, Deviation, Hearing, Matter, Note, Provider, User
from tillit.web.rules.content import catalogue


class TakeAsSystem(Protocol):
    """How an effect moves another matter, as the process file of that one gives it to the system."""

    def __call__(self, matter: Matter, name: str, *, now: datetime) -> object:
        """Takes the step, in the transaction of the effect."""


def no_other_matter(matter: Matter, name: str, *, now: datetime) -> object:
    """What is opened moves no other matter: nothing has been decided yet."""
    raise BrokenError(f"an opening cannot take '{name}' on {matter.number}")


@dataclass(frozen=True)
class Taken:
    """A step that is being taken: the matter as it still is, where it is going, with what, by whom and with whom."""

    matter: Matter
    to: str
    given: Mapping[str, Any]
    by: User | None
    second: User | None
    now: datetime
    day: date
    system: TakeAsSystem = no_other_matter

    @property
    def person(self) -> User:
        """The one who takes it, where only a person can."""
        assert self.by is not None, "the system takes no step with this effect"
        return self.by


EFFECTS: dict[Effect, Callable[[Taken], None]] = {}


def effect(name: Effect) -> Callable[[Callable[[Taken], None]], Callable[[Taken], None]]:
    """Makes a function the effect of a name."""

    def known(does: Callable[[Taken], None]) -> Callable[[Taken], None]:
        assert name not in EFFECTS, f"there is another effect called {name}"
        EFFECTS[name] = does
        return does

    return known


@effect("send_hearing")
def send_hearing(taken: Taken) -> None:
    """Parten får materialet och en tid att yttra sig."""
    Hearing.objects.create(
        matter=taken.matter,
        sent_at=taken.now,
        sent_by=taken.person,
        party=taken.given["heard_party"],
        channel=taken.given["hearing_channel"],
        answer_by=date.fromisoformat(taken.given["answer_by"]),
    )


@effect("record_answer")
def record_answer(taken: Taken) -> None:
    """Partens svar har kommit."""
    _settle(taken, answered_on=date.fromisoformat(taken.given["answered_on"]))


@effect("record_silence")
def record_silence(taken: Taken) -> None:
    """Tiden gick ut utan svar."""
    _settle(taken, silent_on=taken.day)


@effect("except_hearing")
def except_hearing(taken: Taken) -> None:
    """Ett undantag i 25 § förvaltningslagen, godkänt av en andra person, för just den här bedömningen."""
    Hearing.objects.create(
        matter=taken.matter,
        sent_by=taken.person,
        exception=taken.given["hearing_exception"],
        approved_by=taken.second,
        only_for=taken.to,
        settled_at=taken.now,
    )


@effect("lift_block")
def lift_block(taken: Taken) -> None:
    """Det var inte jäv: spärren hävs."""
    blocks = Block.objects.filter(declared_in=taken.matter.pk, lifted_at=None)
    for block in blocks.select_related("matter", "user"):
        log.write(
            "change", "block lifted", by=taken.by, at=taken.now, matter=block.matter, details={"of": block.user_id}
        )
    blocks.update(lifted_at=taken.now)


@effect("replace")
def replace(taken: Taken) -> None:
    """Ärendet får en ny handläggare; i ärendet står att det skedde, och skälet stannar i jävsärendet."""
    for block in (
        Block.objects.filter(declared_in=taken.matter.pk).exclude(matter=taken.matter).select_related("matter")
    ):
        Assignment.objects.filter(matter=block.matter_id, user=block.user_id, valid_to=None).update(valid_to=taken.now)
        Note.objects.create(
            matter=block.matter,
            kind="note",
            at=taken.now,
            by=taken.person,
            text="Handläggaren har bytts på grund av jäv.",
        )


@effect("show_to_boards")
def show_to_boards(taken: Taken) -> None:
    """Nämnder som anlitar anordnaren ser att avvikelsen finns och hur den står; stämde den inte tas den bort (M254)."""
    provider = Provider.objects.filter(number=taken.matter.provider_number, is_person=False).first()
    if provider is None:  # a sole trader is a person: what is known of one stays at the board
        return
    known = Deviation.objects.filter(number=taken.matter.number)
    if taken.to == "no_deviation":
        known.delete()
        return
    fields = {**taken.matter.fields, **taken.given}
    final = catalogue().processes[taken.matter.process].states[taken.to].final
    told = {name: fields.get(name, "") for name in ("area", "kind", "answer", "correction")}
    told |= {"state": taken.to, "remedy_by": fields.get("remedy_by"), "ended_on": taken.day if final else None}
    if not known.exists() and taken.to == "reported":
        return  # nobody has yet said that it is a deviation
    first = {"provider": provider, "board": taken.matter.board, "since": taken.day}
    Deviation.objects.update_or_create(number=taken.matter.number, defaults=told, create_defaults=told | first)


def _settle(taken: Taken, **how: date) -> None:
    sent = Hearing.objects.filter(matter=taken.matter, settled_at=None, sent_at__isnull=False).order_by("-pk").first()
    if sent is None:
        raise HeldBackError("Parten har inte fått något brev att svara på", where=taken.matter.number)
    if "answered_on" in how and sent.sent_at and how["answered_on"] < local_date(sent.sent_at):
        raise HeldBackError("Svaret kan inte ha kommit innan brevet skickades", where=taken.matter.number)
    Hearing.objects.filter(pk=sent.pk).update(settled_at=taken.now, **how)
