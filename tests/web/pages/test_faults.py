"""When it is our fault: a sentence and a reference, and nothing of the fault itself."""

import re

import pytest


@pytest.mark.urls("tests.web.pages.broken")
def test_a_fault_of_ours_gives_a_sentence_and_a_reference_and_nothing_of_the_fault(browsers, db, caplog):
    client = browsers["Klas"]
    client.raise_request_exception = False
    answer = client.get("/trasig/")
    client.raise_request_exception = True
    reference = re.search(r'<strong class="numbers">([0-9a-f]{8})</strong>', answer.text)
    assert answer.status_code == 500
    assert "Något gick fel hos oss" in answer.text
    assert "19121212" not in answer.text
    assert f"reference {reference[1]}" in caplog.text


@pytest.mark.urls("tests.web.pages.broken")
def test_a_database_that_is_gone_is_told_with_what_to_do_and_nothing_of_where_it_is(browsers, db):
    client = browsers["Klas"]
    client.raise_request_exception = False
    answer = client.get("/borta/")
    client.raise_request_exception = True
    assert (answer.status_code, answer["Retry-After"]) == (503, "120")
    assert "Databasen går inte att nå. Inget av det du nyss gjorde är sparat" in answer.text
    assert "10.0.0.7" not in answer.text
