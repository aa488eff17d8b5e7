"""Makes the copy that a party gets: what the party may not see is struck out, and each place says why (IS10)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from tillit.catalogue import in_force
from tillit.errors import RefusedError
from tillit.letters import Block, Heading, Paragraph, Table
from tillit.units import local_date
from tillit.web.actions.extract import allowed, files_of, kept, page_of, pages
from tillit.web.actions.refusal import HeldBackError, one_press
from tillit.web.models import Extract, Matter
from tillit.web.queries.extract import GIVE, PartOf, parts
from tillit.web.queries.personal_data import held_in
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import WrongValueError
from tillit.web.rules.packed import entry_name
from tillit.web.rules.struck import Pen, can_be_searched, found_in
from tillit.web.rules.viewer import Viewer


class LeakError(RefusedError):
    """A copy would hold what has been struck out of it; it is not made."""


def make_party_copy(
    matter: Matter,
    *,
    by: Viewer,
    now: datetime,
    purpose: str,
    chosen: Mapping[str, str],
    files: Collection[int] = (),
    words: Mapping[str, str] | None = None,
    own: Collection[str] = (),
) -> Extract:
    """A copy for a party, with what the party may not see struck out and the reason in its place (IS10).

    Nothing that leads to another person is left in what is given: numbers, addresses and codes are struck by
    themselves. It is given to nobody before another person has approved it.
    Takes: part -> GIVE or the code of a ground, for every part that has no answer of its own; the evidence whose file
    comes with it, whole; words that are struck out everywhere -> ground; what is the party's own and stays.
    Raises: NotForYouError, NotYourStepError, WrongValueError, HeldBackError where a file holds what is struck out.
    """
    with one_press("make party_copy", by=by, now=now, matter=matter):
        found = allowed("party_copy", matter, by, purpose)
        grounds = in_force(catalogue().masks.grounds.items(), local_date(now))
        told = [(part, chosen.get(part.key, part.struck)) for part in parts(found)]
        for part, ground in told:
            if ground != GIVE and ground not in grounds:
                raise WrongValueError(f"Välj om ”{part.title}” lämnas eller stryks, och varför")
        if any(ground not in grounds for ground in (words or {}).values()):
            raise WrongValueError("Välj varför orden stryks")
        pen = Pen(grounds, words or {}, frozenset(own), held_in(found), local_date(now))
        blocks = [block for part, ground in told for block in _part(part, ground, pen)]
        struck = bool(pen.gone) or any(ground != GIVE for _, ground in told)
        answer = (
            {"code": "some", "word": "En del är struket"} if struck else {"code": "none", "word": "Inget är struket"}
        )
        page = page_of(found, "party_copy", by, now, {"struck": answer, "purpose": pen.strike(purpose)}, handler="")
        page.blocks.extend(blocks)
        given = {part.file for part, ground in told if ground == GIVE and part.file} & set(files)
        files_given, unsearched = _given_files(found, given, pen)
        made = pages("partskopia", page) | files_given
        # Asked once more of what was made, whatever made it.
        if any(found_in(content, pen.gone) for content in made.values()):
            raise LeakError(
                "Något som stryks står kvar i kopian", where=found.number,
                fix="skriv orden som ska strykas längre, till exempel hela namnet",
            )  # fmt: skip
        return kept(
            found, "party_copy", made, page.blocks, by=by, now=now, purpose=purpose,
            chosen={"parts": {part.key: ground for part, ground in told}, "files": sorted(given),
                    "unsearched": unsearched, "words": len(words or {})},
        )  # fmt: skip


def _given_files(matter: Matter, numbers: Collection[int], pen: Pen) -> tuple[dict[str, bytes], list[int]]:
    # And the evidence whose file no search can see into: the one who approves is told to read it.
    found, unsearched = {}, []
    for one in files_of(matter):
        if one.exhibit.number in numbers:
            content, (_, _, ending) = bytes(one.content), one.exhibit.name.rpartition(".")
            if found_in(content, {*pen.gone, *pen.words}):
                raise HeldBackError(
                    f"Filen till handling {one.exhibit.number} innehåller det som stryks i kopian", where=matter.number,
                    fix="lämna inte filen, eller lägg till en handling där det är struket",
                )  # fmt: skip
            if not can_be_searched(content):
                unsearched.append(one.exhibit.number)
            # Its own name may say whose it is.
            found[entry_name(one.exhibit.number, f"handling.{ending[:5]}")] = content
    return found, sorted(unsearched)


def _part(part: PartOf, ground: str, pen: Pen) -> list[Block]:
    if ground != GIVE:
        # What a part is called may tell what is struck out, as the step of a report to the police.
        law = ", ".join(f"{catalogue().acts[one.sfs].short} {one.at}" for one in pen.grounds[ground].law)
        return [Paragraph(f"[{pen.grounds[ground].says} ({law})]")]
    blocks: list[Block] = [Heading(pen.strike(part.title), 2)]
    blocks += [Paragraph(pen.strike(text)) for text in part.texts if text]
    if part.rows:
        blocks.append(Table(("Var", "Vad som står"), tuple(tuple(map(pen.strike, row)) for row in part.rows)))
    return blocks
