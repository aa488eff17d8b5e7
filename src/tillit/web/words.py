"""The words for our codes on a screen, and one sentence for those who wonder. Swedish here, English in locale/en."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Word(NamedTuple):
    """A code on the screen: the word, what it means, and its colour."""

    word: str | Promise
    means: str | Promise = ""
    colour: str = "neutral"


SEVERITY: dict[int, Word] = {
    4: Word(_("Före betalning"), _("Vänta med de berörda raderna tills de är förklarade. Betala resten."), "danger"),
    3: Word(_("Utan dröjsmål"), _("Be om en förklaring nu."), "warning"),
    2: Word(_("I dialogen"), _("Ta upp det vid nästa uppföljning med anordnaren."), "info"),
    1: Word(_("Rätta uppgiften"), _("Det gäller uppgifternas kvalitet, inte pengarna."), "neutral"),
}
"""In the order in which they are shown: the most urgent first."""

CERTAINTY: dict[str, Word] = {
    "sure": Word(_("Säkert"), _("Uppgifterna går inte ihop, hur de än läses.")),
    "possible": Word(_("Möjligt"), _("Uppgifterna går inte ihop i minst en av de läsningar som är rimliga.")),
    "indication": Word(_("Indikation"), _("Ett mönster att titta närmare på. Det räcker aldrig ensamt.")),
    "observed": Word(_("Iakttagelse"), _("Någon har sett eller fått veta något. Ingen kontroll har räknat på det.")),
}

TYPE: dict[str, Word] = {
    "rule": Word(_("Regel"), _("Raderna säger något som inte kan ha hänt, eller som en regel inte tillåter.")),
    "deviation": Word(_("Avvikelse"), _("Raderna skiljer sig från beslutet, beställningen, avtalet eller planen.")),
    "indicator": Word(_("Indikator"), _("Ett statistiskt mönster. En människa bedömer innan någon kontaktas.")),
    "control_not_done": Word(_("Utebliven kontroll"), _("En kontroll som skulle ha gjorts saknas i underlaget.")),
    "data_quality": Word(_("Uppgifternas kvalitet"), _("Uppgifterna är för svaga för att kunna litas på.")),
    "observation": Word(_("Iakttagelse"), _("Någon har sett eller fått veta något.")),
}

UNIT: dict[str, str | Promise] = {
    "minutes": _("minuter"),
    "ore": _("kronor"),
    "days": _("dagar"),
    "rows": _("rader"),
    "share": _("andel"),
    "count": _("antal"),
}

EXPLANATION: dict[str, Word] = {
    "left": Word(_("Kvar att pröva"), colour="warning"),
    "rejected": Word(_("Prövad: förklarar inte"), colour="neutral"),
    "explains": Word(_("Prövad: förklarar"), colour="success"),
    "not_possible": Word(_("Går inte att pröva"), colour="neutral"),
}
"""How far an innocent explanation has been tried by people."""

KIND: dict[str, str | Promise] = {"read": _("Läst"), "change": _("Ändrat"), "refused": _("Nekat")}
"""Lines of the log."""
