"""What the database itself refuses, also by hand.

What is only added to and is changed, an outcome that nobody was heard on, a record that is changed after it
was signed, a person shared between boards.

Triggers, the same on SQLite and PostgreSQL. They are laid after every migration rather than by one, because on
SQLite a later change of a table drops its triggers without a word.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

UNHEARD = """
    EXISTS (SELECT 1 FROM web_gate g WHERE g.process = NEW.process AND g.state = NEW.state)
    AND NOT EXISTS (
        SELECT 1 FROM web_hearing h
        WHERE h.matter_id = NEW.id AND h.settled_at IS NOT NULL AND h.only_for IN ('', NEW.state)
    )
"""

SEAL = "EXISTS (SELECT 1 FROM web_seal s WHERE s.process = OLD.process AND s.state = OLD.state)"
CHANGED = "(NEW.fields <> OLD.fields OR NEW.state <> OLD.state OR NEW.process <> OLD.process OR NEW.title <> OLD.title)"


def _of_sealed(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM web_matter m JOIN web_seal s ON s.process = m.process AND s.state = m.state"
        f" WHERE m.id = {row}.matter_id)"
    )


APPEND_ONLY = "append-only: what is written here is never changed or removed"
NOT_HEARD = "the party has not been heard"
SIGNED = "it is signed: what stands is never changed, a correction is added"
ANSWERED = "an answer is never changed: a new one is added"
SENT = "append-only: a document is never changed or removed once it is sent or settled"
COUNTED_ONLY = "a report about a person is counted only, and never moves on"
A_PERSON = "the number of a person, or no organisation number: it is never shared"
FROZEN = "it is approved or decided on: the figures of a paper never change after that"
DRAWN = "a sample is drawn once: what was drawn is never changed, added to or removed"
SIGNED_TIME = "it is signed: what is signed is never changed, a correction is a new version"
ENDED = "a signal that has ended does not come back"


def _signed(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM web_workerreport w WHERE w.id = {row}.part_id AND w.signed_at IS NOT NULL)"


def _changes(*columns: str) -> str:
    told = [f"NEW.{one} IS NULL AND OLD.{one} IS NOT NULL OR NEW.{one} <> OLD.{one}" for one in columns]
    return "(" + " OR ".join(told) + ")"


SIGNATURE = _changes("matter_id", "worker_code", "version", "why", "signed_at", "signed_by_id", "signed_method")
APPROVAL = _changes("approved_at", "approved_by_id", "approved_method", "approved_as", "unable")

# A row of what was known is only ever ended, once.
MIRRORED = "OLD.known_to IS NOT NULL OR NEW.known_to IS NULL OR " + " OR ".join(
    f"NEW.{one} <> OLD.{one}"
    for one in ("number", "client_code", "minutes", "per", "cover", "valid_from", "known_from")
)

ATTESTED = "OLD.attested_at IS NOT NULL"

NO_ORGANISATION = "length(NEW.provider_number) <> 10 OR substr(NEW.provider_number, 3, 1) < '2'"

NOT_A_DRAFT = "NOT EXISTS (SELECT 1 FROM web_matter m WHERE m.id = OLD.matter_id AND m.state IN ('planned', 'draft'))"
DECIDED_ON = "EXISTS (SELECT 1 FROM web_matter m WHERE m.id = OLD.matter_id AND m.state IN ('decided', 'closed'))"

TRIGGERS: dict[str, tuple[str, str, str, str]] = {
    "entry_is_never_changed": ("UPDATE", "web_entry", "", APPEND_ONLY),
    "entry_is_never_removed": ("DELETE", "web_entry", "", APPEND_ONLY),
    **{
        f"{table}_is_never_{done}": (event, f"web_{table}", "", APPEND_ONLY)
        for table in ("exhibit", "exhibitfile", "exhibitwithdrawal", "editedfile")
        for done, event in (("changed", "UPDATE"), ("removed", "DELETE"))
    },
    "extract_is_never_removed": ("DELETE", "web_extract", "", APPEND_ONLY),
    "extract_is_never_made_again": (
        "UPDATE OF matter_id, kind, content, sha256, chosen",
        "web_extract",
        "",
        APPEND_ONLY,
    ),
    "clearance_is_never_changed": ("UPDATE", "web_clearance", "", APPEND_ONLY),
    "clearance_is_never_removed": ("DELETE", "web_clearance", "", APPEND_ONLY),
    "permit_answer_is_never_changed": ("UPDATE", "web_permitanswer", "", APPEND_ONLY),
    "permit_answer_is_never_removed": ("DELETE", "web_permitanswer", "", APPEND_ONLY),
    "dispatch_is_never_changed": ("UPDATE", "web_dispatch", "", SENT),
    "dispatch_is_never_removed": ("DELETE", "web_dispatch", "", SENT),
    "sent_file_is_never_changed": ("UPDATE", "web_documentfile", "", SENT),
    "sent_file_is_never_removed": ("DELETE", "web_documentfile", "", SENT),
    "sent_document_is_never_changed": ("UPDATE", "web_document", "OLD.frozen_at IS NOT NULL", SENT),
    "sent_document_is_never_removed": ("DELETE", "web_document", "OLD.frozen_at IS NOT NULL", SENT),
    "matter_moves_only_when_heard": ("UPDATE OF state, process", "web_matter", UNHEARD, NOT_HEARD),
    "matter_begins_only_when_heard": ("INSERT", "web_matter", UNHEARD, NOT_HEARD),
    "sealed_matter_is_never_changed": ("UPDATE", "web_matter", f"{SEAL} AND {CHANGED}", SIGNED),
    "sealed_matter_is_never_removed": ("DELETE", "web_matter", SEAL, SIGNED),
    "sealed_step_is_never_changed": ("UPDATE", "web_steptaken", _of_sealed("OLD"), SIGNED),
    "sealed_step_is_never_removed": ("DELETE", "web_steptaken", _of_sealed("OLD"), SIGNED),
    "run_is_never_changed": ("UPDATE", "web_checklistrun", "", ANSWERED),
    "run_begins_only_unsealed": ("INSERT", "web_checklistrun", _of_sealed("NEW"), SIGNED),
    "sealed_run_is_never_removed": ("DELETE", "web_checklistrun", _of_sealed("OLD"), SIGNED),
    "reply_is_never_changed": ("UPDATE", "web_reply", "", ANSWERED),
    "reply_is_given_only_unsealed": ("INSERT", "web_reply", _of_sealed("NEW"), SIGNED),
    "sealed_reply_is_never_removed": ("DELETE", "web_reply", _of_sealed("OLD"), SIGNED),
    "counted_only_never_moves": (
        "UPDATE OF state, process",
        "web_matter",
        "OLD.process = 'signal' AND OLD.state = 'statistics' AND (NEW.process, NEW.state) <> (OLD.process, OLD.state)",
        COUNTED_ONLY,
    ),
    "annex_is_counted_in_a_draft": ("UPDATE OF figures, first, last", "web_annex", NOT_A_DRAFT, FROZEN),
    "annex_is_frozen_once": ("UPDATE OF paper", "web_annex", DECIDED_ON, FROZEN),
    "annex_is_never_removed": ("DELETE", "web_annex", DECIDED_ON, FROZEN),
    "sample_is_drawn_once_for_all": (
        "UPDATE OF board_id, frame, first, last, method, seed, frame_hash, frame_file, units, paid_ore, strata",
        "web_sample",
        "OLD.drawn_at IS NOT NULL",
        DRAWN,
    ),
    "sample_is_never_removed": ("DELETE", "web_sample", "OLD.drawn_at IS NOT NULL", DRAWN),
    "sample_is_closed_once": ("UPDATE OF closed_at", "web_sample", "OLD.closed_at IS NOT NULL", DRAWN),
    "nothing_is_added_to_a_sample": (
        "INSERT",
        "web_sampleunit",
        "EXISTS (SELECT 1 FROM web_sample s WHERE s.id = NEW.sample_id AND s.drawn_at IS NOT NULL)",
        DRAWN,
    ),
    "drawn_unit_is_never_changed": ("UPDATE", "web_sampleunit", "", DRAWN),
    "drawn_unit_is_never_removed": ("DELETE", "web_sampleunit", "", DRAWN),
    "signed_time_is_never_changed": (
        "UPDATE",
        "web_reportedtime",
        f"{_signed('OLD')} OR {_signed('NEW')}",
        SIGNED_TIME,
    ),
    "signed_time_is_never_added_to": ("INSERT", "web_reportedtime", _signed("NEW"), SIGNED_TIME),
    "signed_time_is_never_removed": ("DELETE", "web_reportedtime", _signed("OLD"), SIGNED_TIME),
    "signature_is_never_changed": (
        "UPDATE",
        "web_workerreport",
        f"OLD.signed_at IS NOT NULL AND {SIGNATURE} OR OLD.approved_at IS NOT NULL AND {APPROVAL}",
        SIGNED_TIME,
    ),
    "signed_report_is_never_removed": ("DELETE", "web_workerreport", "OLD.signed_at IS NOT NULL", SIGNED_TIME),
    "claim_version_is_never_changed": ("UPDATE", "web_claimversion", "", APPEND_ONLY),
    "claim_version_is_never_removed": ("DELETE", "web_claimversion", "", APPEND_ONLY),
    "settlement_is_never_changed": ("UPDATE", "web_settlement", "", APPEND_ONLY),
    "settlement_is_never_removed": ("DELETE", "web_settlement", "", APPEND_ONLY),
    "payment_file_is_never_changed": (
        "UPDATE OF month, pay_on, payer_account, count, total_ore, made_by_id, bank_file, bank_sha256, ledger_file,"
        " ledger_sha256",
        "web_paymentbatch",
        "",
        APPEND_ONLY,
    ),
    "payment_file_is_attested_once": (
        "UPDATE OF attested_by_id, attested_at",
        "web_paymentbatch",
        ATTESTED,
        APPEND_ONLY,
    ),
    "payment_file_is_never_removed": ("DELETE", "web_paymentbatch", "", APPEND_ONLY),
    "payment_order_is_never_changed": (
        "UPDATE OF matter_id, place, payment_id, settlement_id, provider_number, payee_name, account, ore",
        "web_paymentorder",
        "",
        APPEND_ONLY,
    ),
    "payment_order_ends_for_good": (
        "UPDATE OF ended_at",
        "web_paymentorder",
        "OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL",
        APPEND_ONLY,
    ),
    "payment_order_is_never_removed": ("DELETE", "web_paymentorder", "", APPEND_ONLY),
    "decision_changes_in_a_new_row": ("UPDATE", "web_decision", MIRRORED, APPEND_ONLY),
    "decision_is_never_removed": ("DELETE", "web_decision", "", APPEND_ONLY),
    "receipt_is_never_changed": ("UPDATE", "web_handin", "", APPEND_ONLY),
    "receipt_is_never_removed": ("DELETE", "web_handin", "", APPEND_ONLY),
    "signal_begins_about_a_company": ("INSERT", "web_signal", NO_ORGANISATION, A_PERSON),
    "signal_stays_about_a_company": ("UPDATE OF provider_number", "web_signal", NO_ORGANISATION, A_PERSON),
    "signal_ends_for_good": (
        "UPDATE OF ended_at",
        "web_signal",
        "OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL",
        ENDED,
    ),
}
"""Each trigger: at what, on which table, under what condition, and what it says."""


def lay(connection: BaseDatabaseWrapper) -> None:
    """Lays every trigger that is not there. It can be done again at any time, also where a table is still to come."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for name, (event, table, condition, says) in TRIGGERS.items():
            for statement in (
                _statements(connection.vendor, name, event, table, condition, says) if table in tables else ()
            ):
                cursor.execute(statement)


def take_away(connection: BaseDatabaseWrapper) -> None:
    """Takes every trigger away: for a migration that must mend rows, and for tests that empty the tables."""
    with connection.cursor() as cursor:
        for name, (_, table, _, _) in TRIGGERS.items():
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that are not there."""
    listed = (
        "pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "sqlite_master WHERE type = 'trigger'"
    )
    name = "tgname" if connection.vendor == "postgresql" else "name"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM {listed}")
        found = {row[0] for row in cursor.fetchall()}
    return sorted(set(TRIGGERS) - found)


def _statements(vendor: str, name: str, event: str, table: str, condition: str, says: str) -> list[str]:
    if vendor == "sqlite":
        when = f"WHEN {condition}" if condition else ""
        return [
            f'CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON "{table}" FOR EACH ROW {when} '
            f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
        ]
    # PostgreSQL's WHEN takes no subquery, so the condition stands in the function.
    held = condition or "TRUE"
    give_back = "OLD" if event == "DELETE" else "NEW"
    return [
        f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {held} THEN RAISE EXCEPTION '{says}'; END IF;
            RETURN {give_back};
        END $$""",
        f'CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()',
    ]
