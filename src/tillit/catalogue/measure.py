"""What may be done about a provider: each measure with its law and the legal relations in which it is there."""

from pydantic import Field, model_validator

from tillit.catalogue.law import Law
from tillit.catalogue.yaml_file import Part


class Measure(Part):
    """One measure, and under which contracts, or none, it may be taken."""

    sv: str
    en: str
    about: str = ""
    relations: list[str] = Field(min_length=1)
    law: list[Law] = []


class MeasureExample(Part):
    """What is offered in a relation, in the order of the file, and nothing else."""

    name: str
    relation: str
    offers: list[str]


class Measures(Part):
    """The file content/plans/measures.yaml."""

    relations: list[str] = Field(description="the legal relations that a municipality can have with a provider")
    measures: dict[str, Measure]
    examples: list[MeasureExample]

    def offered(self, relation: str) -> list[str]:
        """The codes of the measures that are there in a relation, in the order of the file."""
        return [code for code, measure in self.measures.items() if relation in measure.relations]

    @model_validator(mode="after")
    def _examples_hold(self) -> "Measures":
        for code, measure in self.measures.items():
            for relation in measure.relations:
                if relation not in self.relations:
                    raise ValueError(f"measures.{code}: there is no relation '{relation}'")
        for example in self.examples:
            if self.offered(example.relation) != example.offers:
                offered = ", ".join(self.offered(example.relation))
                raise ValueError(f"example '{example.name}': what is offered is {offered}")
        untold = set(self.relations) - {example.relation for example in self.examples}
        if untold:
            raise ValueError(f"no example tells what is offered in {', '.join(sorted(untold))}: add one")
        return self
