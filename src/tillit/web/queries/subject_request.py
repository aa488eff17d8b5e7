"""Everything held about a person at a board: matters, rows and delivered lines, told without what is another's."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from pyarrow import compute
from pyarrow.parquet import read_schema, read_table

from tillit.catalogue import Kind
from tillit.store import pseudonym_of
from tillit.web.models import Block, Board, Case, Matter, SubjectRequest, Upload, User
from tillit.web.queries.access import own_boards
from tillit.web.queries.delivery import UNDERSTOOD
from tillit.web.rules.board_store import store_of
from tillit.web.rules.content import catalogue
from tillit.web.rules.doors import roles_of
from tillit.web.rules.person_data import PERSON_COLUMNS, models_of_boards, other_persons_struck, searched
from tillit.web.rules.protected import MASKED
from tillit.web.rules.viewer import Viewer

OTHER = "annan person"
LOOSE = {"Decision": "Beslut om insats", "PortalGrant": "Konto i portalen"}
"""What rows that belong to no matter are called."""

SEALED = {"whistleblowing"}
"""Zones of which not even this page knows: their own function answers for them."""


@dataclass(frozen=True)
class Item:
    """One thing that is held: what it is, where it stands, and how much; `key` finds it again."""

    key: str
    what: str
    number: str = ""
    state: str = ""
    opened: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    protected: bool = False
    open: bool = False


def subject_boards(viewer: Viewer) -> QuerySet[Board]:
    """The boards at which the viewer answers a person who asks what is held."""
    return own_boards(viewer, roles_of("subject_requests"))


def subject_requests(viewer: Viewer) -> QuerySet[SubjectRequest]:
    """The questions at those boards, the newest first."""
    found = SubjectRequest.objects.filter(board__in=subject_boards(viewer))
    return found.select_related("board", "by", "settled_by").order_by("-at", "-pk")


def held_about(board: Board, code: str, viewer: Viewer) -> list[Item]:
    """Everything that is held about a person at a board; never in a matter that bias shuts the viewer out of."""
    rows: dict[int, dict[str, int]] = {}
    loose: list[Item] = []
    for model in models_of_boards():
        found = _holding(model, code)
        for row in found:
            matter = _matter_of(row)
            if matter is None and model is not SubjectRequest:
                loose.append(Item(f"{model.__name__}:{row.pk}", LOOSE.get(model.__name__, model.__name__)))
            elif matter is not None:
                counted = rows.setdefault(matter, {})
                counted[model.__name__] = counted.get(model.__name__, 0) + 1
    for case in Case.objects.filter(findings__in=list(rows)).distinct().values_list("pk", flat=True):
        rows.setdefault(case, {})
    return [*_matters(board, rows, viewer), *loose, *_delivered(board, code)]


def shut_out_of(request: SubjectRequest, viewer: Viewer) -> bool:
    """Whether bias shuts the viewer out of any matter that was found."""
    matters = [int(one["key"].partition(":")[2]) for one in request.items if one["key"].startswith("matter:")]
    return Block.objects.filter(user=viewer.user, lifted_at=None, matter__in=matters).exists()


def content_of(request: SubjectRequest, keys: set[str]) -> dict[str, Any]:
    """What the chosen items say, with every other person's code struck out, and who worked with it left out."""
    given: dict[str, Any] = {}
    code = request.person_code
    chosen = [one for one in request.items if one["key"] in keys]
    matters = [int(one["key"].partition(":")[2]) for one in chosen if one["key"].startswith("matter:")]
    found = list(Matter.objects.filter(pk__in=matters, protected=False).order_by("pk"))
    matters = [one.pk for one in found]  # who has become protected since is not given
    for matter in found:
        given[matter.number] = {"Matter": [_plain(matter)]}
    for model in models_of_boards():
        for row in _holding(model, code) if model is not Matter else ():
            pk = _matter_of(row)
            if pk in matters:
                number = next(one["number"] for one in chosen if one["key"] == f"matter:{pk}")
                given.setdefault(number, {}).setdefault(model.__name__, []).append(_plain(row))
            elif pk is None and f"{model.__name__}:{row.pk}" in keys:
                given.setdefault(model.__name__, []).append(_plain(row))
    for one in chosen:
        if one["key"].startswith("table:"):
            table = one["key"].partition(":")[2]
            given[table] = list(_lines(request.board, table, code))
    text = json.dumps(given, cls=DjangoJSONEncoder, ensure_ascii=False)
    plain: dict[str, Any] = json.loads(other_persons_struck(text, code, OTHER))
    return plain


