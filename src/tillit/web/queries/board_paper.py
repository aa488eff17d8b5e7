"""A paper to the board: its text with the result in words, its annex, who has approved it and where it was sent."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from tillit.catalogue import Document
from tillit.letters import Block, Bullets, Filled, Head, Heading, Paragraph, Table, fill
from tillit.letters.value import day
from tillit.units import Period, local_date
from tillit.web.models import Annex, Case, Matter, StepTaken
from tillit.web.queries.completeness import coverage
from tillit.web.queries.matter import readable
from tillit.web.queries.statistic import figures
from tillit.web.queries.statistic_file import blocks
from tillit.web.queries.statistic_words import Told, Words, told
from tillit.web.rules.board_paper import approvals_of
from tillit.web.rules.content import catalogue
from tillit.web.rules.deadline import whole
from tillit.web.rules.viewer import Viewer

PROCESS = "board_paper"
_KINDS: dict[str, type[Block]] = {one.__name__: one for one in (Heading, Paragraph, Bullets, Table)}
_NUMBERS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_ONE = {"provider": "en anordnare", "service_company": "ett servicebolag", "coordinator": "en assistanssamordnare"}


@dataclass(frozen=True)
class Sent:
    """To whom the decision was sent, by whom and when."""

    recipient: str
    on: date
    by: str


@dataclass(frozen=True)
class Paper:
    """A paper as its page shows it."""

    filled: Filled
    result: str
    approvals: list[dict[str, str]]
    annex: Annex | None
    sent: list[Sent]

    @property
    def figures(self) -> list[Told]:
        """The figures of the annex."""
        return list(self.annex.figures["figures"]) if self.annex else []


def counted_for_paper(viewer: Viewer, period: Period) -> dict[str, Any]:
    """The figures of a paper as they are kept with it, and what was not reported when they were counted."""
    words = Words()
    shown = [told(one, words) for one in figures(viewer, period) if one.statistic.in_board_paper]
    left = [(one.board.name, one.missing) for one in coverage(viewer, period) if one.missing]
    return {"figures": shown, "missing": left, "limit": whole("casework.small_cell", viewer.day)}


def paper(matter: Matter) -> Paper:
    """The paper of a matter that the viewer already reads; as it was decided on, once it was."""
    annex = Annex.objects.filter(matter=matter).first()
    document = catalogue().documents[PROCESS]
    said = result(annex.figures, annex.first, annex.last) if annex else ""
    filled = _thawed(document, annex.paper) if annex and annex.paper else _filled(document, matter, annex, said)
    return Paper(filled, said, approvals(matter), annex, _sent(matter))


def frozen(found: Paper) -> dict[str, Any]:
    """A paper as it is kept when the board has decided on it."""
    head = asdict(found.filled.head)
    kept = [{"kind": type(one).__name__, **asdict(one)} for one in found.filled.blocks]
    return {"head": head | {"day": found.filled.head.day.isoformat()}, "blocks": kept}


def result(counted: Mapping[str, Any], first: date, last: date) -> str:
    """The result of a period in words, from the figures that are kept and nothing else.

    It names the board that reported and the kind of provider, and nothing more of anyone (M006).
    """
    known = {one["statistic"]: one for one in counted["figures"]}
    begins = f"Från och med {day(first)} till och med {day(last)}"
    parts = [_reports(known.get("st1_ivo_reports"), f"{begins} har", "till IVO", "")]
    of_whom = " som gäller ett företag eller en förening"
    parts.append(_reports(known.get("st2_police_reports"), "Under perioden har", "till polisen", of_whom))
    parts.append(_of_persons(known.get("st2_persons"), counted["limit"]))
    return " ".join(filter(None, parts))


def _reports(one: Told | None, begins: str, to: str, of_whom: str) -> str:
    if one is None:
        return ""
    number = one["total"]
    if number == 0:
        return f"{begins} inga anmälningar {to}{of_whom} gjorts."
    noun = "anmälan" if number == 1 else "anmälningar"
    by, about = _shown(one, "board"), _keys(one, "target")
    if number == 1:
        whom = next((_ONE.get(key, key) for key, count in about.items() if count), "")
        return f"{begins} en anmälan {to}{of_whom} gjorts. Anmälan gäller {whom} och har gjorts av {by[0][0]}."
    kinds = ", ".join(f"{name.lower()} {count}" for name, count in _shown(one, "target"))
    boards = ", ".join(f"{name} {count}" for name, count in by)
    return f"{begins} {_number(number)} {noun} {to}{of_whom} gjorts. De gäller: {kinds}. De har gjorts av: {boards}."


def _of_persons(one: Told | None, limit: int) -> str:
    if one is None:
        return ""
    if one["total"] is None:
        return f"Anmälningarna som gäller enskilda eller företrädare är färre än {_number(limit)}."
    if one["total"] == 0:
        return "Inga anmälningar som gäller enskilda eller företrädare har gjorts."
    return f"{_number(one['total']).capitalize()} anmälningar som gäller enskilda eller företrädare har gjorts."


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _keys(one: Told, cut: str) -> dict[str, int]:
    return next((dict(table["keys"]) for table in one["tables"] if table["cut"] == cut), {})


def _shown(one: Told, cut: str) -> list[tuple[str, str]]:
    rows: list[list[str]] = next((table["rows"] for table in one["tables"] if table["cut"] == cut), [])
    return [(row[0], row[1]) for row in rows if row[1] != "0"]


def _filled(document: Document, matter: Matter, annex: Annex | None, said: str) -> Filled:
    values = {name: matter.fields.get(field.source[1]) for name, field in document.fields.items()
              if field.source[0] == "field"}  # fmt: skip
    values |= {"result": said, "approvals": approvals(matter)}
    if annex:
        values["bases"] = _bases(annex)
        values["missing"] = _missing(annex)
    filled = fill(document, values, head=_head(document, matter, annex))
    appended = [Heading("Bilaga: siffrorna och vad de betyder", 1), *blocks(annex.figures["figures"])] if annex else []
    return Filled(document, filled.head, [*filled.blocks, *appended], filled.missing, filled.word)


def _head(document: Document, matter: Matter, annex: Annex | None) -> Head:
    # The day is that of the last approval, or of the count: never that of the printing.
    approved = approvals_of(matter.pk).last()
    at = approved.at if approved else annex.counted_at if annex else matter.opened_at
    return Head(
        board=matter.board.name,
        number=matter.number,
        title=document.title,
        code=document.code,
        day=local_date(at),
        registry_number=matter.fields.get("registry_number", ""),
        handler=annex.by.name if annex else "",
        recipient=matter.board.name,
    )


def _bases(annex: Annex) -> str:
    known = [one for one in annex.figures["figures"] if one["statistic"] in ("st1_ivo_reports", "st2_police_reports")]
    return "; ".join(dict.fromkeys(name for one in known for name, _count in _shown(one, "legal_basis")))


def _missing(annex: Annex) -> str:
    left = [f"{board} ({number})" for board, number in annex.figures["missing"]]
    return f"Ännu inte rapporterat till samordnaren, och inte med i siffrorna: {', '.join(left)}." if left else ""


def approvals(matter: Matter) -> list[dict[str, str]]:
    """Who has approved a matter, in what role and on which day: the approvals that stand, the first one first."""
    process, roles = catalogue().processes[matter.process], catalogue().roles
    return [
        {
            "name": one.by.name if one.by else "",
            "role": roles[process.steps[one.step].who[0]].sv,
            "day": day(local_date(one.at)),
        }
        for one in approvals_of(matter.pk)
    ]


def _sent(matter: Matter) -> list[Sent]:
    choices = catalogue().processes[PROCESS].fields["recipient"].one_of
    taken = StepTaken.objects.filter(matter=matter, step="dispatch").select_related("by").order_by("pk")
    return [
        Sent(choices[one.given["recipient"]], date.fromisoformat(one.given["sent_on"]), one.by.name if one.by else "")
        for one in taken
    ]


def _thawed(document: Document, kept: Mapping[str, Any]) -> Filled:
    head = Head(**{**kept["head"], "day": date.fromisoformat(kept["head"]["day"])})
    return Filled(document, head, [_block(one) for one in kept["blocks"]], [])


def _block(kept: Mapping[str, Any]) -> Block:
    given = {name: _tuples(value) for name, value in kept.items() if name != "kind"}
    return _KINDS[kept["kind"]](**given)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value


def papers(viewer: Viewer) -> list[Case]:
    """The papers that a viewer may read, the latest first."""
    return list(readable(Case, viewer).filter(process=PROCESS).select_related("board").order_by("-opened_at")[:20])
