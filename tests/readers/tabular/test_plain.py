"""What is read in SQL is what `convert` reads, and what is not plain is left to it."""

from collections.abc import Sequence
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tillit.errors import RefusedError
from tillit.identifiers.invoice_number import comparable_number
from tillit.readers.tabular.convert import convert
from tillit.readers.tabular.field import Field
from tillit.readers.tabular.lines import _MASKED, _comparable_sql
from tillit.readers.tabular.plain import plain_sql, quoted, text_sql
from tillit.units import Sign

digits = st.integers(0, 10**9).map(str)
grouped = st.integers(0, 10**9).map(lambda number: f"{number:,}")
with_blanks = grouped.map(lambda text: text.replace(",", " ")) | grouped.map(lambda text: text.replace(",", "\u00a0"))
with_points = grouped.map(lambda text: text.replace(",", "."))
decimals = st.sampled_from(["", ",5", ".5", ",50", ".50", ",125", ".125", ",1234", ".12345", ",", "."])
numbers = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "-", "\u2212", "+", "(", " "]),
    digits | grouped | with_blanks | with_points,
    decimals,
    st.sampled_from(["", "-", ")", " ", " kr", " SEK", "\u00a0"]),
)
anything = st.text(alphabet="0123456789.,- kr()", max_size=12)
signs: st.SearchStrategy[Sign | None] = st.sampled_from([None, ",", "."])

_CON = duckdb.connect()


def in_sql(sql: str, texts: Sequence[str]) -> list[object]:
    """The value of an expression over a column `c0` of texts."""
    _CON.register("raw", pa.table({"c0": pa.array(texts, pa.string()), "n": range(len(texts))}))
    return [row[0] for row in _CON.execute(f"SELECT {sql} FROM raw ORDER BY n").fetchall()]


@pytest.mark.parametrize("kind", ["money", "decimal", "integer", "minutes"])
@settings(max_examples=20)
@given(texts=st.lists(numbers | anything, min_size=1, max_size=60), sign=signs)
def test_a_plain_number_has_the_value_that_convert_gives_it(kind: str, texts: list[str], sign: Sign | None) -> None:
    field = Field("column", kind)  # type: ignore[arg-type]
    plain = plain_sql(field, "c0", sign)
    assert plain is not None
    for text, value in zip(texts, in_sql(plain, texts), strict=True):
        if value is not None:
            assert (text, value) == (text, convert(text, field, sign))


@pytest.mark.parametrize(
    "text", ["12", "12,50", "12.50", "-12,5", "1 234,50", "1\u00a0234", "1.234,50", "1,234.50", "12.00 "]
)
def test_ordinary_amounts_are_plain(text: str) -> None:
    plain = plain_sql(Field("column", "money"), "c0")
    assert plain is not None
    assert in_sql(plain, [text]) == [convert(text, Field("column", "money"))]


@pytest.mark.parametrize("text", ["1,234", "1.234", "12x", "", "12,5,5", "1e5", "--1", "9" * 16])
def test_what_is_not_plain_is_left(text: str) -> None:
    plain = plain_sql(Field("column", "money"), "c0")
    assert plain is not None
    assert in_sql(plain, [text]) == [None]


@settings(max_examples=20)
@given(st.lists(st.text(alphabet="0129aBåÖ-/ _.#é", max_size=14), min_size=1, max_size=60))
def test_invoice_numbers_are_compared_as_identifiers_compares_them(texts: list[str]) -> None:
    assert in_sql(_comparable_sql("c0"), texts) == [comparable_number(text) for text in texts]


def test_the_names_of_the_catalogue_of_controls_are_one_number() -> None:
    assert in_sql(_comparable_sql("c0"), ["INV-00123 ", "inv123"]) == ["INV123", "INV123"]


def test_hidden_names_are_seen_and_others_are_not() -> None:
    hidden = [
        "REDACTED PERSONAL DATA",
        "Redacted - Personal Data",
        "*",
        "***",
        "[innehåller personuppgifter]",
        "Sekretess",
    ]
    shown = ["Exempel AB", "X AB", "Personuppgiftsombud AB", "Doldis AB", "Skyddsvakt AB", ""]
    sql = f"regexp_matches(lower(c0), {quoted(_MASKED)})"
    assert in_sql(sql, [*hidden, *shown]) == [True] * len(hidden) + [False] * len(shown)


def test_a_text_is_stored_without_blanks_around_it_and_the_part_that_is_meant() -> None:
    field = Field("column", "text", empty=("-",))
    assert in_sql(text_sql(field, "c0"), [" a b\u00a0", "-", "  ", ""]) == ["a b", None, None, None]
    part = Field("column", "text", part="^([0-9]+)")
    assert in_sql(text_sql(part, "c0"), ["4630 Köp", "Köp"]) == ["4630", None]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("money", "(1,234.56)", -123456),
        ("money", "12.00-", -1200),
        ("money", "\u22125 kr", -500),
        ("money", "0,125", 13),
        ("decimal", "4,345", Decimal("4.3450")),
        ("decimal", "1.234,5", Decimal("1234.5000")),
        ("hours", "7,5", 450),
        ("hours", "7:30", 450),
        ("clock", "24:00", 1440),
        ("integer", "5.0", 5),
        ("boolean", "Ja", True),
        ("boolean", "0", False),
    ],
)
def test_each_kind_is_read_in_the_ways_it_is_written(kind: str, text: str, value: object) -> None:
    assert convert(text, Field("column", kind)) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        (Field("a", "money"), "12x", "'12x' is not a number: write it as 1234,56"),
        (
            Field("a", "money"),
            "1,234",
            "'1,234' may be in thousands or in thousandths: say in the source which sign is the decimal sign",
        ),
        (Field("a", "money"), "9" * 25, "the number is larger than any amount: see the file"),
        (Field("a", "decimal"), "9" * 25, "the number has more than 14 digits: see the file"),
        (Field("a", "integer"), "2,5", "'2,5' is not a whole number: write it without decimals"),
        (Field("a", "boolean"), "kanske", "'kanske' says neither yes nor no: write ja or nej"),
        (
            Field("a", "date"),
            "2025-02-30",
            "'2025-02-30' is no day: write YYYY-MM-DD, or add its form to formats in source.yaml",
        ),
        (
            Field("a", "date"),
            "199001012385",
            "a text of 12 characters is no day: write YYYY-MM-DD, or add its form to formats in source.yaml",
        ),
        (
            Field("a", "month"),
            "2025-13",
            "'2025-13' is no month: write YYYY-MM, or add its form to formats in source.yaml",
        ),
        (
            Field("a", "timestamp"),
            "i går",
            "'i går' is no point in time: write YYYY-MM-DD HH:MM, or add its form to formats in source.yaml",
        ),
        (
            Field("a", "text", known={"a": "active", "v": "waiting"}, codes=("A", "V")),
            "X",
            "is 'X': known: A, V; add it to lookups in source.yaml if it is right",
        ),
        (
            Field("a", "text", known={"a": "active"}, codes=("A",)),
            "Anna Andersson",
            "is a text of 14 characters: known: A; add it to lookups in source.yaml if it is right",
        ),
    ],
)
def test_what_cannot_be_read_says_why(field: Field, text: str, message: str) -> None:
    with pytest.raises(RefusedError) as fault:
        convert(text, field)
    assert str(fault.value) == message
