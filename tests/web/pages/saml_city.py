"""A city where one logs in by SAML, and an identity provider that answers as it is told: `test_saml.py` starts it.

It runs in a process of its own, since the settings of the pages say at their start how one logs in.
"""

import json
import os
import sys
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlparse
from xml.etree import ElementTree

ENTITY = "https://idp.example.org/e"
HOST = "tillit.example.org"
SAML = "urn:oasis:names:tc:SAML:2.0"


@dataclass(frozen=True)
class Answer:
    """What the identity provider says of a person, and how it is said."""

    person: str
    roles: list[str]
    request: str
    audience: str = f"https://{HOST}/logga-in/saml/saml/metadata/"
    age: timedelta = timedelta()

    def xml(self) -> str:
        """The response, not signed yet."""
        now = datetime.now(UTC) - self.age
        at, until = (f"{one:%Y-%m-%dT%H:%M:%SZ}" for one in (now, now + timedelta(minutes=5)))
        acs = f"https://{HOST}/logga-in/saml/saml/acs/"
        values = "".join(f"<saml:AttributeValue>{role}</saml:AttributeValue>" for role in self.roles)
        return f"""<samlp:Response xmlns:samlp="{SAML}:protocol" xmlns:saml="{SAML}:assertion" ID="r1" Version="2.0"
 IssueInstant="{at}" Destination="{acs}" InResponseTo="{self.request}"><saml:Issuer>{ENTITY}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="{SAML}:status:Success"/></samlp:Status>
<saml:Assertion ID="a1" Version="2.0" IssueInstant="{at}"><saml:Issuer>{ENTITY}</saml:Issuer>
<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{self.person}</saml:NameID>
<saml:SubjectConfirmation Method="{SAML}:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{until}"
 Recipient="{acs}" InResponseTo="{self.request}"/></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{at}" NotOnOrAfter="{until}">
<saml:AudienceRestriction><saml:Audience>{self.audience}</saml:Audience>
</saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{at}">
<saml:AuthnContext><saml:AuthnContextClassRef>{SAML}:ac:classes:unspecified</saml:AuthnContextClassRef>
</saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="roles">{values}
</saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>""".replace("\n</saml:Aud", "</saml:Aud")


def signed(xml: str, folder: Path) -> str:
    """The response with its assertion signed, as it is posted."""
    from onelogin.saml2.utils import OneLogin_Saml2_Utils as Utils

    tree = ElementTree.fromstring(xml)
    assertion = tree.find(f"{{{SAML}:assertion}}Assertion")
    assert assertion is not None
    tree.remove(assertion)
    key, certificate = ((folder / name).read_text() for name in ("key.pem", "certificate.pem"))
    done = Utils.add_sign(ElementTree.tostring(assertion), key, certificate)
    whole = ElementTree.tostring(tree, encoding="unicode")
    return whole.replace("</ns0:Response>", done.decode().split("?>")[-1] + "</ns0:Response>")


def main(folder: Path) -> None:
    """Tells, as JSON, what became of each of the answers."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from tillit.web.models import Board, Entry, Grant, User

    call_command("migrate", verbosity=0)
    Board.objects.create(slug="norr", name="Norra stadsdelsnämnden")

    def log_in(client: Client, *, tamper: bool = False, sign: bool = True, **said: object) -> int:
        sent = client.post("/logga-in/saml/saml/login/", secure=True)
        asked = parse_qs(urlparse(sent["Location"]).query)["SAMLRequest"][0]
        request = ElementTree.fromstring(zlib.decompress(b64decode(asked), -15)).attrib["ID"]
        xml = Answer(request=request, **said).xml()  # type: ignore[arg-type]
        xml = signed(xml, folder) if sign else xml
        if tamper:
            xml = xml.replace("R19@norr", "R02@norr")
        return post(client, xml)

    def post(client: Client, xml: str) -> int:
        posted.append(xml)
        client.post("/logga-in/saml/saml/acs/", {"SAMLResponse": b64encode(xml.encode()).decode()}, secure=True)
        client.get("/logga-in/saml/saml/acs/finish/", secure=True)
        return client.get("/konto/", secure=True).status_code

    def browser() -> Client:
        return Client(SERVER_NAME=HOST, headers={"host": HOST})

    def roles(name: str) -> list[str]:
        return sorted(Grant.objects.filter(user__username=name, valid_to=None).values_list("role", flat=True))

    posted: list[str] = []
    told: dict[str, object] = {}
    told["metadata"] = browser().get("/logga-in/saml/saml/metadata/", secure=True).status_code
    told["first"] = [
        log_in(browser(), person="mona", roles=["R19@norr", "R04@norr"]),
        roles("mona"),
    ]
    told["fewer"] = [log_in(browser(), person="mona", roles=["R19@norr", "vpn"]), roles("mona")]
    told["replayed"] = post(browser(), posted[-1])
    told["unsigned"] = log_in(browser(), person="nils", roles=["R02@norr"], sign=False)
    told["tampered"] = log_in(browser(), person="nils", roles=["R19@norr"], tamper=True)
    told["old"] = log_in(browser(), person="nils", roles=["R19@norr"], age=timedelta(hours=1))
    told["for another"] = log_in(browser(), person="nils", roles=["R19@norr"], audience="https://annan.example.org/")
    told["people"] = sorted(User.objects.values_list("username", flat=True))
    told["log"] = list(Entry.objects.order_by("count").values_list("what", "by__username"))
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(os.environ["TILLIT_FOLDER"]).parent)
    sys.exit(0)
