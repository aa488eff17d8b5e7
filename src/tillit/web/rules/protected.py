"""Protected personal data: what is shown in the place of anything that could lead to someone (IS8, M283)."""

from typing import NamedTuple

from tillit.web.models import Finding, Matter

MASKED = "Skyddade uppgifter"


class Shown(NamedTuple):
    """What a list shows of a matter. Codes, never names; and where someone is protected not even those."""

    number: str
    title: str
    provider: str
    client: str
    worker: str


def shown(matter: Matter) -> Shown:
    """A matter as a list, a search hit, an export or a notice shows it, to anyone.

    A list is masked also for those who may read the matter: a screen is seen by more than one.
    """
    finding = matter if isinstance(matter, Finding) else getattr(matter, "finding", None)
    client, worker = (finding.client_code, finding.worker_code) if finding else ("", "")
    if not matter.protected:
        return Shown(matter.number, matter.title, matter.provider_number, client, worker)
    return Shown(matter.number, MASKED, MASKED, MASKED if client else "", MASKED if worker else "")
