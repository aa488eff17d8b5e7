"""Persons as codes that can be read aloud: short where the report has no other person with the same beginning."""

import re
from collections import Counter
from collections.abc import Iterator

from tillit.store import Result, Value

_GROUP = "[0-9A-HJKMNP-TV-Z]"
_CODE = re.compile(rf"(E-|BA-|)({_GROUP}{{4}}-{_GROUP}{{4}})-{_GROUP}{{5}}")
_LENGTHS = {len(prefix) + len("4KQ7-9X2M-00001") for prefix in ("", "E-", "BA-")}


def short_codes(result: Result) -> dict[str, str]:
    """Every code in the result, and the short form that stands for it in this report.

    Codes are those of persons, and of what is held as a person is: a sole trader (`E-`), a bank account (`BA-`).
    """
    found = sorted(set(_codes(result)))
    short = {code: "".join(match.groups()) for code in found if (match := _CODE.fullmatch(code))}
    beginnings = Counter(short.values())
    return {code: beginning if beginnings[beginning] == 1 else code for code, beginning in short.items()}


def is_code(value: Value) -> bool:
    """Whether a value is a code.

    >>> is_code("4KQ7-9X2M-00001"), is_code("E-4KQ7-9X2M-00001"), is_code("2025-03-03"), is_code(7)
    (True, True, False, False)
    """
    # Two plain comparisons first: hundreds of thousands of values pass here.
    return isinstance(value, str) and len(value) in _LENGTHS and value[-6] == "-" and bool(_CODE.fullmatch(value))


def is_sole_trader(provider: str) -> bool:
    """Whether a provider is a person in business, whose name and number are a person's.

    >>> is_sole_trader("E-4KQ7-9X2M-00001"), is_sole_trader("5566778899")
    (True, False)
    """
    return provider.startswith("E-") and is_code(provider)


def person_of(code: str) -> str:
    """The person's own code, without what it stands for here.

    >>> person_of("E-4KQ7-9X2M-00001"), person_of("4KQ7-9X2M-00001")
    ('4KQ7-9X2M-00001', '4KQ7-9X2M-00001')
    """
    return code.removeprefix("E-").removeprefix("BA-")


def _codes(result: Result) -> Iterator[str]:
    for finding in result.findings:
        values: list[Value] = [finding.provider, finding.client, finding.worker, *finding.details.values()]
        for row in finding.evidence:
            values += row.values.values()
        for value in values:
            if isinstance(value, str) and value[-6:-5] == "-":  # few texts end as a code does
                yield from filter(is_code, value.split(", "))
