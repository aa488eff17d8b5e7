"""Time reports of assistance as XML, one file a worker, client and month, as they are sent to Försäkringskassan."""

from collections.abc import Sequence
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from lxml import etree

from tillit.demo.files.xml import maker, write
from tillit.demo.people import Person
from tillit.demo.town import Row, Shift

_make = maker("http://schema.forsakringskassan.se/integration/isassistansersattning/tidredovisning/1")
_TIMES = {"active": "aktivTid", "waiting": "vanteTid", "standby": "beredskapsTid"}


def write_fk3059(folder: Path, report: Row, shifts: Sequence[Shift]) -> None:
    """One report: clock times on days of the month, lengths in hours."""
    provider, client, worker, month = (report[key] for key in ("provider_id", "client_id", "worker_id", "month"))
    lines = [_line(shift) for shift in sorted(shifts, key=lambda one: (one.day, one.start))]
    root = _make(
        "Tidredovisning",
        _make("id", str(uuid5(NAMESPACE_OID, f"{provider.number} {client.number} {worker.number} {month}"))),
        _make("redovisningsmanad", f"{month:%Y-%m}"),
        _person("personSomHarAssistans", client),
        _person("assistent", worker),
        _make("anstalldAvPersonSomHarAssistans", "false"),
        _make(
            "assistansanordnare",
            _make("anordnareNamn", provider.name),
            _make("organisationsnummer", provider.number),
            _make("assistentAnstalldAvAnordnare", "true"),
            _make("assistentEgenForetagare", "false"),
        ),
        _make("tidrapport", *lines),
        _make("datumForUnderskriftAnordnare", f"{report['signed_by_provider_at']:%Y-%m-%d}"),
        _make("datumForUnderskriftAssistent", f"{report['signed_by_worker_at']:%Y-%m-%d}"),
    )
    write(folder / f"tidredovisning-{month:%Y-%m}-{report['report_id']}.xml", root)


def _person(name: str, who: Person) -> etree._Element:
    number = "samordningsnummer" if int(who.number[6:8]) > 60 else "personnummer"
    return _make(name, _make(number, who.number), _make("fornamn", who.given), _make("efternamn", who.family))


def _line(shift: Shift) -> etree._Element:
    hours = f"{shift.minutes / 60:.2f}".replace(".", ",")
    return _make(
        "rapportRad",
        _make("dag", f"{shift.day.day:02}"),
        _make("fromTid", shift.start),
        _make("tomTid", shift.end),
        _make(_TIMES[shift.kind], hours),
    )
