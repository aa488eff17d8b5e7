"""Random samples: drawn so that anyone can draw them again, reviewed without knowing why, and told as far as known."""

import csv
import gzip
import io
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction

from tests.web.delivered import deliver, work_off
from tests.web.matters import make
from tests.web.people import NOW, as_viewer
from tillit.measure.draw import draw
from tillit.measure.estimate import wilson
from tillit.measure.frame import Unit as Drawable
from tillit.measure.frame import freeze
from tillit.measure.size import allocate
from tillit.units import Period
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.actions.sample import MOST, close_sample, draw_sample
from tillit.web.actions.step import take_step
from tillit.web.models import Board, Case, Entry, Exhibit, Job, Sample, SampleUnit
from tillit.web.queries import sample as queries
from tillit.web.queries.matter import readable
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import WrongValueError

JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31))
NUMBERS = ("19860511-2385", "20000131-2388", "20000229-2399")
GRANTS = "Bidrag;Nämnd;Föreningens organisationsnummer;Ändamål;Från;Till;Belopp (kr);Utbetalt\n" + "".join(
    f"G{number};Kulturnämnden;802999-{provider};Läxhjälp {number};2026-01-01;2026-12-31;{amount};2026-01-{day:02}\n"
    for number, provider, amount, day in (
        (place, "3295" if place % 3 else "3196", 1000 * place, place % 28 + 1) for place in range(1, 151)
    )
)


@pytest.fixture
def norr(city, installation):
    return Board.objects.get(slug="norr")


@pytest.fixture
def delivered(city, norr):
    deliver(city["Klas"], name="bidrag.csv", text=GRANTS)
    work_off()


def asked(city, norr, who="Klas", **more):
    given = {"frame": "grant", "period": JANUARY, "size": 60, "mixed": 0, "method": "simple"} | more
    return draw_sample(board=norr, by=as_viewer(city[who]), now=NOW, **given)


@pytest.fixture
def sample(city, norr, delivered):
    found = asked(city, norr)
    assert work_off() == 1
    found.refresh_from_db()
    return found


def answer(city, unit, *, outcome="right", who="Klas", second=False, **more):
    matter = unit.second if second else unit.matter
    given = {"outcome": outcome, "found": "Redovisningen stämmer"} | more
    take_step(matter, "review", version=matter.version, by=as_viewer(city[who]), now=NOW, given=given)


