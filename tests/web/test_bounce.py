"""Messages to a real mail server that refuses, is away, or takes them and says later that one was not delivered."""

import mailbox
import socket
from email import message_from_bytes
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from aiosmtpd.controller import Controller

from tests.web.people import NOW
from tests.web.test_signal import shared
from tillit.web import mail
from tillit.web.actions.bounce import LARGEST, read_folder, read_mail
from tillit.web.actions.signal_mail import MailIsAwayError, send_messages
from tillit.web.models import Board, Entry, Grant, Told, User
from tillit.web.rules.bounce import message_id


class Post:
    """A mail server: it takes what is sent, but for those whom it does not know."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.unknown: set[str] = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.unknown:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken += [(address, envelope.content) for address in envelope.rcpt_tos]
        return "250 OK"

    def to(self) -> list[str]:
        return sorted(address for address, _ in self.taken)


@pytest.fixture
def post(city, settings):
    """The server, and the people of two boards with their addresses; Syd has a head and a mailbox too."""
    for name in ("Rut", "Bo"):
        User.objects.filter(name=name).update(email=f"{name.lower()}@kommun.example")
    Board.objects.filter(slug="syd").update(mailbox="syd@kommun.example")
    head = User.objects.create(username="chef", name="Chef", email="chef@kommun.example")
    Grant.objects.create(user=head, role="R24", board=Board.objects.get(slug="syd"), valid_from=NOW.date())
    found = Post()
    server = Controller(found, hostname="127.0.0.1", port=_free())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield found
    server.stop()


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def returned(sent: bytes, address: str, *, action="failed", headers_only=False) -> bytes:
    """What a mail server writes to the sender of a message that it could not deliver (RFC 3464)."""
    report = MIMEMultipart("report", report_type="delivery-status")
    report["From"], report["To"], report["Subject"] = "MAILER-DAEMON@kommun.example", "tillit@localhost", "Undelivered"
    report.attach(MIMEText("Meddelandet kunde inte levereras.", "plain", "utf-8"))
    of_one = f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
    text = f"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; kommun.example\r\n\r\n{of_one}"
    report.attach(message_from_bytes(text.encode()))
    original = sent.split(b"\r\n\r\n")[0] + b"\r\n\r\n" if headers_only else sent
    kind = b"text/rfc822-headers" if headers_only else b"message/rfc822"
    report.attach(message_from_bytes(b"Content-Type: " + kind + b"\r\n\r\n" + original))
    return report.as_bytes()


def chain() -> list[tuple[str, bool]]:
    return [(one.address, bool(one.bounced_at)) for one in Told.objects.filter(board__slug="syd").order_by("pk")]


def test_one_whom_the_server_does_not_know_is_replaced_at_once(city, post):
    """M016: the commissioning manager, the head of administration, and then the mailbox of the board."""
    post.unknown = {"bo@kommun.example", "chef@kommun.example"}
    shared(city)
    assert send_messages(now=NOW) == 2
    assert post.to() == ["rut@kommun.example", "syd@kommun.example"]
    assert chain() == [("bo@kommun.example", True), ("chef@kommun.example", True), ("syd@kommun.example", False)]


@pytest.mark.parametrize("headers_only", [False, True])
def test_what_comes_back_later_is_read_and_the_next_one_is_told(city, post, tmp_path, headers_only):
    """M016: from a maildir, where the mail server puts it; read twice it is one bounce."""
    shared(city)
    send_messages(now=NOW)
    box = mailbox.Maildir(tmp_path / "returned")
    [sent] = [content for address, content in post.taken if address == "bo@kommun.example"]
    box.add(returned(sent, "bo@kommun.example", headers_only=headers_only))
    assert [read_folder(tmp_path / "returned", now=NOW) for _ in range(2)] == [1, 0]
    assert read_mail(returned(sent, "bo@kommun.example"), now=NOW) == 0
    assert send_messages(now=NOW) == 1
    assert (post.to()[1], chain()) == (
        "chef@kommun.example",
        [("bo@kommun.example", True), ("chef@kommun.example", False)],
    )
    assert Entry.objects.filter(what="bounce", kind="change", by=None).count() == 1


def test_an_answer_a_delay_and_what_is_not_ours_change_nothing(city, post):
    """And nobody who writes to the mailbox can make out that a message did not arrive."""
    shared(city)
    send_messages(now=NOW)
    [sent] = [content for address, content in post.taken if address == "bo@kommun.example"]
    told = Told.objects.get(user__name="Bo")
    ours = message_id(told.pk, "tillit@localhost").encode()
    away = EmailMessage()
    away["Subject"], away["In-Reply-To"] = "Jag är ledig", ours.decode()
    away.set_content("Jag är tillbaka på måndag.")
    mails = [
        away.as_bytes(),
        returned(sent, "bo@kommun.example", action="delayed"),
        returned(sent.replace(ours, ours.replace(b".", b".x", 1)), "bo@kommun.example"),
        returned(sent.replace(ours, f"<told-{told.pk + 1}.".encode() + ours.split(b".", 1)[1]), "bo@kommun.example"),
        returned(b"Message-ID: <annat@kommun.example>\r\n\r\nHej", "bo@kommun.example"),
        returned(sent + b" " * LARGEST, "bo@kommun.example"),
        b"", b"\xff\x00 inget brev", b"Content-Type: multipart/report\r\n\r\n",
    ]  # fmt: skip
    assert ours in sent
    assert [read_mail(one, now=NOW) for one in mails] == [0] * len(mails)
    assert chain() == [("bo@kommun.example", False)]


def test_a_server_that_is_away_loses_nothing(city, post, settings):
    shared(city)
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, _free()
    with pytest.raises(MailIsAwayError):
        send_messages(now=NOW)
    settings.EMAIL_PORT = there
    assert (send_messages(now=NOW), len(post.taken)) == (2, 2)


def test_one_who_runs_the_installation_reads_a_file(city, post, tmp_path, capsys):
    """`tillit mail read FILE`."""
    shared(city)
    send_messages(now=NOW)
    [sent] = [content for address, content in post.taken if address == "bo@kommun.example"]
    file = tmp_path / "returned.eml"
    file.write_bytes(returned(sent, "bo@kommun.example"))
    assert mail.main(["read", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: 1 not delivered; another recipient gets each, where there is one\n"
