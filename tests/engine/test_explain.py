from datetime import date
from pathlib import Path

from tests.engine.little import CONTROL, PARAMETER, little_content
from tillit.engine import explain


def test_a_control_is_explained_with_its_law_its_numbers_and_the_sql_that_runs(tmp_path: Path) -> None:
    law = [
        {"sfs": "1993:387", "at": "11 a §", "says": "tiden redovisas"},
        {"sfs": "1993:387", "at": "12 §", "verified": False},
    ]
    value = {"value": 600, "source": "påhittat", "status": "unverified"}
    catalogue = little_content(
        tmp_path, CONTROL | {"law": law}, parameters=(PARAMETER | {"values": {"2020-01-01": value}},)
    )
    assert explain(catalogue, "ass-90", date(2025, 4, 1)) == (
        "ASS-90 Långt pass (revision 1, trial)\n"
        "Är något pass längre än gränsen?\n"
        "\n"
        "Law:\n"
        "  11 a § LSS (1993:387): tiden redovisas\n"
        "  12 § LSS (1993:387) [not verified in a primary source]\n"
        "\n"
        "May, and may not on a finding alone:\n"
        "  Fråga anordnaren.\n"
        "  Kräva något tillbaka.\n"
        "\n"
        "Innocent explanations that it rules out:\n"
        "  Passet är inte längre än gränsen\n"
        "\n"
        "Next step:\n"
        "  Fråga.\n"
        "\n"
        "Numbers on 2025-04-01:\n"
        "  $most = 600 minutes: Längsta pass. Source: påhittat [not verified in a primary source].\n"
        "\n"
        "SQL with the numbers of 2025-04-01:\n"
        "  SELECT worker_id, client_id, provider_id, starts_at AS from_at, ends_at AS to_at, minutes AS measured,\n"
        "    600 AS limit_value, [row_id] AS evidence, minutes - 600 AS minutes_at_risk\n"
        "  FROM time_entry\n"
        "  WHERE minutes > 600\n"
    )


def test_a_number_that_is_not_known_is_told_instead_of_shown(tmp_path: Path) -> None:
    catalogue = little_content(tmp_path, parameters=(PARAMETER | {"known_until": "2024-12-31"},))
    assert "  $most = unknown: content/parameters/controls/longest.yaml: no value is known for 2025-04-01" in explain(
        catalogue, "ASS-90", date(2025, 4, 1)
    )


def test_the_sql_is_shown_in_another_dialect(tmp_path: Path) -> None:
    shown = explain(little_content(tmp_path), "ASS-90", date(2025, 4, 1), dialect="spark")
    assert "ARRAY(row_id) AS evidence" in shown
