"""What must be true before a document is sent: nothing missing, the right receiver, and a way that is safe enough."""

from collections.abc import Mapping
from typing import Any

from tillit.catalogue import Document
from tillit.web.models import Matter

CHANNELS = {
    "secure": "Säker digital post",
    "service": "Myndighetens e-tjänst",
    "letter": "Brev",
    "registered": "Rekommenderat brev",
    "meeting": "Lämnat vid möte",
    "mediated": "Förmedlat av Skatteverket (skyddade uppgifter)",
    "mail": "E-post",
}

_SAFE_FOR_PROTECTED = {"secure", "meeting", "mediated"}
_WITHOUT_PERSONS = {"open", "internal", "provider", "procurement"}


def why_not_sent(
    document: Document, matter: Matter, *, asked: Mapping[str, Any], missing: list[str], recipient: str, channel: str
) -> str:
    """Why a document cannot be sent so, as the one who tries is told; empty where it can.

    Takes: what has been filled in on it, and the names of the fields that are still missing.
    """
    if not document.leaves_zone:
        return "Dokumentet stannar i ärendet och skickas inte"
    if document.told_by:
        return "Innehållet går ut av sig självt som ett meddelande. Vilka som har fått det står i ärendet"
    if missing:
        return f"Fyll först i: {', '.join(document.fields[name].sv for name in missing)}"
    if recipient not in document.sent_to:
        return "Dokumentet skickas inte till den mottagaren"
    for held in document.holds_back:
        if recipient not in held.unless_to and all(asked.get(name) == code for name, code in held.when.items()):
            return held.because
    if matter.protected and channel not in _SAFE_FOR_PROTECTED:
        return "Ärendet gäller någon med skyddade uppgifter. Skicka med säker post, vid möte eller genom Skatteverket"
    if channel == "mail" and matter.zone not in _WITHOUT_PERSONS:
        return "Ärendet kan gälla enskilda. Skicka på ett sätt där ingen annan kan läsa, inte med vanlig e-post"
    return ""
