"""Takes a picture of every page, narrow and wide, light and dark:  python -m tests.web.screenshots DIR [WORD]...

It makes a made-up board's month in a database of its own, serves it, logs in as the people of the
cast and walks through PAGES. With words only the pages whose name holds one of them are taken.

The picture of the first page of the project:  python -m tests.web.screenshots --front docs/pictures/browser.png
"""

import os
import sys
import tempfile
import threading
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.web.settings")
os.environ["TILLIT_MADE_UP_CITY"] = "yes"
# Playwright runs a loop of its own in this thread; the database is only touched before it starts.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ],
}  # fmt: skip
WIDTHS = {"wide": (1280, 900), "narrow": (390, 844)}
SCHEMES = ("light", "dark")
FRONT = ("Klas", "/fynd/NORR-F-2026-1/")
"""What a newcomer sees of Tillit before all else: why one thing is asked about."""

PAGES = [
    ("log-in", "", "/logga-in/"),
    ("logged-out", "", "/utloggad/"),
    ("log-in-closed", "", "/logga-in/stangt/"),
    ("log-in-broken-off", "", "/logga-in/avbruten/"),
    ("log-in-failed", "", "/logga-in/fel/"),
    ("not-found", "Klas", "/finns-inte/"),
    ("today-control", "Klas", "/"),
    ("today-manager", "Cilla", "/"),
    ("today-investigator", "Asta", "/"),
    ("today-auditor", "Doris", "/"),
    ("findings", "Klas", "/fynd/"),
    ("findings-by-provider", "Klas", "/fynd/?group=provider"),
    ("findings-by-control", "Klas", "/fynd/?group=control&state=all"),
    ("findings-alike", "Klas", "/fynd/?control=HEM-03&provider=5599991014&state=new"),
    ("findings-none", "Klas", "/fynd/?kronor=99999999"),
    ("findings-own", "Elin", "/fynd/"),
    ("finding", "Klas", "/fynd/NORR-F-2026-1/"),
    ("finding-assessed", "Cilla", "/fynd/NORR-F-2026-8/"),
    ("finding-deeper", "Klas", "/fynd/NORR-F-2026-12/"),
    ("finding-status", "Elin", "/fynd/NORR-F-2026-13/"),
    ("finding-observed", "Cilla", "/fynd/NORR-F-2026-13/"),
    ("search", "Klas", "/sok/?text=NORR-F"),
    ("search-can-ask", "Jonna", "/sok/?text=NORR-U-2026-1"),
    ("findings-many-alike", "Klas", "/fynd/samma-svar/explain/?finding=NORR-F-2026-5:1&finding=NORR-F-2026-6:1"),
    ("observation", "Elin", "/iakttagelse/"),
    ("settlements", "Fredrik", "/avrakningar/"),
    ("payment-file", "Fredrik", "/betalningsfiler/NORR-BF-2026-1/"),
    ("permits", "Klas", "/tillstand/"),
    ("permit-answers", "Klas", "/tillstand/svar/"),
    ("permit-notice", "Klas", "/tillstand/underrattelse/"),
    ("time-reports", "Klas", "/tidrapporter/"),
    ("time-report", "Klas", "/tidrapporter/NORR-T-2026-1/"),
    ("coverage", "Cilla", "/tackning/"),
    ("invoices", "Fredrik", "/fakturor/"),
    ("invoice", "Fredrik", "/fakturor/NORR-FA-2026-1/"),
    ("cases", "Asta", "/arenden/"),
    ("case-investigation", "Asta", "/arenden/NORR-U-2026-1/"),
    ("case-second-person", "Cilla", "/arenden/NORR-U-2026-1/"),
    ("case-disclosure", "Jonna", "/arenden/NORR-S-2026-1/"),
    ("case-open", "Jonna", "/arenden/oppna/disclosure/"),
    ("statistics", "Sara", "/statistik/"),
    ("statistic", "Sara", "/statistik/st1_ivo_reports/"),
    ("annual-wheel", "Sara", "/arshjul/"),
    ("notification-choose", "Asta", "/underratta/?om=NORR-U-2026-1"),
    ("notification-aid", "Asta", "/underratta/wrong_benefit/?om=NORR-U-2026-1"),
    ("notification-counted", "Cilla", "/underratta/siffror/"),
    ("coordination", "Sara", "/samordning/"),
    ("statistics", "Cilla", "/statistik/"),
    ("statistic", "Cilla", "/statistik/st1_ivo_reports/"),
    ("statistic-rows", "Cilla", "/statistik/st1_ivo_reports/rader/"),
    ("annual-wheel", "Klas", "/arshjul/"),
    ("disclosure-table", "Jonna", "/vem-far-veta/?to=fk&about=individual"),
    ("exhibit-add", "Asta", "/handlingar/NORR-U-2026-1/ny/"),
    ("timeline", "Asta", "/tidslinje/NORR-U-2026-1/"),
    ("extracts", "Asta", "/utdrag/NORR-U-2026-1/"),
    ("party-copy", "Asta", "/utdrag/NORR-U-2026-1/partskopia/"),
    ("extract", "Cilla", "/utdrag/NORR-U-2026-1/1/"),
    ("bias", "Asta", "/jav/NORR-U-2026-1/"),
    ("document", "Asta", "/dokument/NORR-U-2026-1/1/"),
    ("access-request", "Asta", "/atkomst/"),
    ("control-record", "Klas", "/arenden/NORR-KP-2026-1/"),
    ("checklist-fill", "Klas", "/steg/NORR-KP-2026-1/checklista/{filled}/"),
    ("support", "Hanna", "/arenden/NORR-KH-2026-1/"),
    ("checklist-half", "Hanna", "/steg/NORR-KH-2026-1/checklista/{half}/"),
    ("checklists", "Klas", "/checklistor/"),
    ("control-figures", "Cilla", "/kontroller/"),
    ("samples", "Klas", "/urval/"),
    ("sample", "Klas", "/urval/{sample}/"),
    ("sample-open", "Klas", "/urval/{sample_open}/"),
    ("checklist", "Cilla", "/checklistor/CL4/"),
    ("contacts", "Sara", "/kontakter/"),
    ("contact-change", "Sara", "/kontakter/police/"),
    ("providers", "Klas", "/anordnare/"),
    ("provider", "Klas", "/anordnare/5599991014/"),
    ("provider-events", "Sara", "/anordnare/5599991014/over-tid/"),
    ("deviation-open", "Hanna", "/arenden/oppna/provider_deviation/?provider=5599991014"),
    ("routines", "Elin", "/motverka/"),
    ("responsibilities", "Cilla", "/ansvar/"),
    ("responsibility", "Elin", "/ansvar/norr/"),
    ("responsibility-unit", "Cilla", "/ansvar/norr/hemtjanst/"),
    ("deliveries", "Klas", "/leveranser/"),
    ("delivery", "Klas", "/leveranser/{delivery}/"),
    ("withdraw", "Klas", "/leveranser/{delivery}/dra-tillbaka/"),
    ("run", "Klas", "/korningar/{run}/"),
    ("run-going", "Klas", "/korningar/{run_going}/"),
    ("portal-months", "Lova", "/portal/"),
    ("portal-report-provider", "Lova", "/portal/NORR-T-2026-1/"),
    ("portal-file", "Lova", "/portal/fil/"),
    ("portal-part", "Amir", "/portal/NORR-T-2026-1/tid/{part}/"),
    ("portal-report-client", "Karl", "/portal/NORR-T-2026-1/"),
    ("portal-part-representative", "Gun", "/portal/NORR-T-2026-1/tid/{part}/"),
    ("time-reports-now", "Klas", "/tidrapporter/"),
    ("log", "Cilla", "/logg/?kind=change"),
    ("access", "Cilla", "/behorigheter/"),
    ("account", "Klas", "/konto/"),
    ("password", "Klas", "/konto/losenord/"),
    ("log-in-again", "Klas", "/logga-in/igen/"),
    ("second-factors", "Klas", "/konto/nycklar/"),
    ("passkeys", "Klas", "/konto/nycklar/webauthn/"),
]


