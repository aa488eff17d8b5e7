"""The words of the screens: every one that is marked for translation is translated, and compiled."""

import ast
import gettext
import re
from pathlib import Path

from django.utils.translation.template import templatize

import tillit.web

WEB = Path(tillit.web.__file__).parent
FILES = WEB / "locale/en/LC_MESSAGES"
MARKS = {"_", "gettext", "gettext_lazy", "pgettext", "ngettext"}


def said(text: str) -> str:
    return "".join(ast.literal_eval(part) for part in re.findall(r'"(?:[^"\\]|\\.)*"', text))


def translations():
    """What the .po file says: the Swedish -> the English, forms of number apart."""
    return {swedish[0]: english for swedish, english in forms()}


def forms():
    """What the .po file says: the Swedish and the English, each with its forms of number."""
    found = []
    for entry in (FILES / "django.po").read_text(encoding="utf-8").split("\n\n"):
        parts = dict(re.findall(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:"(?:[^"\\]|\\.)*"\n?)+)', entry, re.M))
        if "msgstr" in parts:
            found.append(([said(parts["msgid"])], [said(parts["msgstr"])]))
        elif "msgid_plural" in parts:
            swedish = [said(parts["msgid"]), said(parts["msgid_plural"])]
            found.append((swedish, [said(parts["msgstr[0]"]), said(parts["msgstr[1]"])]))
    return [one for one in found if one[0] != [""]]


def marked():
    """Every string of ours that is marked for translation."""
    code = [path.read_text(encoding="utf-8") for path in WEB.rglob("*.py")]
    found = set()
    for text in code:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS:
                found |= {one.value for one in node.args[:1] if isinstance(one, ast.Constant)}
    for path in (WEB / "templates").rglob("*.html"):
        # Django's own reading of a template, as makemessages does it.
        text = templatize(path.read_text(encoding="utf-8"))
        for call in re.findall(r"""\b(?:gettext|ngettext|_)\((u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")""", text):
            found.add(ast.literal_eval(call.removeprefix("u")).replace("%%", "%"))
    return found


def test_every_word_of_a_screen_has_its_english():
    told = translations()
    assert sorted(marked() - set(told)) == []
    assert [swedish for swedish, english in told.items() if not all(english)] == []


def test_no_english_is_kept_for_what_is_no_longer_said():
    assert sorted(set(translations()) - marked()) == []


def test_what_is_compiled_is_what_is_written():
    with (FILES / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for swedish, english in translations().items():
        one = compiled.ngettext(swedish, swedish, 1) if len(english) > 1 else compiled.gettext(swedish)
        assert one == english[0]


def test_english_holds_the_same_places_for_values():
    def places(text):
        return sorted(re.findall(r"%\(\w+\)[sd]", text))

    assert [swedish for swedish, english in forms() if [*map(places, swedish)] != [*map(places, english)]] == []
