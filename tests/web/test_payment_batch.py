"""From attested to paid: one makes the file, another attests, the bank pays, and what it says is read back (M120)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.web.delivered import deliver, work_off
from tests.web.payments import ACCOUNTS, batch, ready
from tests.web.people import NOW, as_viewer
from tests.web.reports import MONTH, PROVIDER
from tillit.payments import Payer
from tillit.web.actions.payment_batch import NothingToPayError, fetch_file, make_batch
from tillit.web.actions.refusal import HeldBackError, NotForYouError, NotYourStepError
from tillit.web.actions.step import take_step
from tillit.web.city_settlement import bank_notice
from tillit.web.models import Board, Entry, Matter, PaymentBatch, PaymentOrder, Provider, StepTaken
from tillit.web.queries.payment_batch import batch_shown
from tillit.web.queries.settlement import month_stands, payable

PAY_ON = date(2026, 3, 4)
ORE = 342_600


@pytest.fixture
def norr(city, installation, settings):
    from dataclasses import replace

    settings.TILLIT = replace(settings.TILLIT, payer=Payer("Provstads kommun", "2120000142", "BG:9910993"))
    Provider.objects.create(number=PROVIDER, name="Anordnaren AB")
    return Board.objects.get(slug="norr")


@pytest.fixture
def report(city, norr):
    deliver(city["Klas"], name="konton.csv", text=ACCOUNTS)
    work_off()
    return ready(by=city["Klas"], at=NOW)


def made(city, norr, who="Fredrik", **more):
    given = {"board": norr, "month": MONTH, "pay_on": PAY_ON, "by": as_viewer(city[who]), "now": NOW}
    return make_batch(**given | more)


def take(matter, step, user, given=None):
    found = Matter.objects.get(pk=matter.pk)
    take_step(found, step, by=as_viewer(user), now=NOW, version=found.version, given=given or {})
    return Matter.objects.get(pk=matter.pk)


def sent(city, norr):
    file = made(city, norr)
    take(file, "attest", city["Tyra"])
    fetch_file(file.number, "bank", by=as_viewer(city["Fredrik"]), now=NOW)
    take(file, "send", city["Fredrik"], {"sent_how": "portal"})
    return file


def told(city, *payments, name="avisering.xml"):
    """The bank's notices of (id, öre, account)."""
    for number, (payment, ore, account) in enumerate(payments):
        notice = bank_notice(payment, ore, account, NOW.date()).decode().replace("AVI-1", f"AVI-{name}-{number}")
        deliver(city["Klas"], name=f"{number}{name}", text=notice)
    work_off()


def state(matter):
    return Matter.objects.get(pk=matter.pk).state


def test_from_attested_to_paid_with_two_people_and_the_banks_own_word(report, city, norr):
    """M120: ordered, attested by another, handed to the bank, and paid only when the bank says the same amount."""
    file = made(city, norr)
    assert (file.number, file.count, file.total_ore, file.state) == ("NORR-BF-2026-1", 1, ORE, "made")
    with pytest.raises(NotForYouError):  # nobody fetches what is not attested
        fetch_file(file.number, "bank", by=as_viewer(city["Fredrik"]), now=NOW)
    take(file, "attest", city["Tyra"])
    found = fetch_file(file.number, "bank", by=as_viewer(city["Fredrik"]), now=NOW)
    assert (found.name, b"<EndToEndId>NORR-BF-2026-1-1</EndToEndId>" in found.content) == ("NORR-BF-2026-1.xml", True)
    assert b"0000-0000-0000K" not in found.content  # of whom it is stands in neither file
    assert b"0000-0000-0000K" not in bytes(file.ledger_file)
    take(file, "send", city["Fredrik"], {"sent_how": "portal"})
    assert state(report) == "transferred"
    with pytest.raises(NotForYouError):  # handed over once more it could be paid once more
        fetch_file(file.number, "bank", by=as_viewer(city["Fredrik"]), now=NOW)
    told(city, ("NORR-BF-2026-1-1", ORE, "BG:9912346"))
    order = PaymentOrder.objects.get()
    assert (state(report), state(file), order.verdict, order.told_on) == ("paid", "paid", "paid", NOW.date())
    kept = list(Entry.objects.filter(matter=file.number, kind="change").order_by("pk").values_list("what", flat=True))
    assert kept == ["make payment file", "attest", "fetch payment file", "send", "complete", "read payments"]


@pytest.mark.parametrize(
    ("ore", "account", "verdict"),
    [(ORE - 1, "BG:9912346", "other_amount"), (ORE, "BG:9910993", "other_account")],
)
def test_what_the_bank_says_otherwise_is_never_half_paid(report, city, norr, ore, account, verdict):
    file = sent(city, norr)
    told(city, ("NORR-BF-2026-1-1", ore, account))
    assert (PaymentOrder.objects.get().verdict, state(report), state(file)) == (verdict, "transferred", "differs")
    [shown] = batch_shown(file, as_viewer(city["Fredrik"])).differing
    assert (shown.number, shown.order.told_ore) == (report.number, ore)


def test_what_is_paid_and_stands_in_no_order_is_told_of(report, city, norr):
    file = sent(city, norr)
    told(city, ("NORR-BF-2026-1-2", 100, "BG:9912346"), ("NORR-BF-2026-1-1", ORE, "BG:9912346"))
    found = PaymentBatch.objects.get(pk=file.pk)
    assert ([one[:2] for one in found.unordered], found.state, state(report)) == (
        [["NORR-BF-2026-1-2", 100]], "differs", "paid"
    )  # fmt: skip


