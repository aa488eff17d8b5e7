"""Holds every ground for claiming money back to the rest of the catalogue."""

from tillit.catalogue.catalogue import Catalogue, key_of
from tillit.errors import TillitError


def check_grounds(catalogue: Catalogue) -> list[TillitError]:
    """Every act, parameter and process that a ground names and that is not there, with its file and line."""
    faults: list[TillitError] = []
    recovery = catalogue.processes.get("recovery")
    offered = recovery.fields["ground"].one_of if recovery else {}
    for ground in catalogue.grounds.values():
        file = catalogue.files[key_of("grounds", ground.ground)]
        for index, law in enumerate(ground.law):
            if law.sfs not in catalogue.acts:
                faults.append(file.error(f"act '{law.sfs}' is not known", "add it to acts.yaml", "law", index))
        parameter = catalogue.parameters.get(ground.limitation)
        if parameter is None or parameter.unit != "years":
            told = f"'{ground.limitation}' is no parameter in years"
            faults.append(file.error(told, "see parameters/deadlines", "limitation"))
        if ground.ground not in offered:
            told = "the process of recovery does not offer it"
            faults.append(file.error(told, "add it to its field 'ground'", "ground"))
    for code in offered:
        if code not in catalogue.grounds:
            told = f"there is no ground '{code}'"
            faults.append(
                catalogue.files[key_of("processes", "recovery")].error(
                    told, "add its file under grounds/", "fields", "ground"
                )
            )
    return faults
