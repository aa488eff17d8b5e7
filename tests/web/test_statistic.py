"""Figures of a period: counted where a role is held, from the rows and nothing else, and given out as files."""

import csv
import io
import zipfile
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.matters import make
from tests.web.people import NOW, as_viewer
from tests.web.test_signal import PERSON, cleared, press, report, shared
from tillit.units import Period
from tillit.web.actions.refusal import NotForYouError
from tillit.web.actions.statistic import give_out
from tillit.web.actions.step import take_as_system
from tillit.web.models import Board, Entry, Invoice, InvoiceLine, NoReports, Provider, Repayment, Run, Unit, Use
from tillit.web.queries.completeness import coverage
from tillit.web.queries.statistic import behind, figure, figures, shown_to, whole_months
from tillit.web.queries.statistic_words import Words
from tillit.web.rules.content import catalogue

YEAR = Period(date(2025, 3, 3), date(2026, 3, 2))


def total(city, name, who="Sara", period=YEAR):
    found = figure(name, as_viewer(city[who]), period)
    return found.total if found else "not shown"


def person(city, number):
    for _one in range(number):
        report(city, **PERSON, provider=None, provider_name=None)


def test_reports_are_counted_by_recipient_board_target_reason_and_month(city):
    """M001, M004: equal to the number of registered reports, cut as the board asks; a cleared one was still made."""
    cleared(city, shared(city))
    report(city, reasons=["hours", "staff"], reported_on="2026-02-03")
    report(city, reported_to="police", legal_basis="benefit_crime_6")
    found = figure("st1_ivo_reports", as_viewer(city["Sara"]), YEAR)
    assert found.total == 2
    assert found.cells("board") == {"norr": 2, "syd": 0}
    assert found.cells("target") == {"provider": 2}
    assert found.cells("reasons") == {"hours": 2, "staff": 1}
    assert {key: n for key, n in found.cells("month").items() if n} == {"2026-02": 1, "2026-03": 1}
    assert found.cells("legal_basis") == {"lss_15_11_suitability": 2}
    assert total(city, "st2_police_reports") == 1
    assert (total(city, "st4_shared"), total(city, "st4_cleared"), total(city, "st3_days")) == (1, 1, 1)


def test_a_law_that_gets_new_numbers_changes_no_old_report_and_both_are_joined(city):
    """M002: the code that was chosen stands, point 7 as it was written; both are reports to IVO."""
    process = catalogue().processes["signal"]
    old = {"reported_to": "ivo", "reported_on": "2025-04-01", "target": "provider", "reasons": ["hours"]}
    make(process, now=NOW, number="S-1", state="cleared", fields=old | {"legal_basis": "lss_15_7"})
    report(city)
    found = figure("st1_ivo_reports", as_viewer(city["Sara"]), YEAR)
    assert (found.total, found.cells("legal_basis")) == (2, {"lss_15_7": 1, "lss_15_11_suitability": 1})


def test_any_period_is_counted_both_days_included(city):
    """M006: it need not be a calendar year."""
    report(city, reported_on="2026-02-03")
    day = date(2026, 2, 3)
    assert total(city, "st1_ivo_reports", period=Period(day, day)) == 1
    assert total(city, "st1_ivo_reports", period=Period(day + timedelta(days=1), date(2026, 3, 2))) == 0
    assert total(city, "st1_ivo_reports", period=Period(date(2025, 1, 1), day - timedelta(days=1))) == 0


def test_each_counts_where_the_role_is_held_and_nowhere_else(city):
    """A commissioning manager sees its own board; the stranger sees its own; an investigator has no page."""
    report(city)
    told = {name: total(city, "st1_ivo_reports", name) for name in ("Sara", "Rut", "Bo", "Doris", "Asta", "Hanna")}
    assert told == {"Sara": 1, "Rut": 1, "Bo": 0, "Doris": 1, "Asta": "not shown", "Hanna": "not shown"}
    assert [cell.key for cell in figure("st1_ivo_reports", as_viewer(city["Bo"]), YEAR).cuts[0].cells] == ["syd"]
    assert not {"st10_opened", "st5_sent"} & {one.statistic for one in shown_to(as_viewer(city["Sara"]))}


