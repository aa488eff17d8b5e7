"""The content of this installation, loaded once a process, and proved before anything rests on it."""

from collections.abc import Iterator, Mapping
from functools import cache

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from tillit.catalogue import (
    Catalogue,
    Code,
    ContentErrors,
    check_disclosures,
    check_documents,
    check_grounds,
    check_processes,
    check_statistics,
    checklists_of,
    key_of,
    load,
)
from tillit.errors import TillitError
from tillit.web.rules import (
    attention,
    board_paper,
    decision,
    deviation_guards,
    disclosure,
    invoice,
    measure,
    notification,
    payment_batch,
    permit,
    record_guards,
    recovery,
    sample,
    settlement,
    signal,
    time_report,
)
from tillit.web.rules.audiences import AUDIENCES
from tillit.web.rules.guards import GUARDS

GUARDED_BY = (
    attention,
    board_paper,
    decision,
    deviation_guards,
    disclosure,
    invoice,
    measure,
    notification,
    payment_batch,
    permit,
    record_guards,
    recovery,
    sample,
    settlement,
    signal,
    time_report,
)
"""The nouns that have guards of their own: named here, so that their guards are known."""


@cache
def catalogue() -> Catalogue:
    """The content, with the municipality's own laid over it.

    Raises: ContentErrors with every fault: an installation does not run on processes that cannot work.
    """
    found = load(*settings.TILLIT.content)
    checks = (check_processes, check_disclosures, check_grounds, check_documents, check_statistics, check_names)
    faults = [fault for check in checks for fault in check(found)]
    if faults:
        raise ContentErrors(faults)
    return found


def codes(list_of: str) -> Mapping[str, Code]:
    """The codes of a list of content/codes."""
    return catalogue().codes[list_of].codes


def check_names(content: Catalogue) -> list[TillitError]:
    """Every guard and audience that a process names and that is no function here, with its file and line."""
    faults: list[TillitError] = []
    for process in content.processes.values():
        file = content.files[key_of("processes", process.process)]
        places = {("opening",): process.opening} | {("steps", name): step for name, step in process.steps.items()}
        for place, part in places.items():
            for key, names, known in (("guards", part.guards, GUARDS), ("tell", part.tell, AUDIENCES)):
                for name in names:
                    if name not in known:
                        told = f"there is no '{name}'"
                        faults.append(file.error(told, f"known: {', '.join(sorted(known))}", *place, key))
    return [*faults, *_extra_checks(content), *_pages(content)]


def _extra_checks(content: Catalogue) -> Iterator[TillitError]:
    # A step that is refused until a list is answered must have that list, and a place to write why it is not.
    for process in content.processes.values():
        has_list = any(one.for_marked for one in checklists_of(content, process))
        for name, step in process.steps.items():
            if attention.extra_checks_are_done.__name__ not in step.guards:
                continue
            if not has_list or attention.NOT_MADE not in step.may_give:
                told = "it asks for the extra checks, and they cannot be answered or left out there"
                fix = f"name a check list with 'for_marked' in 'checklists', and '{attention.NOT_MADE}' in 'may_give'"
                file = content.files[key_of("processes", process.process)]
                yield file.error(told, fix, "steps", name, "guards")


def _pages(content: Catalogue) -> Iterator[TillitError]:
    for part in ("routines", "forms", "contacts"):
        for index, one in enumerate(getattr(content.routines, part)):
            try:
                _ = reverse(one.page) if one.page else ""
            except NoReverseMatch:
                told = f"there is no page '{one.page}' that asks for nothing"
                fix = "give the name of a page in web/urls.py, or an address"
                yield content.files["plans/routines"].error(told, fix, part, index, "page")
