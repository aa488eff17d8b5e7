"""Permits: one check serves every board, answers are kept, and a missing permit gives each board its own list."""

from datetime import date, timedelta

import pytest
import xlsxwriter
from django.db import DatabaseError, IntegrityError, transaction

from tests.web.people import DAY, NOW, as_viewer
from tillit.web.actions.document import read_document
from tillit.web.actions.matter import open_case
from tillit.web.actions.permit import ask_ivo
from tillit.web.actions.permit_answer import register_list, register_typed
from tillit.web.actions.permit_measure import follow_check
from tillit.web.actions.permit_notice import register_notice, take_notice
from tillit.web.actions.permit_watch import watch_permits
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.actions.step import take_step
from tillit.web.models import (
    Board,
    Case,
    Contract,
    Job,
    Matter,
    PermitAnswer,
    PermitCheck,
    PermitMeasure,
    PermitNotice,
    Proposal,
    Provider,
    Use,
)
from tillit.web.queries.matter import readable
from tillit.web.queries.permit import can_be_answered, can_be_asked, register, saved
from tillit.web.rules.content import catalogue
from tillit.web.rules.permit_list import WrongListError, from_file, from_text
from tillit.web.rules.scope import within

NORRVIK, LUNDEN = "5599990008", "5599991014"
FIELDS = catalogue().processes["permit_check"].fields
WORDS = {"answers": FIELDS["told"].one_of, "services": FIELDS["service"].one_of}


@pytest.fixture
def used(city):
    """Two providers of assistance: Norrvik is used by both boards, Lunden by Norr alone."""
    for number, name, boards in ((NORRVIK, "Norrviks Assistans AB", ["norr", "syd"]), (LUNDEN, "Lunden AB", ["norr"])):
        one = Provider.objects.create(number=number, name=name, service_areas=["personal_assistance"])
        for slug in boards:
            Use.objects.create(provider=one, board=Board.objects.get(slug=slug), since=date(2024, 1, 1))
    watch_permits(now=NOW)
    return city


def check(number=NORRVIK):
    return PermitCheck.objects.get(provider__number=number)


def asked(city, by="Klas", now=NOW, *numbers):
    return ask_ivo(numbers, board=Board.objects.get(slug="norr"), by=as_viewer(city[by], now), now=now)


def answered(city, number=NORRVIK, by="Klas", now=NOW, **given):
    said = {"answer": "valid", "answered_on": "2026-03-02", "medium": "mail", **given}
    return register_typed({check(number).number: said}, by=as_viewer(city[by], now), now=now)


def followed(number=NORRVIK):
    follow_check(check(number).number, now=NOW)


def notice(city, by="Nils", board="norr", **more):
    given = {
        "service": "personal_assistance", "kind": "revoked", "decided_on": DAY, "applies_from": DAY,
        "received_on": DAY, "medium": "letter", **more,
    }  # fmt: skip
    found = Provider.objects.get(number=NORRVIK)
    return register_notice(found, board=Board.objects.get(slug=board), by=as_viewer(city[by]), now=NOW, **given)


def test_every_provider_in_use_has_one_check_for_all_boards(used):
    """M137, M139: opened by itself, once, and a second time nothing is opened."""
    assert sorted((one.provider.number, one.service, one.state) for one in PermitCheck.objects.all()) == [
        (NORRVIK, "personal_assistance", "required"),
        (LUNDEN, "personal_assistance", "required"),
    ]
    assert watch_permits(now=NOW) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        PermitCheck.objects.create(
            number="X-1", provider=check().provider, service="personal_assistance", board=check().board,
            state="required", state_since=DAY,
        )  # fmt: skip


def test_another_check_of_the_same_is_not_opened_by_hand(used):
    given = {"provider": NORRVIK, "provider_name": "Norrviks Assistans AB", "service": "personal_assistance"}
    norr = Board.objects.get(slug="norr")
    with pytest.raises(HeldBackError, match="gäller för alla nämnder"):
        open_case("permit_check", by=as_viewer(used["Klas"]), now=NOW, board=norr, given=given)
    with pytest.raises(HeldBackError, match="enhetens namn"):
        open_case("permit_check", by=as_viewer(used["Klas"]), now=NOW, board=norr, given={**given, "service": "hvb"})
    person = {**given, "provider": "19121212-1212"}
    with pytest.raises(HeldBackError, match="personnummer"):
        open_case("permit_check", by=as_viewer(used["Klas"]), now=NOW, board=norr, given=person)


