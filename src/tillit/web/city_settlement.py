"""Months of the made-up city, settled from delivered decisions: paid, in a file, to be paid, carried over and held."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tillit.units import add_months, add_working_days, interval, local_date, minutes_between
from tillit.web.actions.delivery import receive
from tillit.web.actions.matter import open_case
from tillit.web.actions.payment_batch import fetch_file, make_batch
from tillit.web.actions.series import next_number
from tillit.web.city_recovery import Take
from tillit.web.jobs import work
from tillit.web.models import (
    Board,
    Decision,
    PaymentBatch,
    PaymentOrder,
    Permit,
    ReportedTime,
    TimeReport,
    WorkerReport,
)
from tillit.web.rules.content import catalogue
from tillit.web.rules.payment_batch import accounts_at
from tillit.web.rules.scope import within
from tillit.web.rules.settlement import AREA
from tillit.web.rules.viewer import Viewer, viewer_of

if TYPE_CHECKING:
    from tillit.web.city import City


ADVANCE = 2_500_000


def settle_two(city: "City", board: Board, take: Take) -> None:
    """Reports of two months that have ended, settled by Fredrik against an advance, attested by Tyra."""
    for back, decision in zip((3, 2), _payable(city, board), strict=False):  # another town may have none
        report = _report(city, board, decision, _month(city, back))
        # What was not known then is not settled with: so it waits for the delivery.
        take(city, report, "settle", "Fredrik", max(city.ago(6), decision.known_from), {"advance_paid": ADVANCE})
        take(city, report, "attest", "Tyra", max(city.ago(5), decision.known_from), {})


def settle_newest(city: "City", board: Board, take: Take) -> None:
    """The month that ended last: one to pay, one from which a surplus is taken, and one that two people hold."""
    known = _payable(city, board)
    reporting = Counter(one.provider_number for one in known).most_common(1)
    # The provider with the most reports its month in the portal (city_reports.py).
    others = [one for one in known if reporting and one.provider_number != reporting[0][0]]
    for part, decision in zip((_to_pay, _carried, _held), others, strict=False):
        part(city, board, decision, take)
    if others:
        _typed(city, board, others[0])


def _typed(city: "City", board: Board, decision: Decision) -> None:
    """A temporary increase that Hanna has copied from its decision, and that no manager has confirmed yet."""
    at = max(city.ago(1), decision.known_from)
    month = _month(city, 0)
    given = {
        "number": f"{decision.number}-U"[:60], "client": decision.client_code, "arrangement": "provider",
        "provider": decision.provider_number, "cover": "temporary", "hours": "6", "per": "week",
        "counted_as": "weighted", "agreed_on": decision.valid_from, "valid_from": month,
        "valid_to": add_months(month, 2) - timedelta(days=1), "known_on": local_date(at),
    }  # fmt: skip
    open_case("decision", by=viewer_of(city.people["Hanna"], at), now=at, board=board, given=given)


def _to_pay(city: "City", board: Board, decision: Decision, take: Take) -> None:
    report = _report(city, board, decision, _month(city, 1))
    take(city, report, "settle", "Fredrik", max(city.ago(2), decision.known_from), {"advance_paid": ADVANCE})
    take(city, report, "attest", "Tyra", max(city.ago(1.5), decision.known_from), {})


def _carried(city: "City", board: Board, decision: Decision, take: Take) -> None:
    before = _report(city, board, decision, _month(city, 2))
    at = max(city.ago(4), decision.known_from)
    take(city, before, "settle", "Fredrik", at, {"advance_paid": 4 * ADVANCE})
    take(city, before, "attest", "Tyra", at, {})
    take(city, before, "surplus", "Fredrik", at, {})
    take(city, before, "set_off", "Fredrik", at, {"set_off_ground": "consent"})
    after = _report(city, board, decision, _month(city, 1))
    take(city, after, "settle", "Fredrik", max(city.ago(2), decision.known_from), {"advance_paid": ADVANCE})


def _held(city: "City", board: Board, decision: Decision, take: Take) -> None:
    report = _report(city, board, decision, _month(city, 1))
    given = {
        "hold_reason": "Två rapporter gäller samma timmar, och det är inte klart vilken som stämmer.",
        "undisputed": "Allt utom den 3 och den 4.",
        "hearing_exception": "urgent",
        "review_on": local_date(city.now + timedelta(days=10)).isoformat(),
    }
    take(city, report, "hold", "Klas", max(city.ago(1.5), decision.known_from), given, "Cilla")


def _payable(city: "City", board: Board) -> list[Decision]:
    """The decisions whose provider has a permit and an account that is checked."""
    month = _month(city, 3)
    permitted = Permit.objects.filter(service_type=AREA, status="granted", valid_to=None, valid_from__lt=month)
    found = Decision.objects.filter(
        board=board,
        cover="whole",
        per="week",
        valid_from__lt=month,
        valid_to=None,
        provider_number__in=permitted.values("provider__number"),
    ).order_by("number")
    accounts = accounts_at(board, {one.provider_number for one in found}, local_date(city.now))
    return [one for one in found if not accounts.of(one.provider_number).obstacle]


def pay_two(city: "City", take: Take) -> None:
    """The first is paid, and the bank's notice has been read; a file with the second waits for Tyra."""
    norr = Board.objects.get(slug="norr")
    with within([norr.pk]):
        if TimeReport.objects.filter(board=norr, state="attested").count() < 2:
            return
        batch = _make(city, norr, _month(city, 3), city.ago(4.5))
        take(city, batch, "attest", "Tyra", city.ago(4.4), {})
        fetch_file(batch.number, "bank", by=_fredrik(city, 4.3), now=city.ago(4.3))
        take(city, batch, "send", "Fredrik", city.ago(4.2), {"sent_how": "portal", "receipt": "Mottagen"})
        [order] = PaymentOrder.objects.filter(matter=batch)
        notice = bank_notice(order.payment_id, order.ore, order.account, local_date(city.ago(3)))
        receive("avisering.xml", [notice], board=norr, by=_fredrik(city, 3), now=city.ago(3))
    work(once=True, clock=lambda: city.ago(3))
    with within([norr.pk]):
        _make(city, norr, _month(city, 2), city.ago(1))


