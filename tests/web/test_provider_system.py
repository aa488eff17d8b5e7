"""A provider's system comes in by a token for as long as it is let in, and what it sends becomes drafts once."""

from datetime import timedelta

import pytest

from tests.web.people import DAY, NOW, as_viewer
from tests.web.reports import AMIR, MONTH, OTHER_PROVIDER, PROVIDER, bind, make_report
from tillit.web.actions.provider_system import (
    KeyUsedError,
    come_in,
    connect_system,
    disconnect_system,
    forget,
    order_system,
    send_rows,
)
from tillit.web.actions.refusal import HeldBackError, NotForYouError
from tillit.web.actions.report_file import Brought
from tillit.web.actions.role import end_role
from tillit.web.models import Board, Entry, Grant, PortalGrant, Provider, ProviderSystem, ReportedTime, Sending, User
from tillit.web.queries.portal_account import portal_accounts
from tillit.web.queries.provider_system import own_systems, sendable
from tillit.web.rules.portal import outsider_of
from tillit.web.rules.report_file import FileLine, WrongFileError
from tillit.web.rules.reported_time import Written

UNTIL = DAY + timedelta(days=90)
NUMBER, SENT_MONTH = "NORR-T-2026-1", "2025-12"


@pytest.fixture
def people(city):
    """The cast, those outside bound to what is theirs, and an access administrator of norr."""
    bind(city)
    city["Berit"] = User.objects.create(username="berit", name="Berit")
    Grant.objects.create(user=city["Berit"], role="R27", board=Board.objects.get(slug="norr"), valid_from=DAY)
    Provider.objects.create(number=PROVIDER)
    return city


def outside(people, name):
    return outsider_of(people[name], NOW)


def connected(people, by="Lova", until=UNTIL, called="Tidsystemet"):
    portal = PortalGrant.objects.get(grant__user=people[by])
    return connect_system(portal, called=called, until=until, by=outside(people, by), now=NOW)


def ordered(people, by="Berit", provider=PROVIDER, ordered_by="Cilla", board="norr"):
    return order_system(
        Board.objects.get(slug=board), provider, called="Tidsystemet", until=UNTIL, ordered_by=people[ordered_by],
        by=as_viewer(people[by]), now=NOW,
    )  # fmt: skip


def line(day=1, start="08:00", end="12:00", number=1, report=NUMBER, worker=AMIR):
    return FileLine(number, worker, Written(MONTH.replace(day=day), start, end), report=report)


def sent(known, *lines, key="key-00001", month=SENT_MONTH, now=NOW):
    return send_rows(lines or [line()], month=month, key=key, by=known, now=now)


def test_a_system_comes_in_for_its_provider_and_only_the_hash_of_its_token_is_kept(people):
    report = make_report(now=NOW)
    done = connected(people)
    assert done.token not in str(list(ProviderSystem.objects.values()) + list(Entry.objects.values()))
    known = come_in(done.token, now=NOW)
    assert [(one.grant.role, one.provider_number) for one in known.outsider.bound] == [("R29", PROVIDER)]
    assert {name: [one.number for one in month.reports] for name, month in sendable(known.outsider).items()} == {
        SENT_MONTH: [report.number]
    }
    assert ProviderSystem.objects.get().seen_on == DAY
    assert [(one.what, one.by.name) for one in Entry.objects.all()] == [("connect system", "Lova")]


def test_nobody_comes_in_by_another_token(people):
    token = connected(people).token
    others = ["", "x", token[:-1], token + "0", token.upper(), "syd" + token[4:], token.replace("norr", "öst"), "\x00"]
    assert [come_in(one, now=NOW) for one in others] == [None] * len(others)


def test_a_system_has_no_password_and_is_seen_and_ended_among_the_accounts(people):
    done = connected(people)
    user = done.system.portal.grant.user
    assert (user.external, user.has_usable_password()) == (True, False)
    assert done.system.portal in portal_accounts(as_viewer(people["Berit"]))
    end_role(done.system.portal.grant, by=as_viewer(people["Berit"]), now=NOW)
    assert (come_in(done.token, now=NOW), list(own_systems(outside(people, "Lova")))) == (None, [])