def test_one_inquiry_asks_about_all_that_are_due(used):
    """M138: chosen or all, as one document with a line for each."""
    inquiry = asked(used)
    klas = as_viewer(used["Klas"])
    assert can_be_asked(klas) == []
    assert {check().state, check(LUNDEN).state} == {"asked"}
    paper = read_document(inquiry.number, 1, by=klas, now=NOW)
    assert [(row["row"], row["organisation"]) for row in paper.row.values["rows"]] == [
        ("1", "559999-0008"),
        ("2", "559999-1014"),
    ]
    with pytest.raises(HeldBackError, match="inget att fråga om"):
        asked(used)


def test_only_the_chosen_are_asked_about_and_nobody_elses(used):
    asked(used, "Klas", NOW, check(LUNDEN).number)
    assert (check().state, check(LUNDEN).state) == ("required", "asked")
    with pytest.raises(NotYourStepError):
        asked(used, "Cilla")
    with pytest.raises(NotYourStepError):
        asked(used, "Bo")


def test_the_answer_of_one_board_is_every_boards_and_the_saved_inquiry_is_counted(used):
    """M139: Bo, who is a stranger at Norr, reads the answer and not the matter; one inquiry was not needed."""
    inquiry = asked(used)
    assert answered(used) == 1
    with within([Board.objects.get(slug="syd").pk]):
        lines = register(as_viewer(used["Bo"]))
        assert [(one.check.provider.number, one.check.answer, one.matter) for one in lines] == [
            (LUNDEN, "", None),
            (NORRVIK, "valid", None),
        ]
        assert list(readable(Matter, as_viewer(used["Bo"])).filter(process="permit_check")) == []
    assert saved(DAY, DAY) == 1
    assert Case.objects.get(pk=inquiry.pk).state == "made"
    answered(used, LUNDEN)
    assert Case.objects.get(pk=inquiry.pk).state == "answered"
    assert saved(DAY, DAY) == 1
    assert saved(DAY + timedelta(days=1), DAY + timedelta(days=9)) == 0


