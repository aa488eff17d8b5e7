"""Three hundred people of the portal who sign at the same moment: nothing is lost, and nothing is signed twice.

They come through as many threads as the server has (`tillit serve`: two processes of four); the others stand in its
queue, as at a real door. SQLite lets one write at a time and keeps no queue: on a machine that has too much to do, one
who has waited twenty seconds is told to try again. Nothing is written then, and the same press is made again.
"""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection

from tests.web.people import NOW, settle
from tests.web.reports import PROVIDER, make_report, part
from tests.web.test_two_at_once import at_once
from tillit.store import code
from tillit.web.actions.start import lay_gates
from tillit.web.actions.time_report import approve, hand_in, sign
from tillit.web.models import Board, Entry, Grant, HandIn, PortalGrant, TimeReport, User, WorkerReport
from tillit.web.queries.log import faults
from tillit.web.rules.portal import outsider_of
from tillit.web.rules.scope import within_all

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, AGAIN = 8, 5


def bound(name, role, **to):
    user = User.objects.create(username=name, name=name, external=True)
    board = Board.objects.get(slug="norr")
    grant = Grant.objects.create(user=user, role=role, board=board, valid_from="2025-01-01")
    PortalGrant.objects.create(grant=grant, board=board, called=name, **to)
    return outsider_of(user, NOW)


def month_of(many, workers):
    """Reports with so many assistants each, none signed; every assistant and client with an account of their own."""
    parts, signers, clients = [], {}, {}
    for number in range(1, many + 1):
        client = code(number)
        report = make_report(now=NOW, number=f"NORR-T-2026-{number}", client=client, state="draft")
        clients[report.number] = bound(f"c{number}", "R31", client_code=client, represents="client")
        for worker in range(workers):
            mine = code(1_000_000 + number * 1000 + worker)
            one = part(report, now=NOW, worker=mine)
            signers[one.pk] = bound(f"w{number}-{worker}", "R30", provider_number=PROVIDER, worker_code=mine)
            parts.append(one)
    return parts, signers, clients


def all_at_once(presses, took=None):
    """What each press was answered, in their order, all of them waiting at the door from the beginning.

    Takes: a list for the seconds of each, from when it has come through the door.
    """

    def press(one):
        begun = time.perf_counter()
        for left in reversed(range(AGAIN)):
            try:
                with within_all():
                    return one()
            except OperationalError:
                if not left or connection.vendor != "sqlite":
                    raise
            finally:
                if took is not None:
                    took.append(time.perf_counter() - begun)
                connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(press, presses))


def sign_all(many, workers):
    lay_gates()
    settle()
    with within_all():
        parts, signers, clients = month_of(many, workers)
        lova = bound("lova2", "R29", provider_number=PROVIDER)
    begun = time.perf_counter()
    waits = []
    answers = all_at_once([lambda one=one: sign(one, by=signers[one.pk], now=NOW).pk for one in parts], waits)
    took = time.perf_counter() - begun
    p95, longest = sorted(waits)[int(len(waits) * 0.95)], max(waits)
    print(f"{connection.vendor}: {len(parts)} signed in {took:.1f} s, p95 {p95:.2f} s, longest {longest:.2f} s")
    # Not one is lost, also where all of a report's assistants press at the same moment.
    assert answers == [one.pk for one in parts]
    with within_all():
        signed = WorkerReport.objects.values_list("pk", "signed_by")
        assert dict(signed) == {one.pk: signers[one.pk].viewer.user.pk for one in parts}
        assert set(TimeReport.objects.values_list("state", flat=True)) == {"signed"}
        assert Entry.objects.filter(what="sign").count() == len(parts)
    assert all_at_once(
        [lambda one=one: approve(one, by=clients[one.matter.number], now=NOW).pk for one in parts]
    ) == [one.pk for one in parts]  # fmt: skip
    with within_all():
        reports = list(TimeReport.objects.order_by("pk"))
        assert {one.state for one in reports} == {"approved"}
    numbers = all_at_once([lambda one=one: hand_in(one, by=lova, now=NOW).number for one in reports])
    assert numbers == [f"{one.number}-K1" for one in reports]
    with within_all():
        assert HandIn.objects.count() == many
    assert faults() == []
    return took


def test_twelve_assistants_who_sign_at_once_lose_nothing():
    sign_all(3, 4)


@pytest.mark.slow
def test_three_hundred_who_sign_at_once_lose_nothing():
    """M122: 300 of the portal at once, three of each report, on SQLite as on PostgreSQL."""
    sign_all(100, 3)


def test_pressed_twice_at_once_it_is_signed_once():
    lay_gates()
    settle()
    with within_all():
        parts, signers, _clients = month_of(1, 1)
    answers = at_once([lambda: sign(parts[0], by=signers[parts[0].pk], now=NOW).pk] * 4)
    assert answers.count(parts[0].pk) == 1
    assert set(answers) - {parts[0].pk} <= {"SomeoneWasFasterError", "HeldBackError"}
    with within_all():
        assert Entry.objects.filter(what="sign").count() == 1
    assert faults() == []
