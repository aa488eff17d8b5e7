"""One-time codes for accounts that log in here, and SAML as far as the way to the identity provider."""

import os
import subprocess
import sys
import threading
import time
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from django.contrib.auth.hashers import make_password

from tillit.web.models import User
from tillit.web.rules.made_up_city import PASSWORD

KLAS = {"login": "klas", "password": PASSWORD}


@pytest.fixture
def passwords(cast):
    User.objects.update(password=make_password(PASSWORD))


def code(secret, later=0):
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30 + later))


def test_a_one_time_code_is_asked_for_once_it_is_activated(client, passwords):
    client.post("/logga-in/", KLAS)
    client.post("/logga-in/igen/", {"password": PASSWORD})
    page = client.get("/konto/nycklar/totp/activate/")
    secret = page.context["form"].secret
    assert client.post("/konto/nycklar/totp/activate/", {"code": code(secret)}).status_code == 302
    client.post("/logga-ut/")

    first = client.post("/logga-in/", KLAS)
    assert (first.status_code, first.url) == (302, "/konto/nycklar/authenticate/")
    assert client.get("/konto/").status_code == 302
    assert client.post("/konto/nycklar/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/konto/nycklar/authenticate/", {"code": code(secret, later=1)}).status_code == 302
    assert client.get("/konto/").status_code == 200


def test_the_key_of_one_time_codes_is_not_stored_in_clear(client, passwords):
    client.post("/logga-in/", KLAS)
    client.post("/logga-in/igen/", {"password": PASSWORD})
    secret = client.get("/konto/nycklar/totp/activate/").context["form"].secret
    client.post("/konto/nycklar/totp/activate/", {"code": code(secret)})
    assert secret not in str(Authenticator.objects.get(type="totp").data)


METADATA = """<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.org/e">
<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing">
<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{}</X509Certificate></X509Data></KeyInfo>
</KeyDescriptor><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
 Location="https://idp.example.org/sso"/></IDPSSODescriptor></EntityDescriptor>"""

ASK = """
import django; django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
client = Client(SERVER_NAME="tillit.example.org", headers={"host": "tillit.example.org"})
print(client.get("/logga-in/saml/saml/metadata/").status_code, client.post("/logga-in/saml/saml/login/").url)
"""


def certificate():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(datetime.now(UTC)).not_valid_after(datetime.now(UTC) + timedelta(1))
    return b64encode(made.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)).decode()


@pytest.mark.slow
def test_saml_leads_to_the_identity_provider_of_the_metadata(tmp_path):
    (tmp_path / "metadata.xml").write_text(METADATA.format(certificate()), encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tillit.web.settings",
        "TILLIT_FOLDER": str(tmp_path / "folder"),
        "TILLIT_HOSTS": "tillit.example.org",
        "TILLIT_SAML_METADATA": f"http://127.0.0.1:{server.server_port}/metadata.xml",
        "TILLIT_SAML_ENTITY": "https://idp.example.org/e",
    }
    told = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)
    server.shutdown()
    assert told.stdout.startswith("200 https://idp.example.org/sso?SAMLRequest=")