def _month(city: "City", back: int) -> date:
    return add_months(local_date(city.now).replace(day=1), -back)


def _fredrik(city: "City", days: float) -> Viewer:
    return viewer_of(city.people["Fredrik"], city.ago(days))


def _make(city: "City", board: Board, month: date, at: datetime) -> PaymentBatch:
    by = viewer_of(city.people["Fredrik"], at)
    return make_batch(board=board, month=month, pay_on=add_working_days(by.day, 2), by=by, now=at)


def bank_notice(payment: str, ore: int, account: str, day: date) -> bytes:
    """The bank's notice (camt.054) that a payment has been made."""
    kronor, number = f"{ore // 100}.{ore % 100:02}", account.partition(":")[2]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"><BkToCstmrDbtCdtNtfctn>
<GrpHdr><MsgId>AVI-1</MsgId><CreDtTm>{day}T20:00:00</CreDtTm></GrpHdr>
<Ntfctn><Id>AVI-1</Id><CreDtTm>{day}T20:00:00</CreDtTm>
<Acct><Id><Othr><Id>9910993</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></Acct>
<Ntry><Amt Ccy="SEK">{kronor}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt><BkTxCd><Prtry><Cd>BG</Cd></Prtry></BkTxCd>
<NtryDtls><TxDtls><Refs><EndToEndId>{payment}</EndToEndId></Refs>
<AmtDtls><TxAmt><Amt Ccy="SEK">{kronor}</Amt></TxAmt></AmtDtls>
<RltdPties><CdtrAcct><Id><Othr><Id>{number}</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></CdtrAcct></RltdPties>
</TxDtls></NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
""".encode()


def _report(city: "City", board: Board, decision: Decision, month: date) -> TimeReport:
    """Handed in and checked: an assistant by day, Monday to Friday, and a night of waiting each Friday."""
    process, at = catalogue().processes["time_report"], city.ago(8)
    report: TimeReport = TimeReport.objects.create(
        process=process.process,
        process_revision=process.revision,
        state="clean",
        state_since=at,
        zone=process.zone,
        board=board,
        number=next_number(process, board, local_date(at)),
        title=process.title,
        opened_at=at,
        provider_number=decision.provider_number,
        key=f"{board.slug}:{decision.client_code}:{decision.provider_number}:{month:%Y-%m}",
        client_code=decision.client_code,
        month=month,
        arrangement="provider",
        decision=decision.number,
    )
    part = WorkerReport.objects.create(matter=report, worker_code="7H2K-4QWM-9PXT", begun_at=at)
    day = month
    while day < add_months(month, 1):
        if day.weekday() < 5:
            _row(part, day, "08:00", "16:00", "active")
        if day.weekday() == 4:
            _row(part, day, "20:00", "24:00", "waiting")
        day += timedelta(days=1)
    WorkerReport.objects.filter(pk=part.pk).update(signed_at=at, approved_at=at, approved_as="client")
    return report


def _row(part: WorkerReport, day: date, start: str, end: str, kind: str) -> None:
    times = interval(day, start, end)
    ReportedTime.objects.create(
        matter=part.matter,
        part=part,
        date=day,
        start=start,
        end=end,
        kind=kind,
        starts_at=times.start,
        ends_at=times.end,
        minutes=minutes_between(times.start, times.end),
    )
