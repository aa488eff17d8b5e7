"""The words for our codes on a screen, and one sentence for those who wonder. Swedish here, English in locale/en."""

from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language
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
    "explains": Word(_("Förklarar"), colour="success"),
    "rejected": Word(_("Förklarar inte"), colour="neutral"),
    "not_possible": Word(_("Går inte att pröva"), colour="neutral"),
}
"""How far an innocent explanation has been tried by people."""

REPRESENTS: dict[str, Word] = {
    "client": Word(_("Brukaren")),
    "guardian": Word(_("God man")),
    "trustee": Word(_("Förvaltare")),
    "parent": Word(_("Vårdnadshavare")),
    "other": Word(_("Annan med fullmakt")),
}
"""As what someone approves a time report."""

EXTRACT: dict[str, Word] = {
    "pack": Word(_("Bevispaket"), _("Bevisförteckning, filer, tidslinje och kontakter, med kontrollsummor.")),
    "contacts": Word(_("Kontaktlogg"), _("Alla kontakter i ärendet, till domstol eller prövning av uteslutning.")),
    "party_copy": Word(_("Partskopia"), _("Det som parten får ta del av, med skäl där något är struket.")),
}
"""What is taken out of a matter."""

REPLY: dict[str, Word] = {
    "yes": Word(_("Ja"), colour="success"),
    "no": Word(_("Nej"), colour="warning"),
    "not_applicable": Word(_("Ej aktuellt"), colour="neutral"),
}

DEVIATION: dict[str, Word] = {
    "none": Word(_("Ingen avvikelse"), colour="success"),
    "minor": Word(_("Mindre avvikelse"), colour="info"),
    "serious": Word(_("Allvarlig avvikelse"), colour="warning"),
}
"""What the answers of a check list come to."""

PHASE: dict[str, Word] = {
    "investigation": Word(_("Utredning")),
    "documentation": Word(_("Dokumentation")),
    "execution": Word(_("Verkställighet")),
    "payment": Word(_("Utbetalning")),
    "follow_up": Word(_("Uppföljning")),
}

TARGET: dict[str, Word] = {
    "provider": Word(_("Anordnare")),
    "time_report": Word(_("Tidrapport")),
    "decision": Word(_("Beslut")),
    "invoice": Word(_("Faktura")),
    "placement": Word(_("Placering")),
    "individual": Word(_("Enskild")),
    "procurement": Word(_("Upphandling")),
    "contract": Word(_("Avtal")),
    "association": Word(_("Förening")),
    "permit_holder": Word(_("Tillståndshavare")),
    "recruitment": Word(_("Rekrytering")),
    "address": Word(_("Adress")),
}
"""What a check list is about."""

PERSONAL: dict[str, str | Promise] = {
    "identity_number": _("personnummer"),
    "coordination_number": _("samordningsnummer"),
    "interim_number": _("tillfälligt personnummer"),
    "birth_date": _("födelsedag"),
    "phone": _("telefonnummer"),
    "email": _("e-postadress"),
    "address": _("adress"),
    "code": _("kod för en person"),
    "number": _("ärendets nummer"),
    "name": _("namn på någon i ärendet"),
}
"""What the personal-data guard stops."""

SHARED: dict[str, Word] = {
    "role": Word(_("person"), _("Samma person har eller har haft en roll hos båda.")),
    "account": Word(_("konto"), _("Båda har eller har haft samma konto.")),
    "address": Word(_("adress"), _("Båda har samma adress.")),
}
"""What two providers can share."""

DOCUMENT: dict[str, Word] = {
    "proposed": Word(_("Väntar på godkännande"), _("Det gäller när en andra person har godkänt det."), "warning"),
    "draft": Word(_("Utkast"), _("Något ska fyllas i innan det är klart."), "warning"),
    "told": Word(
        _("Går ut av sig självt"),
        _("Nämnderna får innehållet som ett meddelande. Vilka som har fått det, och när, står i ärendet."),
        "success",
    ),
    "ready": Word(_("Klart att skicka"), _("Inget saknas."), "info"),
    "settled": Word(_("Fastställt"), _("Det ändras inte mer."), "success"),
    "sent": Word(_("Skickat"), _("Det ändras inte mer."), "success"),
    "withdrawn": Word(_("Gäller inte"), _("Förslaget avböjdes."), "neutral"),
}
"""How far a document has come."""

KIND: dict[str, str | Promise] = {"read": _("Läst"), "change": _("Ändrat"), "refused": _("Nekat")}
"""Lines of the log."""

DISCLOSURE: dict[str, str | Promise] = {
    "duty": _("Ska lämnas"),
    "own_initiative": _("Får lämnas"),
    "on_request": _("Får lämnas på begäran"),
    "never": _("Lämnas aldrig"),
    "off": _("Används inte här"),
    "ask": _("Vi får fråga"),
}
"""What a provision of the table of who may be told what says."""

