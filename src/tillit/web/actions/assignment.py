"""Who works on a matter: given and taken back by those the process names, or taken in an emergency and reported."""

from datetime import datetime, timedelta

from django.db.models import Q

from tillit.units import add_working_days, local_date
from tillit.web.actions import log
from tillit.web.actions.notice import tell
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, one_press
from tillit.web.models import Assignment, Block, Entry, Matter, Review, User
from tillit.web.queries.matter import assigned_now, can_be_asked_for, visible
from tillit.web.rules.audiences import managers
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole
from tillit.web.rules.viewer import Viewer, viewer_of


def assign(
    matter: Matter,
    to: User,
    *,
    by: Viewer,
    now: datetime,
    why: str = "",
    until: datetime | None = None,
    responsible: bool = True,
    special: bool = False,
) -> Assignment:
    """Gives a matter to someone to work on, perhaps until a time.

    Takes: `special` opens a matter of someone with protected personal data to that person.
    Raises: NotForYouError, NotYourStepError, HeldBackError where the person has no role for it, has it already, or
    is shut out because of bias.
    """
    with one_press("assign", by=by, now=now, matter=matter):
        _may_assign(matter, by)
        _can_have_it(matter, to, now)
        given: Assignment = Assignment.objects.create(
            matter=matter,
            user=to,
            responsible=responsible,
            valid_from=now,
            valid_to=until,
            given_by=by.user,
            why=why[:300],
            special=special,
        )
        log.write("change", "assign", by=by.user, at=now, matter=matter, details={"to": to.pk, "special": special})
        tell(["assigned"], matter, "assigned", at=now, but=by.user)
        return given


def release(matter: Matter, of: User, *, by: Viewer, now: datetime) -> None:
    """Takes a matter back from someone. One may also lay down what is one's own."""
    with one_press("release", by=by, now=now, matter=matter):
        if of.pk == by.user.pk:
            _sees(matter, by)
        else:
            _may_assign(matter, by)
        if not assigned_now(now).filter(matter=matter, user=of).update(valid_to=now):
            raise HeldBackError("Personen har inte ärendet", where=matter.number)
        log.write("change", "release", by=by.user, at=now, matter=matter, details={"of": of.pk})
        tell(["managers"], matter, "released", at=now, but=by.user)


def reassign(matter: Matter, to: User, *, by: Viewer, now: datetime, why: str = "") -> Assignment:
    """Gives a matter to someone in the place of all who have it now."""
    with one_press("reassign", by=by, now=now, matter=matter):
        _may_assign(matter, by)
        assigned_now(now).filter(matter=matter).exclude(user=to).update(valid_to=now)
        held = assigned_now(now).filter(matter=matter, user=to).first()
        return held or assign(matter, to, by=by, now=now, why=why)


def take_in_emergency(number: str, *, by: Viewer, now: datetime, why: str, until: datetime) -> Assignment:
    """Access that nobody had the time to give: with a reason, for a time, and for the manager to look at (IS2).

    Only what the person's role could have been assigned, and never someone's with protected personal data.
    Changes: the manager is told at once, and has it to review by the next working day.
    Raises: NotForYouError, HeldBackError where the reason is empty or the time too long.
    """
    with one_press("emergency access", by=by, now=now, number=number):
        matter = can_be_asked_for(by, number).first()
        if matter is None:
            raise NotForYouError("Det finns inget sådant ärende för dig")
        hours = whole("casework.emergency_hours", local_date(now))
        if not why.strip():
            raise HeldBackError("Skriv varför du behöver se ärendet nu", where=number)
        if not now < until <= now + timedelta(hours=hours):
            raise HeldBackError(
                f"Tillfällig åtkomst gäller högst {hours} timmar", where=number, fix="välj en tidigare tid"
            )
        taken: Assignment = Assignment.objects.create(
            matter=matter,
            user=by.user,
            responsible=False,
            valid_from=now,
            valid_to=until,
            given_by=by.user,
            why=why[:300],
            emergency=True,
        )
        entry = log.write("read", "emergency access", by=by.user, at=now, matter=matter, purpose=why)
        _report(entry, matter, by=by, now=now)
        return taken


def _report(entry: Entry, matter: Matter, *, by: Viewer, now: datetime) -> None:
    due = add_working_days(local_date(now), 1)
    for manager in managers(matter, now).exclude(pk=by.user.pk):
        Review.objects.create(entry=entry, reviewer=manager, why="emergency", asked_at=now, due_on=due)
    tell(["managers"], matter, "emergency", at=now, but=by.user)


def _sees(matter: Matter, by: Viewer) -> None:
    if not visible(Matter, by).filter(pk=matter.pk).exists():
        raise NotForYouError("Det finns inget sådant ärende för dig")


def _may_assign(matter: Matter, by: Viewer) -> None:
    _sees(matter, by)
    roles = catalogue().processes[matter.process].assigned_by
    if not by.has(roles, board=matter.board_id, unit=matter.unit_id):
        raise NotYourStepError("Din roll fördelar inte ärenden", where=matter.number, fix="be en chef")


def _can_have_it(matter: Matter, to: User, now: datetime) -> None:
    readers = catalogue().processes[matter.process].readers
    roles = [reader.role for reader in readers if not reader.only_status and reader.reach != "own"]
    if not viewer_of(to, now).has(roles, board=matter.board_id, unit=matter.unit_id):
        raise HeldBackError(f"{to.name} har ingen roll som arbetar med det här", where=matter.number)
    if Block.objects.filter(matter=matter, user=to, lifted_at=None).exists():
        raise HeldBackError(f"{to.name} kan inte få ärendet", where=matter.number, fix="välj någon annan")
    if Assignment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=now), matter=matter, user=to).exists():
        raise HeldBackError(f"{to.name} har redan ärendet", where=matter.number)
