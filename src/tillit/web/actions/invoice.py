"""What the steps of an invoice do besides moving it: who confirmed, who approved, when it was paid."""

from datetime import date

from tillit.web.actions.effects import Taken, effect
from tillit.web.models import Invoice


@effect("confirm_delivery")
def confirm_delivery(taken: Taken) -> None:
    """Leveransen är bekräftad, och av vem: den personen attesterar aldrig samma faktura."""
    Invoice.objects.filter(pk=taken.matter.pk).update(confirmed_by=taken.person, attested_by=None, attested_at=None)


@effect("record_attest")
def record_attest(taken: Taken) -> None:
    """Fakturan är attesterad, och av vem. Databasen tar inte emot att det är den som bekräftade leveransen."""
    Invoice.objects.filter(pk=taken.matter.pk).update(attested_by=taken.person, attested_at=taken.now)


@effect("record_payment")
def record_payment(taken: Taken) -> None:
    """Dagen då fakturan betalades, som någon har läst den."""
    Invoice.objects.filter(pk=taken.matter.pk).update(paid_on=date.fromisoformat(taken.given["paid_on"]))
