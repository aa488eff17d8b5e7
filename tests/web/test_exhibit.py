"""Evidence: numbered as it comes, never changed, given back byte for byte, and there for nobody else."""

import io
import zipfile
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests.web.made_up import finding
from tests.web.matters import give, make
from tests.web.people import NOW, as_viewer
from tillit.web.actions.delivery import NotTakenError
from tillit.web.actions.exhibit import LARGEST, add_exhibit, file_of, withdraw_exhibit
from tillit.web.actions.refusal import HeldBackError, NotForYouError
from tillit.web.actions.step import take_step
from tillit.web.models import Board, Case, Entry, Exhibit, ExhibitFile, Matter
from tillit.web.queries.exhibit import exhibits, where
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import WrongValueError

SCHEDULE = {
    "title": "Schema för februari",
    "origin": "Norrviks Assistans AB, ur deras planering",
    "dated_on": date(2026, 2, 1),
    "way": "provider",
}
FILE = {"name": "C:\\planering\\schema.pdf", "chunks": [b"%PDF-1.7 ", b"schema"]}


@pytest.fixture
def case(city):
    made = make(catalogue().processes["investigation"], now=NOW, number="NORR-U-2026-1", state="collecting")
    give(made, city["Asta"], now=NOW)
    return Case.objects.get(pk=made.pk)


def add(city, case, *, by="Asta", **more):
    return add_exhibit(case, by=as_viewer(city[by]), now=NOW, **SCHEDULE | FILE | more)


def test_evidence_gets_the_next_number_and_is_given_back_byte_for_byte(city, case):
    """M152: where it comes from, of which day, how it was obtained, and a hash."""
    first, second = add(city, case), add(city, case, title="Tidrapport", chunks=[b"annat"], adds_to=None)
    assert [(one.number, one.title, one.name, one.size) for one in (first, second)] == [
        (1, "Schema för februari", "schema.pdf", 15),
        (2, "Tidrapport", "schema.pdf", 5),
    ]
    assert first.sha256 == "06146eb90dff62356fe484c00b1a68e84abf139063c86a79f09cfcf671d25dbb"
    assert file_of(case, 1, by=as_viewer(city["Asta"]), now=NOW) == ("schema.pdf", b"%PDF-1.7 schema")
    assert [(line.kind, line.what, line.details.get("number")) for line in Entry.objects.order_by("count")] == [
        ("change", "add exhibit", 1),
        ("change", "add exhibit", 2),
        ("read", "exhibit file", 1),
    ]


def test_a_text_may_be_evidence_and_nothing_may_not(city, case):
    said = add(city, case, chunks=[], remark="Anordnaren visade schemat på plats.")
    assert (said.name, said.size) == ("", 0)
    with pytest.raises(WrongValueError) as refused:
        add(city, case, chunks=[])
    assert str(refused.value) == "En handling är en fil eller en text: lägg till en fil, eller skriv vad den säger"


@pytest.mark.parametrize("name", ["Jonna", "Klas", "Elin", "Bo"])
def test_others_add_nothing_fetch_nothing_and_withdraw_nothing(city, case, name):
    one, viewer = add(city, case), as_viewer(city[name])
    with pytest.raises(NotForYouError):
        add(city, case, by=name)
    with pytest.raises(NotForYouError):
        file_of(case, 1, by=viewer, now=NOW)
    with pytest.raises(NotForYouError):
        withdraw_exhibit(one, by=viewer, now=NOW, reason="x")
    assert Exhibit.objects.count() == 1


def test_what_is_wrong_is_withdrawn_with_a_reason_and_stays_in_the_list(city, case):
    one = add(city, case)
    withdraw_exhibit(one, by=as_viewer(city["Asta"]), now=NOW, reason="Gällde en annan enhet")
    add(city, case, title="Rätt schema", adds_to=one)
    listed = [
        (one.number, one.title, getattr(one, "withdrawal", None) and one.withdrawal.reason) for one in exhibits(case)
    ]
    assert listed == [(1, "Schema för februari", "Gällde en annan enhet"), (2, "Rätt schema", None)]
    with pytest.raises(HeldBackError, match="redan tillbakadragen"):
        withdraw_exhibit(one, by=as_viewer(city["Asta"]), now=NOW, reason="igen")