def _holding(model: type[models.Model], code: str) -> QuerySet[Any]:
    asked, texts = Q(pk__in=[]), {}
    for name in searched(model):
        if name in PERSON_COLUMNS:
            asked |= Q(**{name: code})
        else:
            texts[f"text_of_{name}"] = Cast(name, TextField())
            asked |= Q(**{f"text_of_{name}__contains": code})
    found: QuerySet[Any] = model._default_manager.alias(**texts).filter(asked).order_by("pk")
    return found


def _matter_of(row: models.Model) -> int | None:
    if isinstance(row, Matter):
        return int(row.pk)
    found = getattr(row, "matter_id", None)
    return int(found) if found else None


def _matters(board: Board, rows: dict[int, dict[str, int]], viewer: Viewer) -> Iterator[Item]:
    blocked = Block.objects.filter(user=viewer.user, lifted_at=None).values("matter")
    found = Matter.objects.filter(pk__in=list(rows), board=board).exclude(zone__in=SEALED).exclude(pk__in=blocked)
    for one in found.order_by("opened_at", "pk"):
        process = catalogue().processes[one.process]
        yield Item(
            f"matter:{one.pk}",
            MASKED if one.protected else process.title,
            number=MASKED if one.protected else one.number,
            state="" if one.protected else process.states[one.state].sv,
            opened="" if one.protected else one.opened_at.date().isoformat(),
            rows={} if one.protected else rows[one.pk],
            protected=one.protected,
            open=one.closed_at is None,
        )


def _delivered(board: Board, code: str) -> Iterator[Item]:
    for name in catalogue().tables:
        count = sum(1 for _ in _lines(board, name, code))
        if count:
            yield Item(f"table:{name}", catalogue().tables[name].title, rows={"rows": count})


def _lines(board: Board, table: str, code: str) -> Iterator[dict[str, Any]]:
    person = pseudonym_of(code)
    columns = {name: one.type for name, one in catalogue().tables[table].columns.items()}
    persons = [name for name, kind in columns.items() if kind is Kind.PERSON]
    taken = Upload.objects.filter(board=board, delivery__status__in=UNDERSTOOD).values_list("sha256", flat=True)
    for file in store_of(board).parquet(table, sorted(set(taken))) if persons else ():
        there = set(read_schema(file).names)
        asked = [compute.field(name) == person for name in persons if name in there]
        if not asked:
            continue
        chosen = asked[0]
        for one in asked[1:]:
            chosen = chosen | one
        for row in read_table(file, columns=[name for name in columns if name in there], filters=chosen).to_pylist():
            # Of the persons in a line the one who asks is told, as a code; the others are not.
            yield {name: _told(name in persons, value, person, code) for name, value in row.items()}


def _told(is_person: bool, value: Any, person: int, code: str) -> Any:
    if not is_person or value is None:
        return value
    return code if value == person else OTHER


def _plain(row: models.Model) -> dict[str, Any]:
    left_out = (models.BinaryField,)
    return {
        one.name: one.value_from_object(row)
        for one in row._meta.concrete_fields
        if not isinstance(one, left_out) and one.related_model is not User
    }


def as_items(found: list[Item]) -> list[dict[str, Any]]:
    """What was found, as the request keeps it."""
    return [asdict(one) for one in found]
