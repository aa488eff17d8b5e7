"""Money that comes back, read from the bank's file: to the right claim, once, and never by a guess."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.web.delivered import deliver, work_off
from tests.web.matters import give, hear, make
from tests.web.people import NOW, as_viewer
from tillit.identifiers.number import passes_luhn
from tillit.web.actions.limitation import remind_of_limitation
from tillit.web.actions.recovery import record_repayment
from tillit.web.models import Claim, Entry, Matter, Notice, Repayment
from tillit.web.queries.recovery import claim_shown
from tillit.web.queries.repayment import payments_shown
from tillit.web.rules.content import catalogue
from tillit.web.rules.repayment import reference_of

BASIS = {"ground": "contract", "debtor": "provider", "granted_on": date(2024, 3, 1), "basis": "amounts"}


def decided(city, number=1, board="norr", ore=1_000_000, state="served"):
    made = make(catalogue().processes["recovery"], now=NOW, number=f"{board.upper()}-R-2026-{number}", board=board)
    give(made, city["Asta"], now=NOW)
    if board == "norr":
        hear(made, city["Asta"], day=NOW.date(), answer_by=NOW.date() - timedelta(days=1), settled=True)
        Matter.objects.filter(pk=made.pk).update(state=state)
    Claim.objects.create(matter_id=made.pk, calculated_ore=ore, decided_ore=ore, decided_on=date(2026, 1, 2), **BASIS)
    return Matter.objects.get(pk=made.pk)


def statement(*payments, name="camt.054"):
    """A bank's notification of payments: amount in kronor, reference, id, and whether it was taken back."""
    entries = "".join(
        f"<Ntry><Amt Ccy='SEK'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
        f"<BookgDt><Dt>2026-02-27</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>{one}</EndToEndId></Refs>"
        f"<Amt Ccy='SEK'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
        f"<RmtInf><Ustrd>{reference}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
        for amount, reference, one in payments
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02">'
        f"<BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>{name}</MsgId></GrpHdr><Ntfctn><Id>{name}</Id><Acct><Id><Othr>"
        "<Id>9912346</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></Acct>"
        f"{entries}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    )


def brought(city, *payments, name="bank.xml"):
    upload = deliver(city["Klas"], name=name, text=statement(*payments, name=name))
    work_off()
    upload.refresh_from_db()
    assert upload.delivery["status"] != "rejected", upload.delivery
    return upload


def whys(upload, user):
    return [(one.payment.ore, one.why, one.number) for one in payments_shown(upload, as_viewer(user))]


def test_a_payment_with_the_number_of_a_claim_is_recorded_once_in_whatever_file_it_comes(city):
    """M123: the line of the bank's file stands with it, and the one who works with the case sees what is left."""
    case = decided(city)
    paid = ("4000.00", reference_of(case.pk), "E-1")
    upload = brought(city, paid, paid, ("55.00", "123456789", "E-2"), name="a.xml")
    brought(city, paid, paid, ("55.00", "123456789", "E-2"), ("1.50", "norr-r-2026-1", "E-3"), name="b.xml")
    assert list(Repayment.objects.values_list("matter", "ore", "kind", "by", "paid_on")) == [
        (case.pk, 400_000, "payment", None, date(2026, 2, 27)),
        (case.pk, 400_000, "payment", None, date(2026, 2, 27)),
        (case.pk, 150, "payment", None, date(2026, 2, 27)),
    ]
    assert claim_shown(case, as_viewer(city["Asta"])).standing.left == 199_850
    assert Matter.objects.get(pk=case.pk).state == "served"
    assert Entry.objects.filter(what="read repayment").count() == 3
    assert whys(upload, city["Klas"])[0] == (5_500, "unknown", "")


def test_what_does_not_fit_one_claim_is_left_to_a_person_and_says_why(city):
    one, two = decided(city), decided(city, 2, ore=100_00)
    done, other = decided(city, 3, state="answered"), decided(city, 4, board="syd")
    record_repayment(one, by=as_viewer(city["Asta"]), now=NOW, paid_on=date(2026, 2, 27), ore=7_00)
    mine, also = reference_of(one.pk), reference_of(two.pk)
    upload = brought(
        city,
        ("10.00", f"{mine} {also}", "E-1"),
        ("11.00", f"{mine} 4711", "E-2"),
        ("100.01", also, "E-3"),
        ("12.00", reference_of(done.pk), "E-4"),
        ("13.00", reference_of(other.pk), "E-5"),
        ("7.00", mine, "E-6"),
    )
    assert [(ore, why) for ore, why, _number in whys(upload, city["Klas"])] == [
        (10_00, "several"),
        (11_00, "several"),
        (100_01, "more"),
        (12_00, "not_open"),
        (13_00, "unknown"),
        (7_00, "by_hand"),
    ]
    assert Repayment.objects.exclude(source="").count() == 0


@given(st.integers(1, 10**9))
def test_a_reference_has_a_check_digit_and_belongs_to_one_case(key):
    found = reference_of(key)
    assert (passes_luhn(found), int(found[:-1])) == (True, key)


def test_the_last_day_is_told_in_time_and_once(city):
    """M123: at six months and at one month, to those who work with it; never after it has been decided."""
    case = make(catalogue().processes["recovery"], now=NOW, number="NORR-R-2026-1")
    give(case, city["Asta"], now=NOW)
    late = NOW.date() + timedelta(days=180)
    claim = Claim.objects.create(matter_id=case.pk, limitation_on=late + timedelta(days=1), **BASIS)
    assert (remind_of_limitation(now=NOW), Notice.objects.count()) == (0, 0)
    for day, told in ((1, 1), (2, 0), (150, 0), (151, 1), (152, 0), (200, 0)):
        assert remind_of_limitation(now=NOW + timedelta(days=day)) == told
    assert {one.user for one in Notice.objects.filter(what__startswith="limitation")} == {
        city["Asta"],
        city["Cilla"],
        city["Mats"],
    }
    Claim.objects.filter(pk=claim.pk).update(limitation_on=NOW.date() + timedelta(days=5))
    Matter.objects.filter(pk=case.pk).update(state="annulled")
    assert remind_of_limitation(now=NOW) == 0
