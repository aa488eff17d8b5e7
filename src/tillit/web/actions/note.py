"""Writes notes and contacts on a matter. They are never changed; a correction is one more."""

from datetime import datetime

from tillit.web.actions import log
from tillit.web.actions.once import only_once
from tillit.web.actions.refusal import NotForYouError, one_press
from tillit.web.models import Matter, Note
from tillit.web.queries.matter import readable
from tillit.web.rules.fields import LONGEST, WrongValueError
from tillit.web.rules.note import CHANNELS, CONTACTS
from tillit.web.rules.personal_data import hits
from tillit.web.rules.viewer import Viewer


def write_note(matter: Matter, *, by: Viewer, now: datetime, text: str, corrects: Note | None = None) -> Note:
    """A note on a matter that the writer may read."""
    return _write(matter, "note", by=by, now=now, text=text, corrects=corrects)


def write_contact(
    matter: Matter, *, by: Viewer, now: datetime, text: str, happened_at: datetime, contact_with: str, channel: str
) -> Note:
    """A contact: with whom (a role, never a name), how, when, and what was said.

    Takes: `contact_with` of CONTACTS, `channel` of CHANNELS.
    """
    if contact_with not in CONTACTS or channel not in CHANNELS:
        raise WrongValueError("Välj vem kontakten var med och hur den skedde")
    if happened_at > now:
        raise WrongValueError("Kontakten kan inte ligga i framtiden", fix="ändra tiden")
    return _write(
        matter,
        "contact",
        by=by,
        now=now,
        text=text,
        happened_at=happened_at,
        contact_with=contact_with,
        channel=channel,
    )


def _write(
    matter: Matter,
    kind: str,
    *,
    by: Viewer,
    now: datetime,
    text: str,
    corrects: Note | None = None,
    happened_at: datetime | None = None,
    contact_with: str = "",
    channel: str = "",
) -> Note:
    with one_press(f"write {kind}", by=by, now=now, matter=matter):
        if not readable(Matter, by).filter(pk=matter.pk).exists():
            raise NotForYouError("Det finns inget sådant ärende för dig")
        if not text.strip():
            raise WrongValueError("Anteckningen är tom", fix="skriv något")
        if matter.zone == "provider" and hits(text, on=by.day):
            raise WrongValueError(
                "Texten innehåller något som kan leda till en person", fix="skriv bara om verksamheten"
            )
        if len(text) > LONGEST["long_text"] or "\0" in text:
            raise WrongValueError("Anteckningen kan inte tas emot", fix=f"skriv högst {LONGEST['long_text']} tecken")
        if corrects is not None and corrects.matter_id != matter.pk:
            raise NotForYouError("Det finns ingen sådan anteckning i ärendet")
        only_once(now=now)
        note: Note = Note.objects.create(
            matter=matter,
            kind=kind,
            at=now,
            by=by.user,
            text=text,
            corrects=corrects,
            happened_at=happened_at,
            contact_with=contact_with,
            channel=channel,
        )
        log.write("change", f"write {kind}", by=by.user, at=now, matter=matter, details={"note": note.pk})
        return note
