"""A board ends its cooperation with a provider: said with a reason, seen by all, told to those who still use it."""

from datetime import timedelta

import pytest

from tests.web.people import DAY, NOW, as_viewer
from tillit.web.actions.cooperation import end_cooperation, mark_provider_notice_seen
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.models import Board, Entry, Provider, ProviderNotice, Use
from tillit.web.queries.cooperation import ended, provider_notices_for


@pytest.fixture
def provider(city):
    found = Provider.objects.create(number="5569999999", name="Anordnaren AB")
    for board in Board.objects.all():
        Use.objects.create(provider=found, board=board, since=DAY - timedelta(days=100))
    return found


def end(city, provider, by="Cilla", because="not_remedied", until=DAY):
    norr = Board.objects.get(slug="norr")
    return end_cooperation(provider, norr, until=until, because=because, by=as_viewer(city[by]), now=NOW)


def test_every_board_sees_it_and_those_who_still_use_the_provider_are_told(city, provider):
    """M254: one unit ends the contact while another continues, and the other knows."""
    end(city, provider)
    told = [(one.board.slug, one.until, one.ended_because) for one in ended(provider, as_viewer(city["Bo"]))]
    assert told == [("norr", DAY, "not_remedied")]
    assert [one.user for one in ProviderNotice.objects.all()] == [city["Bo"]]
    assert Entry.objects.get(what="end cooperation").details["told"] == 1


def test_a_reason_that_warns_nobody_tells_nobody(city, provider):
    end(city, provider, because="ran_out")
    assert ProviderNotice.objects.count() == 0
    assert len(ended(provider, as_viewer(city["Bo"]))) == 1


def test_a_board_that_does_not_use_the_provider_is_not_told(city, provider):
    Use.objects.filter(board__slug="syd").update(until=DAY - timedelta(days=1))
    end(city, provider)
    assert ProviderNotice.objects.count() == 0


def test_it_is_shown_for_a_year_and_not_where_the_board_uses_the_provider_again(city, provider):
    end(city, provider)
    year = timedelta(days=365)
    assert [len(ended(provider, as_viewer(city["Bo"], NOW + after))) for after in (year, year + timedelta(days=1))] == [
        1, 0,
    ]  # fmt: skip
    Use.objects.create(provider=provider, board=Board.objects.get(slug="norr"), since=DAY)
    assert ended(provider, as_viewer(city["Bo"])) == []


@pytest.mark.parametrize("name", ["Klas", "Hanna", "Elin", "Sara", "Doris"])
def test_one_without_the_role_ends_nothing(city, provider, name):
    with pytest.raises(NotYourStepError):
        end(city, provider, name)
    assert Use.objects.filter(until=None).count() == 2


def test_nobody_ends_it_for_another_board(city, provider):
    with pytest.raises(NotForYouError):
        end(city, provider, "Bo")


def test_a_day_to_come_a_reason_of_ones_own_and_a_second_end_are_refused(city, provider):
    for wrong in ({"until": DAY + timedelta(days=1)}, {"because": "they cheat"}):
        with pytest.raises(HeldBackError):
            end(city, provider, **wrong)
    end(city, provider)
    with pytest.raises(HeldBackError, match="anlitar inte"):
        end(city, provider)


def test_a_warning_is_seen_by_the_one_who_was_told_alone(city, provider):
    end(city, provider)
    notice = ProviderNotice.objects.get()
    with pytest.raises(NotForYouError):
        mark_provider_notice_seen(notice, by=as_viewer(city["Klas"]), now=NOW)
    mark_provider_notice_seen(notice, by=as_viewer(city["Bo"]), now=NOW)
    assert list(provider_notices_for(as_viewer(city["Bo"]))) == []
