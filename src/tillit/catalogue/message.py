"""A message that is sent by mail, as content: its words, and the few values that can stand in it."""

from collections.abc import Mapping
from string import Template

from pydantic import Field, model_validator

from tillit.catalogue.law import Law
from tillit.catalogue.yaml_file import Part


class Message(Part):
    """A file of content/messages. What it does not take it cannot hold; the example is its test."""

    id: str
    title: str
    about: str
    law: list[Law] = []
    takes: list[str] = Field(min_length=1, description="the values that may stand in it, as $name")
    subject: str
    text: str
    example: dict[str, str]

    def filled(self, values: Mapping[str, str]) -> tuple[str, str]:
        """The subject, on one line, and the text, with the values in their places."""
        taken = {name: values[name] for name in self.takes}
        return " ".join(Template(self.subject).substitute(taken).split()), Template(self.text).substitute(taken)

    @model_validator(mode="after")
    def _can_be_filled(self) -> "Message":
        named = {*Template(self.subject).get_identifiers(), *Template(self.text).get_identifiers()}
        if not Template(self.subject).is_valid() or not Template(self.text).is_valid():
            raise ValueError("a '$' stands without a name: write $$ for the sign itself")
        if named - {*self.takes}:
            raise ValueError(f"it names {', '.join(sorted(named - {*self.takes}))}, which it does not take")
        if {*self.example} != {*self.takes}:
            raise ValueError(
                f"the example gives {', '.join(sorted({*self.example} ^ {*self.takes}))} too much or too little"
            )
        return self
