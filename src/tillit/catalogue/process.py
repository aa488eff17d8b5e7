"""A process: its fields, states and steps, who takes them and under what conditions, and walks that prove it."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

from pydantic import Field, RootModel, model_validator

from tillit.catalogue.checklist import Phase
from tillit.catalogue.law import Law
from tillit.catalogue.walk import Walk
from tillit.catalogue.yaml_file import Part

Zone = Literal[
    "open", "internal", "individual", "provider", "investigation", "tipster", "whistleblowing", "staff", "procurement"
]
"""Z0-Z8, in that order: whom a thing concerns, and so who may ever see it."""

Reach = Literal["own", "assigned", "unit", "board", "municipality"]
"""How far a role sees, the nearest first: what it opened, what it is assigned, its unit, its board, every board."""

REACHES: tuple[Reach, ...] = get_args(Reach)

PROVIDER_NUMBER = "provider_number"
"""What 'passes_on' calls the provider that a matter is about, which is no field of its process."""

Effect = Literal[
    "send_hearing",
    "record_answer",
    "record_silence",
    "except_hearing",
    "lift_block",
    "replace",
    "record_claim",
    "record_decision",
    "record_judgment",
    "record_annulment",
    "clear_payment_hold",
    "record_plan",
    "record_waiver",
    "record_write_off",
    "show_to_boards",
    "share_signal",
    "renew_signal",
    "correct_signal",
    "end_signal",
    "confirm_signal",
    "begin_clearing",
    "count_figures",
    "freeze_paper",
    "confirm_delivery",
    "record_attest",
    "record_payment",
    "settle_month",
    "mirror_decision",
    "attest_payments",
    "end_payments",
    "transfer_payments",
    "take_back_payments",
    "show_permit",
    "record_permit",
    "show_measure",
]
"""What a step does besides moving the matter; each is a function of that name in web/actions/effects.py."""


class Role(Part):
    """A role that a person holds at a board or unit, for a time."""

    sv: str
    en: str
    external: bool = False
    whole_municipality: bool = Field(False, description="held for every board at once")
    supervision: bool = Field(False, description="it reviews others or gives rights: two persons give and end it")

    @property
    def second_person(self) -> bool:
        """Whether two persons are needed to give it and to end it."""
        return self.supervision or self.whole_municipality


class Member(Part):
    """A person of the cast: the same few people in every walk and test, and always the stranger."""

    roles: list[str]
    board: str


class Roles(RootModel[dict[str, Role]]):
    """The file content/roles.yaml: code -> role."""


class Cast(RootModel[dict[str, Member]]):
    """The file content/cast.yaml: name -> person."""


class Reader(Part):
    """A role that sees the things of a process, and how far."""

    role: str
    reach: Reach
    only_status: bool = Field(False, description="it sees that the thing exists and where it stands, not what it says")


class Follows(Part):
    """What a field is taken to be by what another field says. People may choose otherwise, and say why."""

    field: str
    gives: dict[str, str]


class ProcessField(Part):
    """A field of a process: what is asked for, and where it may go."""

    type: Literal["text", "long_text", "choice", "choices", "date", "money", "boolean", "provider"]
    sv: str
    en: str = ""
    about: str = ""
    about_en: str = ""
    one_of: dict[str, str] = {}
    one_of_en: dict[str, str] = Field({}, description="the same choices in English; all of them, or none")
    codes: str = Field("", description="the list of content/codes that gives the choices, in place of one_of")
    follows: Follows | None = None
    offered_in: str = Field("", description="of plans/measures.yaml: the field that says the legal relation")
    leaves_zone: bool = Field(False, description="it may be sent on: the personal-data guard reads it first")

    @property
    def is_free_text(self) -> bool:
        """Whether people write what they like in it; a day, an amount or a chosen word says nothing of anyone."""
        return self.type in {"text", "long_text"}


class Due(Part):
    """A deadline: a dated parameter in days or months, counted from when the state was entered."""

    parameter: str
    urgent: str = Field("", description="the parameter in its place where the matter is urgent")
    days: Literal["working", "calendar"] = Field("working", description="how days are counted; months are calendar")
    field: str = Field("", description="a date field that says the day instead, once it is filled")
    since: Literal["entered", "opened"] = Field("entered", description="from when it is counted")


class State(Part):
    """Where a thing stands."""

    sv: str
    en: str = ""
    todo: str = Field("", description="what someone who finds it here does next, in a few words")
    todo_en: str = ""
    start: bool = False
    final: bool = False
    outside: str = Field("", description="what those outside the municipality are told that it is")
    outside_en: str = ""
    phase: Phase | None = Field(None, description="the phase of support: its check lists are shown here")
    sealed: bool = Field(False, description="what stands is never changed again; a step can only add")
    needs_hearing: bool = Field(
        False, description="nobody comes here unless the party was heard, or FL 25 § excepts it"
    )
    due: Due | None = None
    why_no_due: str = Field("", description="why nobody has to act within a time here")


class Step(Part):
    """What moves a thing on: from where, to where, who, and what must be true."""

    sv: str
    en: str = ""
    from_: list[str] = Field(alias="from")
    to: str | None = Field(None, description="none: it stays, and so does its deadline unless the step gives its day")
    returns: bool = Field(False, description="in place of 'to': back to where it stood before it came here")
    who: list[str] = Field(description="roles; 'system' for what no person does")
    asks: list[str] = Field(default=[], description="fields that must be filled to take it")
    may_give: list[str] = Field(default=[], description="fields that may be filled")
    guards: list[str] = Field(default=[], description="named functions in web/rules/guards.py")
    second_person: list[str] = Field(default=[], description="roles of whom another person must agree")
    document: str | None = None
    document_by: Follows | None = Field(None, description="another document in its place, by what a field says")
    tell: list[str] = Field(default=[], description="audiences, named functions in web/rules/audiences.py")
    opens: str | None = Field(None, description="the process of the case that it opens")
    opens_with: dict[str, Any] = Field(default={}, description="what the case that it opens is given")
    passes_on: dict[str, str] = Field(default={}, description="field of the case that it opens -> field of ours")
    does: list[Effect] = []

    @property
    def documents(self) -> list[str]:
        """Every document that it may make."""
        other = self.document_by.gives.values() if self.document_by else ()
        return list(dict.fromkeys([*([self.document] if self.document else []), *other]))

    def document_for(self, fields: Mapping[str, Any]) -> str | None:
        """The document that it makes of a matter with these fields."""
        by = self.document_by
        return by.gives.get(str(fields.get(by.field)), self.document) if by else self.document

    @model_validator(mode="after")
    def _has_a_usual_document(self) -> "Step":
        if self.document_by and not self.document:
            raise ValueError("'document_by' gives another document in place of 'document': name the usual one too")
        return self


class Straight(Part):
    """An opening that leads past the start: what is only counted never stands where it could be moved on."""

    to: str
    field: str
    one_of: list[str]


class Opening(Part):
    """What is asked when one is opened, what must be true, and who is told."""

    on_a_matter: bool = Field(False, description="it is about another matter, and is opened there and nowhere else")
    straight: Straight | None = None
    by_aid: bool = Field(False, description="it is opened by answering a decision aid (duties/), and nowhere else")
    asks: list[str] = []
    may_give: list[str] = []
    guards: list[str] = []
    does: list[Effect] = []
    tell: list[str] = []

    @property
    def has_its_own_way(self) -> bool:
        """Whether nobody opens one from nothing, by its fields alone."""
        return self.on_a_matter or self.by_aid


class Process(Part):
    """A process as content. Everything a process owner would want to know or change stands here."""

    process: str
    code: str = Field(description="P01-P24 of the process analysis, or the document it ends in, as D09")
    revision: int = Field(ge=1)
    series: str = Field(pattern="^[A-Z]{1,3}$", description="what its numbers begin with, as U in NORR-U-2026-7")
    title: str
    en: str = Field("", description="the title in English")
    about: str
    about_en: str = ""
    zone: Zone
    model: Literal["case", "finding", "invoice", "payment_batch", "time_report"] = "case"
    law: list[Law] = []
    opened_by: list[str] = Field(description="roles that may start one; 'system' for what a run brings")
    opening: Opening = Opening()
    readers: list[Reader]
    assigned_by: list[str] = Field(default=["R02"], description="roles that give it to someone to work on")
    exported_by: list[str] = Field(default=[], description="roles that may take a list of them out of Tillit")
    also_due: list[str] = Field(default=[], description="date fields that are due days of their own while they stand")
    total: Due | None = Field(None, description="the time from opening to closing")
    checklists: list[str] = Field(default=[], description="check lists that are filled in it; 'all' for every one")
    fields: dict[str, ProcessField] = {}
    states: dict[str, State]
    steps: dict[str, Step]
    walks: list[Walk]

    @property
    def start(self) -> str:
        """The state a new one is in."""
        return next(name for name, state in self.states.items() if state.start)

    def begins_in(self, fields: Mapping[str, Any]) -> str:
        """The state of a new one that is opened with these fields."""
        straight = self.opening.straight
        return straight.to if straight and fields.get(straight.field) in straight.one_of else self.start

    def dues(self) -> Iterator[tuple[tuple[str, ...], Due]]:
        """Every deadline, with its place in the file."""
        if self.total:
            yield ("total",), self.total
        for name, state in self.states.items():
            if state.due:
                yield ("states", name, "due"), state.due

    @model_validator(mode="after")
    def _can_work(self) -> "Process":
        if sum(state.start for state in self.states.values()) != 1:
            raise ValueError("one state, and only one, has 'start: true'")
        if self.states[self.start].needs_hearing:
            raise ValueError(f"states.{self.start}: nobody can have been heard at the start")
        for name, field in self.fields.items():
            if bool(field.one_of or field.codes) != field.type.startswith("choice"):
                raise ValueError(f"fields.{name}: 'one_of' or 'codes' belongs to choice and choices, and to them alone")
            if field.one_of_en and set(field.one_of_en) != set(field.one_of):
                raise ValueError(f"fields.{name}: 'one_of_en' has other choices than 'one_of': name the same")
            if field.one_of and field.codes:
                raise ValueError(f"fields.{name}: it has both 'one_of' and 'codes': keep one")
            if field.follows and not self._known(field.follows, field):
                raise ValueError(f"fields.{name}: it follows what is not there: see 'one_of' of both fields")
        for asked in (*self.opening.asks, *self.opening.may_give):
            if asked not in self.fields:
                raise ValueError(f"opening: there is no field '{asked}'")
        straight = self.opening.straight
        if straight and (straight.to not in self.states or not self.states[straight.to].final):
            raise ValueError(f"opening.straight: '{straight.to}' is no final state")
        if straight and not set(straight.one_of) <= set(getattr(self.fields.get(straight.field), "one_of", ())):
            raise ValueError(f"opening.straight: '{straight.field}' has no such choices")
        for place, due in self.dues():
            if due.field and (due.field not in self.fields or self.fields[due.field].type != "date"):
                raise ValueError(f"{'.'.join(place)}: there is no date field '{due.field}'")
        for name, step in self.steps.items():
            self._step_fits(name, step)
        self._no_dead_ends()
        self._walks_are_enough()
        return self

    def _known(self, follows: Follows, field: ProcessField) -> bool:
        other = self.fields.get(follows.field)
        if other is None:
            return False
        return set(follows.gives) <= set(other.one_of) and set(follows.gives.values()) <= set(field.one_of)

    def _step_fits(self, name: str, step: Step) -> None:
        for state in (*step.from_, *([step.to] if step.to else [])):
            if state not in self.states:
                raise ValueError(f"steps.{name}: there is no state '{state}'")
        for asked in (*step.asks, *step.may_give, *step.passes_on.values()):
            if asked not in self.fields and asked != PROVIDER_NUMBER:
                raise ValueError(f"steps.{name}: there is no field '{asked}'")
        if step.returns and step.to:
            raise ValueError(f"steps.{name}: it leads to '{step.to}' and back as well: keep one")
        if not step.who:
            raise ValueError(f"steps.{name}: nobody takes it: name a role, or 'system'")

    def _no_dead_ends(self) -> None:
        straight = {self.opening.straight.to} if self.opening.straight else set()
        reached, new = {self.start} | straight, {self.start}
        while new:
            new = {step.to for step in self.steps.values() if step.to and set(step.from_) & reached} - reached
            reached |= new
        for name, state in self.states.items():
            if name not in reached:
                raise ValueError(f"states.{name}: no step leads to it")
            leaves = any(
                name in step.from_ and (step.returns or step.to not in (None, name)) for step in self.steps.values()
            )
            if not state.final and not leaves:
                raise ValueError(f"states.{name}: there is no way out, and it is not final")
            if state.sealed and leaves:
                raise ValueError(f"states.{name}: it is sealed, and a step leads out of it")
            if not state.final and state.due is None and not state.why_no_due:
                raise ValueError(f"states.{name}: no deadline: give 'due', or 'why_no_due'")

    def _walks_are_enough(self) -> None:
        if not any(walk.ends for walk in self.walks):
            raise ValueError("no walk ends well: add one")
        for walk in self.walks:
            for told in walk.steps:
                if told.do not in self.steps:
                    raise ValueError(f"walk '{walk.name}': there is no step '{told.do}'")
        taken = {told.do for walk in self.walks if walk.ends for told in walk.steps}
        refused = {walk.refuses.step for walk in self.walks if walk.refuses}
        for name, step in self.steps.items():
            if name not in taken and step.who != ["system"]:
                raise ValueError(f"steps.{name}: no walk takes it")
            if (step.guards or step.second_person) and name not in refused:
                raise ValueError(f"steps.{name}: it is guarded, and no walk is refused: add one")
