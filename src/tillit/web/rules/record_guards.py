"""The guards of control records, follow-ups and home visits: what must be answered, chosen and agreed to first."""

import hashlib
from datetime import date

from tillit.catalogue import WEIGHT, Process, checklists_of, heaviest
from tillit.web.models import Case, StepTaken
from tillit.web.rules.checklist import points_left, runs_of
from tillit.web.rules.guards import Asked, guard

_DEVIATION = {"none": "ingen avvikelse", "minor": "en mindre avvikelse", "serious": "en allvarlig avvikelse"}


def _process(asked: Asked) -> Process:
    return asked.content.processes[asked.matter.process]


@guard
def lists_are_filled(asked: Asked) -> str | None:
    """Varje checklista som är påbörjad är besvarad, fråga för fråga; ”ej aktuellt” är också ett svar."""
    for one in runs_of(asked.matter):
        if one.left:
            return f"Checklistan {one.run.checklist} har {len(one.left)} frågor kvar. Svara på dem först."
    return None


@guard
def points_of_the_phase_are_answered(asked: Asked) -> str | None:
    """Kontrollpunkterna i den fas som ärendet är i är besvarade (M165, M175)."""
    left = points_left(asked.matter, _process(asked), checklists_of(asked.content, _process(asked)))
    if left:
        return f"Fyll först i kontrollpunkterna i den här fasen: {', '.join(one.title for one in left)}."
    return None


@guard
def deviation_fits_answers(asked: Asked) -> str | None:
    """Avvikelsen är minst så stor som svaren pekar på, eller så står det varför inte."""
    came_to = heaviest(one.deviation for one in runs_of(asked.matter))
    if WEIGHT[asked.field("deviation") or "none"] >= WEIGHT[came_to] or asked.field("deviation_reason"):
        return None
    return f"Svaren i checklistan pekar på {_DEVIATION[came_to]}. Välj den, eller skriv varför det inte är det."


@guard
def in_depth_is_motivated(asked: Asked) -> str | None:
    """En fördjupad kontroll har rättslig grund, proportionalitet och svar på frågorna om barn (M171, M172)."""
    needed = ("legal_basis", "proportionality", "child_best", "child_heard")
    missing = [_process(asked).fields[name].sv for name in needed if not asked.field(name)]
    if asked.field("control_kind") == "deeper" and missing:
        return f"En fördjupad kontroll behöver också svar på: {' '.join(missing)}"
    return None


@guard
def placement_is_explained(asked: Asked) -> str | None:
    """Protokollet ligger där det brukar ligga, som överfakturering i leverantörsakten, eller så står det varför."""
    known = _process(asked).fields["placement"]
    usual = known.follows.gives.get(asked.field(known.follows.field)) if known.follows else None
    if usual in (None, asked.field("placement")) or asked.field("placement_reason"):
        return None
    return f"Det här dokumenteras oftast så här: {known.one_of[usual or '']}. Välj det, eller skriv varför inte."


@guard
def review_is_not_needed(asked: Asked) -> str | None:
    """En andra person behöver inte granska: ingen har bett om det, och protokollet är inte draget (SD12)."""
    if asked.field("review_asked"):
        return "En andra person ska granska protokollet. Välj att skriva under med granskning."
    if asked.field("deviation") == "none" and drawn(
        asked.matter.number, asked.number("casework.second_review_percent")
    ):
        return "Protokollet är draget för granskning av en andra person. Välj att skriva under med granskning."
    return None


def drawn(number: str, percent: int) -> bool:
    """Whether a record is drawn for a second review: by its number, so that nobody chooses and anyone can check.

    >>> drawn("NORR-KP-2026-1", 0), drawn("NORR-KP-2026-1", 100)
    (False, True)
    """
    return int.from_bytes(hashlib.sha256(number.encode()).digest()[:8]) % 100 < percent


@guard
def record_is_signed(asked: Asked) -> str | None:
    """Kontrollen slutar i ett protokoll som är underskrivet (M261)."""
    opened = StepTaken.objects.filter(matter=asked.matter, opened__process="control_record").values("opened")
    records = Case.objects.filter(pk__in=opened)
    if records.filter(closed_at=None).exists():
        return "Skriv först under kontrollprotokollet."
    if not records.filter(state="signed").exists():
        return "En fördjupad kontroll slutar i ett kontrollprotokoll. Skriv det först."
    return None


@guard
def consent_is_informed(asked: Asked) -> str | None:
    """Den som har sagt ja vet vad besöket är till för och att samtycket kan tas tillbaka när som helst."""
    if asked.field("consent_told") is not True:
        return "Berätta först vad besöket är till för, att det är frivilligt och att samtycket kan tas tillbaka."
    if date.fromisoformat(asked.field("consent_on")) > asked.by.day:
        return "Samtycket kan inte ligga i framtiden."
    return None


@guard
def consent_is_given(asked: Asked) -> str | None:
    """Samtycket gavs före besöket: av vem, hur och när (2 kap. 6 § regeringsformen, M174)."""
    if not all(asked.field(name) for name in ("consent_by", "consent_how", "consent_on", "consent_told")):
        return "Det finns inget samtycke. Utan samtycke har inget hembesök gjorts."
    visited = date.fromisoformat(asked.field("visited_on"))
    if date.fromisoformat(asked.field("consent_on")) > visited:
        return "Samtycket måste vara givet före besöket."
    if visited > asked.by.day:
        return "Besöket kan inte ligga i framtiden."
    return None


@guard
def it_is_classified(asked: Asked) -> str | None:
    """Fyndet har ett område, någon det gäller och en trolig orsak (M033)."""
    finding = getattr(asked.matter, "finding", None)
    if finding and not finding.control and not asked.field("area"):
        return "Välj först område, vad det gäller och orsak."
    return None


@guard
def it_has_been_done(asked: Asked) -> str | None:
    """Dagen för kontrollen eller uppföljningen ligger inte i framtiden."""
    if date.fromisoformat(asked.field("done_on")) > asked.by.day:
        return "Dagen ligger i framtiden."
    return None
