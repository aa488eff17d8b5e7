"""What a month is settled with: the dated parameters, each read on the day that it counts for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tillit.catalogue import Parameter
from tillit.errors import BrokenError


@dataclass(frozen=True)
class Terms:
    """The hourly rate, its highest share, the weights of time, our hours beside Försäkringskassan's, and the grace."""

    rate: Parameter
    raised_cap: Parameter
    weights: Parameter
    municipal_hours: Parameter
    grace_days: Parameter

    @classmethod
    def of(cls, parameters: Mapping[str, Parameter]) -> "Terms":
        """The parameters of personal assistance, by their names in the content."""
        names = ("hourly_rate", "raised_amount_cap", "activity_weights", "municipal_hours", "permit_grace_days")
        return cls(*(parameters[f"assistance.{name}"] for name in names))

    def standard_rate(self, day: date) -> Fraction:
        """Öre an hour for work done that day."""
        return _one(self.rate, day) * 100

    def cap(self, day: date) -> Fraction:
        """The highest share of the standard rate that day."""
        return _one(self.raised_cap, day)

    def weights_on(self, day: date) -> dict[str, int]:
        """Of each kind of time that is paid, its weight in 28ths."""
        value = self.weights.on(day).value
        if not isinstance(value, dict):
            raise BrokenError(f"'{self.weights.id}' has one value, and a weight for each kind is asked for")
        return {kind: int(weight) for kind, weight in value.items()}

    def our_minutes_a_week(self, day: date) -> Fraction:
        """What the municipality pays of a week that Försäkringskassan grants."""
        return _one(self.municipal_hours, day) * 60

    def grace(self, day: date) -> int:
        """Days of work that are paid after the client was told that the permit had ended."""
        return int(_one(self.grace_days, day))


def _one(parameter: Parameter, day: date) -> Fraction:
    value = parameter.on(day).value
    if isinstance(value, dict):
        raise BrokenError(f"'{parameter.id}' has a value for each key, and one is asked for")
    return Fraction(value)
