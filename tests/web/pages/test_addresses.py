"""Every address, role and answer in one table, built from the list of addresses: a page without a row fails."""

import pytest
from django.db import transaction
from django.urls import URLResolver, get_resolver

from tests.web.made_up import known

PEOPLE = [
    "Asta",
    "Cilla",
    "Mats",
    "Klas",
    "Hanna",
    "Jonna",
    "Elin",
    "Fredrik",
    "Tyra",
    "Rut",
    "Sara",
    "Siri",
    "Doris",
    "Bo",
]
LOG_IN, LOGGED_OUT = 302, 401
"""What someone who is not logged in is answered: the way to the log-in, or what was written and a log-in."""


def row(path, *, post=None, all=None, others=404, nobody=None, **answers):
    """An address, how it is asked, and the answer to each; `all` to everyone who is logged in."""
    told = dict.fromkeys(PEOPLE, others if all is None else all) | answers
    return path, post, told | {"": nobody or (LOG_IN if post is None else LOGGED_OUT)}


F, U, S, K, T = "NORR-F-2026-1", "NORR-U-2026-1", "NORR-S-2026-1", "NORR-KP-2026-1", "NORR-T-2026-1"
COUNTS = ["Cilla", "Mats", "Klas", "Jonna", "Rut", "Sara", "Siri", "Doris", "Bo"]
BOARD = ["Klas", "Cilla", "Mats"]  # those who read what happens at board Norr


def only(*names, answer=200):
    return dict.fromkeys(names, answer)