def serve() -> tuple[str, dict[str, int]]:
    """The made-up month on a free port; gives its address, and the keys that addresses hold."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.utils import timezone

    from tests.web.made_up import known, settle_month

    class Silent(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    call_command("migrate", verbosity=0)
    # It looks into the database when it is imported.
    from tillit.web.wsgi import application

    settle_month(now=timezone.now())
    keys = known()
    server = ThreadedWSGIServer(("127.0.0.1", 0), Silent)
    server.set_app(application)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}", keys


def main(folder: Path, words: list[str]) -> None:
    """Takes the pictures; a page is NAME-wide-light.png and so on."""
    with tempfile.TemporaryDirectory() as data:
        os.environ["TILLIT_FOLDER"] = data
        address, keys = serve()
        from playwright.sync_api import sync_playwright

        folder.mkdir(parents=True, exist_ok=True)
        pages = [page for page in PAGES if not words or any(word in page[0] for word in words)]
        with sync_playwright() as play:
            browser = play.chromium.launch(**CHROMIUM)
            for person in dict.fromkeys(page[1] for page in pages):
                first = browser.new_context(viewport={"width": 1280, "height": 900})
                if person:
                    tab = first.new_page()
                    tab.goto(address + "/logga-in/")
                    tab.get_by_role("button", name=person).first.click()
                state = first.storage_state()
                for scheme in SCHEMES:
                    for width, (x, y) in WIDTHS.items():
                        context = browser.new_context(
                            viewport={"width": x, "height": y}, color_scheme=scheme, storage_state=state
                        )
                        tab = context.new_page()
                        for name, who, path in pages:
                            if who == person:
                                tab.goto(address + path.format(**keys))
                                tab.wait_for_load_state("load")
                                tab.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                        context.close()
                first.close()
            browser.close()


def front(file: Path) -> None:
    """The picture in README.md: the top of one page, as a screen shows it."""
    with tempfile.TemporaryDirectory() as data:
        os.environ["TILLIT_FOLDER"] = data
        address, _keys = serve()
        from playwright.sync_api import sync_playwright

        person, path = FRONT
        with sync_playwright() as play:
            browser = play.chromium.launch(**CHROMIUM)
            tab = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
            tab.goto(address + "/logga-in/")
            tab.get_by_role("button", name=person).first.click()
            tab.goto(address + path)
            tab.wait_for_load_state("load")
            tab.screenshot(path=file)
            browser.close()


if __name__ == "__main__":
    if sys.argv[1] == "--front":
        front(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]), sys.argv[2:])
