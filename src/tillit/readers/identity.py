"""Identity numbers and accounts as they are stored: persons as pseudonyms, organisations and giros in one form."""

import re
from collections.abc import Sequence
from datetime import date

from tillit.catalogue import Kind
from tillit.identifiers import (
    PersonKind,
    PersonNumber,
    Verdict,
    parse_account,
    parse_bankgiro,
    parse_iban,
    parse_organisation,
    parse_person,
    parse_plusgiro,
)
from tillit.identifiers.number import compact, tidy
from tillit.store import Persons, Remark, code

_NAMED_GIRO = re.compile(r"(BG|BANKGIRO|PG|PLUSGIRO|POSTGIRO)(?:NR)?[\s:.]*(?=[0-9])", re.IGNORECASE)
_BARE_BANKGIRO = re.compile(r"[0-9]{3,4}-?[0-9]{4}")
_BARE_PLUSGIRO = re.compile(r"[0-9]{1,7}-[0-9]|[0-9]{2,6}")
_LIKE_A_PERSON = re.compile(r"[0-9]{2}[01][0-9]{7}")
_WRITTEN_OUT = re.compile(r"(?<![0-9])(?:(?:18|19|20)[0-9]{6}-?[0-9]{4}|[0-9]{6}[-+][0-9]{4})(?![0-9])")
_SOLE_TRADERS_AGE = 16  # a younger one may not be in business, so a birth year in two digits is not read as one
_YOUNG = 10  # years; the numbers of invoices of so many years may begin with their day
_SHOWN_LINES = 5


class Identities:
    """Turns the distinct texts of a delivery into what is stored of them, and remembers the verdict on each.

    Takes: the keeper of pseudonyms; the day of the file, which settles the century of a birth year.
    """

    def __init__(self, persons: Persons, on: date) -> None:
        self._persons = persons
        self._on = on
        self.verdicts: dict[Kind, dict[str, Verdict]] = {Kind.PERSON: {}, Kind.ORGANISATION: {}, Kind.ACCOUNT: {}}

    def persons(self, texts: Sequence[str], owner: str | None = None) -> list[int]:
        """A pseudonym for each text: of the identity number when it is one, else of the local number.

        Takes: distinct texts, none empty; `owner`, the provider whose local numbers they are, so that
        number 12 at two providers is not one person.
        """
        owned = f"{self.organisations([owner])[0]}:" if owner else ""
        known = self.verdicts[Kind.PERSON]
        identities: list[tuple[str, str]] = []
        for text in texts:
            parsed = parse_person(text, on=self._on)
            known[text] = parsed.verdict
            local = parsed.verdict is Verdict.FORMAT_ERROR or parsed.kind is PersonKind.INTERIM
            identities.append(("local", owned + parsed.number) if local else ("person", parsed.number))
        return self._pseudonyms(identities)

    def organisations(self, texts: Sequence[str]) -> list[str]:
        """Ten digits for each text; `E-` and a code for a person's number; what cannot be read in upper case."""
        known = self.verdicts[Kind.ORGANISATION]
        given: list[str] = []
        personal: dict[int, tuple[str, str]] = {}
        for place, text in enumerate(texts):
            parsed = parse_organisation(text)
            known[text] = parsed.verdict
            plain = " ".join(tidy(text).upper().split())
            if parsed.is_sole_trader and parsed.verdict is not Verdict.FORMAT_ERROR:
                personal[place] = ("person", self._owner(text, parsed.number))
            elif parsed.is_personal and _LIKE_A_PERSON.search(
                compact(text).replace("+", "")
            ):  # a person's number with a fault in it
                personal[place] = ("local", plain)
            given.append(plain if parsed.verdict is Verdict.FORMAT_ERROR else parsed.number)
        for place, pseudonym in zip(personal, self._pseudonyms(list(personal.values())), strict=True):
            given[place] = f"E-{code(pseudonym)}"
        return given

    def accounts(self, texts: Sequence[str]) -> list[str]:
        """`BG:` or `PG:` and digits for each giro; `BA-` and a code for any other account.

        A bare number of seven or eight digits would do as either giro; it is taken for a bankgiro. What
        begins with `BA:` is no giro, however it looks.
        """
        known = self.verdicts[Kind.ACCOUNT]
        read = [_account(text) for text in texts]
        known.update((text, verdict) for text, (_, _, verdict) in zip(texts, read, strict=True))
        hidden = [("account", number) for scheme, number, _ in read if scheme == "BA"]
        codes = iter(self._pseudonyms(hidden))
        return [f"BA-{code(next(codes))}" if scheme == "BA" else f"{scheme}:{number}" for scheme, number, _ in read]

    def free_texts(self, texts: Sequence[str]) -> list[str]:
        """The texts, with the code of the person in place of each identity number written out in them.

        Ten bare digits are left as they are, and so is a number alone that would be a young child's: they are
        oftener a reference, as `202503011234` is, than a person.
        """
        found = {number for text in texts for number in _WRITTEN_OUT.findall(text)}
        known = {number: parse_person(number, on=self._on) for number in sorted(found)}
        right = [number for number, parsed in known.items() if parsed.verdict.is_valid]
        references = {number for number in right if self._is_young(known[number])}
        pseudonyms = self._pseudonyms([("person", known[number].number) for number in right])
        codes = {number: code(pseudonym) for number, pseudonym in zip(right, pseudonyms, strict=True)}
        return [
            text if text.strip() in references else _WRITTEN_OUT.sub(lambda found: codes.get(found[0], found[0]), text)
            for text in texts
        ]

    def _is_young(self, person: PersonNumber) -> bool:
        return person.birth_date is None or person.birth_date.year > self._on.year - _YOUNG

    def _owner(self, text: str, ten_digits: str) -> str:
        """The sole trader as twelve digits; a century that was given is not lost."""
        grown = date(self._on.year - _SOLE_TRADERS_AGE, 12, 31)
        whole = parse_person(text, on=grown)
        return (whole if whole.verdict.is_valid else parse_person(ten_digits, on=grown)).number

    def _pseudonyms(self, identities: list[tuple[str, str]]) -> list[int]:
        made: dict[tuple[str, str], int] = {}
        for kind in dict.fromkeys(kind for kind, _ in identities):
            distinct = list(dict.fromkeys(number for of, number in identities if of == kind))
            pseudonyms = self._persons.pseudonyms(distinct, kind)
            made.update(((kind, number), pseudonym) for number, pseudonym in zip(distinct, pseudonyms, strict=True))
        return [made[identity] for identity in identities]