def test_it_ends_by_its_day_and_by_the_providers_own_hand(people):
    first, second = connected(people), connected(people)
    assert come_in(first.token, now=NOW + timedelta(days=91)) is None
    with pytest.raises(NotForYouError):
        disconnect_system(second.system.pk, by=outside(people, "Ove"), now=NOW)
    disconnect_system(second.system.pk, by=outside(people, "Lova"), now=NOW)
    assert [come_in(one.token, now=NOW) is None for one in (first, second)] == [False, True]
    assert list(own_systems(outside(people, "Lova"))) == [first.system]


@pytest.mark.parametrize("name", ["Ove", "Amir", "Karl"])
def test_only_someone_of_the_provider_connects_a_system_for_it(people, name):
    lovas = PortalGrant.objects.get(grant__user=people["Lova"])
    with pytest.raises(NotForYouError):
        connect_system(lovas, called="x", until=UNTIL, by=outside(people, name), now=NOW)
    assert ProviderSystem.objects.count() == 0


def test_a_system_connects_no_system(people):
    done = connected(people)
    known = come_in(done.token, now=NOW)
    with pytest.raises(NotForYouError):
        connect_system(done.system.portal, called="x", until=UNTIL, by=known.outsider, now=NOW)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"until": DAY - timedelta(days=1)}, "Sista dagen"),
        ({"until": DAY + timedelta(days=367)}, "Sista dagen"),
        ({"called": " "}, "vad systemet heter"),
    ],
)
def test_what_cannot_be_is_refused_and_no_account_is_left(people, change, says):
    before = User.objects.count()
    with pytest.raises(HeldBackError, match=says):
        connected(people, **change)
    assert User.objects.count() == before


def test_the_access_administrator_connects_one_on_a_managers_order(people):
    make_report(now=NOW)
    done = ordered(people)
    assert sent(come_in(done.token, now=NOW)) == Brought(1, 0, 1)
    for change in ({"by": "Cilla"}, {"by": "Bo"}, {"board": "syd", "ordered_by": "Bo"}):
        with pytest.raises(NotForYouError):
            ordered(people, **change)
    for change in ({"provider": "1"}, {"ordered_by": "Asta"}):
        with pytest.raises(HeldBackError):
            ordered(people, **change)


def test_the_same_sent_again_is_answered_the_same_and_written_once(people):
    make_report(now=NOW)
    known = come_in(connected(people).token, now=NOW)
    assert [sent(known), sent(known)] == [Brought(1, 0, 1), Brought(1, 0, 1)]
    assert sent(known, key="key-00002") == Brought(0, 1, 1)
    with pytest.raises(KeyUsedError, match="använts för något annat"):
        sent(known, line(day=2))
    with pytest.raises(KeyUsedError):
        sent(known, month="2026-01")
    assert ReportedTime.objects.count() == 1
    assert [one.what for one in Entry.objects.filter(what="send rows")] == ["send rows"] * 2


def test_a_key_is_the_systems_own_and_is_forgotten_in_time(people):
    make_report(now=NOW)
    first, second = (come_in(connected(people).token, now=NOW) for _ in range(2))
    assert [sent(first), sent(second)] == [Brought(1, 0, 1), Brought(0, 1, 1)]
    assert forget(before=NOW + timedelta(days=1)) == 2


def test_every_wrong_row_is_told_and_the_key_is_free_again(people):
    make_report(now=NOW)
    known = come_in(connected(people).token, now=NOW)
    with pytest.raises(WrongFileError) as told:
        sent(known, line(), line(start="25:00", number=2), line(start="x", number=3))
    assert [number for number, _what in told.value.lines] == [2, 3]
    assert (ReportedTime.objects.count(), Sending.objects.count()) == (0, 0)
    assert sent(known) == Brought(1, 0, 1)


def test_another_providers_month_and_report_are_not_there(people):
    make_report(now=NOW)
    portal = PortalGrant.objects.get(grant__user=people["Ove"])
    done = connect_system(portal, called="x", until=UNTIL, by=outside(people, "Ove"), now=NOW)
    assert portal.provider_number == OTHER_PROVIDER
    with pytest.raises(NotForYouError, match="ingen sådan månad"):
        sent(come_in(done.token, now=NOW))
    assert ReportedTime.objects.count() == 0
