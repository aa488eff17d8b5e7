"""The ways to share that a municipality can choose, each walked from the report to the clearing."""

import pytest
import yaml

from tests.web.people import as_viewer, settle
from tests.web.test_signal import NORRVIK, cleared, shared
from tillit.catalogue import ContentErrors, content_folder
from tillit.web.models import Board, Case, Grant, Signal, Told
from tillit.web.rules.content import catalogue
from tillit.web.rules.scope import within_all
from tillit.web.rules.standing import standing


def chosen(**ours):
    """The municipality's own file: ours with what it changes."""
    file = yaml.safe_load((content_folder() / "plans" / "sharing.yaml").read_text(encoding="utf-8"))
    return yaml.safe_dump(file | ours, allow_unicode=True)


def walked(city):
    """What each board is asked, by whom questions are answered, and whether all are told at the end."""
    signal = shared(city)
    stands = Case.objects.filter(process="stand").order_by("board__slug")
    asked = [(one.board.slug, one.fields["contact"]) for one in stands]
    assert standing(as_viewer(city["Sara"]).day).filter(provider_number=NORRVIK).exists()
    cleared(city, signal)
    assert not standing(as_viewer(city["Sara"]).day).exists()
    told = [set(Told.objects.filter(what=what).values_list("board__slug", flat=True)) for what in ("shared", "cleared")]
    assert told[0] == told[1]
    assert Signal.objects.get().ended_as == "cleared"
    return asked, sorted(told[0])


def test_with_several_boards_the_others_are_asked_and_the_reporter_answers(city):
    assert walked(city) == ([("syd", "Norra stadsdelsnämnden")], ["norr", "syd"])


def test_with_a_central_board_it_goes_through_that_one(city, overlay):
    """M170: central nämnd."""
    Board.objects.create(slug="central", name="Socialnämnden", mailbox="central@provstad.example")
    overlay(plans__sharing=chosen(model="central", central_board="central"))
    with within_all():
        asked, told = walked(city)
    assert asked == [("central", "central@provstad.example"), ("syd", "central@provstad.example")]
    assert told == ["central", "norr", "syd"]


def test_in_an_association_also_the_one_that_reported_takes_a_position(city, overlay):
    """M170: förbund."""
    overlay(plans__sharing=chosen(model="association"))
    assert [board for board, _contact in walked(city)[0]] == ["norr", "syd"]


def test_a_board_alone_takes_its_own_position(db, overlay):
    """M170: ett enda nämndområde: there is no one else, and the mark stands and is cleared all the same."""
    overlay(plans__sharing=chosen(model="single"))
    city = settle()
    Grant.objects.filter(board__slug="syd").delete()
    Board.objects.filter(slug="syd").delete()
    with within_all():
        assert walked(city) == ([("norr", "Norra stadsdelsnämnden")], ["norr"])


@pytest.mark.parametrize(
    ("ours", "told"),
    [
        ({"model": "none"}, "there is no model 'none'"),
        ({"model": "central"}, "'central_board' is given where questions go to a central board"),
    ],
)
def test_a_way_that_cannot_work_is_refused(overlay, ours, told):
    with pytest.raises(ContentErrors, match=told):
        overlay(plans__sharing=chosen(**ours))
    assert catalogue.cache_info().currsize == 0
