"""Every model is kept within its board, or named here with the reason why not."""

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from tests.web.matters import give, make
from tests.web.people import NOW
from tillit.web.models import Assignment, Board, Matter
from tillit.web.models.scoping import OfBoard
from tillit.web.rules.content import catalogue

UNSCOPED = {
    "Board": "the boards themselves: public names, asked for before the scope is known",
    "Unit": "the units of the boards: public names",
    "User": "accounts of employees: needed before log-in and to give matters to people; nothing of any matter",
    "Grant": "who holds which role: asked for to know the scope",
    "Entry": "the log: read through queries/log.py alone",
    "Head": "the end of the log: one row, a number and a hash",
    "Review": "lines of the log to look at: read through queries/log.py alone, by the one who was asked",
    "LogRequest": "an auditor's request for lines of the log: read by who asked and by who grants it",
    "Gate": "content: the states that need a hearing, the same for every board",
    "Seal": "content: the states in which nothing is changed, the same for every board",
    "AuthorityContact": "how an authority is reached: the municipality's own, and nothing of any matter",
    "Provider": "providers, the same for every board (Z3): nothing in it leads to an individual",
    "Permit": "of a provider (Z3)",
    "PermitCheck": "of a provider (Z3): one check serves every board, and each reads its answer",
    "PermitAnswer": "of a provider (Z3): the answers as they came, which served every board",
    "PermitNotice": "of a provider (Z3): what IVO has decided and told the municipality",
    "PermitMeasure": "of a provider (Z3): that a board acts on it, yes or no; never for whom",
    "Contract": "of a provider (Z3)",
    "Use": "of a provider (Z3): that a board uses it, yes or no",
    "Deviation": "of a provider (Z3): that a board has demanded remedy, for the boards that use it; never of a person",
    "RoleReview": "who holds which role, as Grant: read by the manager who was asked and by those who end roles",
    "RoleProposal": "a role on its way, as Grant: read by those who may agree to it",
    "ProviderNotice": "that a board has ended its cooperation (Z3): read by the one who was told alone",
    "ProviderCheck": "of a provider (Z3)",
    "Signal": "what the boards tell each other of a provider (Z3): no column can hold a person",
    "Told": "who was told of a signal: employees, and when",
    "ProviderLink": "that two providers share something (Z3): not whose role, which account or what address",
    "GrantGiven": "of an association (Z3): a grant as it was decided, which is public",
    "SavedFilter": "a person's own filters: the end of an address, which shows nothing by itself",
    "Press": "forms that were sent: a hash, which nothing can be read out of",
    "Job": "long work: codes and counts, run outside every request",
}

MODELS = list(apps.get_app_config("web").get_models())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_is_scoped_or_named_with_a_reason(model, db):
    if model.__name__ in UNSCOPED:
        assert not isinstance(model._default_manager, OfBoard)
        return
    assert isinstance(model._default_manager, OfBoard)
    with pytest.raises(ScopeError):
        model._default_manager.count()


def test_nothing_is_named_that_is_not_there():
    assert set(UNSCOPED) <= {model.__name__ for model in MODELS}


def test_a_scope_shows_its_boards_alone_also_through_another_model(city):
    norr, syd = (Board.objects.get(slug=slug) for slug in ("norr", "syd"))
    for board in ("norr", "syd"):
        give(make(catalogue().processes["finding"], now=NOW, number=f"{board}-1", board=board), city["Klas"], now=NOW)
    with scope(board=[norr.pk]):
        assert [matter.number for matter in Matter.objects.all()] == ["norr-1"]
        assert [one.matter.number for one in Assignment.objects.all()] == ["norr-1"]
        assert list(city["Klas"].assignments.all()) == list(Assignment.objects.all())
        assert list(syd.matter_set.all()) == []
    with scope(board=[]):
        assert list(Matter.objects.all()) == []


def test_a_session_holds_nothing_of_ours():
    assert [field.name for field in Session._meta.fields] == ["session_key", "session_data", "expire_date"]
