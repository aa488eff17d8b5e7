"""Every translated sentence is one that the program can say, and keeps what was found in it."""

import re
from importlib.resources import files

import pytest
import yaml

from tillit.errors import RefusedError
from tillit.report.swedish import in_swedish
from tillit.units import parse_amount
from tillit.units.clock import clock_minute

GIVEN: dict[str, str] = yaml.safe_load(files("tillit.report").joinpath("swedish.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("english", GIVEN)
def test_a_sentence_is_translated_whole(english):
    """Each slot is filled with a number of its own, which must come out again where the Swedish has it."""
    numbers = iter(range(101, 200))
    said = re.sub(r"\{\}", lambda _: str(next(numbers)), english)
    numbers = iter(range(101, 200))
    expected = re.sub(
        r"\{(\d?)\}", lambda slot: str(101 + int(slot[1])) if slot[1] else str(next(numbers)), GIVEN[english]
    )
    assert in_swedish(said) == expected


def test_what_the_units_say_is_translated():
    def fault(call, *given) -> RefusedError:
        with pytest.raises(RefusedError) as raised:
            call(*given)
        return raised.value

    faults = [fault(clock_minute, "25:00"), fault(parse_amount, "12 kronor och 3"), fault(parse_amount, "1,234")]
    assert [in_swedish(one.what) for one in faults] == [
        "'25:00' är inget klockslag",
        "en text med 15 tecken är inget tal",
        "'1,234' kan vara tusental eller tusendelar",
    ]
    assert [in_swedish(one.fix) for one in faults] == [
        "skriv TT:MM från 00:00 till 24:00",
        "skriv som 1234,56",
        "ange i källan vilket tecken som är decimaltecken",
    ]


def test_several_faults_on_a_line_are_told_each_by_itself():
    assert in_swedish("Från: is missing; Typ: is 'X'") == "Från: saknas; Typ: är 'X'"


def test_half_a_translation_is_none():
    assert in_swedish("Från: is missing; Typ: something new") is None
