"""Who is at work, logged in, and which pages they open."""

import random
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from tillit.web.models import Case, Finding, Matter, User
from tillit.web.queries.matter import readable
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import Viewer, viewer_of

AT_WORK = {"R05": 6, "R02": 5, "R04": 6, "R01": 2, "R26": 1}
"""Twenty people at work at once, by the role that brings them here."""

FEW = 25


def main() -> list[dict[str, Any]]:
    """Everyone at work, with a cookie and addresses by the kind of page; the largest boards first."""
    found = []
    for role, number in AT_WORK.items():
        holders = User.objects.filter(grants__role=role, is_active=True).order_by("grants__board", "pk").distinct()
        everyone = list(holders) or list(User.objects.all()[:1])
        found += [_person(everyone[k % min(len(everyone), 8)], k) for k in range(number)]
    return found


def _person(user: User, seed: int) -> dict[str, Any]:
    client = Client()
    client.force_login(user)
    viewer = viewer_of(user, datetime.now(UTC))
    with within(viewer.boards()):
        pages = _pages(viewer, random.Random(seed))
    return {"cookie": client.cookies["sessionid"].value, "user": user.pk, "pages": pages, **_writes(viewer)}


def _pages(viewer: Viewer, draw: random.Random) -> dict[str, list[str]]:
    roles = viewer.roles()
    findings, cases = _some(Finding, viewer, draw), _some(Case, viewer, draw)
    pages = {
        "my work": ["/"],
        "finding": [f"/fynd/{one.number}/" for one in findings],
        "case": [f"/arenden/{one.number}/" for one in cases],
        "list of cases": ["/arenden/", "/arenden/?state=all", "/arenden/?process=investigation"],
        "list of providers": ["/anordnare/", "/anordnare/?page=2", "/anordnare/?text=AB"],
        "provider": [f"/anordnare/{one.provider_number}/" for one in findings if one.provider_number],
        "search": [f"/sok/?{urlencode({'text': text})}" for one in findings for text in _words(one)],
    }
    if roles & {"R05", "R02"}:
        pages["list of findings"] = ["/fynd/", "/fynd/?page=2", "/fynd/?state=all", "/fynd/?page=9"]
        pages["findings of a filter"] = [f"/fynd/?{urlencode(one)}" for row in findings for one in _filters(row)]
        pages["findings in groups"] = ["/fynd/?group=provider", "/fynd/?group=control"]
    if roles & {"R26", "R02"}:
        pages["log"] = [f"/logg/?{urlencode(one)}" for row in findings or [None] for one in _asked(row)]
    return {kind: addresses for kind, addresses in pages.items() if addresses}


def _some(model: type[Any], viewer: Viewer, draw: random.Random) -> list[Any]:
    found = list(readable(model, viewer).filter(closed_at=None).order_by("pk")[: FEW * 8])
    return draw.sample(found, min(FEW, len(found)))


def _words(one: Finding) -> list[str]:
    return [word for word in (one.number, one.provider_number, one.client_code, one.title.split()[0]) if word]


def _filters(one: Finding) -> list[dict[str, Any]]:
    control, provider = {"control": one.control}, {"provider": one.provider_number}
    return [control, provider, control | provider, {"severity": 4}, {"certainty": "sure"}, {"kronor": 10000}]


def _asked(one: Finding | None) -> list[dict[str, Any]]:
    why = {"purpose": "granskning"}
    day = datetime.now(UTC).date().isoformat()
    someone = User.objects.order_by("pk")[3].username
    asked = [{"person": someone} | why, {"first": "2026-01-01", "last": day} | why, {"kind": "change"} | why]
    return asked + ([{"matter": one.number} | why] if one else [])


def _writes(viewer: Viewer) -> dict[str, Any]:
    """A matter that each may write notes in."""
    with within(viewer.boards()):
        one = readable(Matter, viewer).filter(closed_at=None).order_by("pk").first()
        return {"matter": one.number if one else ""}
