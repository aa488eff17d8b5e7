"""The evidence of a matter that the viewer reads: the list as it stands, with what was added to it and withdrawn."""

from collections.abc import Mapping

from tillit.catalogue import Way, in_force
from tillit.web.models import Exhibit, Matter
from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer


def exhibits(matter: Matter) -> list[Exhibit]:
    """Every piece of evidence of a matter, the first one first; for a page whose reader reads the matter."""
    found = Exhibit.objects.filter(matter=matter)
    return list(found.select_related("by", "withdrawal", "withdrawal__by", "adds_to", "finding", "finding__board"))


def exhibit(matter: Matter, number: int) -> Exhibit | None:
    """A piece of evidence by its number in a matter."""
    return Exhibit.objects.filter(matter=matter, number=number).first()


def ways(viewer: Viewer) -> Mapping[str, Way]:
    """The ways in which evidence comes to a matter today."""
    return in_force(catalogue().ways.items(), viewer.day)


def where(one: Exhibit) -> str:
    """Where in a delivered file it stands, few lines told each and many as from and to.

    Gives: '214, 571' or '2–900 (312 st)'; empty for what is no delivered file.
    """
    lines = sorted({int(row["line"]) for row in one.lines})
    if len(lines) <= MANY:
        return ", ".join(map(str, lines))
    return f"{lines[0]}–{lines[-1]} ({len(lines)} st)"


MANY = 8
"""So many lines are told one by one."""
