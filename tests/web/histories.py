"""Random histories of reports, boards and people, and a plain account of what then stands.

Everything is done by the real actions and looked at through the real queries, in one transaction that is undone.
What a page shows is what its query gives, so no page is drawn: that is what makes ten thousand of them cheap.
"""

import random
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from django_scopes import scope, scopes_disabled

from tests.web.matters import make
from tests.web.people import NOW, as_viewer
from tests.web.test_signal import PERSON, REPORT
from tillit.errors import RefusedError
from tillit.identifiers import parse_organisation
from tillit.units import Period, local_date
from tillit.web.actions.matter import open_case
from tillit.web.actions.signal_mail import values
from tillit.web.actions.signal_watch import watch
from tillit.web.actions.step import agree, take_step
from tillit.web.models import Board, Case, Matter, Notice, Proposal, Signal, Told
from tillit.web.queries.export import rows
from tillit.web.queries.matter import visible
from tillit.web.queries.notice import notices_for
from tillit.web.queries.search import search
from tillit.web.queries.signal import open_items, own_stands, watched
from tillit.web.queries.statistic import behind, figures
from tillit.web.queries.statistic_file import as_csv
from tillit.web.rules.content import catalogue
from tillit.web.rules.standing import standing
from tillit.web.rules.viewer import Viewer

NUMBERS = ["5599990008", "5599991014", "7699990029"]
SECRET = "Eva Hemlig"
PEOPLE = ["Rut", "Bo", "Sara", "Siri", "Asta", "Cilla", "Jonna", "Klas"]
READERS = ["Rut", "Bo", "Klas", "Cilla", "Sara"]
GIVEN = {
    "check": {"traceless": True}, "share": {"traceless": True},
    "check_few": {"traceless": True, "few_reason": "Gäller ledningen"},
    "prepare_clearing": {"outcome": "no_action", "outcome_on": "2026-03-02"},
    "keep": {"reason": "Fel besked"}, "correct": {"reason": "Fel", "reasons": ["staff"]},
    "confirm": {"confirmed_as": "revoked", "outcome_on": "2026-03-02"},
    "not_deeper": {"stand_reason": "Görs redan"}, "look_deeper": {"controls": ["sample"]},
    "done": {"control_result": "right"},
    "report_centrally": {"certified": True}, "stops": {"outcome_on": "2026-03-02", "no_outcome": "unfounded"},
    "no_answer_yet": {"reason": SECRET}, "goes_on": {"outcome_on": "2026-03-02"},
}  # fmt: skip
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


