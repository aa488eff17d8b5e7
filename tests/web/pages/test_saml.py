"""Logging in by SAML: an identity provider that answers, one that others try to answer for, and roles that go."""

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.web.pages.saml_city import ENTITY, HOST

METADATA = f"""<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY}">
<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing">
<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{{}}</X509Certificate></X509Data></KeyInfo>
</KeyDescriptor><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
 Location="https://idp.example.org/sso"/></IDPSSODescriptor></EntityDescriptor>"""

IN, OUT = 200, 302


def identity_provider(folder):
    """A key, and the metadata that vouch for it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(datetime.now(UTC)).not_valid_after(datetime.now(UTC) + timedelta(1))
    pem = made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()
    (folder / "certificate.pem").write_text(pem)
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    inner = "".join(line for line in pem.splitlines() if "CERTIFICATE" not in line)
    (folder / "metadata.xml").write_text(METADATA.format(inner), encoding="utf-8")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What became of each answer: saml_city.py."""
    folder = tmp_path_factory.mktemp("saml")
    identity_provider(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tillit.web.settings",
        "TILLIT_FOLDER": str(folder / "folder"),
        "TILLIT_HOSTS": HOST,
        "TILLIT_SAML_METADATA": f"http://127.0.0.1:{server.server_port}/metadata.xml",
        "TILLIT_SAML_ENTITY": ENTITY,
    }
    command = [sys.executable, "-m", "tests.web.pages.saml_city"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    server.shutdown()
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


pytestmark = pytest.mark.slow  # a process with a database of its own


def test_the_municipality_is_told_how_tillit_asks(told):
    assert told["metadata"] == 200


def test_who_the_identity_provider_lets_in_has_the_roles_that_it_says(told):
    assert told["first"] == [IN, ["R04", "R19"]]


def test_a_role_that_is_no_longer_said_is_taken_away_at_the_next_log_in(told):
    assert told["fewer"] == [IN, ["R19"]]


@pytest.mark.parametrize("answer", ["replayed", "unsigned", "tampered", "old", "for another"])
def test_an_answer_that_is_not_the_identity_providers_own_and_fresh_lets_nobody_in(told, answer):
    assert told[answer] == OUT


def test_nobody_has_an_account_from_an_answer_that_was_not_taken(told):
    assert told["people"] == ["mona"]


def test_the_log_tells_of_both_log_ins_and_of_nothing_else(told):
    assert told["log"] == [["sync roles", "mona"], ["sign in", "mona"]] * 2
