"""The start page on welfare crime, and the pages of who answers for what."""

from datetime import date

import pytest
from django.urls import reverse

from tillit.web.queries.routine import start_page


@pytest.mark.parametrize("person", ["Klas", "Elin", "Doris", "Bo"])
def test_everyone_who_works_here_finds_routines_forms_contacts_and_news(browse, person):
    """M271: one page with routines, forms, contacts, news and search."""
    found = browse(person).get("/motverka/").context["found"]
    assert [bool(part) for part in (found.routines, found.forms, found.contacts, found.empty)] == [True] * 3 + [False]


def test_a_routine_says_until_when_it_holds():
    told = {one.id: stands for one, stands in start_page(date(2026, 11, 15)).routines}
    assert (told["bias"], told["investigate"]) == ("soon", "holds")
    assert {one.id: stands for one, stands in start_page(date(2027, 1, 1)).routines}["bias"] == "ended"


def test_news_are_shown_from_their_day_and_for_a_year():
    days = [one.day for one in start_page(date(2026, 4, 2)).news]
    assert days == [date(2026, 4, 2)]
    assert start_page(date(2027, 5, 18)).news == []


def test_search_finds_in_every_part_and_says_when_there_is_nothing(browse):
    found = browse("Elin").get("/motverka/?text=jÄV").context["found"]
    assert ([one.id for one, _ in found.routines], [one.id for one in found.contacts]) == (["bias"], ["counsel"])
    assert "Inget hittades" in browse("Elin").get("/motverka/?text=ingenting").text


def test_a_manager_names_who_answers_and_others_read_it(browse):
    sent = {"chain": "home_care", "home_care-pay-function": "Ekonomi & <i>fakturor</i>"}
    assert browse("Cilla").post("/ansvar/norr/hemtjanst/", sent).status_code == 302
    page = browse("Elin").get("/ansvar/norr/hemtjanst/").text
    assert "Ekonomi &amp; &lt;i&gt;fakturor&lt;/i&gt;" in page
    assert ("Utse ansvariga" in page, "ingen utsedd" in page) == (False, True)


def test_one_who_is_no_manager_is_told_so(browse):
    sent = {"chain": "home_care", "home_care-pay-function": "Ekonomi"}
    assert browse("Klas").post("/ansvar/norr/hemtjanst/", sent).status_code == 403


def test_a_unit_or_chain_that_is_not_there_is_not_there(browse):
    assert browse("Cilla").get("/ansvar/norr/finns-inte/").status_code == 404
    assert browse("Cilla").post("/ansvar/norr/", {"chain": "finns-inte"}).status_code == 404


def test_who_has_nothing_waiting_is_shown_what_they_can_begin_with(browse):
    shown = {name: browse(name).get("/") for name in ("Doris", "Klas")}
    assert {name: "Det här kan du göra i Tillit" in page.text for name, page in shown.items()} == {
        "Doris": True,
        "Klas": False,
    }
    for address, _word, _why in shown["Doris"].context["doors"]:
        assert browse("Doris").get(reverse(address)).status_code == 200


def test_a_long_list_of_the_day_is_folded_after_seven(browse):
    page = browse("Klas").get("/").text
    first, _summary, rest = page.partition("<details")
    assert (first.count('class="due"') <= 7 + 7 + 7, "Visa " in rest) == (True, True)


def test_an_english_reader_meets_the_titles_of_content_in_english(browse):
    client = browse("Klas")
    client.post("/val/", {"language": "en", "next": "/"})
    assert "ASS-01 The same assistant with two clients at once" in client.get("/fynd/").text
