"""Holds the table of provisions, and the duties that rest on it, to the rest of the catalogue and to the examples."""

from collections.abc import Iterator

from tillit.catalogue.catalogue import Catalogue, key_of
from tillit.catalogue.disclosure import Disclosure, wrong_examples
from tillit.catalogue.duty import Duty
from tillit.errors import TillitError


def check_disclosures(catalogue: Catalogue) -> list[TillitError]:
    """Every fault of the table and the duties: names that lead nowhere, and examples that are answered otherwise."""
    prohibitions = [row for row in catalogue.disclosures.values() if row.mode == "never"]
    faults: list[TillitError] = []
    for row in catalogue.disclosures.values():
        faults += _names(catalogue, row)
        for index, said in wrong_examples(row, prohibitions).items():
            example = row.examples[index]
            lacking = f", for lack of {', '.join(said.missing)}" if said.missing else ""
            told = f"example '{example.name}' is answered '{said.verdict}'{lacking}, and says '{example.answer}'"
            faults.append(
                catalogue.files[key_of("disclosures", row.disclosure)].error(
                    told, "mend the one that is wrong", "examples", index
                )
            )
    for duty in catalogue.duties.values():
        faults += _duty(catalogue, duty)
    return faults


def _duty(catalogue: Catalogue, duty: Duty) -> Iterator[TillitError]:
    file = catalogue.files[key_of("duties", duty.duty)]
    process, row = catalogue.processes.get(duty.process), catalogue.disclosures.get(duty.disclosure)
    for index, law in enumerate(duty.law):
        if law.sfs not in catalogue.acts:
            yield file.error(f"act '{law.sfs}' is not known", "add it to acts.yaml", "law", index)
    if row is None or row.mode != "duty":
        yield file.error(f"'{duty.disclosure}' is no duty in the table", "see disclosures/", "disclosure")
    elif set(duty.recipients) - set(row.recipients):
        told = f"{row.disclosure} does not open for {', '.join(sorted(set(duty.recipients) - set(row.recipients)))}"
        yield file.error(told, "take them away", "recipients")
    if process is None or not process.opening.by_aid:
        yield file.error(f"'{duty.process}' is no process that a decision aid opens", "see processes/", "process")
    elif duty.duty not in process.fields["duty"].one_of:
        yield file.error(f"'{duty.process}' does not know the duty", "add it to its field 'duty'", "process")
    elif set(duty.recipients) - set(process.fields["authority"].one_of):
        yield file.error(f"'{duty.process}' does not know every recipient", "add it to 'authority'", "recipients")


def _names(catalogue: Catalogue, row: Disclosure) -> Iterator[TillitError]:
    file = catalogue.files[key_of("disclosures", row.disclosure)]
    for index, law in enumerate(row.law):
        if law.sfs not in catalogue.acts:
            yield file.error(f"act '{law.sfs}' is not known", "add it to acts.yaml", "law", index)
    for code in row.recipients:
        if code not in catalogue.recipients:
            yield file.error(f"there is no recipient '{code}'", "see recipients.yaml", "recipients")