def answer_all(city, found, wrong=()):
    for unit in SampleUnit.objects.filter(sample=found).select_related("matter", "second"):
        told = {"outcome": "amount", "too_much": unit.amount_ore // 10} if unit.place in wrong else {}
        answer(city, unit, **told)
        if unit.second:
            answer(city, unit, second=True, who="Asta", **told)


def test_the_frame_is_frozen_and_anyone_draws_the_same_from_it(city, sample):
    text = gzip.decompress(bytes(sample.frame_file)).decode()
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    frame = freeze(Drawable(row["unit"], row["stratum"], int(row["amount_ore"]), row["cluster"]) for row in rows)
    assert (len(rows), frame.hash) == (150, sample.frame_hash)
    assert (sample.units, sample.paid_ore) == (150, 1000 * 100 * 150 * 151 // 2)
    assert sample.seed == f"norr/grant/2026-01-01/2026-01-31/{sample.frame_hash[:16]}"
    again = {one.unit.id for one in draw(frame, allocate(frame, 60), seed=sample.seed)}
    units = SampleUnit.objects.filter(sample=sample)
    assert {unit.unit for unit in units} == again
    assert {Fraction(unit.chance_top, unit.chance_of) for unit in units} == {Fraction(60, 150)}
    assert sample.strata == {"grant": [150, sample.paid_ore, 60]}


def test_each_unit_is_a_review_in_the_order_of_the_queue_that_does_not_say_where_it_came_from(city, sample):
    units = list(SampleUnit.objects.filter(sample=sample).select_related("matter", "second"))
    matters = [matter for unit in units for matter in (unit.matter, unit.second) if matter]
    assert len(matters) == 66  # a tenth is read twice
    assert [int(one.number.rsplit("-", 1)[1]) for one in matters] == list(range(1, 67))
    assert {(one.title, one.opened_by, one.process) for one in matters} == {
        ("Granska ett bidrag", None, "sample_review")
    }
    assert set(matters[0].fields) == {"unit", "period_from", "period_to", "paid", "ask"}
    assert sorted(unit.unit for unit in units) != [unit.unit for unit in units]  # shuffled
    exhibit = Exhibit.objects.get(matter=matters[0].pk)
    assert (exhibit.origin, [row["table"] for row in exhibit.lines]) == ("bidrag.csv", ["grant_payment"])


def test_klas_reviews_and_bo_finds_nothing(city, sample):
    klas, bo = as_viewer(city["Klas"]), as_viewer(city["Bo"])
    assert readable(Case, klas).filter(process="sample_review").count() == 66
    assert list(readable(Case, bo).filter(process="sample_review")) == []
    assert [one.pk for one in queries.listed(klas)] == [sample.pk]
    assert (list(queries.listed(bo)), queries.sample(sample.pk, bo)) == ([], None)
    with pytest.raises(NotForYouError):
        close_sample(sample, by=bo, now=NOW)


def test_what_is_read_twice_is_read_by_two(city, sample):
    unit = SampleUnit.objects.filter(sample=sample, second__isnull=False).select_related("matter", "second").first()
    answer(city, unit)
    with pytest.raises(HeldBackError, match="Du har redan granskat den här betalningen"):
        answer(city, unit, second=True)
    answer(city, unit, second=True, who="Asta")


def test_the_figures_come_when_it_is_closed_and_not_before(city, sample):
    """M212: the rate of errors with its size and its interval."""
    klas = as_viewer(city["Klas"])
    with pytest.raises(HeldBackError, match="Mindre än hälften är granskat"):
        close_sample(sample, by=klas, now=NOW)
    answer_all(city, sample, wrong={3, 9, 27})
    close_sample(sample, by=klas, now=NOW)
    sample.refresh_from_db()
    said = queries.said(sample)
    # Without replacement: Wilson at the size that a simple sample would need to be as sure.
    effective = 0.05 * 0.95 / (0.05 * 0.95 / 59 * (1 - 60 / 150))
    low, high = wilson(0, effective, share=0.05)
    assert (said.rate.value, said.rate.reviewed) == (0.05, 60)
    assert said.rate.low == pytest.approx(low, rel=1e-9)
    assert said.rate.high == pytest.approx(high, rel=1e-9)
    wrong = [unit.amount_ore for unit in SampleUnit.objects.filter(sample=sample, place__in=(3, 9, 27))]
    drawn = sum(SampleUnit.objects.filter(sample=sample).values_list("amount_ore", flat=True))
    share = sum(ore // 10 for ore in wrong) / drawn
    assert said.money.too_much.value == pytest.approx(share * sample.paid_ore)
    assert (said.undecided, said.twice, said.kappa, said.may_be_told) == (0, 6, 1.0, True)
    assert (said.money.too_little.value, said.change, said.controls) == (0, None, [])
    with pytest.raises(HeldBackError):
        close_sample(sample, by=klas, now=NOW)


def test_what_nobody_answered_is_counted_both_ways(city, sample):
    for unit in SampleUnit.objects.filter(sample=sample, place__lte=30).select_related("matter"):
        answer(city, unit)
    close_sample(sample, by=as_viewer(city["Klas"]), now=NOW)
    said = queries.said(Sample.objects.get())
    assert (said.rate.value, said.undecided) == (0.0, 30)
    assert [bound.value for bound in said.bounds] == [0.0, 0.5]
    drawn = SampleUnit.objects.filter(sample=sample)
    left = sum(drawn.filter(place__gt=30).values_list("amount_ore", flat=True))
    every = sum(drawn.values_list("amount_ore", flat=True))
    assert said.money_bounds == (0, round(left / every * sample.paid_ore))


def test_two_who_do_not_agree_keep_the_figures_from_being_told(city, sample):
    for unit in SampleUnit.objects.filter(sample=sample).select_related("matter", "second"):
        answer(city, unit)
        if unit.second:
            answer(city, unit, second=True, who="Asta", outcome="undecided")
    close_sample(sample, by=as_viewer(city["Klas"]), now=NOW)
    said = queries.said(Sample.objects.get())
    assert (said.kappa, said.may_be_told) == (0.0, False)


def test_what_controls_found_is_mixed_in_and_says_nothing_of_the_rate(city, norr, delivered):
    """PRO-13: the random arm alone gives the rate; what was chosen gives how often the control is right."""
    sha = norr.upload_set.get().sha256
    for place in (5, 50, 100, 140):
        found = make(catalogue().processes["finding"], now=NOW, number=f"NORR-F-2026-{place}", board="norr")
        found.control, found.origin = "FOR-03", "rule"
        found.result = {
            "evidence": [{"file": "bidrag.csv", "sha256": sha, "line": place + 1, "table": "grant_payment"}]
        }
        found.save()
    sample = asked(city, norr, mixed=10, size=60)
    work_off()
    units = list(SampleUnit.objects.filter(sample=sample).select_related("matter"))
    flagged = {unit.unit: unit.origin for unit in units if unit.found_by == ["FOR-03"]}
    assert set(flagged) == {f"Kulturnämnden/G{place}" for place in (5, 50, 100, 140)}
    mixed = [unit for unit in units if unit.origin == "rule"]
    assert len(mixed) == list(flagged.values()).count("rule") == len(units) - 60
    assert {(unit.chance_top, unit.chance_of) for unit in mixed} == {(0, 0)}
    sample.refresh_from_db()
    assert sum(hits for _units, _ore, hits in sample.providers.values()) == 4
    for unit in units:
        wrong = {"outcome": "amount", "too_much": 100} if unit.found_by else {}
        answer(city, unit, **wrong)
    close_sample(sample, by=as_viewer(city["Klas"]), now=NOW)
    said = queries.said(Sample.objects.get())
    assert [(one.control, one.reviewed, one.wrong) for one in said.controls] == [("FOR-03", 4, 4)]
    assert said.rate.reviewed == 60
    assert said.rate.value == pytest.approx((4 - len(mixed)) / 60)


def test_a_sample_of_all_there_is_can_be_told_too(city, norr, delivered):
    row = {"file": "bidrag.csv", "sha256": norr.upload_set.get().sha256, "line": 8, "table": "grant_payment"}
    found = make(catalogue().processes["finding"], now=NOW, number="NORR-F-2026-7", board="norr")
    found.control, found.origin, found.result = "FOR-03", "rule", {"evidence": [row]}
    found.save()
    sample = asked(city, norr, size=150)
    work_off()
    for unit in SampleUnit.objects.filter(sample=sample).select_related("matter"):
        told = {"outcome": "amount", "too_much": 100} if unit.found_by else {}
        answer(city, unit, **told)
    close_sample(sample, by=as_viewer(city["Klas"]), now=NOW)
    said = queries.said(Sample.objects.get())
    assert (said.rate.value, said.rate.reviewed) == (1 / 150, 150)
    assert said.lift[0] == pytest.approx(150)


def test_by_amount_a_large_payment_is_drawn_for_certain(city, norr, delivered):
    """M280: paid grants are drawn, each with a review of its own."""
    sample = asked(city, norr, method="by_amount", size=40)
    work_off()
    units = SampleUnit.objects.filter(sample=sample)
    chances = [Fraction(unit.chance_top, unit.chance_of) for unit in units]
    assert len(chances) == 40
    paid = sum(1000 * 100 * place for place in range(1, 151))
    assert {unit.amount_ore: Fraction(unit.chance_top, unit.chance_of) for unit in units} == {
        unit.amount_ore: Fraction(unit.amount_ore * 40, paid) for unit in units
    }


def test_a_sample_is_drawn_once_and_never_changed(city, norr, sample):
    with pytest.raises(HeldBackError, match="Ett urval är redan draget för perioden"):
        asked(city, norr)
    unit = SampleUnit.objects.filter(sample=sample).first()
    for change in (
        lambda: Sample.objects.update(seed="ett bättre"),
        lambda: Sample.objects.all().delete(),
        lambda: SampleUnit.objects.update(found_by=[]),
        lambda: SampleUnit.objects.all().delete(),
        lambda: SampleUnit.objects.create(
            sample=sample, place=99, unit="x", origin="rule", stratum="grant", amount_ore=1, matter=unit.second
            or SampleUnit.objects.exclude(second=None).first().second,
        ),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_draw_and_the_closing_are_lines_of_the_log(city, sample):
    assert [one.what for one in Entry.objects.filter(details__sample=sample.pk).order_by("count")] == [
        "draw sample",
        "sample is drawn",
    ]
    assert Entry.objects.get(what="sample is drawn").details["frame_hash"] == sample.frame_hash


@pytest.mark.parametrize(
    ("who", "error"), [("Asta", NotYourStepError), ("Cilla", NotYourStepError), ("Bo", NotForYouError)]
)
def test_others_draw_nothing(city, norr, delivered, who, error):
    with pytest.raises(error):
        asked(city, norr, who)
    assert list(Sample.objects.all()) == []


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"frame": "nothing"}, "Välj vad som ska granskas"),
        ({"size": 0}, "Dra minst 1"),
        ({"size": MOST + 1}, "Dra minst 1"),
        ({"mixed": -1}, "Dra minst 1"),
        ({"period": Period(date(2026, 2, 1), NOW.date())}, "Perioden är inte slut"),
    ],
)
def test_a_draw_that_cannot_be_is_told(city, norr, delivered, more, says):
    with pytest.raises(WrongValueError, match=says):
        asked(city, norr, **more)


