"""What an installation is told from outside: each setting is understood, or named with what to write."""

from datetime import time

import pytest

from tillit.web.configuration import WrongSettingError, read


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, time(2, 30)),
        ({"TILLIT_NIGHTLY_RUN": "04:15"}, time(4, 15)),
        ({"TILLIT_NIGHTLY_RUN": "no"}, None),
        ({"TILLIT_MADE_UP_CITY": "yes"}, None),
        ({"TILLIT_MADE_UP_CITY": "yes", "TILLIT_NIGHTLY_RUN": "04:15"}, time(4, 15)),
    ],
)
def test_the_controls_are_run_every_night_unless_told_otherwise(tmp_path, given, told):
    assert read({"TILLIT_FOLDER": str(tmp_path), **given}).nightly_run == told


def test_a_time_that_is_none_is_told_so(tmp_path):
    with pytest.raises(WrongSettingError) as refused:
        read({"TILLIT_FOLDER": str(tmp_path), "TILLIT_NIGHTLY_RUN": "midnatt"})
    assert str(refused.value) == "TILLIT_NIGHTLY_RUN: it is 'midnatt': write 02:30, or no"


def test_the_largest_file_is_set_in_megabytes(tmp_path):
    assert read({"TILLIT_FOLDER": str(tmp_path)}).largest_file == 200 * 2**20
    with pytest.raises(WrongSettingError) as refused:
        read({"TILLIT_FOLDER": str(tmp_path), "TILLIT_LARGEST_FILE": "3 GB"})
    assert str(refused.value) == "TILLIT_LARGEST_FILE: it is '3 GB': write MB, from 1 to 10000"
