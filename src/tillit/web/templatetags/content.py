"""What content and codes are called on a page: roles, states, steps, controls, laws, in the reader's language."""

from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tillit.catalogue import Control, Disclosure, Document, Law
from tillit.web import words
from tillit.web.models import Matter, Notice, Provider
from tillit.web.queries.exhibit import where
from tillit.web.rules.content import catalogue, codes
from tillit.web.rules.deadline import whole
from tillit.web.rules.doors import may_enter
from tillit.web.rules.note import CHANNELS, CONTACTS
from tillit.web.rules.protected import MASKED
from tillit.web.rules.viewer import Viewer
from tillit.web.templatetags.values import number

register = template.Library()

register.filter(words.word)


@register.filter
def role(code: str) -> str:
    """What a role is called."""
    found = catalogue().roles.get(code)
    return words.word(found) if found else code


@register.filter
def coded(code: Any, table: str) -> words.Word:
    """The word for one of our codes: `finding.severity|coded:"SEVERITY"`."""
    known: dict[Any, words.Word] = getattr(words, table)
    return known.get(code) or words.Word(str(code))


@register.filter
def report_kind(code: str) -> str:
    """What a kind of reported time is called."""
    return _of_list("report_kinds", code)


@register.filter
def examined(code: str) -> str:
    """What is to be examined before anything is asked back."""
    return _of_list("settlement_examines", code)


@register.filter
def report_place(code: str) -> str:
    """What a place of reported time is called."""
    return _of_list("report_places", code)


@register.filter
def completion_reason(code: str) -> str:
    """What a report is to be completed with."""
    return _of_list("completion_reasons", code)


@register.filter
def held_back(code: str) -> str:
    """Why a part of what is held about a person was not given (content/codes/held_back_grounds.yaml)."""
    return _of_list("held_back_grounds", code)


@register.filter
def unable(code: str) -> str:
    """Why another than the client approves."""
    return _of_list("unable_reasons", code)


@register.simple_tag(takes_context=True)
def said(context: dict[str, Any], key: str) -> str:
    """A text of the portal, in easy words where the reader has chosen them."""
    return _of_list("portal_texts_easy" if context.get("easy") else "portal_texts", key)


@register.filter
def outside_state(matter: Matter) -> str:
    """Where a report stands, as those outside are told."""
    state = catalogue().processes[matter.process].states[matter.state]
    return (state.outside_en if get_language() == "en" else "") or state.outside or state.sv


@register.filter
def represents(code: str) -> str | Promise:
    """As what someone approves: the client, or a representative of some kind."""
    return words.REPRESENTS[code].word if code in words.REPRESENTS else code


def _of_list(name: str, code: str) -> str:
    found = codes(name).get(code)
    return words.word(found) if found else code


@register.filter
def means(word: words.Word) -> str | Promise:
    """The sentence that says what a word means."""
    return word.means


@register.filter
def log_words(what: str) -> str:
    """What a line of the log says was done. Steps are named as in their process; what has no word stays a code."""
    if what in words.LOG:
        return str(words.LOG[what])
    verb, _space, name = what.rpartition(" ")
    steps = (process.steps.get(name) for process in catalogue().processes.values())
    step = next((one for one in steps if one), None)
    if name in catalogue().processes:
        return f"{words.LOG.get(verb, verb)}: {process_title(name)}"
    return " ".join(filter(None, (str(words.LOG.get(verb, verb)), words.word(step) if step else name)))


@register.filter
def way(code: str) -> words.Word:
    """How a piece of evidence came to a matter, and the law that it rests on."""
    found = catalogue().ways.get(code)
    return words.Word(words.word(found), ", ".join(law(one) for one in found.law)) if found else words.Word(code)


register.filter("lines", where)


@register.filter
def personal(kind: str) -> str | Promise:
    """What the personal-data guard has stopped."""
    return words.PERSONAL.get(kind, kind)


@register.filter
def entry_kind(code: str) -> str | Promise:
    """What kind a line of the log is."""
    return words.KIND.get(code, code)


@register.filter
def heading(matter: Matter) -> str:
    """What a matter is called in a list: never what could lead to someone with protected personal data."""
    return _(MASKED) if matter.protected else given_title(matter.title)


@register.filter
def end_reason(code: str) -> str:
    """Why a board has stopped using a provider."""
    found = catalogue().end_reasons.get(code)
    return words.word(found) if found else code


@register.filter
def permit_state(code: str) -> str:
    """Where a permit check stands, or what IVO answered: the two have the same words."""
    found = catalogue().processes["permit_check"].states.get(code)
    return words.word(found) if found else code


@register.filter
def deviation_word(code: str, field: str) -> str:
    """What a code of a deviation means: its area, its kind, or where it stands."""
    process = catalogue().processes["provider_deviation"]
    if field == "state":
        return words.word(process.states[code]) if code in process.states else code
    return process.fields[field].one_of.get(code, code)


@register.filter
def given_title(title: str) -> str:
    """A title that a matter has from content, in the reader's language. What a person wrote stays as it is."""
    if get_language() != "en":
        return title
    known: tuple[Any, ...] = (*catalogue().controls.values(), *catalogue().processes.values())
    return next((str(one.en) for one in known if one.en and one.title == title), title)


@register.filter
def address(matter: Matter) -> str:
    """The address of a matter's page."""
    process = catalogue().processes.get(matter.process)
    return reverse(process.model if process else "case", args=[matter.number])


