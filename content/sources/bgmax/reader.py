"""Payments into a bankgiro: sections of an account (05), their payments (20), and the deposit they make up (15).

One payment may be for several invoices; the references that follow it (22, 23) are put together into one. The
day is told by the deposit, so a section is given when its deposit has come.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tillit.readers.fixed_width import count, day, giro, ore
from tillit.readers.parts import Document, Row, Stated
from tillit.store import Refusal, Remark

PAYMENTS = {"20": 1, "21": -1}
REFERENCES = {"22", "23"}
NOT_STORED = {"25", "27", "28", "29"}
IN_FILE = {"20": "the payments of the file", "21": "the deductions of the file"}

Values = dict[str, object]
Part = Row | Refusal | Remark | Stated


@dataclass
class Section:
    """The payments to one account, until their deposit comes."""

    number: int
    line: int
    statement_id: str
    account: str
    currency: str
    payments: list[tuple[int, str, Values]] = field(default_factory=list)

    @property
    def named(self) -> str:
        """The deposit as sums and remarks name it."""
        return f"deposit {self.number}"


def rows(document: Document) -> Iterator[Part]:
    """The payments of every section, and the sums of deposits and of the file."""
    counted: Counter[str] = Counter()
    section: Section | None = None
    for number, line in document.lines():
        code = line[:2]
        counted[code] += 1
        if code == "01":
            if line[44] == "T":
                yield Remark(number, "the file is marked as a test (T)", "give the true file")
        elif code == "70":
            yield from _whole_file(number, line, counted)
        elif code == "05":
            yield from _open_to_the_end(section)
            opened = document.new_id(counted["05"])
            account = giro(line[2:12]) or giro(line[12:22], "PG")
            section = Section(counted["05"], number, opened, account, line[22:25].strip())
        elif section is None:
            yield Refusal(number, "the line stands outside a section (05)", "ask for the whole file")
        elif code == "15":
            yield from _deposit(section, number, line)
            section = None
        elif code in PAYMENTS:
            section.payments.append((number, code, _payment(section, line)))
        elif section.payments and (code in REFERENCES or code == "26"):
            _add(section.payments[-1][2], code, line)
        elif code not in NOT_STORED:
            yield Refusal(number, f"the line begins with '{code}', which no line here does", "see the file")
    yield from _open_to_the_end(section)
    if not counted["70"]:
        yield Remark(0, "the file has no last line (70), so nothing tells whether it is whole", "ask for it again")


def _payment(section: Section, line: str) -> Values:
    amount = ore(line[37:55])
    return {
        "statement_id": section.statement_id,
        "own_account": section.account,
        "amount_ore": PAYMENTS[line[:2]] * amount if isinstance(amount, int) else amount,
        "currency": section.currency,
        "counterparty_account": giro(line[2:12]),
        "reference": line[12:37].strip(),
        "payment_id": line[57:69].strip(),
    }


def _add(values: Values, code: str, line: str) -> None:
    """Adds what a line says of the payment before it."""
    if code == "26":
        values["counterparty_name"] = line[2:37].strip()
        return
    references = [values["reference"], line[12:37].strip()]
    values["reference"] = ", ".join(str(reference) for reference in references if reference)


def _deposit(section: Section, number: int, line: str) -> Iterator[Part]:
    booked_on = day(line[37:45])
    for at, code, values in section.payments:
        yield Row("bank_entry", at, values | {"booked_on": booked_on}, (section.named, IN_FILE[code]))
    payments, total = count(line[71:79]), count(line[50:68])
    if payments is not None:
        yield Stated(number, section.named, "rows", payments)
    if total is not None:
        yield Stated(number, section.named, "amount_ore", total)


def _open_to_the_end(section: Section | None) -> Iterator[Part]:
    """What is given of a section whose deposit never came: its payments, without a day."""
    if section is None:
        return
    what = f"{section.named} is missing (15), so its payments have no day and nothing tells whether they are all here"
    yield Remark(section.line, what, "ask for the whole file")
    for at, code, values in section.payments:
        yield Row("bank_entry", at, values, (section.named, IN_FILE[code]))


def _whole_file(number: int, line: str, counted: Counter[str]) -> Iterator[Part]:
    """The counts that the last line states, against what was read."""
    for code, field_ in (("20", line[2:10]), ("21", line[10:18])):
        stated = count(field_)
        if stated is not None:
            yield Stated(number, IN_FILE[code], "rows", stated)
    references = counted["22"] + counted["23"]
    for named, field_, found in (("references", line[18:26], references), ("deposits", line[26:34], counted["15"])):
        stated = count(field_)
        if stated is not None and stated != found:
            what = f"the file states {stated} {named}, and has {found}"
            yield Remark(number, what, "ask the sender whether lines are missing or changed")
