"""One board and few people, a municipality without districts or a municipal association: everything works there too."""

import pytest
from django.test import Client

from tillit.web.models import Board, Finding, Grant, User

PAGES = ("/", "/fynd/", "/arenden/", "/anordnare/", "/motverka/", "/ansvar/", "/ansvar/{slug}/", "/behorigheter/")


@pytest.mark.parametrize(("slug", "kind"), [("kommunstyrelsen", "board"), ("direktionen", "association")])
def test_one_board_without_units_districts_or_a_coordinator_has_every_page(db, slug, kind):
    """M289: works for one small municipality and for a city with districts."""
    board = Board.objects.create(slug=slug, name="Nämnden", kind=kind)
    user = User.objects.create(username="anna", name="Anna")
    for role in ("R01", "R02", "R05", "R19"):
        Grant.objects.create(user=user, role=role, board=board, valid_from="2024-01-01")
    client = Client()
    client.force_login(user)
    assert {page: client.get(page.format(slug=slug)).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)
    told = {"title": "Söndagar som inte blev av", "observation": "Ingen kom.", "board": slug}
    assert client.post("/iakttagelse/", told).status_code == 302
    (finding,) = client.get("/fynd/").context["page"].object_list
    assert (finding.board, finding.unit) == (board, None)
    assert isinstance(finding, Finding)
