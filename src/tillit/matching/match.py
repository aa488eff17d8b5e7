"""Holds an invoice against what was ordered, agreed and done; every reason against it is told, none is weighed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from tillit.matching.parts import Bill, Deal, Line, Matched, Order, Price, Reason, Terms, Tried
from tillit.units import nearest

CARE = frozenset({"personal_assistance", "home_care", "housing_support", "companion", "respite", "placement"})
"""Services that are ordered for a person: by a decision, or by a placement."""

OWN_AGREEMENT = frozenset({"personal_assistance"})
"""Where the individual and not the municipality has the contract with the provider (M111)."""

_TIMED = frozenset({"", "active", "visit"})


def match(
    bill: Bill,
    *,
    orders: Sequence[Order],
    deals: Sequence[Deal],
    prices: Sequence[Price],
    performed: Mapping[str, int],
    terms: Terms,
) -> Matched:
    """What an invoice was held against, and each reason why it does not match.

    Takes: minutes done, by line number, for the lines of whose days the provider's time has been delivered; what was
    done on another line is left to the one who confirms it.
    Gives: the lines in their order; the reasons of the whole first.

    >>> day = date(2026, 3, 1)
    >>> line = Line("1", 500_00, contract="A", area="other", item="X", unit="piece", quantity=1, unit_price_ore=500_00)
    >>> bill = Bill("5599900197", day, (line,), gross_ore=500_00)
    >>> deal, price = Deal("A", "5599900197", "other", day), Price("A", "X", "piece", 450_00, day)
    >>> found = match(bill, orders=[], deals=[deal], prices=[price], performed={}, terms=Terms())
    >>> [(reason.code, reason.line, reason.found, reason.wanted) for reason in found.reasons]
    [('price_differs', '1', 50000, 45000)]
    """
    tried, reasons = [], list(_whole(bill, terms))
    for line in bill.lines:
        if line.amount_ore <= 0:  # a deduction asks for nothing
            tried.append(Tried(line.number, area=line.area))
            continue
        beside, against = _line(bill, line, orders, deals, prices, performed, terms)
        tried.append(beside)
        reasons += against
    return Matched(tuple(tried), tuple(reasons))


def _whole(bill: Bill, terms: Terms) -> Iterator[Reason]:
    if not bill.supplier:
        yield Reason("supplier_unknown")
    if bill.seen_before:
        yield Reason("seen_before", found=bill.gross_ore, measure="ore", where=bill.seen_before)
    if bill.currency != "SEK":
        yield Reason("other_currency", found=bill.currency, wanted="SEK")
    if not bill.lines:
        yield Reason("no_lines")
        return
    lines = sum(line.amount_ore for line in bill.lines)
    net = bill.net_ore
    if net is None and bill.vat_ore is not None:  # some files say the total and the VAT alone
        net = bill.gross_ore - bill.vat_ore
    if net is not None and abs(lines - net) > terms.total_ore:
        yield Reason("sum_differs", found=net, wanted=lines, measure="ore")
    if bill.net_ore is not None and abs(bill.net_ore + (bill.vat_ore or 0) - bill.gross_ore) > terms.total_ore:
        yield Reason("vat_differs", found=bill.gross_ore, wanted=bill.net_ore + (bill.vat_ore or 0), measure="ore")


def _line(
    bill: Bill,
    line: Line,
    orders: Sequence[Order],
    deals: Sequence[Deal],
    prices: Sequence[Price],
    performed: Mapping[str, int],
    terms: Terms,
) -> tuple[Tried, list[Reason]]:
    deal, area, against = _deal(bill, line, deals)
    first = line.first or bill.first
    last = line.last or bill.last or first
    if area in CARE and (first is None or last is None):
        return Tried(line.number, area=area, contract=deal.id if deal else ""), [
            *against,
            Reason("no_period", line.number),
        ]
    first, last = first or bill.issued_on, last or bill.issued_on
    if deal:
        against += _within(line, first, last, deal)
    order = None
    if area in CARE:
        order, why = _order(bill, line, area, first, last, orders)
        against += [why] if why else []
    price = _price(line, area, deal, first, last, prices, terms)
    expected = None if price is None else _times(line, price.ore)
    against += _priced(line, price, expected, terms)
    done = performed.get(line.number) if line.minutes is not None and line.kind in _TIMED else None
    if done is not None and line.minutes is not None:
        free = max(Fraction(terms.minutes), Fraction(terms.share) * done)
        if line.minutes > done + free:
            against.append(Reason("not_delivered", line.number, line.minutes, done, "minutes"))
    beside = Tried(
        line.number,
        area=area,
        contract=deal.id if deal else "",
        order=order.id if order else "",
        price_ore=price.ore if price else None,
        price_from=price.first if price else None,
        expected_ore=expected,
        performed_minutes=done,
    )
    return beside, against


def _deal(bill: Bill, line: Line, deals: Sequence[Deal]) -> tuple[Deal | None, str, list[Reason]]:
    """The contract of a line (the one named, or the only one that fits), its service, and what stands against it."""
    named = line.contract or bill.contract
    theirs = [deal for deal in deals if deal.supplier == bill.supplier and bill.supplier]
    if named:
        same = [deal for deal in deals if deal.id == named]
        fits = [deal for deal in same if deal in theirs]
        if fits:
            found = min(fits, key=lambda deal: not _holds(deal, line.first or bill.first or bill.issued_on))
            return found, line.area or found.area, []
        if same:
            return None, line.area or same[0].area, [Reason("contract_of_other", line.number, found=named)]
    if line.area in OWN_AGREEMENT:
        return None, line.area, []
    day = line.first or bill.first or bill.issued_on
    fits = [deal for deal in theirs if not line.area or deal.area == line.area]
    held = [deal for deal in fits if _holds(deal, day)] or fits
    if len({deal.id for deal in held}) == 1:
        return held[0], line.area or held[0].area, []
    code = "several_contracts" if held else "no_contract"
    return None, line.area, [Reason(code, line.number, day=day)]


def _holds(part: Deal | Price | Order, day: date) -> bool:
    return part.first <= day <= (part.last or date.max)


def _within(line: Line, first: date, last: date, deal: Deal) -> list[Reason]:
    if first < deal.first:
        return [Reason("outside_contract", line.number, first, deal.first, "day", first, deal.id)]
    if deal.last and last > deal.last:
        return [Reason("outside_contract", line.number, last, deal.last, "day", last, deal.id)]
    return []


def _order(
    bill: Bill, line: Line, area: str, first: date, last: date, orders: Sequence[Order]
) -> tuple[Order | None, Reason | None]:
    if not line.client:
        return None, Reason("no_client", line.number)
    known = [one for one in orders if one.client == line.client and one.area == area]
    if not known:
        return None, Reason("no_order", line.number, day=first)
    theirs = [one for one in known if one.supplier in ("", bill.supplier)]
    if not theirs:
        return None, Reason("order_of_other", line.number, day=first, where=known[0].id)
    theirs = [one for one in theirs if one.id == line.decision] or theirs
    # A decision may be followed by the next: what counts is that each day is covered, by one or another.
    uncovered = _first_uncovered(first, last, theirs)
    over = [one for one in theirs if one.first <= last and (one.last or date.max) >= first]
    order = min(over, key=lambda one: one.first) if over else None
    if uncovered is None:
        return order, None
    nearest_end = max((one.last for one in theirs if one.last and one.last < uncovered), default=None)
    return order, Reason("outside_order", line.number, uncovered, nearest_end, "day", uncovered, theirs[0].id)


def _first_uncovered(first: date, last: date, orders: Sequence[Order]) -> date | None:
    day = first
    for one in sorted(orders, key=lambda one: one.first):
        if one.first > day:
            break
        end = one.last or date.max
        if end >= last:
            return None
        if end >= day:
            day = date.fromordinal(end.toordinal() + 1)
    return day


def _price(
    line: Line, area: str, deal: Deal | None, first: date, last: date, prices: Sequence[Price], terms: Terms
) -> Price | None:
    """The price that held; where it changed within the days, the highest of them."""
    if deal is None and area in OWN_AGREEMENT:
        found = [one for one in terms.assistance_hour if line.unit == "hour"]
    else:
        found = [one for one in prices if deal and one.contract == deal.id and one.item == line.item]
        found = [one for one in found if one.unit == line.unit]
    return max(
        (one for one in found if one.first <= last and (one.last or date.max) >= first),
        key=lambda one: one.ore,
        default=None,
    )


def _times(line: Line, ore: int) -> int | None:
    if line.unit == "hour" and line.minutes is not None:
        return nearest(Fraction(line.minutes * ore, 60))
    return None if line.quantity is None else nearest(Fraction(line.quantity) * ore)


def _priced(line: Line, price: Price | None, expected: int | None, terms: Terms) -> Iterator[Reason]:
    if price is None:
        yield Reason("no_price", line.number, found=line.item, where=line.unit)
        return
    asked = line.unit_price_ore
    if asked is not None and asked > price.ore + terms.price_ore:
        yield Reason("price_differs", line.number, asked, price.ore, "ore", price.first, price.contract)
    elif expected is None and line.amount_ore > price.ore + terms.line_ore:
        # Without a quantity no more than one of it can be seen to be right.
        yield Reason("no_quantity", line.number, line.amount_ore, price.ore, "ore", price.first, price.contract)
    elif expected is not None and line.amount_ore > expected + terms.line_ore:
        yield Reason("amount_differs", line.number, line.amount_ore, expected, "ore", price.first, price.contract)
