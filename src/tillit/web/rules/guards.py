"""The guards that steps name: each says, in Swedish, why a step cannot be taken yet, or nothing.

Those of one noun lie in the file of that noun (rules/disclosure.py, rules/notification.py), under the same mark.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from tillit.catalogue import Catalogue, Code
from tillit.units import local_date
from tillit.web.models import Assignment, Block, Document, Finding, Hearing, Matter, Note, StepTaken
from tillit.web.rules.personal_data import NUMBERS, hits
from tillit.web.rules.viewer import Viewer


@dataclass(frozen=True)
class Asked:
    """What a guard is asked: may this person take this step on this matter, with this, now?

    `number` gives a dated parameter as a whole number, `readable` the matters that the person may read, and
    `content` the content of the installation, so that a guard needs nothing but what it is asked.
    """

    matter: Matter
    step: str
    by: Viewer
    given: Mapping[str, Any]
    number: Callable[[str], int]
    readable: QuerySet[Matter]
    content: Catalogue

    def codes(self, list_of: str) -> Mapping[str, Code]:
        """The codes of a list of content/codes."""
        return self.content.codes[list_of].codes

    def field(self, name: str) -> Any:
        """A field as it will be: what is given now, or else what stands."""
        return self.given.get(name, self.matter.fields.get(name))


Guard = Callable[[Asked], str | None]
GUARDS: dict[str, Guard] = {}


def guard(check: Guard) -> Guard:
    """Makes a function known to process files under its own name; its docstring is shown with the process."""
    # Two of one name would be one: the later would guard the steps of the other.
    assert check.__name__ not in GUARDS, f"there is another guard called {check.__name__}"
    GUARDS[check.__name__] = check
    return check


@guard
def placement_is_given(asked: Asked) -> str | None:
    """Det är valt i vilken akt kontrollen dokumenteras (M173)."""
    return None if asked.field("placement") else "Välj först var det ska dokumenteras."


@guard
def same_provider_or_client(asked: Asked) -> str | None:
    """Det andra fyndet finns, och gäller samma anordnare eller samma brukare."""
    this = Finding.objects.filter(pk=asked.matter.pk).first()
    alike = Q(provider_number=asked.matter.provider_number) & ~Q(provider_number="")
    if this and this.client_code:
        alike |= Q(finding__client_code=this.client_code)
    other = asked.readable.filter(alike, number=asked.field("same_as"), finding__isnull=False)
    if other.exclude(pk=asked.matter.pk).exists():
        return None
    return "Det finns inget annat fynd med det numret som gäller samma anordnare eller brukare."


@guard
def not_extended_before(asked: Asked) -> str | None:
    """Tiden förlängs högst en gång."""
    if StepTaken.objects.filter(matter=asked.matter, step=asked.step).exists():
        return "Tiden har redan förlängts en gång."
    return None


@guard
def no_identity_number(asked: Asked) -> str | None:
    """Det som lämnar zonen innehåller inget personnummer eller samordningsnummer."""
    for text in asked.given.values():
        if isinstance(text, str) and any(hit.kind in NUMBERS for hit in hits(text, on=asked.by.day)):
            return "Texten innehåller något som ser ut som ett personnummer. Ta bort det."
    return None


@guard
def bias_is_checked(asked: Asked) -> str | None:
    """Den som utreder har prövat sitt eget jäv."""
    return None if asked.field("bias_checked") is True else "Pröva först om du själv är jävig."


@guard
def time_to_answer(asked: Asked) -> str | None:
    """Parten får den tid att svara som kommunen har bestämt."""
    days = asked.number("casework.hearing_days")
    if date.fromisoformat(asked.given["answer_by"]) < asked.by.day + timedelta(days=days):
        return f"Parten ska ha minst {days} dagar på sig att svara."
    return None


@guard
def answer_time_is_out(asked: Asked) -> str | None:
    """Tiden som parten fick att svara har gått ut."""
    sent = Hearing.objects.filter(matter=asked.matter, answer_by__isnull=False).order_by("-pk").first()
    if sent is None:
        return "Parten har inte fått något brev att svara på."
    if sent.answer_by and sent.answer_by >= asked.by.day:
        return f"Tiden att svara går ut den {sent.answer_by}."
    return None


@guard
def letter_is_sent(asked: Asked) -> str | None:
    """Brevet till parten är registrerat som skickat, och parten har haft sin tid att svara från den dagen.

    Där processen inte har något brev står det i kontakterna när parten fick frågan.
    """
    steps = asked.content.processes[asked.matter.process].steps.items()
    asking = {name: step for name, step in steps if "send_hearing" in step.does}
    letter = Document.objects.filter(matter=asked.matter, step__in=asking).order_by("-pk").first()
    if letter is not None:
        sent = letter.dispatches.order_by("sent_at").values_list("sent_at", flat=True).first()
        missing = "Registrera först att brevet till parten är skickat."
    elif any(step.document for step in asking.values()):
        sent, missing = None, "Skapa först brevet till parten, och registrera att det är skickat."
    else:
        hearing = Hearing.objects.filter(matter=asked.matter, sent_at__isnull=False).order_by("-pk").first()
        told = Note.objects.filter(matter=asked.matter, kind="contact", happened_at__isnull=False)
        since = local_date(hearing.sent_at) if hearing and hearing.sent_at else asked.by.day
        days = (at for at in told.order_by("happened_at").values_list("happened_at", flat=True) if at)
        sent = next((at for at in days if local_date(at) >= since), None)
        missing = "Skriv först i kontakterna när och hur parten fick frågan."
    if sent is None:
        return missing
    # The day that was written in the letter was counted from when it was made: lying about takes nothing from a party.
    last = local_date(sent) + timedelta(days=asked.number("casework.hearing_days"))
    return f"Brevet skickades sent: tiden att svara går ut den {last}." if last > asked.by.day else None


@guard
def recovery_is_decided(asked: Asked) -> str | None:
    """Frågan om återkrav är avgjord."""
    return None if asked.field("recovery") else "Ta först ställning till återkrav."


@guard
def recovery_is_to_be_claimed(asked: Asked) -> str | None:
    """Det är beslutat att pengarna ska krävas tillbaka i ett eget ärende, och det är inte redan öppnat."""
    if asked.field("recovery") != "claim":
        return "Det är inte beslutat att pengarna ska krävas tillbaka i ett eget ärende."
    if StepTaken.objects.filter(matter=asked.matter, step=asked.step).exists():
        return "Ärendet om återkrav är redan öppnat."
    return None


@guard
def balance_is_weighed(asked: Asked) -> str | None:
    """En avvägning är skriven när uppgifter ska lämnas med stöd av 10 kap. 15 a § OSL."""
    if asked.field("gateway") == "weighed" and not asked.field("balance"):
        return "Lagen kräver en avvägning: skriv hur skälen väger mot sekretessen."
    return None


@guard
def there_is_legal_ground(asked: Asked) -> str | None:
    """Det finns ett lagstöd."""
    if asked.field("gateway") in (None, "none"):
        return "Inget lagstöd har hittats. Då kan uppgifterna inte lämnas."
    return None


@guard
def they_ask_us(asked: Asked) -> str | None:
    """Begäran gäller uppgifter som vi har."""
    return None if asked.field("direction") == "in" else "Det är vi som ber om uppgifter. Vi har inget att lämna."


@guard
def we_ask_them(asked: Asked) -> str | None:
    """Begäran är vår egen."""
    return None if asked.field("direction") == "out" else "Det är någon annan som ber oss om uppgifter."


@guard
def appeal_is_told(asked: Asked) -> str | None:
    """En enskild som får avslag vet hur beslutet överklagas."""
    if asked.field("counterpart") in {"party", "private", "provider"} and asked.field("appeal_told") is not True:
        return "Den som frågar ska få veta hur beslutet överklagas."
    return None


@guard
def not_about_oneself(asked: Asked) -> str | None:
    """Den som prövar jäv är inte den som frågan gäller; då prövar närmast högre chef (SD10)."""
    if Block.objects.filter(declared_in=asked.matter.pk, user=asked.by.user).exists():
        return "Frågan gäller dig själv. En annan chef prövar den."
    return None


@guard
def objection_is_answered(asked: Asked) -> str | None:
    """En part som har invänt om jäv har fått besked."""
    if asked.field("source") == "objection" and not asked.field("party_told_on"):
        return "Skriv när parten fick besked. En invändning om jäv får alltid ett skriftligt svar."
    return None


@guard
def someone_else_has_it(asked: Asked) -> str | None:
    """Ärendet har en annan handläggare än den som är jävig."""
    for block in Block.objects.filter(declared_in=asked.matter.pk):
        others = Assignment.objects.filter(matter=block.matter_id, valid_to=None, responsible=True)
        if not others.exclude(user=block.user_id).exists():
            return "Ge först ärendet en annan handläggare."
    return None


@guard
def nothing_decided_before(asked: Asked) -> str | None:
    """Inget beslut fattades av den som är jävig."""
    if asked.field("decided_already"):
        return "Det som redan är beslutat i ärendet måste prövas. Välj det steget."
    return None