class History:
    """What happens, and what stands: written from presses that went well, and from nothing else."""

    def __init__(self, cast: "Cast", seed: int) -> None:
        self.cast, self.chance, self.now, self.shared, self.ended = cast, random.Random(seed), NOW, 0, 0
        self.stands = dict(cast.stands)

    def viewer(self, name: str) -> Viewer:
        """As it is now: no role ends in these histories, so the roles are read once."""
        known = self.cast.viewers[name]
        return Viewer(known.user, known.held, self.now)

    def begin(self, number: int) -> None:
        """A report of a board, or one to IVO or the police that is sent and can be told centrally."""
        kind = self.chance.choice(["company", "company", "person", "ivo", "police"])
        board = self.chance.choice(self.cast.boards)
        provider = self.chance.choice(NUMBERS)
        facts = {"provider": provider, "provider_name": "Bolaget AB"}
        if kind in ("ivo", "police"):
            person = kind == "police" and self.chance.random() < 0.5
            given = {**(PERSON if person else REPORT | facts), "sent_on": "2026-03-01", "act": SECRET, "facts": SECRET}
            ground = "benefit_crime_6" if kind == "police" else "lss_15_11_suitability"
            make(
                catalogue().processes[f"{kind}_report"], now=self.now, number=f"R-{number}", board=board.slug,
                title=SECRET, state="sent", provider_number=provider, protected=False,
                fields=given | {"legal_basis": ground},
            )  # fmt: skip
            return
        who = {"norr": "Rut", "syd": "Bo"}[board.slug]
        given = {**PERSON} if kind == "person" else REPORT | facts
        if self.chance.random() < 0.3:
            given["few_clients"] = True
        if self.chance.random() < 0.2:
            given["provider_name"] = f"{SECRET} 121212-1212"
        self.tried(lambda: open_case("signal", by=self.viewer(who), now=self.now, board=board, given=given))

    def press(self) -> None:
        """Time goes by, and somebody tries something; now and then the calendar's own job runs."""
        self.now += timedelta(hours=self.chance.choice([0, 1, 30, 200, 2000]))
        if self.chance.random() < 0.15:
            watch(now=self.now)
            return
        open_ = list(Matter.objects.exclude(process="finding").filter(closed_at=None).order_by("pk"))
        if not open_:
            return
        matter = self.chance.choices(open_, [1 if one.process == "stand" else 4 for one in open_])[0]
        steps = [name for name, one in catalogue().processes[matter.process].steps.items() if matter.state in one.from_]
        step = self.chance.choices(steps, [4 if "clear" in one or one == "share" else 1 for one in steps])[0]
        who, second = self.chance.sample(PEOPLE, 2)
        if self.chance.random() < 0.8:  # most often someone who may, else nothing would ever be shared
            one = catalogue().processes[matter.process].steps[step]
            who = self.someone(matter, one.who, "") or who
            second = self.someone(matter, one.second_person, who) or second
        self.tried(lambda: self.take(matter, step, who, second))

    def someone(self, matter: Matter, roles: list[str], but: str) -> str:
        """One who holds one of the roles there."""
        may = [name for name in PEOPLE if name != but and self.viewer(name).has(roles, board=matter.board_id)]
        return self.chance.choice(may) if may else ""

    def given(self, step: str) -> dict:
        """What is filled in: a renewal has news of today, and stands for a while."""
        if step == "renew":
            today, last = local_date(self.now), local_date(self.now) + timedelta(days=self.chance.choice([5, 200]))
            return {"news_on": f"{today}", "new_reasons": ["staff"], "expires_on": f"{last}"}
        return GIVEN.get(step, {})

    def take(self, matter: Matter, step: str, who: str, second: str) -> None:
        """A step, and the second person's word; then the account of what stands."""
        given = self.given(step)
        done = take_step(matter, step, by=self.viewer(who), now=self.now, version=matter.version, given=given)
        if isinstance(done, Proposal):
            done = agree(done, by=self.viewer(second), now=self.now)
        if matter.process == "signal" and step == "share":
            last = local_date(self.now).replace(year=local_date(self.now).year + 1)
            self.stands[matter.number] = (matter.provider_number, last)
            self.shared += 1
        if matter.process == "signal" and step == "renew":
            self.stands[matter.number] = (matter.provider_number, date.fromisoformat(given["expires_on"]))
        if matter.process == "signal" and done.to_state in ("cleared", "expired"):
            del self.stands[matter.number]
            self.ended += 1

    def tried(self, press) -> None:
        """A press that may well be refused."""
        try:
            press()
        except RefusedError:
            return

    def check_marks(self) -> None:
        """At this very moment: what stands is what was shared and has not ended, to the number; and what it marks."""
        day = local_date(self.now)
        expected = sorted(number for number, (_, last) in self.stands.items() if last >= day)
        found = watched(NUMBERS, self.viewer("Bo"))
        assert sorted(one.number for ones in found.values() for one in ones) == expected
        assert set(found) == {provider for provider, last in self.stands.values() if last >= day}

    def check_persons(self) -> None:
        """What every other board can come to see, through every channel that a person of it has."""
        for name in READERS:
            viewer = self.viewer(name)
            # Sara joins the boards and reads no person of any.
            own = set() if name == "Sara" else set(viewer.boards())
            others = list(visible(Matter, viewer).exclude(board__in=own))
            assert [one.number for one in others if one.zone != "provider"] == []
            assert [one.number for one in others if SECRET in f"{one.title}{one.fields}"] == []
        self.nothing_told_of_anyone()

    def check_channels(self) -> None:
        """The same through what leaves a page: search, lists taken out, notices, work, statistics and its files."""
        assert sorted(standing(local_date(self.now)).values_list("number", flat=True)) == sorted(
            one.signal.number
            for one in open_items(self.viewer("Sara"))
            if one.signal and one.signal.expires_on >= local_date(self.now)
        )
        for name in ("Bo", "Rut", "Sara"):
            viewer = self.viewer(name)
            own = set() if name == "Sara" else set(viewer.boards())
            assert [one.number for one in search(viewer, SECRET) if one.board_id not in own] == []
            listed = [row for process in ("signal", "ivo_report", "police_report") for row in rows(viewer, process)]
            assert SECRET not in f"{listed}"
            told = notices_for(viewer).exclude(matter__board__in=own).exclude(matter__zone="provider")
            assert list(told) == []
            assert SECRET not in f"{[(one.title, one.fields) for one in own_stands(viewer)]}"
            found = figures(viewer, YEAR)
            assert SECRET not in as_csv(found).decode()
            for one in found:
                titles = [row.number for row in behind(one, viewer) if SECRET in row.title]
                assert [one for one in titles if Matter.objects.get(number=one).board_id not in own] == []

    def nothing_told_of_anyone(self) -> None:
        """No signal, message, stand or notice holds a person; and what is only counted is nowhere but in the count."""
        for signal in Signal.objects.select_related("board"):
            assert not parse_organisation(signal.provider_number).is_personal
            texts = [one.filled(values(signal)) for name, one in catalogue().messages.items() if "signal_" in name]
            assert SECRET not in f"{signal.__dict__}{texts}"
        counted = Case.objects.filter(process="signal", state="statistics").values("number")
        assert not Signal.objects.filter(number__in=counted).exists()
        assert not Told.objects.filter(signal__number__in=counted).exists()
        ended = {one.number: one.ended_at is not None for one in Signal.objects.all()}
        for stand in Case.objects.filter(process="stand"):
            assert SECRET not in f"{stand.title}{stand.fields}"
            assert not ended[stand.fields["signal"]] or stand.closed_at is not None
        others = Notice.objects.exclude(matter__zone="provider").exclude(user__grants__board=None)
        boards = {(one.pk, grant.board_id) for one in self.cast.users for grant in one.grants.all()}
        assert [
            one.pk for one in others.select_related("matter") if (one.user_id, one.matter.board_id) not in boards
        ] == []


