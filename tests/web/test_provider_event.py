"""What has happened around a provider over time: at every board, without any individual, and cleared as cleared."""

from datetime import date

from tests.web.people import DAY, NOW, as_viewer
from tests.web.test_signal import NORRVIK, cleared, shared
from tillit.web.models import Board, Contract, Deviation, Permit, PermitAnswer, Provider, Signal, Use
from tillit.web.queries.provider import name_of, provider
from tillit.web.queries.provider_event import Event, events_of


def seen(client, user, page):
    client.force_login(user)
    return client.get(page)


def norrvik():
    return Provider.objects.create(number=NORRVIK, name="Norrviks Assistans AB")


def kinds(city, who):
    return [one.kind for one in events_of(provider(NORRVIK), as_viewer(city[who]))]


def test_reports_deviations_and_permits_of_all_boards_stand_in_one_list_by_day(city):
    """M011: over time, across boards, and no field of it can hold an individual."""
    found, syd = norrvik(), Board.objects.get(slug="syd")
    Permit.objects.create(provider=found, service_type="personal_assistance", valid_from=date(2023, 5, 1))
    PermitAnswer.objects.create(
        check_number="TK-1", provider=found, service="personal_assistance", answer="valid", answered_on="2025-02-01",
        medium="mail", board=syd, boards=2, at=NOW,
    )  # fmt: skip
    Contract.objects.create(provider=found, service_area="personal_assistance", valid_from=date(2024, 1, 1))
    Use.objects.create(provider=found, board=syd, since=date(2024, 2, 1))
    Deviation.objects.create(number="SYD-A-1", provider=found, board=syd, area="assistance", kind="reporting",
                             state="demanded", since=date(2025, 9, 1))  # fmt: skip
    shared(city)
    assert kinds(city, "Sara") == ["report_stands", "deviation", "permit_answer", "use", "contract", "permit"]
    assert kinds(city, "Stina") == kinds(city, "Sara")
    # The control function of a board that does not use it: what is shared, and not the deviation.
    assert kinds(city, "Klas") == ["report_stands", "permit_answer", "use", "contract", "permit"]
    assert set(Event.__dataclass_fields__) == {"on", "kind", "code", "more", "board", "until"}


def test_a_report_that_was_cleared_is_told_as_cleared_and_to_those_alone_who_follow_all_boards(city):
    norrvik()
    cleared(city, shared(city))
    (one,) = events_of(provider(NORRVIK), as_viewer(city["Sara"]))
    assert (one.kind, one.until) == ("report_cleared", DAY)
    assert kinds(city, "Klas") == kinds(city, "Bo") == []


def test_a_report_whose_time_is_out_stands_no_more_though_no_job_has_run(city):
    norrvik()
    shared(city)
    Signal.objects.update(expires_on=date(2026, 3, 1))
    assert (kinds(city, "Klas"), kinds(city, "Sara")) == ([], ["report_expired"])


def test_the_page_is_there_for_those_who_control_and_coordinate_and_says_how_it_ended(city, client):
    norrvik()
    cleared(city, shared(city))
    page = f"/anordnare/{NORRVIK}/over-tid/"
    told = {
        name: seen(client, city[name], page).status_code for name in ("Sara", "Stina", "Klas", "Hanna", "Elin", "Bo")
    }
    assert told == {"Sara": 200, "Stina": 200, "Klas": 200, "Hanna": 404, "Elin": 404, "Bo": 200}
    assert "Friskriven" in seen(client, city["Sara"], page).content.decode()
    assert "Friskriven" not in seen(client, city["Bo"], page).content.decode()


def test_a_number_is_looked_up_in_the_register_and_said_to_be_unknown_or_of_another_name(city, client):
    """M023: whatever way it is written; the name of the register is proposed, and the role is chosen."""
    norrvik()
    assert [name_of(one) for one in ("559999-0008", "16559999-0008", "5599991014", "", "skräp")] == [
        "Norrviks Assistans AB", "Norrviks Assistans AB", "", "", "",
    ]  # fmt: skip
    form = seen(client, city["Rut"], "/arenden/oppna/signal/?provider=5599990008").context["form"]
    assert (form.initial["provider_name"], list(form.fields["target"].choices)[:3]) == (
        "Norrviks Assistans AB",
        [("provider", "Anordnare"), ("service_company", "Servicebolag"), ("coordinator", "Assistanssamordnare")],
    )
    signal = shared(city, provider_name="Norrviks Omsorg AB")
    page = seen(client, city["Sara"], f"/arenden/{signal.number}/").content.decode()
    assert ("Så heter den i registret" in page, "finns inte i Tillits register" in page) == (True, False)
    Provider.objects.all().delete()
    assert "finns inte i Tillits register" in seen(client, city["Sara"], f"/arenden/{signal.number}/").content.decode()
