"""A claim in the browser: the ground, the months a row each, and for whom the page does not exist."""

from tests.web.delivered import deliver, work_off
from tests.web.test_repayment import statement
from tillit.web.models import Claim, Matter, User
from tillit.web.rules.scope import within_all


def open_claim(asta):
    """Asta opens a claim and says its ground; gives the number."""
    opened = asta.post("/arenden/oppna/recovery/", {"origin": "investigation"}, follow=True)
    number = opened.redirect_chain[-1][0].rstrip("/").rpartition("/")[2]
    ground = {"ground": "lss_12_caused", "debtor": "client", "granted_on": "2025-02-01", "basis": "hours"}
    sent = {f"calculate-{name}": value for name, value in ground.items()} | {"calculate-version": "1"}
    assert asta.post(f"/steg/{number}/calculate/", sent).status_code == 302
    return number


def test_the_months_are_filled_in_and_counted_on_the_page_of_the_case(browse):
    asta = browse("Asta")
    number = open_claim(asta)
    page = asta.get(f"/aterkrav/{number}/manader/")
    assert page.status_code == 200
    rows = {"rows": "3", "version": "2", "m0-month": "2025-09", "m0-paid_on": "2025-09-25", "m0-paid": "160",
            "m0-right": "120:30"}  # fmt: skip
    assert asta.post(f"/aterkrav/{number}/manader/", rows).status_code == 302
    with within_all():
        claim = Claim.objects.get(matter=Matter.objects.get(number=number).pk)
        assert (claim.calculated_ore, claim.limitation_on.isoformat()) == (1_353_270, "2035-09-25")
    shown = asta.get(f"/arenden/{number}/").content.decode().replace("\u00a0", " ")
    assert "Varje månad räknas för sig" in shown
    assert "13 532,70 kr" in shown


def test_a_row_half_filled_is_said_and_nothing_is_counted(browse):
    asta = browse("Asta")
    number = open_claim(asta)
    answer = asta.post(f"/aterkrav/{number}/manader/", {"rows": "3", "version": "2", "m0-month": "2025-09"})
    assert answer.status_code == 422
    assert "Fyll i hela raden, eller töm den." in answer.content.decode()


def test_a_claim_does_not_exist_for_those_it_is_not_given_to(browse):
    number = open_claim(browse("Asta"))
    paths = (f"/arenden/{number}/", f"/aterkrav/{number}/manader/")
    answers = {name: [browse(name).get(path).status_code for path in paths] for name in ("Hanna", "Klas", "Sara", "Bo")}
    assert set(map(tuple, answers.values())) == {(404, 404)}
    assert browse("Bo").post(f"/aterkrav/{number}/betalning/", {}).status_code == 404


def test_the_page_of_a_bank_file_lists_the_payments_that_no_claim_asks_for_and_no_name(browse):
    with within_all():
        sent = deliver(User.objects.get(name="Klas"), name="bank.xml", text=statement(("41.00", "999", "E-2")))
    work_off()
    shown = browse("Klas").get(f"/leveranser/{sent.pk}/").content.decode().replace("\u00a0", " ")
    assert "Inget krav har den referensen" in shown
    assert "41,00 kr" in shown
    assert browse("Bo").get(f"/leveranser/{sent.pk}/").status_code == 404
