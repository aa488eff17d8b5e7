"""Makes docs/real_files.md: what reading the real files gave, file by file, beside a sum made without Tillit.

Run `make docs` where the shared data lies (TILLIT_SHARED_DATA, else ../shared/data beside the checkout).
"""

import csv
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from tillit.catalogue import load
from tillit.readers import read_file
from tillit.store import Delivery, Store, Total

HERE = Path(__file__).parent
DATA = Path(os.environ.get("TILLIT_SHARED_DATA", HERE.parents[1] / "shared" / "data"))
TOPICS = ["supplier_ledgers_uk", "supplier_ledgers_se", "einvoice", "payments"]
NOT_DELIVERIES = {"README.md", "index.json", "expected.csv", "baseline_en16931.csv", "baseline_peppol.csv"}
SUMS = {"amount_ore", "gross_ore"}
HEAD = [
    "| file | source | status | read | stored | refused | blank | sum | agrees | why refused |",
    "|---|---|---|---|---|---|---|---|---|---|",
]
AMOUNT = {"net amount", "netamount", "amount", "net", "invoiced value", "invoice line value (net of vat)"}


def real_files(topic: str) -> list[Path]:
    """Every delivered file of a topic; notes, indexes, expected results and schemas are none."""
    return sorted(
        path
        for path in (DATA / topic).rglob("*")
        if path.is_file() and path.name not in NOT_DELIVERIES and path.suffix != ".xsd"
    )


def independent_sum(path: Path) -> int | None:
    """The sum in hundredths of a ledger's amount column, by Python's csv and Decimal alone."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = path.read_text(encoding=encoding)
            break
        except UnicodeDecodeError:
            continue
    rows = csv.reader(text.splitlines())
    header = [heading.strip().casefold() for heading in next(rows)]
    columns = [number for number, heading in enumerate(header) if heading in AMOUNT]
    if len(columns) != 1:
        return None
    return sum(round(amount * 100) for amount in _amounts(rows, columns[0], len(header)))


def _amounts(rows: Iterator[list[str]], column: int, width: int) -> Iterator[Decimal]:
    for row in rows:
        text = row[column].strip().replace(",", "").replace("£", "") if len(row) >= width else ""
        if text:
            yield -Decimal(text[1:-1]) if text.startswith("(") else Decimal(text)


def line(delivery: Delivery, path: Path) -> str:
    """One row of the table."""
    total = next((total for total in delivery.totals if total.of.split(".")[-1] in SUMS), None)
    cells = [
        f"`{path.relative_to(DATA).as_posix()}`",
        delivery.source or "none",
        delivery.status.replace("_", " "),
        *(str(getattr(delivery, f"lines_{part}")) for part in ("read", "stored", "refused", "blank")),
        f"{total.stored / 100:.2f}" if total else "",
        _agrees(delivery, path, total),
        "; ".join(f"{count} × {what}" for what, count in Counter(one.what for one in delivery.refusals).most_common(2)),
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _agrees(delivery: Delivery, path: Path, total: Total | None) -> str:
    """Whether the stored sum is the one made apart, or the one that the file itself states."""
    if total is None:
        return ""
    if path.suffix == ".csv":
        alone = independent_sum(path)
        return "" if alone is None else "yes" if alone == total.stored else f"no: {alone / 100:.2f}"
    stated = [one for one in delivery.totals if one.stated is not None]
    if not stated:
        return ""
    differ = sum(one.stated != one.stored for one in stated)
    return f"no: {differ} of the {len(stated)} totals it states" if differ else "yes, as the file states"


def page() -> str:
    """The page, with a table for each topic."""
    catalogue = load()
    lines = [
        "# What reading the real files gave",
        "",
        "Made by `make docs` from the files that lie beside the checkout; none of them is part of Tillit. Lines read =",
        "stored + refused; blank lines apart. *Agrees* holds the stored sum against one made with Python's csv and",
        "decimals alone. The payments of English bodies carry no label of right and wrong, and nothing here says so.",
    ]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store", Path(folder) / "protected")
        for topic in TOPICS:
            deliveries = [(read_file(path, store, catalogue), path) for path in real_files(topic)]
            lines += ["", f"## {topic}", "", _summary([delivery for delivery, _ in deliveries]), ""]
            sets = Counter(path.parent.name for delivery, path in deliveries if "_unit_" in path.parent.name)
            lines += [f"- `{folder}`: {count} test sets of rules, no invoices" for folder, count in sets.items()]
            lines += ["", *HEAD] if sets else HEAD
            lines += [line(delivery, path) for delivery, path in deliveries if path.parent.name not in sets]
    return "\n".join(lines) + "\n"


def _summary(deliveries: list[Delivery]) -> str:
    read, stored, refused = (
        sum(getattr(each, f"lines_{part}") for each in deliveries) for part in ("read", "stored", "refused")
    )
    return f"{len(deliveries)} files: {read} lines read = {stored} stored + {refused} refused."


if __name__ == "__main__":
    if not DATA.is_dir():
        sys.exit(f"{DATA}: there is no such folder: set TILLIT_SHARED_DATA")
    (HERE / "real_files.md").write_text(page(), encoding="utf-8")
