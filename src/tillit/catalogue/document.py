"""A document: what it is for, the fields that fill it, its one text, and what must be answered before it is sent."""

from typing import Any, Literal

from pydantic import Field, model_validator

from tillit.catalogue.law import Law
from tillit.catalogue.process import Zone
from tillit.catalogue.yaml_file import Part

OF_MATTER = (
    "number", "title", "board", "unit", "opened_on", "provider_name", "provider_number", "control", "period", "amount",
    "payment_reference",
)  # fmt: skip
"""What a field may take from the matter: `from: matter.number`."""

OF_STEP = ("by", "second", "day")
"""What it may take from the step that makes the document: who took it, who agreed, on which day."""

LISTS: dict[str, tuple[str, ...]] = {
    "evidence": ("number", "finding", "table", "file", "line", "sha256"),
    "findings": ("number", "title", "control", "period", "amount"),
    "contacts": ("day", "with_whom", "how", "text"),
    "history": ("day", "step", "by"),
    "hearings": ("sent_on", "answer_by", "answer"),
    "approvals": ("name", "role", "day"),
    "permit_days": ("days", "standing"),
    "points": ("checklist", "question", "reply", "source", "by", "day"),
    "permits": ("row", "organisation", "name", "service", "unit"),
}
"""The lists that a field may take, `from: list.evidence`, with the columns of each."""

HEAD = ("board", "unit", "number", "registry_number", "handler", "recipient", "day", "title", "code")
"""What every text and letterhead may say of the document itself: `{{ head.board }}`."""


class DocumentField(Part):
    """One thing that a document says: where it comes from, its type, and what it is in the example."""

    type: Literal["text", "long_text", "choice", "choices", "date", "money", "boolean", "list"]
    sv: str
    en: str = ""
    about: str = ""
    from_: str = Field("", alias="from", description="field.X, matter.X, step.X or list.X; empty: it is asked for")
    one_of: dict[str, str] = Field(default={}, description="for a choice that is asked for; else the process says it")
    required: bool = True
    ours: bool = Field(False, description="about us who send it, as our telephone: the personal-data guard leaves it")
    example: Any = Field(description="its value in the example; null where the example goes without it")

    @property
    def source(self) -> tuple[str, str]:
        """Where it comes from: ask, field, matter, step or list, and the name there."""
        kind, _point, name = self.from_.partition(".")
        return (kind, name) if kind else ("ask", "")

    @model_validator(mode="after")
    def _comes_from_somewhere(self) -> "DocumentField":
        kind, name = self.source
        known = {"matter": OF_MATTER, "step": OF_STEP, "list": tuple(LISTS)}
        if kind not in {"ask", "field", *known} or (kind in known and name not in known[kind]):
            told = ", ".join(f"{part}.{one}" for part, names in known.items() for one in names)
            raise ValueError(f"'{self.from_}' is nowhere: write field.X of the process, or one of {told}")
        if (kind == "list") != (self.type == "list"):
            raise ValueError("a list comes 'from' one of the lists, and nothing else does")
        if bool(self.one_of) != (kind == "ask" and self.type in {"choice", "choices"}):
            raise ValueError("'one_of' belongs to a choice that is asked for, and to it alone")
        if self.required and self.example is None:
            raise ValueError("it is required, and the example goes without it")
        return self


class HeldBack(Part):
    """Why a document is not sent: an answer, and to whom it may go all the same."""

    when: dict[str, str] = Field(description="field -> the code that was chosen")
    unless_to: list[str] = []
    because: str


class Example(Part):
    """One more case of the text: values that differ from the example, and what it then says and does not say."""

    name: str
    given: dict[str, Any]
    says: list[str] = []
    says_not: list[str] = []


class Document(Part):
    """A document as content. Its text lies beside it, in text.md or in the municipality's own template.docx."""

    document: str
    code: str = Field(description="D01-D46 of the process analysis")
    revision: int = Field(ge=1)
    title: str
    title_en: str = ""
    about: str
    zones: list[Zone] = Field(min_length=1, description="the zones of the processes that it can be made in")
    leaves_zone: bool = Field(description="it is sent to someone: it says only fields that may leave the zone")
    sent_to: list[str] = Field(default=[], description="to whom it may go: codes of recipients.yaml")
    told_by: str = Field("", description="the message that carries its content by itself: nobody sends it by hand")
    offered_in: list[str] = Field(default=[], description="processes in which anyone who works on it may make it")
    law: list[Law] = []
    fields: dict[str, DocumentField]
    headings: list[str] = Field(min_length=1, description="headings that the text must have, also a municipality's own")
    holds_back: list[HeldBack] = []
    examples: list[Example] = []
    text: str = Field("", description="never in the file: it is read from text.md beside it")
    word: bytes = Field(b"", description="never in the file: it is read from template.docx beside it")

    @model_validator(mode="after")
    def _holds_together(self) -> "Document":
        if self.leaves_zone and not self.sent_to:
            raise ValueError("it leaves the zone: say in 'sent_to' to whom")
        if self.told_by and any(field.source[0] == "ask" for field in self.fields.values()):
            raise ValueError("its content goes out by itself: nothing can be asked for in it")
        for name in self.fields:
            if name in {"head", "loop"} or not name.isidentifier():
                raise ValueError(f"fields.{name}: choose another name")
        for held in self.holds_back:
            for name, code in held.when.items():
                if name not in self.fields or code not in self.fields[name].one_of:
                    raise ValueError(f"holds_back: no field '{name}' is asked for with the answer '{code}'")
        for example in self.examples:
            for name in example.given:
                if name not in self.fields:
                    raise ValueError(f"example '{example.name}': there is no field '{name}'")
        return self