def test_few_persons_are_not_shown_and_none_of_their_rows(city):
    """M020, IS4: under five is a dash, in every table, in every file, and on the page of the rows."""
    person(city, 4)
    sara = as_viewer(city["Sara"])
    found = figure("st2_persons", sara, YEAR)
    assert (found.total, found.cells("target"), behind(found, sara)) == (None, {"individual": None}, [])
    assert ";".join(["ST2", found.statistic.sv, "", "Alla", "–"]) in give_out("csv", YEAR, by=sara, now=NOW).decode(
        "utf-8-sig"
    )
    person(city, 1)
    assert figure("st2_persons", sara, YEAR).total == 5


def test_every_figure_leads_to_its_rows_or_to_their_numbers(city):
    """The coordinator reads them; the auditor, who reads no matter, is told their numbers."""
    one = report(city)
    for name, open_ in (("Sara", True), ("Doris", False)):
        viewer = as_viewer(city[name])
        found = figure("st1_ivo_reports", viewer, YEAR)
        rows = behind(found, viewer, cut="reasons", key="hours")
        assert [(row.number, row.open) for row in rows] == [(one.number, open_)]
        assert behind(found, viewer, cut="reasons", key="staff") == []


def test_boards_are_compared_by_decisions_and_by_providers(city):
    """M013: absolute numbers, and for each hundred active decisions and each provider."""
    report(city)
    norr = Board.objects.get(slug="norr")
    done = {"day": NOW.date(), "at": NOW, "finished_at": NOW, "summary": {"active_decisions": 40}}
    Run.objects.create(board=norr, **done)
    provider = Provider.objects.create(number="5599990008", name="Norrviks Assistans AB")
    Use.objects.create(provider=provider, board=norr, since=date(2024, 1, 1))
    rates = figure("st1_ivo_reports", as_viewer(city["Sara"]), YEAR).rates
    assert [(one.board, one.per_hundred_decisions, one.per_provider) for one in rates] == [
        ("norr", 2.5, 1.0), ("syd", None, None),
    ]  # fmt: skip


def test_what_is_not_told_and_what_nobody_has_certified_is_listed(city):
    """M022: each board reports, lacks a report, certifies that there was none, or is silent."""
    make(catalogue().processes["ivo_report"], now=NOW, number="I-1", state="sent", fields={"sent_on": "2026-02-27"})
    NoReports.objects.create(
        board=Board.objects.get(slug="syd"), first=date(2025, 1, 1), last=YEAR.last, by=city["Bo"], at=NOW
    )
    told = {one.board.slug: (one.told, one.missing, one.state) for one in coverage(as_viewer(city["Sara"]), YEAR)}
    assert told == {"norr": (0, 1, "missing"), "syd": (0, 0, "certified")}
    assert [one.board.slug for one in coverage(as_viewer(city["Rut"]), YEAR)] == ["norr"]