def test_an_answer_is_never_changed_or_removed(used):
    asked(used)
    answered(used)
    for change in (lambda: PermitAnswer.objects.update(answer="missing"), lambda: PermitAnswer.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_an_answer_by_telephone_waits_for_another_person(used):
    asked(used)
    answered(used, medium="phone")
    matter = Case.objects.get(number=check().number)
    given = {"answered_on": "2026-03-02", "medium": "phone"}
    assert (matter.state, PermitAnswer.objects.count()) == ("phoned", 0)
    with pytest.raises(HeldBackError, match="två personer"):
        take_step(matter, "valid", by=as_viewer(used["Klas"]), now=NOW, version=matter.version, given=given)
    take_step(matter, "valid", by=as_viewer(used["Sara"]), now=NOW, version=matter.version, given=given)
    assert (check().state, check().medium) == ("valid", "phone")


def test_time_reminds_and_makes_a_new_check_due_by_itself(used):
    """M071, M137: ten days without an answer reminds; thirty days after an answer a new check is due."""
    asked(used)
    answered(used, LUNDEN)
    watch_permits(now=NOW + timedelta(days=10))
    assert (check().state, check(LUNDEN).state) == ("asked", "valid")
    watch_permits(now=NOW + timedelta(days=11))
    assert (check().state, check(LUNDEN).state) == ("reminded", "valid")
    watch_permits(now=NOW + timedelta(days=30))
    assert check(LUNDEN).state == "valid"
    watch_permits(now=NOW + timedelta(days=31))
    assert (check(LUNDEN).state, check(LUNDEN).answer) == ("required", "valid")


def test_what_no_board_uses_is_not_checked(used):
    Use.objects.filter(provider__number=LUNDEN).update(until=DAY - timedelta(days=1))
    watch_permits(now=NOW)
    assert check(LUNDEN).state == "closed"
    assert watch_permits(now=NOW) == 0


LIST = "Orgnr;Svar;Svarsdatum;Gäller till\n559999-0008;Giltigt;2026-03-01;2027-01-01\n5599991014;saknas;;\n"


def test_a_list_is_pasted_and_each_answer_registered(used):
    """M138: answers typed one by one, pasted as a table, or from a file."""
    asked(used)
    lines = from_text(LIST, **WORDS)
    assert register_list(lines, medium="mail", by=as_viewer(used["Klas"]), now=NOW) == 2
    assert (check().answer, check().answered_on, check().valid_to) == ("valid", date(2026, 3, 1), date(2027, 1, 1))
    assert (check(LUNDEN).answer, check(LUNDEN).answered_on, check(LUNDEN).applies_from) == ("missing", DAY, DAY)


def test_wrong_lines_are_told_by_number_and_nothing_is_stored(used):
    asked(used)
    with pytest.raises(WrongListError) as refused:
        from_text("Orgnr\tSvar\n5599990008\tGiltigt\n121212-1212\tGiltigt\n5599991014\tkanske\n", **WORDS)
    assert [line for line, _said in refused.value.lines] == [3, 4]
    assert "1212" not in str(refused.value.lines)
    lines = from_text("Orgnr\tSvar\n5599990008\tGiltigt\n7699990029\tGiltigt\n", **WORDS)
    with pytest.raises(WrongListError) as refused:
        register_list(lines, medium="mail", by=as_viewer(used["Klas"]), now=NOW)
    assert refused.value.lines == [(3, "ingen kontroll av den väntar på svar")]
    assert (check().state, PermitAnswer.objects.count()) == ("asked", 0)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "listan är tom"),
        ("Namn;Svar\na;Giltigt\n", 1, "rubriken saknas: Organisationsnummer"),
        ("Orgnr;Svar\n5599990008;Giltigt\n559999-0008;Saknas\n", 3, "samma anordnare står också på rad 2"),
        ("Orgnr;Svar;Svarsdatum\n5599990008;Giltigt;i går\n", 2, "”Svarsdatum” är inget datum: skriv år-månad-dag"),
    ],
)
def test_a_list_that_is_no_list_says_so(text, line, said):
    with pytest.raises(WrongListError) as refused:
        from_text(text, **WORDS)
    assert refused.value.lines == [(line, said)]


def test_a_file_is_read_whatever_its_form(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "svar.xlsx") as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Orgnr", "Svar", "Gäller till"])
        page.write_row(1, 0, [5599990008, "Giltigt", "2027-01-01"])
    sheet = from_file((tmp_path / "svar.xlsx").read_bytes(), **WORDS)
    csv = from_file("Orgnr;Svar;Gäller till\n5599990008;Giltigt;2027-01-01\n".encode("cp1252"), **WORDS)
    assert sheet == csv
    assert [(one.number, one.answer, one.given) for one in csv] == [(NORRVIK, "valid", {"valid_to": "2027-01-01"})]
    with pytest.raises(WrongListError) as refused:
        from_file(b"PK\x03\x04 broken", **WORDS)
    assert refused.value.lines == [(1, "filen kan inte läsas: spara den som CSV eller XLSX utan lösenord")]


def test_a_check_that_is_not_the_viewers_is_not_answered(used):
    asked(used)
    assert can_be_answered(as_viewer(used["Bo"])) == []
    with pytest.raises(NotForYouError):
        answered(used, by="Bo")
    with pytest.raises(NotForYouError):
        answered(used, by="Cilla")