LOG: dict[str, str | Promise] = {
    "matter": _("hela ärendet"),
    "status": _("var det står"),
    "list findings": _("lista med fynd"),
    "list invoices": _("lista med fakturor"),
    "import invoices": _("tog in fakturor"),
    "log": _("loggen"),
    "read log": _("loggen"),
    "export log": _("tog ut loggen"),
    "emergency access": _("tillfällig åtkomst"),
    "assign": _("fördelade"),
    "reassign": _("fördelade om"),
    "release": _("lämnade"),
    "block": _("spärrade på grund av jäv"),
    "declare bias": _("anmälde jäv"),
    "write authority contact": _("skrev hur en myndighet nås"),
    "write note": _("anteckning"),
    "write contact": _("kontakt"),
    "make pack": _("tog ut underlaget"),
    "make contacts": _("tog ut kontakterna"),
    "make party_copy": _("gjorde en partskopia"),
    "approve extract": _("godkände en partskopia"),
    "decline extract": _("godkände inte en partskopia"),
    "extract file": _("hämtade ett utdrag"),
    "extract text": _("läste ett utdrag"),
    "add exhibit": _("lade till en handling"),
    "withdraw exhibit": _("drog tillbaka en handling"),
    "exhibit file": _("handlingens fil"),
    "clear personal data": _("prövade om uppgifter kan leda till en person"),
    "try explanation": _("prövade en förklaring"),
    "sign in": _("loggade in"),
    "sign out": _("loggade ut"),
    "sync roles": _("roller ändrades vid inloggning"),
    "choose language": _("valde språk"),
    "receive file": _("lämnade en fil"),
    "read file": _("läste in en fil"),
    "settle month": _("räknade av månaden"),
    "make payment file": _("gjorde en betalningsfil"),
    "fetch payment file": _("hämtade en betalningsfil"),
    "read payments": _("läste vad banken har betalat"),
    "list settlements": _("månadens avräkningar"),
    "list settlements csv": _("månadens avräkningar som fil"),
    "begin checklist": _("började på en checklista"),
    "answer checklist": _("svarade i en checklista"),
    "change checklist": _("ändrade en checklista"),
    "withdraw file": _("drog tillbaka en fil"),
    "start run": _("startade en körning"),
    "import findings": _("körningen gav fynd"),
    "answer review": _("granskade en läsning"),
    "name responsible": _("utsåg ansvariga"),
    "ask role reviews": _("bad chefer gå igenom roller"),
    "answer role review": _("gick igenom en roll"),
    "give role": _("gav en roll"),
    "end role": _("avslutade en roll"),
    "ask other units": _("frågade om insats på annan enhet"),
    "ask for log": _("begärde rader ur loggen"),
    "answer log request": _("svarade på en begäran om logg"),
    "take out log": _("tog ut begärda rader ur loggen"),
    "subject request": _("sökte allt om en person som har frågat"),
    "read subject request": _("läste ett registerutdrag"),
    "settle subject request": _("avgjorde ett registerutdrag"),
    "take edited file": _("lämnade en redigerad Word-fil"),
    "use made document": _("återgick till det gjorda dokumentet"),
    "propose role": _("föreslog en roll"),
    "propose end of role": _("föreslog att en roll avslutas"),
    "settle role": _("svarade som andra person om en roll"),
    "open account": _("öppnade ett konto"),
    "close account": _("stängde ett konto"),
    "begin": _("installationen började"),
    "open board": _("öppnade en nämnd"),
    "change board": _("ändrade en nämnd"),
    "open unit": _("öppnade en enhet"),
    "change unit": _("ändrade en enhet"),
    "end cooperation": _("avslutade ett samarbete"),
    "draw sample": _("drog urval"),
    "sample is drawn": _("urvalet är draget"),
    "close sample": _("avslutade ett urval"),
    "sample frame": _("tog ut en urvalsram"),
    "sample units": _("tog ut ett granskat urval"),
    "read": _("öppna"),
    "open": _("öppnade"),
    "propose": _("föreslog"),
    "agree": _("godkände"),
    "decline": _("avböjde"),
    "step": _("steget"),
}
"""What lines of the log say was done; a last word that is a step or a process is named by content."""


def titled(part: Any) -> str:
    """What a part of content that has a title is called, in the reader's language."""
    english = part.en if get_language() == "en" else ""
    return str(english or part.title)


def about(thing: Any) -> str:
    """The sentence that explains a part of content, in the reader's language."""
    english = thing.about_en if get_language() == "en" else ""
    return str(english or thing.about)


def choices(field: Any) -> dict[str, str]:
    """The choices of a field of a process, in the reader's language."""
    chosen = field.one_of_en if get_language() == "en" and field.one_of_en else field.one_of
    return dict(chosen)


def word(thing: Any) -> str:
    """What a part of content (a role, state, step or field) is called in the reader's language."""
    if thing is None:
        return ""
    english = getattr(thing, "en", "") if get_language() == "en" else ""
    return str(english or thing.sv)