def test_the_files_say_what_the_page_says_and_the_log_who_took_them(city):
    """M135, M286: CSV and Excel hold every number, with the period and the definition."""
    report(city)
    sara = as_viewer(city["Sara"])
    lines = list(csv.reader(io.StringIO(give_out("csv", YEAR, by=sara, now=NOW).decode("utf-8-sig")), delimiter=";"))
    told = {(row[1], row[2], row[3]): row[4] for row in lines[1:]}
    for one in figures(sara, YEAR):
        assert told[one.statistic.sv, "", "Alla"] == ("–" if one.total is None else str(one.total))
    assert told["Anmälningar till IVO", "Nämnd", "Norra stadsdelsnämnden"] == "1"
    book = zipfile.ZipFile(io.BytesIO(give_out("xlsx", YEAR, by=sara, now=NOW)))
    assert {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"} <= set(book.namelist())
    assert opened(give_out("ods", YEAR, by=sara, now=NOW)) == [
        ["–" if cell == "" and at == 4 else cell for at, cell in enumerate(row)] for row in lines
    ]
    assert Entry.objects.filter(kind="read", what="statistics csv").count() == 1
    with pytest.raises(NotForYouError):
        give_out("csv", YEAR, by=as_viewer(city["Elin"]), now=NOW)


def opened(sheet):
    """The first sheet of an OpenDocument file, by another program than the one that wrote it."""
    from xml.etree import ElementTree

    parts = zipfile.ZipFile(io.BytesIO(sheet))
    first = parts.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    name = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
    sheet = next(ElementTree.fromstring(parts.read("content.xml")).iter(name % ("table", "table")))
    rows = sheet.iter(name % ("table", "table-row"))
    return [["".join(cell.itertext()) for cell in row] for row in rows]


@given(first=st.dates(date(2026, 1, 1), date(2026, 3, 2)), last=st.dates(date(2026, 1, 1), date(2026, 3, 2)))
def test_persons_are_counted_in_whole_months(first, last):
    """IS4: two periods that differ by days within a month count the same persons, so none is told by subtraction."""
    first, last = sorted([first, last])
    period = whole_months(Period(first, last))
    assert (period.first.day, (period.last + timedelta(days=1)).day) == (1, 1)
    assert (period.first <= first, last <= period.last) == (True, True)
    assert period == whole_months(Period(first.replace(day=1), period.last))


def test_a_day_more_or_less_shows_no_person(city):
    """IS4, M286: in the figure, its files and the rows behind it; a report about a company is counted to the day."""
    person(city, 6)
    counted = {total(city, "st2_persons", period=Period(date(2026, 2, 5), date(2026, 3, last))) for last in (1, 2, 31)}
    assert (counted, figure("st2_persons", as_viewer(city["Sara"]), YEAR).period.last) == ({6}, date(2026, 3, 31))


def test_investigations_are_counted_for_those_who_lead_them(city):
    """M032, M105: what came in, by what it is about; small numbers hidden; never for the coordinator."""
    process = catalogue().processes["investigation"]
    for number in range(6):
        make(process, now=NOW, number=f"U-{number}", state="received", fields={"case_type": "hours"})
    found = figure("st10_opened", as_viewer(city["Cilla"]), YEAR)
    assert (found.total, found.cells("case_type")) == (6, {"hours": 6})
    assert total(city, "st10_opened", "Sara") == "not shown"


def test_a_withdrawn_item_is_counted_and_is_not_shared(city):
    press(city, report(city), "withdraw", "Sara", reason="Dubblett")
    assert (total(city, "st1_ivo_reports"), total(city, "st4_shared")) == (1, 0)


def test_the_page_asks_as_much_with_many_rows_as_with_none(city, django_assert_max_num_queries):
    viewer = as_viewer(city["Sara"])
    with django_assert_max_num_queries(20):
        figures(viewer, YEAR)
    person(city, 6)
    report(city)
    with django_assert_max_num_queries(20):
        figures(viewer, YEAR)


def test_a_board_without_answers_has_no_days_rather_than_none_at_all(city):
    cleared(city, shared(city))
    assert figure("st3_days", as_viewer(city["Sara"]), YEAR).cells("board") == {"norr": 1}


def claim(city, number, *paid):
    case = make(catalogue().processes["recovery"], now=NOW, number=f"NORR-R-2026-{number}", state="received",
                fields={"ground": "contract", "debtor": "provider"})  # fmt: skip
    for on, ore in paid:
        Repayment.objects.create(matter=case, paid_on=on, ore=ore, kind="payment", by=city["Asta"], at=NOW)


def test_what_is_repaid_is_counted_by_the_day_it_came_and_held_against_the_number_of_cases(city):
    """M032: ten payments of one debtor are one case, and are not shown."""
    for number in range(4):
        claim(city, number, (date(2026, 2, 1), 100_000), (date(2026, 3, 1), 50_000), (date(2024, 1, 1), 900))
    assert total(city, "st11_repaid", "Klas") is None
    claim(city, 4, (date(2026, 2, 2), 100_001))
    found = figure("st11_repaid", as_viewer(city["Klas"]), YEAR)
    assert (found.total, found.cells("ground"), found.cells("board")) == (
        700_001,
        {"contract": 700_001},
        {"norr": 700_001},
    )
    assert (total(city, "st11_repaid", "Bo"), behind(found, as_viewer(city["Bo"]))) == (0, [])


def test_deviations_are_told_of_a_thousand_and_not_where_few_stand_behind(city):
    """M182, M198: of the invoices that came, how many did not match when they were first compared."""
    process, made = catalogue().processes["invoice"], []
    for number in range(8):
        made.append(make(process, now=NOW, number=f"NORR-FA-2026-{number}"))
    for invoice in made[:4]:
        take_as_system(invoice, "not_match", now=NOW)
    assert total(city, "st9_invoices", "Klas") is None
    take_as_system(made[4], "not_match", now=NOW)
    found = figure("st9_invoices", as_viewer(city["Klas"]), whole_months(YEAR))
    assert (found.total, found.cells("board"), Words().written(found.statistic, found.total)) == (
        625,
        {"norr": 625},
        "625\u00a0av 1\u00a0000",
    )


def test_what_is_bought_is_counted_by_area_from_the_lines_of_invoices(city):
    """M208: by area and board, on the day the invoice was issued; two lines of one invoice are one matter."""
    for number in range(5):
        invoice = make(catalogue().processes["invoice"], now=NOW, number=f"NORR-FA-2026-{number}")
        for place, area in enumerate(("home_care", "home_care" if number else "placement"), start=1):
            InvoiceLine.objects.create(
                matter=invoice, place=place, line_number=str(place), area=area, amount_ore=1_000_00
            )
    found = figure("st21_purchases", as_viewer(city["Klas"]), YEAR)
    assert (found.total, found.cells("service_area")) == (1_000_000, {"home_care": None, "placement": None})
    invoice = Invoice.objects.get(number="NORR-FA-2026-0")
    invoice.lines.filter(area="placement").update(area="home_care")
    found = figure("st21_purchases", as_viewer(city["Klas"]), YEAR)
    assert (found.total, found.cells("service_area")) == (1_000_000, {"home_care": 1_000_000})


def ran(city, board, day, **persons):
    Run.objects.create(board=Board.objects.get(slug=board), day=day, at=NOW, finished_at=NOW,
                       summary={"assistance_by_sex": persons})  # fmt: skip


def test_persons_with_decisions_are_counted_by_sex_at_the_last_run_and_small_cells_are_hidden(city):
    """M112: by board, sex and year; a smaller board shows neither its few nor what they could be told from."""
    ran(city, "norr", date(2026, 1, 7), woman=30, man=24)
    ran(city, "norr", date(2026, 2, 7), woman=31, man=24)
    found = figure("st6_persons", as_viewer(city["Sara"]), YEAR)
    assert (found.total, found.cells("sex"), found.cells("year")) == (55, {"woman": 31, "man": 24}, {"2026": 55})
    assert found.cells("board") == {"norr": 55, "syd": 0}
    assert behind(found, as_viewer(city["Sara"])) == []
    ran(city, "syd", date(2026, 2, 1), woman=3, man=1)
    assert figure("st6_persons", as_viewer(city["Sara"]), YEAR).cells("board") == {"norr": None, "syd": None}
    assert (total(city, "st6_persons", "Rut"), total(city, "st6_persons", "Bo")) == (55, None)
    assert total(city, "st6_persons", "Asta") == "not shown"


def test_reports_and_activities_are_counted_by_unit_and_go_with_the_files(city):
    """M135: the same counts on board and unit level, with export."""
    units = {slug: Unit.objects.create(board=Board.objects.get(slug="norr"), slug=slug, name=name)
             for slug, name in (("ost", "Enhet Öst"), ("vast", "Enhet Väst"))}  # fmt: skip
    process, fields = catalogue().processes["ivo_report"], {"sent_on": "2026-02-27", "target": "provider"}
    for number, unit in enumerate(("ost", "ost", "vast")):
        make(process, now=NOW, number=f"I-{number}", state="sent", unit=units[unit], fields=fields)
    rut = as_viewer(city["Rut"])
    found = figure("st1_sent", rut, YEAR)
    assert (found.total, found.cells("unit"), found.cells("board")) == (3, {"ost": 2, "vast": 1}, {"norr": 3})
    told = give_out("csv", YEAR, by=rut, now=NOW).decode("utf-8-sig")
    assert ";".join(["ST1", found.statistic.sv, "Enhet", "Enhet Öst", "2"]) in told
    for number in range(5):
        make(catalogue().processes["control_record"], now=NOW, number=f"KP-{number}", unit=units["ost"],
             fields={"why": "rule", "control_kind": "hours"})  # fmt: skip
    assert figure("st20_controls", rut, YEAR).cells("unit") == {"ost": 5}
    assert total(city, "st20_controls", "Bo") == 0


def test_a_figure_is_told_in_english_and_kept_in_swedish(city):
    report(city)
    one = figure("st1_ivo_reports", as_viewer(city["Sara"]), YEAR).statistic
    english, kept = Words(english=True), Words()
    assert [words.title(one, "target") for words in (kept, english)] == [
        "Vem gäller anmälan",
        "Whom does the report concern",
    ]
    assert [words.cell(one, "target", "provider") for words in (kept, english)] == ["Anordnare", "Provider"]
    assert [words.cell(one, "month", "2026-03") for words in (kept, english)] == ["mars\u00a02026", "March\u00a02026"]
    money = catalogue().statistics["st11_claimed"]
    assert [words.written(money, 123_400) for words in (kept, english)] == ["1\u00a0234\u00a0kr", "1\u00a0234\u00a0SEK"]