def test_what_cannot_be_drawn_from_ends_with_a_code_and_may_be_tried_again(city, norr, delivered):
    sample = asked(city, norr, frame="assistance_month")
    work_off()
    sample.refresh_from_db()
    assert (sample.drawn_at, sample.error != "") == (None, True)
    assert [one.state for one in Job.objects.filter(kind="sample")] == ["failed"]
    assert asked(city, norr, frame="assistance_month").pk != sample.pk


def test_the_next_period_is_set_against_the_one_before(city, norr, sample):
    answer_all(city, sample)
    close_sample(sample, by=as_viewer(city["Klas"]), now=NOW)
    deliver(city["Klas"], name="bidrag-2.csv", text=GRANTS.replace("2026-01-", "2026-02-").replace("\nG", "\nH"))
    work_off()
    later = NOW + timedelta(days=31)
    second = draw_sample(
        board=norr, frame="grant", period=Period(date(2026, 2, 1), date(2026, 2, 28)), size=60, mixed=0,
        method="simple", by=as_viewer(city["Klas"], later), now=later,
    )  # fmt: skip
    work_off(later)
    answer_all(city, second)
    close_sample(second, by=as_viewer(city["Klas"]), now=NOW)
    value, low, high = queries.said(Sample.objects.get(pk=second.pk)).change
    assert (value, low < 0 < high) == (0.0, True)
