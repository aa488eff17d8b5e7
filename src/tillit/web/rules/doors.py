"""Which roles may open the pages that are no matter: lists, the log, roles, deliveries. Default deny."""

from tillit.web.rules.content import catalogue
from tillit.web.rules.viewer import Viewer

FIXED: dict[str, set[str]] = {
    "log": {"R26", "R02"},
    "log_export": {"R26"},
    "other_units": {"R01", "R02"},
    "log_ask": {"R25"},
    "log_requests": {"R25", "R26"},
    "subject_requests": {"R26", "R34"},
    "access": {"R27", "R02", "R24"},
    "deliveries": {"R05", "R02", "R06", "R04"},
    "deliver": {"R05", "R06", "R04"},
    "withdraw": {"R05"},
    "run": {"R05"},
    "give_role": {"R27"},
    "boards": {"R27", "R28"},
    "boards_open": {"R28"},
    "cooperation": {"R02", "R08", "R09"},
    "notifications": {"R02", "R03", "R05", "R12", "R23", "R24"},
    "control_figures": {"R02", "R05", "R11", "R23", "R24"},
    "samples": {"R02", "R05", "R11", "R23", "R24", "R25"},
    "draw": {"R05", "R23"},
    "checklists_change": {"R02", "R11", "R23"},
    "coordinate": {"R10"},
    "contacts_change": {"R10"},
    "coordination": {"R10", "R11", "R03"},
    "provider_events": {"R05", "R10", "R11"},
    "coverage": {"R02", "R03", "R05", "R06", "R09", "R23", "R24"},
    "settlements": {"R02", "R05", "R06", "R07"},
    "pay": {"R06"},
    "permits": {"R01", "R02", "R03", "R05", "R06", "R08", "R09", "R10", "R11", "R12", "R16", "R24", "R25"},
    "permits_change": {"R05", "R10"},
    "permit_notice": {"R05", "R10", "R16"},
}
"""Object x role, processes.md 2.2: rows Loggar, Behörigheter, Tidrapport; the person's own question is R26 and R34."""


def may_enter(viewer: Viewer, door: str) -> bool:
    """Whether a page exists for the viewer. An unknown door is a shut one."""
    return bool(viewer.roles() & roles_of(door))


def roles_of(door: str) -> set[str]:
    """The roles for whom a page exists: fixed ones, and those that the process files give."""
    content = catalogue()
    match door:
        case "findings":
            return _readers("finding")
        case "findings_read":
            return _readers("finding", whole=True)
        case "invoices":
            return _readers("invoice")
        case "cases":
            return _readers("case")
        case "time_reports":
            return {role for role in _readers("time_report") if not content.roles[role].external}
        case "notify":
            return {role for duty in content.duties.values() for role in content.processes[duty.process].opened_by}
        case "statistics":
            return {role for one in content.statistics.values() for role in one.shown_to}
        case "observe":
            return set(content.processes["finding"].opened_by) - {"system"}
        case "assess":
            finding = content.processes["finding"]
            first = [step for step in finding.steps.values() if finding.start in step.from_]
            return {role for step in first for role in step.who} - {"system"}
        case "providers" | "disclosures" | "contacts" | "responsibilities" | "routines" | "checklists":
            return {name for name, role in content.roles.items() if not role.external}
        case _:
            return FIXED.get(door, set())


def _readers(model: str, *, whole: bool = False) -> set[str]:
    processes = [process for process in catalogue().processes.values() if process.model == model]
    readers = [reader for process in processes for reader in process.readers]
    return {reader.role for reader in readers if not (whole and reader.only_status)}
