"""Whether a person has support at another unit of the same board: the unit's name, and nothing of what or why (M255).

Never across boards, which are authorities of their own (OSL 8 kap. 1 §), and never from or about a branch of its own
within one (8 kap. 2 §). What LSS and older people's care may share between boards (26 kap. 9 c §) stays shut.
"""

from datetime import date

from tillit.web.models import Finding, Matter, TimeReport, Unit, Upload
from tillit.web.queries.delivery import UNDERSTOOD
from tillit.web.rules.board_store import store_of
from tillit.web.rules.decided_unit import decisions, folded, units_of
from tillit.web.rules.doors import roles_of
from tillit.web.rules.viewer import Viewer


def may_ask_other_units(matter: Matter, viewer: Viewer) -> bool:
    """Whether the viewer, who reads the matter, has a role there that may ask; of someone protected nobody may."""
    if matter.protected or matter.closed_at or (matter.unit and matter.unit.apart):
        return False
    return viewer.has(roles_of("other_units"), board=matter.board_id, unit=matter.unit_id)


def other_units(matter: Matter, day: date) -> list[Unit]:
    """The other units of the board whose decisions about the matter's client are in force on a day, by name."""
    board = matter.board
    taken = Upload.objects.filter(board=board, delivery__status__in=UNDERSTOOD, withdrawn_at=None)
    known = decisions(store_of(board), [{"sha256": one} for one in sorted(set(taken.values_list("sha256", flat=True)))])
    named = units_of(board).named
    found = {
        named[folded(one.unit)]
        for client in _clients(matter)
        for one in known.of_client.get(client, [])
        if one.first <= day <= one.last and folded(one.unit) in named
    }
    return list(Unit.objects.filter(pk__in=found, apart=False).exclude(pk__in=[matter.unit_id or 0]).order_by("name"))


def _clients(matter: Matter) -> set[str]:
    codes = set(Finding.objects.filter(pk=matter.pk).values_list("client_code", flat=True))
    codes |= set(Finding.objects.filter(cases=matter.pk, protected=False).values_list("client_code", flat=True))
    codes |= set(TimeReport.objects.filter(pk=matter.pk).values_list("client_code", flat=True))
    return codes - {""}
