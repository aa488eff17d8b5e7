"""Who could be given a matter to work on."""

from django.db.models import Exists, OuterRef, Q

from tillit.web.models import Block, Grant, Matter, User
from tillit.web.queries.matter import assigned_now
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer


def can_be_given(matter: Matter, viewer: Viewer) -> list[User]:
    """The people whose role works on such a matter, who do not have it and are not shut out.

    Nobody where the viewer may not assign it.
    """
    process = catalogue().processes[matter.process]
    if not viewer.has(process.assigned_by, board=matter.board_id, unit=matter.unit_id):
        return []
    roles = [reader.role for reader in process.readers if not reader.only_status and reader.reach != "own"]
    standing = Q(valid_to=None) | Q(valid_to__gte=viewer.day)
    place = Q(board=None) | Q(board=matter.board_id)
    unit = Q(unit=None) | Q(unit=matter.unit_id) if matter.unit_id else Q(unit=None)
    held = Grant.objects.filter(standing, place, unit, user=OuterRef("pk"), role__in=roles, valid_from__lte=viewer.day)
    blocked = Block.objects.filter(matter=matter, user=OuterRef("pk"), lifted_at=None)
    has_it = assigned_now(viewer.now).filter(matter=matter, user=OuterRef("pk"))
    found = User.objects.filter(Exists(held), ~Exists(blocked), ~Exists(has_it), is_active=True)
    return list(found.order_by("name", "pk"))
