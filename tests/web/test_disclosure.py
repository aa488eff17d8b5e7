"""Why something may not be told, in the words of the screen."""

from datetime import date

from tests.web.people import DAY
from tillit.web.queries.disclosure import provisions, recipients, subjects
from tillit.web.rules.content import catalogue
from tillit.web.rules.disclosure import table_says, telling_of, why_not

GIVEN = {"direction": "in", "counterpart": "fk", "gateway": "notification", "subject": "individual"}


def said(*, counsel=False, day=DAY, **fields):
    return why_not(table_says(catalogue(), telling_of({**GIVEN, **fields}, day=day, counsel=counsel)))


def test_what_may_be_told_has_no_why_not():
    assert said(conditions_met=True) is None


def test_each_thing_that_is_missing_is_said_with_what_the_provision_asks():
    assert said() == (
        "Alla villkor är inte prövade och uppfyllda. En tjänsteperson har funnit att det finns anledning att anta "
        "felet. En träff i en kontroll räcker inte. Det finns inga särskilda skäl mot att lämna underrättelsen."
    )
    weighed = {"gateway": "weighed", "conditions_met": True}
    assert said(**weighed) == "Avvägningen är inte skriven. En jurist behöver besluta."
    assert said(**weighed, balance="Skälen väger över") == "En jurist behöver besluta."
    assert said(**weighed, balance="Skälen väger över", counsel=True) is None


def test_no_provision_and_a_prohibition_and_a_policy_are_told_apart():
    assert said(counterpart="private") == (
        "Ingen bestämmelse i tabellen öppnar för det, med det lagstödet och till den mottagaren."
    )
    assert said(gateway="duty_2024", conditions_met=True, balance="x", counsel=True) == (
        "Det lämnas inte. Socialtjänstens uppgifter enligt lagen om uppgiftsskyldighet (2024:307): "
        "gäller inte uppgifter som omfattas av sekretess enligt bland annat 26 kap. 1-6 §§ OSL."
    )


def test_every_recipient_of_the_secrecy_test_is_in_the_register_of_contacts():
    """M133: one register of the authorities, and how they are reached."""
    assert set(catalogue().processes["disclosure"].fields["counterpart"].one_of) <= set(recipients())
    assert {"individual", "provider"} <= set(subjects().one_of)


def test_the_page_shows_prohibitions_first_and_nothing_that_does_not_hold_yet():
    assert [row.disclosure for row in provisions("fk", "individual", DAY)][:3] == [
        "act_2024_never_social", "fk_use_of_allowance", "payers_notice"
    ]  # fmt: skip
    assert "authorities_weighed" not in {row.disclosure for row in provisions("fk", "individual", date(2025, 11, 30))}
