"""Reminds people by mail that something waits. The mail says 'log in to read' and nothing about anyone."""

from datetime import datetime
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db.models import Q

from tillit.units import is_working_day, local_date
from tillit.web.models import User
from tillit.web.queries.notice import notices_for, run_notices_for
from tillit.web.queries.work import my_work
from tillit.web.rules.scope import within
from tillit.web.rules.viewer import Viewer, viewer_of

SUBJECT = "Något väntar på dig i Tillit"
TEXT = """Hej!

Det finns något i Tillit som väntar på dig. Logga in för att läsa.

Det här brevet skickas till alla som har något att göra, och innehåller därför inga uppgifter om det.
"""


def remind(*, now: datetime) -> int:
    """A mail to each person who has something due, overdue, to agree to or unread: at most one a working day.

    A job calls it, as often as it likes. Gives: how many mails were sent; a person whose mail fails is tried again.
    """
    day = local_date(now)
    if not is_working_day(day):
        return 0
    sent = 0
    not_yet = Q(reminded_on=None) | Q(reminded_on__lt=day)
    for user in User.objects.filter(not_yet, is_active=True).exclude(email="").order_by("pk"):
        viewer = viewer_of(user, now)
        with within(viewer.boards()):
            if _something_waits(viewer) and User.objects.filter(not_yet, pk=user.pk).update(reminded_on=day):
                sent += _mailed(viewer, user, now)
    return sent


def _mailed(viewer: Viewer, user: User, now: datetime) -> bool:
    # The day is claimed first, so that two workers send one mail, and given back where the mail server says no.
    try:
        send_mail(SUBJECT, TEXT, None, [user.email])
    except (OSError, SMTPException):
        User.objects.filter(pk=user.pk).update(reminded_on=user.reminded_on)
        return False
    notices_for(viewer).filter(mailed_at=None).update(mailed_at=now)
    run_notices_for(viewer).filter(mailed_at=None).update(mailed_at=now)
    return True


def _something_waits(viewer: Viewer) -> bool:
    work = my_work(viewer)
    unread = notices_for(viewer).filter(mailed_at=None)
    of_runs = run_notices_for(viewer).filter(mailed_at=None)
    waits = (work.overdue, work.due, work.to_agree, work.to_review, work.to_assign, unread, of_runs)
    return any(part.exists() for part in waits)