class Cast:
    """The people as viewers, and the boards: read once for many histories."""

    def __init__(self, people: dict) -> None:
        self.users = list(people.values())
        self.viewers = {name: as_viewer(people[name]) for name in {*PEOPLE, *READERS}}
        self.boards = list(Board.objects.order_by("pk"))
        self.stands: dict[str, tuple[str, date]] = {}


@contextmanager
def beginning(people: dict, *, board: str):
    """What many histories begin from, with every board in scope: the people, and a signal of a board that stands."""
    with scopes_disabled():
        cast = Cast(people)
    with scope(board=[one.pk for one in cast.boards]):
        norr_or_syd = Board.objects.get(slug=board)
        who = cast.viewers[{"norr": "Rut", "syd": "Bo"}[board]]
        given = REPORT | {"provider": NUMBERS[0], "provider_name": "Bolaget AB"}
        signal: Matter = open_case("signal", by=who, now=NOW, board=norr_or_syd, given=given)
        for step, second in (("check", ""), ("share", "Siri")):
            signal, sara = Matter.objects.get(pk=signal.pk), cast.viewers["Sara"]
            done = take_step(signal, step, by=sara, now=NOW, version=signal.version, given={"traceless": True})
            if isinstance(done, Proposal):
                agree(done, by=cast.viewers[second], now=NOW)
        cast.stands[signal.number] = (NUMBERS[0], NOW.date().replace(year=NOW.year + 1))
        yield cast


def run(cast: Cast, seed: int, *, begins: int, presses: int, channels: bool) -> History:
    """One history from its beginning to its end, looked at after each press, and then undone.

    No matter, message or notice is ever taken away, so whatever reached somebody on the way is there at the end.
    """
    with transaction.atomic():
        history = History(cast, seed)
        for number in range(begins):
            history.begin(number)
        for _ in range(presses):
            history.press()
            history.check_marks()
        history.check_persons()
        if channels:
            history.check_channels()
        transaction.set_rollback(True)
    return history
