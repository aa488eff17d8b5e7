from pathlib import Path

import pytest

from tests.catalogue.small import changed, write
from tillit.catalogue import ContentErrors, load

CONTROL = "controls/process/pro-99-long-visits.yaml"
PARAMETER = "parameters/controls/longest.yaml"
NO_ACT = "act '1993:378' is not known: add it to content/acts.yaml, with its title and short name"


@pytest.mark.parametrize(
    ("place", "old", "new", "told"),
    [
        (PARAMETER, '"1993:387"', '"1993:378"', f"6: {NO_ACT}"),
        (CONTROL, '"1993:387"', '"1993:378"', f"11: {NO_ACT}"),
        (CONTROL, "[U1]", "[U9]", "14: there is no code 'U9': known: U1"),
        (CONTROL, "reads: [visit]", "reads: [visits]", "15: there is no table 'visits': did you mean 'visit'?"),
        (
            CONTROL,
            "reads: [visit]",
            "reads: [visit]\nhelped_by: {bill: Betald}",
            "16: there is no table 'bill': known: visit",
        ),
        (
            CONTROL,
            "longest: controls.longest",
            "longest: controls.long",
            "16: there is no parameter 'controls.long': did you mean 'controls.longest'?",
        ),
        (
            CONTROL,
            "longest: controls.longest",
            "longest: controls.longest.day",
            "16: there is no parameter 'controls.longest.day': did you mean 'controls.longest'?",
        ),
        (
            CONTROL,
            "edge_of: [longest]",
            "edge_of: [longest, longer]",
            "30: there is no parameter of the control 'longer': did you mean 'longest'?",
        ),
        (
            CONTROL,
            "{minutes: 90}",
            "{minute: 90}",
            "31: there is no column of table visit 'minute': did you mean 'minutes'?",
        ),
        (CONTROL, "given: {visit: [{minutes", "given: {bill: [{minutes", "31: there is no table 'bill': known: visit"),
    ],
)
def test_a_name_that_leads_nowhere_is_told_with_its_line(
    tmp_path: Path, place: str, old: str, new: str, told: str
) -> None:
    with pytest.raises(ContentErrors) as errors:
        load(base=write(tmp_path, changed(place, old, new)))
    assert str(errors.value) == f"content/{place}:{told}"


def test_a_dated_quantity_must_name_a_parameter_and_a_column_that_are_there(tmp_path: Path) -> None:
    dated = "dated: {limit: {parameter: controls.longer, by: visit.visited}}\nmeasures: minutes"
    files = changed(CONTROL, "measures: minutes", dated)
    files[CONTROL] = files[CONTROL].replace("edge_of: [longest]", "edge_of: [longest, limit]")
    with pytest.raises(ContentErrors) as errors:
        load(base=write(tmp_path, files))
    assert str(errors.value).split("\n") == [
        f"content/{CONTROL}:17: there is no parameter 'controls.longer': did you mean 'controls.longest'?",
        f"content/{CONTROL}:17: there is no column 'visit.visited': did you mean 'visit.visited_on'?",
    ]


def test_one_key_of_a_parameter_may_be_named(tmp_path: Path) -> None:
    files = changed(PARAMETER, "{value: 90,", "{value: {day: 90, night: 30},")
    files[CONTROL] = files[CONTROL].replace("controls.longest}", "controls.longest.night}")
    assert load(base=write(tmp_path, files)).control("PRO-99").parameters == {"longest": "controls.longest.night"}
