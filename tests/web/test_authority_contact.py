"""How authorities are reached: read by all who work here, written by those who coordinate, never a person."""

import pytest

from tests.web.people import NOW, as_viewer
from tillit.web.actions.authority_contact import write_contact
from tillit.web.actions.refusal import HeldBackError, NotForYouError
from tillit.web.models import Entry
from tillit.web.queries.authority_contact import reach, register
from tillit.web.rules.content import catalogue

POLICE = {
    "function": "Bedrägerisektionen, mottagningen", "mailbox": "mottagning@polisen.example", "phone": "114 14",
    "agreed": "En anmälan per anordnare, med bevisförteckningen först.",
}  # fmt: skip


def write(city, who="Sara", to="police", **more):
    return write_contact(to, **POLICE | more, by=as_viewer(city[who]), now=NOW)


def test_the_coordinator_writes_it_and_everyone_reads_the_same_register(city):
    """M133: every recipient of the secrecy test is in it; the log says who wrote."""
    assert [one.code for one in register()] == list(catalogue().recipients)
    write(city)
    found = reach("police").ours
    assert (found.function, found.mailbox, found.agreed, found.by.name) == (
        POLICE["function"], POLICE["mailbox"], POLICE["agreed"], "Sara",
    )  # fmt: skip
    write(city, phone="010-000 00 00")
    assert (reach("police").ours.phone, len([one for one in register() if one.ours])) == ("010-000 00 00", 1)
    assert Entry.objects.filter(what="write authority contact", by=city["Sara"]).count() == 2


def test_nobody_else_writes_and_a_recipient_that_is_not_there_is_none(city):
    for who, to in (("Stina", "police"), ("Klas", "police"), ("Bo", "police"), ("Sara", "nobody")):
        with pytest.raises(NotForYouError):
            write(city, who, to)


def test_a_person_is_no_contact(city):
    with pytest.raises(HeldBackError, match="leda till en person"):
        write(city, agreed="Fråga efter 20000229-2399")


def test_the_page_is_read_by_all_and_shows_the_way_on_the_table_of_who_may_be_told(city, client):
    write(city)
    for who, status in (("Hanna", 200), ("Elin", 200), ("Bo", 200)):
        client.force_login(city[who])
        assert (client.get("/kontakter/").status_code, client.get("/kontakter/police/").status_code) == (status, 404)
    told = client.get("/vem-far-veta/?to=police&about=individual").content.decode()
    assert ("mottagning@polisen.example" in told, "bevisförteckningen först" in told) == (True, True)
    client.force_login(city["Sara"])
    answer = client.post("/kontakter/fk/", {"function": "Kontrollenheten", "mailbox": "inte en adress"})
    assert (answer.status_code, reach("fk").ours) == (422, None)
    assert client.post("/kontakter/fk/", {"function": "Kontrollenheten"}).status_code == 302
    assert reach("fk").ours.function == "Kontrollenheten"
