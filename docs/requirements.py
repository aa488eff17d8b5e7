"""Makes docs/requirements.md, the readable page of docs/requirements.csv: run `make docs`."""

import csv
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
STATUS = {"met": "Met", "partly": "Partly met", "not yet": "Not yet"}
PRIORITY = {"C": "core", "I": "important", "S": "supporting"}


def rows() -> list[dict[str, str]]:
    """The rows of requirements.csv, one a demand, in order."""
    with (HERE / "requirements.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def page(demands: list[dict[str, str]]) -> str:
    """The page: how much is met, then every demand with the test that proves it."""
    count = Counter(row["status"] for row in demands)
    lines = [
        "# What is demanded, and what is met",
        "",
        "Made from `requirements.csv` by `make docs`; a test fails when a demand said to be met is not proved by",
        "the test it names. The demands M001-M292 come from five public documents of Swedish municipalities.",
        "",
        " · ".join(f"{STATUS[status]}: {count[status]}" for status in STATUS),
    ]
    for status, title in STATUS.items():
        lines += ["", f"## {title}", "", "| demand | what | proved by | remark |", "|---|---|---|---|"]
        lines += [_line(row) for row in demands if row["status"] == status]
    return "\n".join(lines) + "\n"


def _line(row: dict[str, str]) -> str:
    test = f"`{row['test']}`" if row["test"] else ""
    what = f"{row['demand']} ({PRIORITY[row['priority']]}; {row['seed']})"
    return "| " + " | ".join(text.replace("|", "\\|") for text in (row["id"], what, test, row["remark"])) + " |"


if __name__ == "__main__":
    (HERE / "requirements.md").write_text(page(rows()), encoding="utf-8")
