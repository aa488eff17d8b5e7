"""What a figure says in words, and no more than it says. Swedish, as on every screen."""

import math

from tillit.measure.estimate import Estimate

_KRONA = 100


def rate_in_words(estimate: Estimate) -> str:
    """A share with its interval.

    >>> from tillit.measure.estimate import wilson
    >>> rate_in_words(Estimate(3 / 60, *wilson(3, 60), 0.02, 60))
    '5 % (1,7–13,7)'
    """
    return f"{_percent(estimate.value)} % ({_percent(estimate.low)}–{_percent(estimate.high)})"


def none_found_in_words(reviewed: int) -> str:
    """What may be said where nothing wrong was found.

    >>> none_found_in_words(59)
    'Inget fel bland 59 granskade: andelen fel är med 95 procents säkerhet under 5 %.'
    """
    below = math.ceil(1000 * (1 - 0.05 ** (1 / reviewed))) / 1000  # rounded up: never less than can be said
    return f"Inget fel bland {reviewed} granskade: andelen fel är med 95 procents säkerhet under {_percent(below)} %."


def money_in_words(estimate: Estimate) -> str:
    """An amount of a whole frame: what it exceeds first, since that is what is known.

    >>> money_in_words(Estimate(1_234_567_00, 900_000_00, 1_600_000_00, 1_000_000_00, 200))
    'Minst 1 000 000 kr (uppskattat 1 234 567 kr, mellan 900 000 och 1 600 000)'
    """
    least, value, low, high = (_kronor(one) for one in (estimate.at_least, estimate.value, estimate.low, estimate.high))
    return f"Minst {least} kr (uppskattat {value} kr, mellan {low} och {high})"


def change_in_words(change: tuple[float, float, float]) -> str:
    """A change between two years, in percentage points; none where it cannot be told from chance.

    >>> change_in_words((-0.02, -0.05, 0.01)), change_in_words((-0.03, -0.05, -0.01))
    ('Ingen säkerställd förändring.', 'Säkerställd minskning: 3 procentenheter (1–5).')
    """
    value, low, high = change
    if low <= 0 <= high:
        return "Ingen säkerställd förändring."
    word = "ökning" if value > 0 else "minskning"
    ends = sorted((abs(low), abs(high)))
    return f"Säkerställd {word}: {_percent(abs(value))} procentenheter ({_percent(ends[0])}–{_percent(ends[1])})."


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".removesuffix(".0").replace(".", ",")


def _kronor(ore: float) -> str:
    return f"{round(ore / _KRONA):,}".replace(",", " ")


def share_in_words(share: float) -> str:
    """A share without interval, where it is a plain count.

    >>> share_in_words(0.125)
    '12,5 %'
    """
    return f"{_percent(share)} %"


def times_in_words(ratio: tuple[float, float, float]) -> str:
    """How many times likelier, with the interval.

    >>> times_in_words((6.31, 2.5, 15.94))
    '6,3 gånger (2,5–15,9)'
    """
    value, low, high = (f"{one:.1f}".replace(".", ",") for one in ratio)
    return f"{value} gånger ({low}–{high})"