@pytest.mark.parametrize(
    "by_hand",
    [
        lambda: Exhibit.objects.update(title="x"),
        lambda: Exhibit.objects.all().delete(),
        lambda: ExhibitFile.objects.update(content=b"x"),
        lambda: ExhibitFile.objects.all().delete(),
    ],
    ids=["change", "remove", "change file", "remove file"],
)
def test_evidence_is_never_changed_or_removed_also_by_hand(city, case, by_hand):
    add(city, case)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        by_hand()


def workbook_with_macros():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("xl/vbaProject.bin", b"x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("more", "error", "told"),
    [
        ({"chunks": [workbook_with_macros()]}, NotTakenError,
         "Filen innehåller makron, som är program: spara det som PDF eller utan makron och lägg till det igen"),
        ({"chunks": [b"MZ\x90"], "name": "schema.pdf"}, NotTakenError,
         "Filen är ett program och inget underlag: spara det som PDF eller utan makron och lägg till det igen"),
        ({"chunks": [b"0" * 2**20] * 26}, NotTakenError,
         "Filen är större än 25 MB: dela den, eller spara den som PDF"),
        ({"way": "guessed"}, WrongValueError, "Välj hur handlingen kom hit"),
        ({"dated_on": date(2026, 3, 3)}, WrongValueError, "Handlingens dag kan inte ligga i framtiden: ändra dagen"),
        ({"title": " "}, WrongValueError, "Skriv vad handlingen är och varifrån den kommer: högst 200 tecken vardera"),
        ({"remark": "x" * 20_001}, WrongValueError, "Anmärkningen kan inte tas emot: skriv högst 20000 tecken"),
    ],
    ids=["macros", "program", "too large", "no such way", "tomorrow", "no title", "too long"],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_what_to_do(city, case, more, error, told):
    with pytest.raises(error) as refused:
        add(city, case, **more)
    assert (str(refused.value), Exhibit.objects.count()) == (told, 0)
    assert LARGEST == 25 * 2**20


def test_a_way_that_has_ceased_is_chosen_no_more(city, case, overlay):
    overlay(plans__exhibits=(
        "provider: {sv: Begärt av anordnaren, en: x, valid_from: 2011-01-01, valid_to: 2026-03-01, "
        'law: [{sfs: "1993:387", at: 11 a §}]}'
    ))  # fmt: skip
    with pytest.raises(WrongValueError, match="Välj hur handlingen kom hit"):
        add(city, case)


def test_a_closed_case_takes_no_more(city, case):
    Matter.objects.filter(pk=case.pk).update(closed_at=NOW)
    with pytest.raises(HeldBackError, match="avslutat"):
        add(city, case)


def test_what_a_finding_rests_on_is_the_first_evidence_of_the_case_opened_from_it(city):
    found = finding(Board.objects.get(slug="norr"), 1)
    Matter.objects.filter(pk=found.pk).update(state="assessed")
    opened = take_step(
        found, "investigate", by=as_viewer(city["Cilla"]), now=NOW, version=1, given={"reason": "x"}
    ).opened
    one = exhibits(opened)[0]
    assert (one.number, one.way, one.name, one.sha256, one.finding, where(one)) == (
        1, "delivered", "norrvik-2026-02.csv", "9f" * 32, found, "214, 571",
    )  # fmt: skip
    assert len(exhibits(opened)) == 1


def test_the_page_takes_a_file_and_gives_it_back_to_be_saved_and_never_shown(client, city, case):
    client.force_login(city["Asta"])
    page = client.get("/handlingar/NORR-U-2026-1/ny/").content.decode()
    assert "Begärt av anordnaren" in page
    sent = SCHEDULE | {"file": io.BytesIO(b"<script>alert(1)</script>")}
    sent["file"].name = 'schema "1".html'
    assert client.post("/handlingar/NORR-U-2026-1/ny/", sent).status_code == 302
    answer = client.get("/handlingar/NORR-U-2026-1/1/fil/")
    assert (answer.content, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        b"<script>alert(1)</script>", "application/octet-stream", "nosniff",
    )  # fmt: skip
    assert answer["Content-Disposition"] == 'attachment; filename="schema \\"1\\".html"'
    assert "Handling 1" in client.get("/arenden/NORR-U-2026-1/").content.decode()
    client.force_login(city["Bo"])
    assert [client.get(f"/handlingar/NORR-U-2026-1/{path}/").status_code for path in ("ny", "1/fil")] == [404, 404]