@register.filter
def state(matter: Matter) -> str:
    """Where a matter stands, in words."""
    process = catalogue().processes.get(matter.process)
    found = process.states.get(matter.state) if process else None
    return words.word(found) if found else matter.state


@register.filter
def todo(matter: Matter) -> str:
    """What someone who finds a matter in its state does next."""
    process = catalogue().processes.get(matter.process)
    found = process.states.get(matter.state) if process else None
    if found is None:
        return ""
    return found.todo_en if get_language() == "en" and found.todo_en else found.todo


@register.filter
def process_title(code: str) -> str:
    """What a process is called."""
    process = catalogue().processes.get(code)
    return words.titled(process) if process else code


register.filter(words.titled)
register.filter(words.about)


@register.filter
def asks(control: Control) -> str:
    """The question of a control, in the reader's language."""
    return control.question_en if get_language() == "en" and control.question_en else control.question


@register.filter
def document_title(document: Document) -> str:
    """What a document is called, in the reader's language."""
    return document.title_en if get_language() == "en" and document.title_en else document.title


@register.filter
def disclosure_mode(row: Disclosure) -> str | Promise:
    """Whether a provision is a duty, a possibility or a prohibition."""
    return words.DISCLOSURE["off" if row.policy == "off" else row.mode if row.way == "tell" else "ask"]


@register.filter
def control_title(code: str) -> str:
    """What a control is called; its code where the catalogue no longer has it."""
    control = catalogue().controls.get(code)
    return f"{code} {words.titled(control)}" if control else code or _("Iakttagelser")


@register.filter
def table_title(name: str) -> str:
    """What a table is called."""
    table = catalogue().tables.get(name)
    return table.title if table else name


@register.filter
def called(provider: Provider) -> str:
    """What a provider is called: where no name has been delivered, its number; a sole trader has none to show."""
    return provider.name or (_("Enskild firma") if provider.is_person else number(provider.number))


@register.filter
def column_title(name: str, tables: dict[str, int]) -> str:
    """What a column is called, in the first of some tables that has it."""
    known = (catalogue().tables[table].columns.get(name) for table in tables or {} if table in catalogue().tables)
    return next((column.sv for column in known if column), name)


@register.filter
def checklist_title(code: str) -> str:
    """What a check list is called; its code where the catalogue no longer has it."""
    found = catalogue().checklists.get(code)
    return words.titled(found) if found else code


@register.filter
def asked_in(question: dict[str, Any]) -> str:
    """A question as it was asked, in the reader's language where it has it."""
    english = str(question.get("en") or "") if get_language() == "en" else ""
    return english or str(question["sv"])


@register.filter
def law_place(kept: dict[str, Any]) -> str:
    """A place in law that was kept with a question."""
    return law(Law.model_validate(kept))


@register.filter
def how_often(parameter: str, day: date) -> str:
    """An interval, as it is set on a day."""
    number = whole(parameter, day)
    if catalogue().parameters[parameter].unit == "months":
        return ngettext("varje månad", "var %(number)d:e månad", number) % {"number": number}
    return ngettext("varje dag", "var %(number)d:e dag", number) % {"number": number}


@register.filter
def law(place: Law) -> str:
    """A place in law, as people cite it."""
    act = catalogue().acts.get(place.sfs)
    return ", ".join(filter(None, (act.short if act else place.sfs, place.at)))


@register.filter
def choice(code: str, column: str) -> str:
    """What a code of a table's column means: `permit.status|choice:"permit.status"`."""
    table, _point, name = column.partition(".")
    return catalogue().tables[table].columns[name].one_of.get(code, code) if code else "–"


@register.filter
def code_word(code: str, list_of: str) -> str:
    """What a code of a list in content/codes is called; the code itself where the list no longer has it."""
    found = catalogue().codes[list_of].codes.get(code)
    return words.word(found) if found else code


@register.filter
def contact(code: str) -> str:
    """With whom a contact was."""
    return _(CONTACTS.get(code, code))


@register.filter
def channel(code: str) -> str:
    """How a contact was made."""
    return _(CHANNELS.get(code, code))


@register.filter
def may(viewer: Viewer, door: str) -> bool:
    """Whether a page exists for the viewer."""
    return may_enter(viewer, door)


@register.filter
def told(notice: Notice) -> str:
    """What a notice says, without a word of what the matter holds."""
    kind, _point, name = notice.what.partition(".")
    process = catalogue().processes.get(notice.matter.process)
    step = process.steps.get(name) if process else None
    match kind:
        case "step" if step:
            # A step's own word is what its button says: to who did not press it, that reads as something to do.
            return _("Gjort: %(step)s") % {"step": words.word(step)} if step.who else words.word(step)
        case "proposed" if step:
            return _("Väntar på godkännande: %(step)s") % {"step": words.word(step)}
        case "declined" if step:
            return _("Avböjt: %(step)s") % {"step": words.word(step)}
        case "opened":
            return _("Nytt: %(process)s") % {"process": process_title(name)}
        case "assigned":
            return _("Du har fått ett ärende")
        case "released":
            return _("Någon har lämnat ett ärende")
        case "limitation":
            return _("Sista dagen att kräva pengarna närmar sig")
        case "withdrawn":
            return _("Underlaget är tillbakadraget")
        case "unknown":
            return _("Rapporten kan inte kontrolleras: koden hör inte till någon. Läs in besluten, eller rätta kontot.")
        case "emergency":
            return _("Tillfällig åtkomst har tagits")
        case _:
            return _("Något har hänt i ett ärende")