TABLE = {
    # Open to everyone
    "account_login": row("/logga-in/", all=302, nobody=200),
    "account_logout": row("/logga-ut/", post={}, all=302, nobody=302),
    "signed_out": row("/utloggad/", all=200, nobody=200),
    "account_inactive": row("/logga-in/stangt/", all=200, nobody=200),
    "account_signup": row("/logga-in/ny/", all=302, nobody=200),
    "socialaccount_login_cancelled": row("/logga-in/avbruten/", all=200, nobody=200),
    "socialaccount_login_error": row("/logga-in/fel/", all=401, nobody=401),
    "socialaccount_signup": row("/logga-in/ny-kommun/", all=302, nobody=302),
    "openid_connect_login": row("/logga-in/oidc/oidc/kommun/login/", all=404, nobody=404),
    "openid_connect_callback": row("/logga-in/oidc/oidc/kommun/login/callback/", all=404, nobody=404),
    "mfa_authenticate": row("/konto/nycklar/authenticate/", all=302, nobody=302),
    "mfa_login_webauthn": row("/konto/nycklar/webauthn/login/", all=302, nobody=302),
    "choice": row("/val/", post={"scheme": "dark"}, all=302, nobody=302),
    # One's own account: no address of it is about anyone else
    "account": row("/konto/", all=200),
    "account_change_password": row("/konto/losenord/", all=200),
    "account_reauthenticate": row("/logga-in/igen/", all=200),
    "mfa_index": row("/konto/nycklar/", all=200),
    "mfa_reauthenticate": row("/konto/nycklar/reauthenticate/", all=302),
    "mfa_activate_totp": row("/konto/nycklar/totp/activate/", all=302),
    "mfa_deactivate_totp": row("/konto/nycklar/totp/deactivate/", all=404),
    "mfa_view_recovery_codes": row("/konto/nycklar/recovery-codes/", all=404),
    "mfa_generate_recovery_codes": row("/konto/nycklar/recovery-codes/generate/", all=302),
    "mfa_download_recovery_codes": row("/konto/nycklar/recovery-codes/download/", all=404),
    "mfa_list_webauthn": row("/konto/nycklar/webauthn/", all=200),
    "mfa_add_webauthn": row("/konto/nycklar/webauthn/add/", all=302),
    "mfa_reauthenticate_webauthn": row("/konto/nycklar/webauthn/reauthenticate/", all=302),
    "mfa_remove_webauthn": row("/konto/nycklar/webauthn/keys/1/remove/", all=302),
    "mfa_edit_webauthn": row("/konto/nycklar/webauthn/keys/1/edit/", all=302),
    "today": row("/", all=200),
    "search": row("/sok/?text=NORR", all=200),
    "notices_seen": row("/nytt/sett/", post={}, all=302),
    # Findings
    "finding_list": row("/fynd/", all=200, Doris=404),
    "filter_save": row("/fynd/filter/", post={"name": "a", "query": "b"}, all=302, Doris=404),
    "filter_forget": row("/fynd/filter/1/glom/", post={}, all=302, Doris=404),
    "finding_alike": row("/fynd/samma-svar/explain/?finding=NORR-F-2026-5:1&finding=NORR-F-2026-6:1", **only(*BOARD)),
    "finding": row(f"/fynd/{F}/", **only(*BOARD)),
    "explanation": row(f"/fynd/{F}/forklaring/", post={"reason": "?"}, **only(*BOARD, answer=422)),
    "observation": row("/iakttagelse/", all=200, Doris=404),
    # Cases: read by assignment, by the manager of the unit, and where a process says so
    "case_list": row("/arenden/", all=200, Doris=404),
    "case_open": row("/arenden/oppna/disclosure/", **only("Asta", "Hanna", "Jonna", "Bo")),
    "case": row(f"/arenden/{U}/", **only("Asta", "Cilla", "Mats")),
    "step": row(f"/steg/{F}/explain/", post={}, **only(*BOARD, answer=422)),
    "agree": row(f"/steg/{U}/forslag/{{proposal}}/godkann/", post={}, **only("Cilla", "Mats", answer=302), Asta=422),
    "decline": row(f"/steg/{U}/forslag/{{proposal}}/avboj/", post={}, **only("Asta", "Cilla", "Mats", answer=302)),
    "note": row(f"/steg/{U}/anteckning/skriv/", post={}, **only("Asta", "Cilla", "Mats", answer=302)),
    "contact": row(f"/steg/{U}/kontakt/skriv/", post={}, **only("Asta", "Cilla", "Mats", answer=302)),
    "assign": row(f"/steg/{U}/fordela/ge/", post={}, **only("Asta", "Cilla", "Mats", answer=302)),
    "release": row(f"/steg/{U}/fordela/{{asta}}/lamna/", post={}, **only("Asta", "Cilla", "Mats", answer=302)),
    "exhibit_add": row(f"/handlingar/{U}/ny/", **only("Asta", "Cilla", "Mats")),
    "exhibit_file": row(f"/handlingar/{U}/2/fil/", **only("Asta", "Cilla", "Mats")),
    "exhibit_withdraw": row(f"/handlingar/{U}/2/dra-tillbaka/", post={}, **only("Asta", "Cilla", "Mats", answer=302)),
    "timeline": row(f"/tidslinje/{U}/", **only("Asta", "Cilla", "Mats")),
    "extract_list": row(f"/utdrag/{U}/", **only("Asta", "Cilla", "Mats")),
    "extract_pack": row(f"/utdrag/{U}/underlag/", post={}, **only("Asta", "Cilla", "Mats", answer=403)),
    "extract_contacts": row(f"/utdrag/{U}/kontakter/", post={}, **only("Asta", "Cilla", "Mats", answer=403)),
    "party_copy": row(f"/utdrag/{U}/partskopia/", Asta=200),
    "extract": row(f"/utdrag/{U}/1/", **only("Asta", "Cilla", "Mats")),
    "extract_file": row(f"/utdrag/{U}/1/fil/", **only("Asta", "Cilla", "Mats", answer=422)),
    "extract_settle": row(f"/utdrag/{U}/1/avgor/", post={}, **only("Cilla", "Mats", answer=302), Asta=403),
    "checklist_begin": row(f"/steg/{K}/checklista/borja/", post={"checklist": "CL6"}, **only(*BOARD, answer=302)),
    "checklist_fill": row(f"/steg/{K}/checklista/{{filled}}/", **only(*BOARD)),
    "bias": row(f"/jav/{U}/", **only("Asta", "Cilla", "Mats")),
    "other_units": row(f"/andra-enheter/{F}/", **only("Cilla", "Mats")),
    "access_request": row("/atkomst/", all=200),
    # Invoices: by assignment, the unit's manager, those who control, prepare and approve them
    "invoice_list": row("/fakturor/", **only("Hanna", "Cilla", "Mats", "Klas", "Fredrik", "Tyra", "Bo")),
    "invoice": row("/fakturor/NORR-FA-2026-1/", **only("Cilla", "Mats", "Klas", "Fredrik", "Tyra")),
    # Documents: read and sent by whoever reads the matter, and there for nobody else
    "document": row(f"/dokument/{U}/1/", **only("Asta", "Cilla", "Mats")),
    "document_file": row(f"/dokument/{U}/1/hamta/word/", **only("Asta", "Cilla", "Mats")),
    "document_settle": row(
        f"/dokument/{U}/1/faststall/", post={"times": "1"}, **only("Asta", "Cilla", "Mats", answer=422)
    ),
    "document_edited": row(f"/dokument/{U}/1/redigerad/", post={}, **only("Asta", "Cilla", "Mats", answer=422)),
    "document_made": row(f"/dokument/{U}/1/gjord/", post={"times": "1"}, **only("Asta", "Cilla", "Mats", answer=422)),
    "document_make": row(f"/dokument/{U}/skapa/evidence_list/", post={}, **only("Asta", "Cilla", "Mats", answer=302)),
    "dispatch": row(f"/dokument/{U}/1/utskick/", post={}, **only("Asta", "Cilla", "Mats", answer=422)),
    "notification_choose": row(
        "/underratta/", all=200, **only("Elin", "Fredrik", "Tyra", "Rut", "Sara", "Siri", "Doris", answer=404)
    ),
    "notification_counted": row("/underratta/siffror/", **only("Cilla", "Mats", "Klas", "Jonna", "Rut", "Bo")),
    "notification_aid": row(f"/underratta/wrong_benefit/?om={U}", **only("Asta", "Cilla", "Mats")),
    "recovery_months": row("/aterkrav/NORR-R-2026-1/manader/"),
    "recovery_repayment": row("/aterkrav/NORR-R-2026-1/betalning/", post={}),
    # Time reports: read at the board; who reports is outside, and sees none of these pages
    "time_report_list": row(
        "/tidrapporter/", **only("Asta", "Cilla", "Mats", "Klas", "Hanna", "Jonna", "Fredrik", "Tyra", "Bo")
    ),
    "time_report": row(f"/tidrapporter/{T}/", **only(*BOARD, "Fredrik", "Tyra")),
    # The portal: those outside alone (test_portal.py); for everyone who works here it is not there
    "portal": row("/portal/"),
    "portal_easy": row("/portal/latt/", post={}),
    "portal_file": row("/portal/fil/"),
    "portal_template": row("/portal/fil/mall/norr-5569999999-2026-01/"),
    "portal_systems": row("/portal/system/"),
    "portal_system_end": row("/portal/system/1/avsluta/", post={}),
    "portal_report": row(f"/portal/{T}/"),
    "portal_assistant": row(f"/portal/{T}/assistent/", post={}),
    "portal_hand_in": row(f"/portal/{T}/lamna-in/", post={}),
    "portal_receipt": row(f"/portal/{T}/kvitto/1/"),
    "portal_part": row(f"/portal/{T}/tid/1/"),
    "portal_row_gone": row(f"/portal/{T}/tid/1/rad/1/ta-bort/", post={}),
    "portal_copy": row(f"/portal/{T}/tid/1/kopiera/", post={}),
    "portal_sign": row(f"/portal/{T}/tid/1/skriv-under/", post={}),
    "portal_approve": row(f"/portal/{T}/tid/1/godkann/", post={}),
    "portal_correct": row(f"/portal/{T}/tid/1/ratta/", post={}),
    "portal_remove": row(f"/portal/{T}/tid/1/ta-bort/", post={}),
    "authority_contact_list": row("/kontakter/", all=200),
    "authority_contact_change": row("/kontakter/police/", **only("Sara", "Siri")),
    "disclosure_table": row("/vem-far-veta/?to=fk&about=individual", all=200),
    # Providers: the same for every board, and nothing in it about an individual
    "provider_list": row("/anordnare/", all=200),
    "provider": row("/anordnare/5599991014/", all=200),
    "provider_events": row("/anordnare/5599991014/over-tid/", **only("Klas", "Sara", "Siri", "Bo")),
    "cooperation_end": row("/anordnare/5599991014/avsluta/", post={}, **only("Cilla", "Mats", answer=422)),
    # What everyone who works here finds: routines, and who answers for what at one's own board
    "routines": row("/motverka/", all=200),
    "responsibilities": row("/ansvar/", all=200),
    "responsibility": row("/ansvar/norr/", all=200, Bo=404),
    "responsibility_unit": row("/ansvar/norr/hemtjanst/", all=200, Bo=404),
    # Coordination: the coordinators, and the commissioning managers of each board; the rest is theirs alone
    "settlement_list": row("/avrakningar/", **only("Cilla", "Mats", "Klas", "Fredrik", "Tyra", "Bo")),
    "settlement_file": row("/avrakningar/fil/", **only("Cilla", "Mats", "Klas", "Fredrik", "Tyra", "Bo")),
    "payment_batch_make": row("/betalningsfiler/gor/", post={}, **only("Fredrik", answer=422)),
    "payment_batch": row("/betalningsfiler/NORR-BF-2026-1/", **only("Klas", "Fredrik", "Tyra")),
    "payment_batch_file": row("/betalningsfiler/NORR-BF-2026-1/fil/bank/", post={}, **only("Fredrik")),
    "coverage": row("/tackning/", **only("Cilla", "Mats", "Klas", "Rut", "Fredrik", "Bo")),
    # Permits: the register is every board's; who asks and registers is the control function and the coordinators
    "permit_list": row("/tillstand/", all=200, Asta=404, Elin=404, Tyra=404),
    "permit_ask": row("/tillstand/fraga/", post={}, **only("Klas", "Sara", "Siri", "Bo", answer=302)),
    "permit_answers": row("/tillstand/svar/", **only("Klas", "Sara", "Siri", "Bo")),
    "permit_answer_list": row("/tillstand/svar/lista/", post={}, **only("Klas", "Sara", "Siri", "Bo", answer=422)),
    "permit_notice": row("/tillstand/underrattelse/", **only("Klas", "Sara", "Siri", "Bo")),
    "coordination": row("/samordning/", **only("Sara", "Siri", "Rut", "Bo")),
    "certify": row("/samordning/intyga/", post={}, **only("Sara", "Siri", "Rut", "Bo", answer=422)),
    "bounce": row("/samordning/meddelande/1/kom-tillbaka/", post={}),
    "link_make": row("/samordning/lank/gor/", post={}, **only("Sara", "Siri", answer=200)),
    "link_end": row("/samordning/lank/1/stang/", post={}),
    # By a signed link, without an account: a link that is not signed leads nowhere, for anyone
    "outside": row("/rapportera/inget/", nobody=404),
    "outside_outcome": row("/rapportera/inget/utfall/", post={}, nobody=404),
    "outside_stand": row("/stallning/inget/", nobody=404),
    # The API: a token is asked for, whoever is logged in (test_api.py); its description is for everyone
    "openapi-json": row("/api/v1/openapi.json", all=200, nobody=200),
    "api-root": row("/api/v1/", all=404, nobody=404),
    "api_months": row("/api/v1/months", all=401, nobody=401),
    "api_rows": row("/api/v1/months/2026-01/rows", post={}, all=401, nobody=401),
    "api_report": row(f"/api/v1/reports/{T}", all=401, nobody=401),
    # Statistics: counted where a role is held, so that each sees its own; the wheel is the same for everyone
    "statistics": row("/statistik/", **only(*COUNTS)),
    "statistics_file": row("/statistik/fil/csv/", **only(*COUNTS)),
    "statistic": row("/statistik/st1_ivo_reports/", **only(*COUNTS)),
    "statistic_rows": row("/statistik/st1_ivo_reports/rader/", **only(*COUNTS)),
    "annual_wheel": row("/arshjul/", all=200),
    "board_paper_file": row("/arenden/NORR-TJ-2026-1/utlatande/word/"),
    # Deliveries and runs
    "delivery_list": row("/leveranser/", **only("Asta", "Cilla", "Mats", "Klas", "Fredrik", "Bo")),
    "delivery": row("/leveranser/{delivery}/", **only("Asta", "Cilla", "Mats", "Klas", "Fredrik")),
    "withdraw": row("/leveranser/{delivery}/dra-tillbaka/", Klas=200),
    "refused_lines": row("/leveranser/{delivery}/rader/", **only("Asta", "Cilla", "Mats", "Klas", "Fredrik")),
    "run_start": row("/korningar/starta/", post={"board": "norr"}, Klas=302),
    "run": row("/korningar/{run}/", **only("Asta", "Cilla", "Mats", "Klas", "Fredrik")),
    # Check lists: the same for everyone; a board's own questions are shown to its own people
    "checklist_list": row("/checklistor/", all=200),
    "checklist": row("/checklistor/CL4/", all=200),
    "checklist_remove": row("/checklistor/CL4/ta-bort/", post={"place": "norr"}, **only("Cilla", "Mats", answer=302)),
    "control_figures": row("/kontroller/", **only("Klas", "Cilla", "Mats", "Bo")),
    # Random samples: drawn by the control function, seen by those who answer for the work
    "sample_list": row("/urval/", **only("Klas", "Cilla", "Mats", "Doris", "Bo")),
    "sample": row("/urval/{sample}/", **only("Klas", "Cilla", "Mats", "Doris")),
    "sample_close": row("/urval/{sample}/avsluta/", post={}, Klas=302),
    "sample_file": row("/urval/{sample}/fil/enheter/", **only("Klas", "Cilla", "Mats", "Doris")),
    # The log and the roles
    "log": row("/logg/", **only("Cilla", "Mats", "Bo")),
    "log_review": row("/logg/granska/1/", post={"answer": "right"}),
    "log_export": row("/logg/ta-ut/", post={}),
    "log_requests": row("/logg/begaran/", Doris=200),
    "log_request_answer": row("/logg/begaran/1/svara/", post={"answer": "grant"}),
    "log_request_file": row("/logg/begaran/1/fil/", post={}),
    "subject_requests": row("/registerutdrag/"),
    "subject_request": row("/registerutdrag/1/"),
    # Boards and units: kept by those who administer the access, none of whom is among these (test_board.py)
    "board_list": row("/namnder/"),
    "board_open": row("/namnder/ny/", post={}),
    "board": row("/namnder/norr/"),
    "board_change": row("/namnder/norr/andra/", post={}),
    "unit_open": row("/namnder/norr/enhet/", post={}),
    "unit_change": row("/namnder/norr/enhet/1/", post={}),
    "access": row("/behorigheter/", **only("Cilla", "Mats", "Bo")),
    "role_give": row("/behorigheter/ge/", post={}),
    "role_end": row("/behorigheter/1/avsluta/", post={}),
    "role_settle": row("/behorigheter/forslag/1/", post={"answer": "agree"}),
    "access_staff": row("/behorigheter/konton/"),
    "access_staff_open": row("/behorigheter/konton/oppna/", post={}),
    "access_staff_close": row("/behorigheter/konton/1/stang/", post={}),
    "access_portal": row("/behorigheter/portalen/"),
    "access_portal_give": row("/behorigheter/portalen/ge/", post={}),
    "access_system_give": row("/behorigheter/portalen/system/", post={}),
    "role_review": row("/behorigheter/granska/1/", post={"answer": "keep"}),
}


def names(patterns):
    for one in patterns:
        yield from names(one.url_patterns) if isinstance(one, URLResolver) else [one.name]


def test_every_address_has_a_row():
    assert sorted(names(get_resolver().url_patterns)) == sorted(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_each_role_is_answered_as_the_table_says(browse, name):
    path, post, told = TABLE[name]
    path = path.format(**known())
    answers = {}
    for person in ["", *PEOPLE]:
        with transaction.atomic():
            client = browse(person)
            answer = client.get(path) if post is None else client.post(path, post)
            answers[person] = answer.status_code
            transaction.set_rollback(True)
    assert answers == told
