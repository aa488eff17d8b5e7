"""Calculates a claim, keeps what is decided about it, and records what is paid; each is done by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from tillit.catalogue import ContentError
from tillit.recovery import instalments, last_day, rate_in
from tillit.units import format_money, local_date
from tillit.web.actions import log
from tillit.web.actions.effects import Taken, effect
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError, SomeoneWasFasterError, one_press
from tillit.web.models import Claim, ClaimMonth, ClaimVersion, Instalment, Matter, Repayment, StepTaken
from tillit.web.queries.matter import readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import due_on, whole
from tillit.web.rules.fields import WrongValueError
from tillit.web.rules.recovery import claim_of, lines_of, standing
from tillit.web.rules.repayment import RECORDED_IN
from tillit.web.rules.viewer import Viewer

RATE = "assistance.hourly_rate"
"""The rate that minutes are counted with, month by month."""

COUNTED_IN = ("received", "calculated", "answered")
"""The states in which the calculation may still be changed: before it is decided."""


@dataclass(frozen=True)
class MonthGiven:
    """A month as it is filled in: öre, or minutes; and the day when it was paid."""

    month: date
    paid_on: date
    paid: int
    right: int


def set_months(case: Matter, months: Sequence[MonthGiven], *, by: Viewer, now: datetime, version: int) -> Claim:
    """Replaces the months of a claim, and counts what it comes to and the last day to claim it.

    Takes: öre or minutes as the claim is counted; the version of the matter that the person saw.
    Raises: NotForYouError, NotYourStepError, HeldBackError, SomeoneWasFasterError; WrongValueError, also where no rate
    is known for a month.
    """
    with one_press("calculate claim", by=by, now=now, matter=case):
        matter, claim = _claim(case, by, ("R01", "R04"), COUNTED_IN)
        if len({one.month for one in months}) != len(months):
            raise WrongValueError("Samma månad står två gånger", fix="ta bort den ena")
        if any(one.paid < 0 or one.right < 0 or one.paid_on > by.day for one in months):
            raise WrongValueError("En månad har ett belopp under noll eller en dag som inte har varit")
        ClaimMonth.objects.filter(matter=matter.pk).delete()
        ClaimMonth.objects.bulk_create(_month(matter, claim, one) for one in months)
        found = lines_of(claim)
        limitation = whole(catalogue().grounds[claim.ground].limitation, by.day)
        claim.calculated_ore = sum(line.difference for line in found)
        claim.limitation_on = last_day((one.paid_on for one in months if one.paid > one.right), limitation)
        claim.calculated_by = by.user
        claim.save(update_fields=["calculated_ore", "limitation_on", "calculated_by"])
        told = "\n".join(
            f"{line.month:%Y-%m}: utbetalt {format_money(line.paid)}, rätt {format_money(line.right)}, "
            f"skillnad {format_money(line.difference)}"
            for line in found
        )
        day = claim.limitation_on.isoformat() if claim.limitation_on else None
        fields = {**matter.fields, "calculation": told, "claim_total": claim.calculated_ore, "limitation_on": day}
        _still(matter, version, fields)
        details = {"months": len(months), "ore": claim.calculated_ore}
        log.write("change", "calculate claim", by=by.user, at=now, matter=matter, details=details)
        return claim


def record_repayment(
    case: Matter, *, by: Viewer, now: datetime, paid_on: date, ore: int, kind: str = "payment", source: str = ""
) -> Repayment:
    """Records money that has come back, or (kind correction) takes back a record that was wrong.

    Raises: NotForYouError, NotYourStepError, HeldBackError, WrongValueError.
    """
    with one_press("record repayment", by=by, now=now, matter=case):
        matter, claim = _claim(case, by, ("R01", "R04", "R06"), RECORDED_IN)
        now_left = standing(claim, by.day)
        if kind not in {"payment", "set_off", "correction"} or paid_on > by.day or not ore:
            raise WrongValueError("Betalningen har inget belopp, eller en dag som inte har varit")
        if (ore < 0) != (kind == "correction") or ore > now_left.left or -ore > now_left.paid:
            raise WrongValueError("Beloppet är mer än det som är kvar, eller mer än det som är betalt")
        made: Repayment = Repayment.objects.create(
            matter=claim.matter, paid_on=paid_on, ore=ore, kind=kind, source=source, by=by.user, at=now
        )
        details = {"ore": ore, "repayment": made.pk}
        log.write("change", "record repayment", by=by.user, at=now, matter=matter, details=details)
        return made


def _claim(case: Matter, by: Viewer, roles: Sequence[str], states: Sequence[str]) -> tuple[Matter, Claim]:
    matter = readable(Matter, by).filter(pk=case.pk).first()
    claim = claim_of(matter) if matter else None
    if matter is None:
        raise NotForYouError("Det finns inget sådant ärende för dig")
    if not by.has(roles, board=matter.board_id, unit=matter.unit_id):
        raise NotYourStepError("Din roll kan inte göra det här", where=matter.number)
    if claim is None or matter.state not in states:
        raise HeldBackError("Det kan inte göras i det läge som ärendet är i", where=matter.number)
    return matter, claim


def _month(matter: Matter, claim: Claim, one: MonthGiven) -> ClaimMonth:
    made = ClaimMonth(matter_id=matter.pk, month=one.month.replace(day=1), paid_on=one.paid_on)
    if claim.basis == "hours":
        made.paid_minutes, made.right_minutes = one.paid, one.right
        try:
            made.rate_ore = int(rate_in(catalogue().parameters[RATE], made.month))
        except ContentError as error:  # never guessed: someone adds the rate with its source
            raise WrongValueError(f"Timbeloppet för {made.month:%Y-%m} är inte känt", fix="räkna i kronor") from error
    else:
        made.paid_ore, made.right_ore = one.paid, one.right
    return made


def _still(matter: Matter, version: int, fields: Mapping[str, Any]) -> None:
    process = catalogue().processes[matter.process]
    due = due_on(
        process,
        matter.state,
        entered=local_date(matter.state_since),
        opened=local_date(matter.opened_at),
        urgent=matter.urgent,
        fields=fields,
    )
    same = Matter.objects.filter(pk=matter.pk, version=version, state=matter.state)
    if same.update(version=F("version") + 1, fields=fields, due_on=due) != 1:
        raise SomeoneWasFasterError("Någon annan ändrade ärendet nyss", where=matter.number, fix="läs sidan igen")


@effect("record_claim")
def record_claim(taken: Taken) -> None:
    """Grunden och den som ska betala är angivna; beräkningen görs om ifall sättet att räkna byts."""
    given = taken.given
    claim, made = Claim.objects.update_or_create(
        matter_id=taken.matter.pk,
        defaults={
            "ground": given["ground"],
            "debtor": given["debtor"],
            "granted_on": date.fromisoformat(given["granted_on"]),
            "basis": given["basis"],
        },
    )
    counted = ClaimMonth.objects.filter(matter=taken.matter.pk)
    other = counted.filter(rate_ore__isnull=given["basis"] == "hours")
    if not made and other.exists():
        counted.delete()
        Claim.objects.filter(pk=claim.pk).update(calculated_ore=0, limitation_on=None)


@effect("record_decision")
def record_decision(taken: Taken) -> None:
    """Beloppet är beslutat, efter jämkning. Över beloppsgränsen beslutar den som inte har utrett (SD3)."""
    claim = Claim.objects.get(matter=taken.matter.pk)
    reduced = int(taken.given.get("reduction") or 0)
    acted = StepTaken.objects.filter(matter=taken.matter.pk).values_list("by", flat=True)
    if taken.second is None or taken.second.pk in {*acted, claim.calculated_by_id}:
        raise HeldBackError(
            "Den som beslutar om återkravet får inte själv ha utrett eller räknat", where=taken.matter.number
        )
    decided = claim.calculated_ore - reduced
    _version(taken, "decision", decided, taken.day)
    Claim.objects.filter(pk=claim.pk).update(reduced_ore=reduced, decided_ore=decided, decided_on=taken.day)
    taken.matter.fields = {**taken.matter.fields, "decided_amount": decided}


@effect("record_judgment")
def record_judgment(taken: Taken) -> None:
    """Domstolens belopp gäller, en plan som fanns görs om, och det som är för mycket betalt ska tillbaka."""
    _judged(taken, "judgment", int(taken.given["judged_amount"]))


@effect("record_annulment")
def record_annulment(taken: Taken) -> None:
    """Inget krävs längre, och allt som är betalt ska tillbaka."""
    _judged(taken, "annulment", 0)


def _judged(taken: Taken, kind: str, ore: int) -> None:
    claim, on = Claim.objects.get(matter=taken.matter.pk), date.fromisoformat(taken.given["judged_on"])
    too_much = standing(claim, taken.day).paid - ore
    Claim.objects.filter(pk=claim.pk).update(decided_ore=ore)
    Instalment.objects.filter(matter=taken.matter.pk).delete()
    _version(taken, kind, ore, on)
    fields = {"decided_amount": ore}
    if too_much > 0:  # from that day it is the payer's: what is received is never more than what is decided
        made = {"paid_on": on, "ore": -too_much, "kind": "owed_back", "by": taken.by, "at": taken.now}
        Repayment.objects.create(matter=claim.matter, **made)
        fields["owed_back"] = too_much
    taken.matter.fields = {**taken.matter.fields, **fields}


def _version(taken: Taken, kind: str, ore: int, on: date) -> None:
    made = {"decided_ore": ore, "decided_on": on, "by": taken.by, "at": taken.now}
    ClaimVersion.objects.create(matter_id=taken.matter.pk, kind=kind, **made)


@effect("clear_payment_hold")
def clear_payment_hold(taken: Taken) -> None:
    """Det förra beslutet att hålla inne gäller inte längre, varken dess skäl eller dess dag."""
    cleared = dict.fromkeys(("review_on", "hold_reason", "hearing_exception"))
    taken.matter.fields = {**taken.matter.fields, **cleared}


@effect("record_plan")
def record_plan(taken: Taken) -> None:
    """En betalningsplan för det som är kvar; en äldre plan gäller inte längre."""
    claim = Claim.objects.get(matter=taken.matter.pk)
    left = standing(claim, taken.day).left
    plan = instalments(left, int(taken.given["monthly"]), date.fromisoformat(taken.given["first_due"]))
    Instalment.objects.filter(matter=taken.matter.pk).delete()
    Instalment.objects.bulk_create(
        Instalment(matter_id=taken.matter.pk, due_on=one.due_on, ore=one.ore) for one in plan
    )


@effect("record_waiver")
def record_waiver(taken: Taken) -> None:
    """En del av skulden, eller hela, är eftergiven."""
    Claim.objects.filter(matter=taken.matter.pk).update(waived_ore=F("waived_ore") + int(taken.given["waived"]))


@effect("record_write_off")
def record_write_off(taken: Taken) -> None:
    """Det som var kvar är avskrivet."""
    claim = Claim.objects.get(matter=taken.matter.pk)
    left = max(0, standing(claim, taken.day).left)
    Claim.objects.filter(pk=claim.pk).update(written_off_ore=F("written_off_ore") + left)
