"""The API is as it is described: its page's commands work as they stand, and whatever is sent there is no 500.

What schemathesis sends is made out of the description, right and wrong; what was refused has stored nothing.
"""

import json
import os
import re
import subprocess
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.people import settle
from tests.web.reports import AMIR, bind, make_report
from tillit.web.actions.provider_system import connect_system
from tillit.web.actions.start import lay_gates
from tillit.web.models import PortalGrant, ReportedTime, Sending, WorkerReport
from tillit.web.rules.portal import outsider_of
from tillit.web.rules.scope import within_all

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = Path(__file__).resolve().parents[3] / "docs" / "howto" / "report-by-api.md"


@pytest.fixture
def made():
    """A provider with a system, and its report of the month that has ended: the token and the report."""
    lay_gates()
    cast, now = settle(), timezone.now()
    with within_all():
        bind(cast)
        month = (now.date().replace(day=1) - timedelta(days=1)).replace(day=1)
        report = make_report(now=now, month=month)
        portal = PortalGrant.objects.get(grant__user=cast["Lova"])
        until = now.date() + timedelta(days=30)
        done = connect_system(portal, called="Tidsystemet", until=until, by=outsider_of(cast["Lova"], now), now=now)
    return done.token, report


def test_the_commands_of_the_page_work_as_they_stand(live_server, made):
    """Run by the shell, as a supplier would."""
    token, report = made
    commands = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    told = {
        "ADDRESS": live_server.url, "TOKEN": token, "MONTH": f"{report.month:%Y-%m}", "KEY": "key-of-the-page",
        "REPORT": report.number, "ASSISTANT": AMIR, "PATH": os.environ["PATH"],
    }  # fmt: skip
    months, sent, stands = (
        json.loads(subprocess.run(["sh", "-c", one], env=told, capture_output=True, check=True).stdout)
        for one in commands
    )
    assert [one["number"] for one in months["months"][0]["reports"]] == [report.number]
    assert sent == {"new": 3, "there": 0, "reports": 1}
    assert (stands["minutes"], [one["assistant"] for one in stands["parts"]]) == (960, [AMIR])


def stored():
    with within_all():
        return ReportedTime.objects.count(), WorkerReport.objects.count(), Sending.objects.count()


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = ["GET /months", "POST /months/{month}/rows", "GET /reports/{number}"]
FUZZ = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def right(case, report):
    """Half of the cases name what is there, so that they come further than the door."""
    if "number" in case.path_parameters:
        case.path_parameters["number"] = report.number
    if "month" in case.path_parameters:
        case.path_parameters["month"] = f"{report.month:%Y-%m}"
    rows = case.body.get("rows") if isinstance(case.body, dict) else None
    for one in rows if isinstance(rows, list) else []:
        if isinstance(one, dict):
            one |= {"report": report.number, "assistant": AMIR, "day": f"{report.month:%Y-%m}-07"}


@pytest.mark.slow
@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("name", OPERATIONS)
def test_whatever_is_sent_is_answered_as_described_and_what_is_refused_is_not_stored(made, name, mode):
    token, report = made
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    operations = {one.ok().label.replace("/api/v1", ""): one.ok() for one in schema.get_all_operations()}
    assert sorted(operations) == sorted(OPERATIONS)
    checks = [*CHECKS, *([negative_data_rejection] if mode is GenerationMode.NEGATIVE else [])]
    answered = Counter()

    @FUZZ
    @given(case=operations[name].as_strategy(mode), known=st.booleans())
    def sent(case, known):
        if known and mode is GenerationMode.POSITIVE:
            right(case, report)
        cache.clear()  # the rate is counted, and here it is not what is asked
        before = stored()
        answer = case.call(headers={"Authorization": f"Bearer {token}"})
        case.validate_response(answer, checks=checks)
        answered[answer.status_code] += 1
        new = answer.json()["new"] if name.startswith("POST") and answer.status_code == 200 else 0
        assert stored()[0] == before[0] + new
        assert answer.status_code == 200 or stored() == before

    sent()
    assert set(answered) <= {200, 400, 401, 404, 409, 422}
    assert answered[200] or mode is GenerationMode.NEGATIVE or name.startswith("POST")
    print(name, mode.value, dict(answered))