def test_the_same_booking_in_two_deliveries_is_one_and_reading_again_changes_nothing(report, city, norr):
    sent(city, norr)
    for name in ("a.xml", "b.xml"):
        told(city, ("NORR-BF-2026-1-1", ORE, "BG:9912346"), name=name)
    assert PaymentOrder.objects.get().verdict == "paid"
    assert StepTaken.objects.filter(matter=report.pk, step="confirm").count() == 1


def test_what_came_back_is_ordered_anew_and_attested_anew(report, city, norr):
    file = sent(city, norr)
    PaymentOrder.objects.update(verdict="returned")
    Matter.objects.filter(pk=file.pk).update(state="differs")
    take(file, "take_back", city["Fredrik"], {"reason": "Kontot var avslutat"})
    assert state(report) == "attested"
    again = made(city, norr)
    assert (again.state, PaymentOrder.objects.filter(ended_at=None).get().matter_id) == ("made", again.pk)


def test_no_settlement_is_paid_twice_not_even_by_hand_in_the_database(report, city, norr):
    first = made(city, norr)
    with pytest.raises(NothingToPayError):
        made(city, norr)
    with pytest.raises(IntegrityError), transaction.atomic():
        batch(now=NOW, made_by=city["Fredrik"], report=report, number="NORR-BF-2026-2")
    with pytest.raises(HeldBackError, match=first.number):
        take(report, "pay_by_hand", city["Fredrik"], {"reason": "Bråttom"})
    take(first, "withdraw", city["Fredrik"], {"reason": "Fel betaldag"})
    assert made(city, norr, pay_on=PAY_ON + timedelta(days=1)).state == "made"


def test_a_file_is_never_changed_and_never_attested_by_the_one_who_made_it(report, city, norr):
    made(city, norr)
    for change in (
        lambda: PaymentBatch.objects.update(bank_file=b"another"),
        lambda: PaymentBatch.objects.update(attested_by=city["Fredrik"], attested_at=NOW),
        lambda: PaymentBatch.objects.update(fetched_at=NOW),
        lambda: PaymentOrder.objects.update(ore=1),
        lambda: PaymentOrder.objects.update(account="BG:9910993"),
        lambda: PaymentOrder.objects.all().delete(),
    ):
        with (
            pytest.raises(DatabaseError, match=r"append-only|attested_by_another|leaves_only_attested"),
            transaction.atomic(),
        ):
            change()


def test_the_colleague_with_another_role_makes_and_fetches_nothing_and_for_a_stranger_there_is_none(report, city, norr):
    with pytest.raises(NotYourStepError):
        made(city, norr, "Klas")
    file = made(city, norr)
    take(file, "attest", city["Tyra"])
    for name in ("Klas", "Tyra", "Bo"):
        with pytest.raises(NotForYouError):
            fetch_file(file.number, "bank", by=as_viewer(city[name]), now=NOW)
    assert month_stands(as_viewer(city["Bo"]), MONTH) == []
    assert [one.name for one in month_stands(as_viewer(city["Tyra"]), MONTH)] == ["pay"]


def test_one_with_protected_data_is_in_no_file_of_someone_who_may_not_read_it(report, city, norr):
    Matter.objects.filter(pk=report.pk).update(protected=True)
    with pytest.raises(NothingToPayError):
        made(city, norr)


@pytest.mark.parametrize(
    ("accounts", "obstacle"),
    [
        (ACCOUNTS.replace(";2025-01-10", ";"), "unverified"),
        (ACCOUNTS + "BG:9910993;556999-9999;2026-01-01;2026-01-02\n", "two_accounts"),
        (ACCOUNTS.replace("BG:9912346", "BA:SE4550000000058398257466"), "no_giro"),
        (ACCOUNTS.replace("556999-9999", "559999-0008"), "no_account"),
    ],
)
def test_money_goes_to_a_verified_account_alone(city, norr, accounts, obstacle):
    """SD5."""
    deliver(city["Klas"], name="konton.csv", text=accounts)
    work_off()
    ready(by=city["Klas"], at=NOW)
    assert [one.obstacle for one in payable(as_viewer(city["Fredrik"]), MONTH, norr)] == [obstacle]
    with pytest.raises(NothingToPayError):
        made(city, norr)


def test_an_account_that_changes_between_two_people_stops_the_second(report, city, norr):
    file = made(city, norr)
    deliver(city["Klas"], name="nya.csv", text=ACCOUNTS.replace("BG:9912346", "BG:9910993"))
    work_off()
    with pytest.raises(HeldBackError, match="Flera konton"):
        take(file, "attest", city["Tyra"])


@pytest.mark.parametrize("arrangement", ["own_employer", "municipality"])
def test_what_goes_to_another_than_a_provider_is_paid_outside_the_file_and_confirmed_all_the_same(
    city, norr, arrangement
):
    report = ready(by=city["Klas"], at=NOW, arrangement=arrangement)
    assert [one.obstacle for one in payable(as_viewer(city["Fredrik"]), MONTH, norr)] == ["payee"]
    take(report, "pay_by_hand", city["Fredrik"], {"reason": "Egen arbetsgivare"})
    rows = f"Utbetalning;Belopp (kr);Betaldag;Status;Referens\nU1;3426,00;2026-03-02;Betald;{report.number}-A1\n"
    deliver(city["Klas"], name="utbetalningar.csv", text=rows)
    work_off()
    assert state(report) == "paid"


def test_without_the_municipalitys_own_account_no_file_is_made(report, city, norr, settings):
    from dataclasses import replace

    settings.TILLIT = replace(settings.TILLIT, payer=None)
    with pytest.raises(HeldBackError, match="eget konto"):
        made(city, norr)