def _account(text: str) -> tuple[str, str, Verdict]:
    """The scheme, the number in its one form, and the verdict.

    >>> _account("Bankgiro 991-2346")[:2], _account("991-2346")[:2], _account("28 65 43-4")[:2]
    (('BG', '9912346'), ('BG', '9912346'), ('PG', '2865434'))
    >>> _account("84244,983 189 224-6")[:2], _account("8424-0983189224 6")[:2]
    (('BA', '8424-9831892246'), ('BA', '8424-9831892246'))
    """
    given = tidy(text)
    if given.upper().startswith("BA:"):
        return ("BA", *_bank_account(given[3:]))
    named = _NAMED_GIRO.match(given)
    bare = given.replace(" ", "")
    if named:
        scheme = "BG" if named[1].upper() in ("BG", "BANKGIRO") else "PG"
        bare = given[named.end() :]
    elif _BARE_BANKGIRO.fullmatch(bare):
        scheme = "BG"
    elif _BARE_PLUSGIRO.fullmatch(bare):
        scheme = "PG"
    else:
        return ("BA", *_bank_account(given))
    giro = parse_bankgiro(bare) if scheme == "BG" else parse_plusgiro(bare)
    if giro.verdict is Verdict.FORMAT_ERROR:  # not a giro after all, so it may be anyone's account
        return "BA", compact(given).upper(), giro.verdict
    return scheme, giro.number, giro.verdict


def _bank_account(given: str) -> tuple[str, Verdict]:
    """An IBAN, or clearing and number parted by a hyphen; Swedbank's fifth clearing digit tells nothing more."""
    iban = parse_iban(given)
    if iban.number[:2].isalpha():
        return iban.number, iban.verdict
    digits = re.sub(r"[\s.,-]", "", given)
    tried = [parse_account(digits[:4], digits[4:])]
    if digits.startswith("8"):
        tried.insert(0, parse_account(digits[:5], digits[5:]))
    best = next((one for one in tried if one.verdict.is_valid), tried[-1])
    if best.verdict is Verdict.FORMAT_ERROR:
        return digits.upper(), best.verdict
    return f"{best.clearing[:4]}-{best.number}", best.verdict


_SAID: dict[tuple[Kind, Verdict], tuple[str, str]] = {
    (Kind.PERSON, Verdict.CHECKSUM_ERROR): (
        "{count} identity number{s} with a wrong check digit",
        "ask the sender to mend them",
    ),
    (Kind.PERSON, Verdict.FORMAT_ERROR): (
        "{count} local number{s} in place of identity numbers",
        "a person whom two providers know by different numbers is not seen to be one",
    ),
    (Kind.ORGANISATION, Verdict.CHECKSUM_ERROR): (
        "{count} organisation number{s} with a wrong check digit",
        "ask the sender to mend them",
    ),
    (Kind.ORGANISATION, Verdict.FORMAT_ERROR): (
        "{count} value{s} in place of Swedish organisation numbers",
        "kept as they are; they meet other files only where those say the same",
    ),
    (Kind.ACCOUNT, Verdict.CHECKSUM_ERROR): (
        "{count} account{s} with a wrong check digit",
        "compare with the supplier's own notice of its account",
    ),
    (Kind.ACCOUNT, Verdict.FORMAT_ERROR): (
        "{count} account{s} of no known form",
        "compare with the supplier's own notice of its account",
    ),
}


def identity_remark(heading: str, kind: Kind, verdict: Verdict, lines: Sequence[int]) -> Remark | None:
    """What to say of the numbers that have this verdict; nothing when they are right.

    Takes: the first line of each distinct number, in order.

    >>> identity_remark("Konto", Kind.ACCOUNT, Verdict.CHECKSUM_ERROR, [4, 9]).what
    'Konto: 2 accounts with a wrong check digit (lines 4, 9)'
    """
    said = _SAID.get((kind, verdict))
    if said is None or not lines:
        return None
    many = "s" if len(lines) > 1 else ""
    shown = ", ".join(str(line) for line in lines[:_SHOWN_LINES]) + (" …" if len(lines) > _SHOWN_LINES else "")
    what = said[0].format(count=len(lines), s=many)
    return Remark(lines[0], f"{heading}: {what} (line{many} {shown})", said[1])
