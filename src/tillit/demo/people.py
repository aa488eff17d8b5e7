"""The people of the made-up town: numbers of the official test series, which belong to nobody, and common names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from random import Random

_WOMEN = (
    "Anna Eva Maria Karin Kerstin Lena Birgitta Ingrid Elin Sara Hanna Amina Leila Fatima Olga Irene Maj Siv Britt Ebba"
)
_MEN = "Lars Karl Anders Johan Nils Olle Erik Sven Bo Gunnar Ali Hassan Omar Viktor Emil Hugo Arne Sture Rolf Yusuf"
_FAMILIES = (
    "Andersson Berg Dahl Ek Forsberg Gran Holm Ivarsson Jonsson Kvist Lind Malm Nord Oskarsson Pettersson "
    "Qvist Rask Sand Tell Ulvstad Vik Wall Ahmed Haddad Kovac Larsson Nilsson Ström Yilmaz Åberg Öman Ödmark"
)


@dataclass(frozen=True, order=True)
class Person:
    """A made-up person: a number of the official test series, and a name."""

    number: str  # twelve digits
    given: str
    family: str

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given} {self.family}"

    @property
    def is_woman(self) -> bool:
        """As the number tells."""
        return int(self.number[10]) % 2 == 0

    @property
    def adult_from(self) -> date:
        """The day the person turns 18."""
        born = date(int(self.number[:4]), int(self.number[4:6]), int(self.number[6:8]) % 60)
        leap_day = (born.month, born.day) == (2, 29)
        return date(born.year + 18, 3, 1) if leap_day else born.replace(year=born.year + 18)


class Crowd:
    """Everyone who may live or work in the town; each is taken once."""

    def __init__(self, random: Random) -> None:
        self._left = list(_everyone(random))
        random.shuffle(self._left)

    def take(self, born_from: int, born_to: int) -> Person:
        """Someone born in one of these years, the first and the last included."""
        place = next(at for at, one in enumerate(self._left) if born_from <= int(one.number[:4]) <= born_to)
        return self._left.pop(place)


def official_numbers() -> list[str]:
    """The personal and coordination numbers that the town may use, twelve digits each.

    Source: Skatteverket's published test series, CC0.
    """
    return files(__package__).joinpath("numbers.txt").read_text(encoding="ascii").split()


def _everyone(random: Random) -> Iterator[Person]:
    for number in official_numbers():
        given = _WOMEN if int(number[10]) % 2 == 0 else _MEN
        yield Person(number, random.choice(given.split()), random.choice(_FAMILIES.split()))
