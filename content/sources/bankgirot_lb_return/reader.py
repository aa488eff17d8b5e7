"""What came of a payment order, as Bankgirot reports it: paid, refused with a reason, or not fetched.

Paid and refused payments come in lines of an order (TK11 to TK29), a comment (TK49) after or before the line
that it concerns. Payments in cash that nobody fetched come in a file of their own, with one digit as the code
of a line.
"""

import re
from collections.abc import Iterator

from tillit.readers.fixed_width import count, day, giro, is_masked, ore
from tillit.readers.parts import Document, Row, Stated
from tillit.readers.unreadable import Unreadable
from tillit.store import Refusal, Remark

PAYMENTS = {"14": -1, "54": -1, "15": 1, "16": 1, "17": 1, "20": 1, "21": 1}
KNOWN = {"00", "12", "13", "25", "26", "27", "40", "65", "99"}
COMMENT = re.compile(r"MTRV\s*([0-9]{4})\s*(.*)")
WATCH_LIST = {"41", "42", "43"}
ABOUT_NEXT = "NEDANST"
NOT_FETCHED = "Kontant utbetalning som inte hämtats"

Values = dict[str, object]


def rows(document: Document) -> Iterator[Row | Refusal | Remark | Stated]:
    """The payments that the report tells of, and the sums it states."""
    lines = document.lines()
    if {line[:2] for _, line in lines} & WATCH_LIST:
        what = "this is a list of payments under watch, with sums by day and no payments"
        raise Unreadable(what, fix="give the payment order, or the report of paid payments")
    opening = next((line for _, line in lines if line[:2] == "11" and line[18:40].startswith("LEVERANT")), None)
    yield from _payments(document, lines) if opening else _not_fetched(document, lines)


def _payments(document: Document, lines: list[tuple[int, str]]) -> Iterator[Row | Refusal | Remark | Stated]:
    opening, orders = "", 0
    names: dict[str, str] = {}
    held: tuple[int, Values] | None = None
    coming: Values = {}
    for number, line in lines:
        code = line[:2]
        if held and code != "49":
            yield Row("bank_entry", held[0], held[1], (f"report {orders}",))
            held = None
        if code == "11":
            opening, orders = line, orders + 1
        elif not opening:
            yield Remark(number, "the line stands before the opening of the report, and was passed over")
        elif code in PAYMENTS:
            held, coming = (number, {**_payment(document.new_id(orders), opening, line, names), **coming}), {}
        elif code == "49":
            said = COMMENT.search(line)
            if ABOUT_NEXT in line.upper() or (said and held is None):
                coming = coming | _comment(said)
            elif held:
                held = (held[0], held[1] | _comment(said))
        elif code == "29":
            yield from _stated(f"report {orders}", number, line)
        elif code == "26":
            names[line[2:12]] = line[12:47].strip()
        elif code not in KNOWN:
            yield Refusal(number, f"the line begins with '{code}', which no line of a report does", "see the file")
    if held:
        yield Row("bank_entry", held[0], held[1], (f"report {orders}",))


def _payment(statement_id: str, opening: str, line: str, names: dict[str, str]) -> Values:
    code, amount = line[:2], ore(line[37:49])
    return {
        "statement_id": statement_id,
        "own_account": giro(opening[2:12]),
        "booked_on": day(opening[40:46]) or day(opening[12:18]),
        "amount_ore": PAYMENTS[code] * amount if isinstance(amount, int) else amount,
        "currency": opening[59:62].strip(),
        "counterparty_name": names.get(line[2:12], ""),
        "counterparty_account": giro(line[2:12], "PG" if code == "54" else "BG"),
        "reference": line[12:37].strip(),
        "payment_id": line[60:80].strip(),
        "status": "booked",
    }


def _comment(said: re.Match[str] | None) -> Values:
    return {"status": "rejected", "return_code": said[1], "return_text": said[2].strip()} if said else {}


def _stated(named: str, number: int, line: str) -> Iterator[Stated]:
    """The sums of the report; what is paid is negative here, and positive in the file."""
    payments, total = count(line[12:20]), count(line[20:32])
    if payments is not None:
        yield Stated(number, named, "rows", payments)
    if total is not None:
        yield Stated(number, named, "amount_ore", total if line[32] == "-" else -total)


def _not_fetched(document: Document, lines: list[tuple[int, str]]) -> Iterator[Row | Refusal | Remark | Stated]:
    own_account, masked = "", 0
    for number, line in lines:
        code = line[0]
        if code == "1":
            own_account = giro(line[13:23])
            masked += is_masked(line[13:23]) or not line[1:13].isdigit()
        elif code == "2":
            masked += not line[31:43].isdigit()
            values = {
                "statement_id": document.new_id(1),
                "own_account": own_account,
                "booked_on": day(line[37:43]),
                "amount_ore": ore(line[43:55]),
                "reference": line[11:31].strip(),
                "payment_id": line[1:11].strip(),
                "status": "booked",
                "reversal": True,
                "return_text": NOT_FETCHED,
            }
            yield Row("bank_entry", number, values, ("the report",))
        elif code == "3":
            total = count(line[40:52])
            if total is not None:
                yield Stated(number, "the report", "amount_ore", total)
        else:
            yield Remark(number, "the line is no part of the report, and was passed over")
    if masked:
        yield Remark(0, f"{masked} lines have masked days or accounts, which are not stored", "give the true file")
