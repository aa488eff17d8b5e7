"""A database taken away, or with no room left: a page that helps, nothing half written, and work goes on afterwards."""

import json
import os
import subprocess
import sys

import pytest

from tests.web.pages import gone


@pytest.mark.slow
@pytest.mark.parametrize("how", gone.WAYS)
def test_a_database_that_goes_away_is_told_with_what_to_do_and_nothing_is_lost(how, tmp_path):
    told = {"TILLIT_FOLDER": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tillit.web.settings"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TILLIT_")}
    run = [sys.executable, "-m", "tests.web.pages.gone", how, str(tmp_path)]
    found = json.loads(subprocess.run(run, env=kept | told, stdout=subprocess.PIPE, check=True).stdout)
    helped, worked = [[503, 503], True], [[200, 302], False]
    assert found == {"before": worked, "gone": helped, "after": worked, "notes": ["efter", "före"], "faults": 0}
