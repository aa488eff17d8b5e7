"""Organisation and giro numbers that nobody has: right in form and check digit, in series that are not given out."""

from tillit.identifiers import parse_bankgiro, parse_organisation


def organisation_number(series: str) -> str:
    """An organisation number from its first eight digits, filled with a nine and its check digit.

    >>> organisation_number("55999001")
    '5599900197'
    """
    return next(
        number for number in (f"{series}9{digit}" for digit in range(10)) if parse_organisation(number).verdict.is_valid
    )


def example_bankgiro(place: int) -> str:
    """A bankgiro number of the series 991, in which Bankgirot's own examples lie.

    >>> example_bankgiro(0)
    '9910001'
    """
    tens = f"991{place:03}"
    return next(
        number for number in (f"{tens}{digit}" for digit in range(10)) if parse_bankgiro(number).verdict.is_valid
    )
