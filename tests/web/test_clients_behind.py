"""How many clients stand behind a provider: counted in the board's own deliveries, else said by the one who reports."""

from datetime import date

import pytest

from tests.web.delivered import SHIFTS, deliver, work_off
from tests.web.people import NOW, as_viewer
from tests.web.test_signal import press, report
from tillit.web.actions.refusal import HeldBackError
from tillit.web.actions.run import start_run
from tillit.web.models import Board, Run
from tillit.web.queries.signal import item
from tillit.web.rules.board_store import clients_behind as counted
from tillit.web.rules.board_store import store_of
from tillit.web.rules.clients_behind import Behind, clients_behind

PROVIDER = "5599900197"
THIRD = "4;559990-0197;19860511-2385;20010315-2386;2026-02-04;08:00;12:00;Aktiv tid\n"


@pytest.fixture
def norr(city, installation):
    return Board.objects.get(slug="norr")


def ran(city, norr, text=SHIFTS):
    deliver(city["Klas"], text=text)
    work_off()
    start_run(board=norr, by=as_viewer(city["Klas"]), now=NOW)
    work_off()


def weighed(city, signal):
    return press(city, signal, "check_few", "Sara", "Jonna", traceless=True, few_reason="Det gäller ledningen")


def test_two_clients_are_counted_and_wait_for_a_written_weighing(city, norr):
    """M179, IS4: whatever the one who reports has ticked; then a coordinator and a lawyer have weighed it."""
    ran(city, norr)
    assert clients_behind(norr.pk, PROVIDER) == Behind(2, date(2026, 3, 2))
    signal = report(city, provider=PROVIDER)
    with pytest.raises(HeldBackError, match="så få brukare"):
        press(city, signal, "check", "Sara", traceless=True)
    assert item(signal, as_viewer(city["Sara"])).few_clients is True
    weighed(city, signal)
    assert press(city, signal, "share", "Sara", "Siri", traceless=True).state == "shared"


def test_what_is_delivered_after_the_check_still_holds_the_sharing_back(city, norr):
    """M179: and the weighing can be written then too."""
    signal = report(city, provider=PROVIDER)
    press(city, signal, "check", "Sara", traceless=True)
    ran(city, norr)
    with pytest.raises(HeldBackError, match="så få brukare"):
        press(city, signal, "share", "Sara", "Siri", traceless=True)
    assert weighed(city, signal).state == "checked"
    assert press(city, signal, "share", "Sara", "Siri", traceless=True).state == "shared"


def test_where_nothing_is_delivered_the_one_who_reports_says_it(city, norr):
    """M179: a provider that no delivery names is not known, which is not the same as no client."""
    ran(city, norr)
    signal = report(city)
    assert (clients_behind(norr.pk, "5599990008"), clients_behind(norr.pk, "")) == (Behind(None, None),) * 2
    assert item(signal, as_viewer(city["Sara"])).few_clients is None
    assert press(city, signal, "check", "Sara", traceless=True).state == "checked"


def test_the_clients_of_another_board_are_not_counted(city, norr):
    ran(city, norr)
    syd = Board.objects.get(slug="syd")
    assert clients_behind(syd.pk, PROVIDER) == Behind(None, None)


def test_three_are_enough_a_year_is_looked_at_and_a_client_is_counted_once(city, norr):
    """At the edge: three clients of the last year are not few, and one who left before that is nobody's client."""
    ran(city, norr, text=SHIFTS + THIRD)
    assert clients_behind(norr.pk, PROVIDER).are_few(3) is False
    files = [{"sha256": one.name} for one in (store_of(norr).folder / "deliveries").iterdir()]
    assert [counted(store_of(norr), files, day) for day in (date(2027, 2, 2), date(2027, 2, 4), date(2027, 2, 5))] == [
        {PROVIDER: 3}, {PROVIDER: 1}, {},
    ]  # fmt: skip
    assert Run.objects.get().summary["clients_behind"] == {PROVIDER: 3}
