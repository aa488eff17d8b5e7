"""Search: by number, title, provider or code, among what the viewer may read and nothing else."""

from django.db.models import Q

from tillit.web.models import Matter, Provider, Series
from tillit.web.queries.matter import readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer

MOST = 50
"""Hits that are shown; who gets more writes more of what is looked for."""

CONTROLS, PROVIDERS = 6, 3


def search(viewer: Viewer, text: str, *, most: int = MOST) -> list[Matter]:
    """The matters that a text leads to, the newest first; one more than `most` where there are more.

    A text without a digit is looked for in titles: of what people have opened, and of controls, which stand for the
    titles of what they have found. One with a digit is a number, a code or the beginning of an organisation number.
    What concerns protected persons is found only by those who have a special assignment to it, so that a hit
    tells nobody else that it is there.
    """
    wanted = text.strip()
    if len(wanted) < 2:
        return []
    found = {one.pk: one for part in _parts(wanted) for one in _newest(viewer, part, most)}
    return sorted(found.values(), key=lambda one: (one.opened_at, one.pk), reverse=True)[: most + 1]


def _newest(viewer: Viewer, part: Q, most: int) -> list[Matter]:
    return list(readable(Matter, viewer).filter(part).order_by("-opened_at", "-pk")[: most + 1])


def _parts(wanted: str) -> list[Q]:
    # One question for each way to find something: asked as one, no index would answer it.
    code, digits = wanted.upper(), wanted.replace("-", "")
    if not any(sign.isdigit() for sign in wanted):
        return [Q(control="", title__icontains=wanted), *(Q(control=control) for control in _controls(wanted))]
    providers = Provider.objects.filter(number__startswith=digits).exclude(number=digits).order_by("number")
    return [
        Q(number__in=_numbers(code)),
        Q(finding__client_code=code),
        Q(finding__worker_code=code),
        *(Q(provider_number=one) for one in [digits, *providers.values_list("number", flat=True)[:PROVIDERS]]),
        *(Q(control=control) for control in _controls(wanted)),
    ]


def _numbers(wanted: str) -> set[str]:
    """The numbers that someone may mean who leaves out the board, the kind or the year: 17 is NORR-F-2026-17 too."""
    before, _line, last = wanted.rpartition("-")
    if not last.isdecimal():
        return {wanted}
    series = Series.objects.filter(last__gte=min(int(last), 2**62)).select_related("board")
    names = [f"{one.board.slug.upper()}-{one.letters}-{one.year}" for one in series]
    return {wanted} | {f"{name}-{int(last)}" for name in names if name.endswith(before)}


def _controls(wanted: str) -> list[str]:
    text = wanted.casefold()
    named = [code for code, one in catalogue().controls.items() if text in f"{code} {one.title}".casefold()]
    return sorted(named)[:CONTROLS]