def test_a_notice_gives_every_board_that_uses_the_provider_its_own_list_the_same_day(used):
    """M068, M118: registered once at Norr; Syd gets a measure of its own, and neither reads the other's."""
    made = notice(used)
    assert [one.kind for one in Job.objects.filter(kind="permit_notice")] == ["permit_notice"]
    take_notice(made.pk, now=NOW)
    take_notice(made.pk, now=NOW)
    assert check().state == "revoked"
    followed()
    followed()
    measures = Case.objects.filter(process="permit_measure").order_by("board__slug")
    assert [(one.board.slug, one.state, one.due_on) for one in measures] == [
        ("norr", "listed", DAY),
        ("syd", "listed", DAY),
    ]
    assert check().state == "measures"
    bo, cilla = as_viewer(used["Bo"]), as_viewer(used["Cilla"])
    assert [one.board.slug for one in readable(Case, bo).filter(process="permit_measure")] == ["syd"]
    assert [one.board.slug for one in readable(Case, cilla).filter(process="permit_measure")] == ["norr"]
    assert list(readable(Case, as_viewer(used["Sara"])).filter(process="permit_measure")) == []
    assert list(Proposal.objects.all()) == []


def test_a_notice_from_any_board_moves_the_one_check(used):
    """M118: Bo registers it at Syd, though the check is held at Norr."""
    made = notice(used, by="Bo", board="syd", kind="banned")
    take_notice(made.pk, now=NOW)
    assert (check().board.slug, check().state, PermitNotice.objects.get().board.slug) == ("norr", "banned", "syd")


@pytest.mark.parametrize("name", ["Cilla", "Hanna", "Elin", "Doris", "Bo"])
def test_one_without_the_role_at_the_board_registers_no_notice(used, name):
    with pytest.raises(NotYourStepError):
        notice(used, by=name)


def test_a_notice_is_registered_once_and_never_before_it_was_decided(used):
    notice(used)
    with pytest.raises(HeldBackError, match="redan registrerad"):
        notice(used)
    with pytest.raises(HeldBackError, match="framtiden"):
        notice(used, kind="banned", decided_on=DAY + timedelta(days=1))


def test_a_payment_is_held_only_by_a_proposal_that_a_manager_confirms(used):
    """M116, M118: a machine holds nothing; when the permit holds again a person is told to release it at once."""
    asked(used)
    answered(used, answer="missing")
    followed()
    measure = Case.objects.get(process="permit_measure", board__slug="norr")
    given = {"hold_reason": "Mars, tills det är klart", "review_on": "2026-03-16", "hearing_exception": "harder"}
    proposed = take_step(measure, "hold", by=as_viewer(used["Klas"]), now=NOW, version=measure.version, given=given)
    assert (Case.objects.get(pk=measure.pk).state, isinstance(proposed, Proposal)) == ("listed", True)


def test_a_permit_that_holds_again_ends_the_measures(used):
    """Nobody innocent is marked longer than it should be: the lists end by themselves, and a hold is to be released."""
    take_notice(notice(used).pk, now=NOW)
    followed()
    Case.objects.filter(process="permit_measure", board__slug="norr").update(state="held")
    matter = Case.objects.get(number=check().number)
    inhibited = {"why_new": "inhibited"}
    take_step(matter, "new_facts", by=as_viewer(used["Klas"]), now=NOW, version=matter.version, given=inhibited)
    followed()
    measures = Case.objects.filter(process="permit_measure").order_by("board__slug")
    assert [(one.board.slug, one.state) for one in measures] == [("norr", "to_release"), ("syd", "ended")]
    assert [one.ended_on for one in PermitMeasure.objects.order_by("board__slug")] == [None, DAY]
    assert check().state == "required"


def test_a_missing_permit_opens_a_report_to_ivo_by_a_step(used):
    """M117: a person opens it; it is a report of its own."""
    asked(used)
    answered(used, answer="missing")
    matter = Case.objects.get(number=check().number)
    taken = take_step(matter, "report", by=as_viewer(used["Klas"]), now=NOW, version=matter.version)
    assert (taken.opened.process, taken.opened.state, taken.opened.board.slug) == ("ivo_report", "draft", "norr")


def test_nothing_shared_about_permits_can_lead_to_a_person(used):
    """Z3: what all boards see has no column that points at a matter, a person or a text of a person."""
    for model in (PermitCheck, PermitAnswer, PermitNotice, PermitMeasure):
        pointed = {field.related_model for field in model._meta.fields if field.is_relation}
        assert pointed <= {Provider, Board, type(used["Klas"])}
        assert not {field.name for field in model._meta.fields} & {
            "client",
            "client_code",
            "text",
            "title",
            "reference",
        }
    assert Contract.objects.count() == 0
