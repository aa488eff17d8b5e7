"""Random histories of reports, boards and people: no person reaches another board, and no mark outlives its reason."""

import random
from datetime import timedelta

import pytest
from django_scopes import scope, scopes_disabled

from tests.web.matters import make
from tests.web.people import NOW, as_viewer
from tests.web.test_signal import PERSON, REPORT
from tillit.errors import RefusedError
from tillit.identifiers import parse_organisation
from tillit.units import local_date
from tillit.web.actions.matter import open_case
from tillit.web.actions.signal_mail import values
from tillit.web.actions.signal_watch import watch
from tillit.web.actions.step import agree, take_step
from tillit.web.models import Board, Case, Matter, Notice, Proposal, Signal, Told
from tillit.web.queries.matter import visible
from tillit.web.queries.signal import watched
from tillit.web.rules.content import catalogue
from tillit.web.rules.standing import standing

NUMBERS = ["5599990008", "5599991014", "7699990029"]
SECRET = "Eva Hemlig"
PEOPLE = ["Rut", "Bo", "Sara", "Siri", "Asta", "Cilla", "Jonna", "Klas"]
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


class History:
    """What happens, and a plain account of what stands: written from presses that went well, and from nothing else."""

    def __init__(self, people, seed: int) -> None:
        self.people, self.chance, self.now, self.shared = people, random.Random(seed), NOW, 0
        self.stands: dict[str, tuple[str, object]] = {}
        self.boards = list(Board.objects.order_by("pk"))

    def begin(self, number: int) -> None:
        kind = self.chance.choice(["company", "person", "ivo", "police"])
        board = self.chance.choice(self.boards)
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
        self.tried(
            lambda: open_case(
                "signal", by=as_viewer(self.people[who], self.now), now=self.now, board=board, given=given
            )
        )

    def press(self) -> None:
        self.now += timedelta(hours=self.chance.choice([0, 1, 30, 200, 2000]))
        if self.chance.random() < 0.15:
            watch(now=self.now)
            return
        open_ = list(Matter.objects.exclude(process="finding").filter(closed_at=None).order_by("pk"))
        if not open_:
            return
        matter = self.chance.choice(open_)
        steps = [name for name, one in catalogue().processes[matter.process].steps.items() if matter.state in one.from_]
        step, who, second = self.chance.choice(steps), *self.chance.sample(PEOPLE, 2)
        if self.chance.random() < 0.8:  # most often someone who may, else nothing would ever be shared
            one = catalogue().processes[matter.process].steps[step]
            who = self.someone(matter, one.who, "") or who
            second = self.someone(matter, one.second_person, who) or second
        self.tried(lambda: self.take(matter, step, who, second))

    def someone(self, matter, roles, but: str) -> str:
        may = [
            name
            for name in PEOPLE
            if name != but and as_viewer(self.people[name], self.now).has(roles, board=matter.board_id)
        ]
        return self.chance.choice(may) if may else ""

    def take(self, matter, step, who, second) -> None:
        given = GIVEN.get(step, {})
        done = take_step(
            matter, step, by=as_viewer(self.people[who], self.now), now=self.now, version=matter.version, given=given
        )
        if isinstance(done, Proposal):
            done = agree(done, by=as_viewer(self.people[second], self.now), now=self.now)
        if matter.process == "signal" and step == "share":
            last = local_date(self.now).replace(year=local_date(self.now).year + 1)
            self.stands[matter.number] = (matter.provider_number, last)
            self.shared += 1
        if matter.process == "signal" and done.to_state in ("cleared", "expired"):
            del self.stands[matter.number]

    def tried(self, press) -> None:
        try:
            press()
        except RefusedError:
            return

    def check(self) -> int:
        """At this very moment: what is marked, for whom; and what every other board can come to see."""
        day = local_date(self.now)
        expected = sorted(number for number, (_, last) in self.stands.items() if last >= day)
        assert sorted(standing(day).values_list("number", flat=True)) == expected
        providers = {provider for provider, last in self.stands.values() if last >= day}
        for name in ("Rut", "Bo", "Klas", "Cilla", "Sara"):
            viewer = as_viewer(self.people[name], self.now)
            assert set(watched(NUMBERS, viewer)) == providers
            if name == "Sara":  # she joins the boards and reads no person of any
                boards: set[int] = set()
            else:
                boards = set(viewer.boards())
            seen = visible(Matter, viewer).exclude(board__in=boards)
            assert {one.zone for one in seen} <= {"provider"}
            assert [one.number for one in seen if SECRET in f"{one.title}{one.fields}"] == []
        self.nothing_told_of_anyone()
        return 6

    def nothing_told_of_anyone(self) -> None:
        for signal in Signal.objects.all():
            assert not parse_organisation(signal.provider_number).is_personal
            assert SECRET not in f"{signal.__dict__}{values(signal)}"
        counted = Case.objects.filter(process="signal", state="statistics")
        assert not Signal.objects.filter(number__in=counted.values("number")).exists()
        assert not Told.objects.filter(signal__number__in=counted.values("number")).exists()
        for stand in Case.objects.filter(process="stand"):
            assert SECRET not in f"{stand.title}{stand.fields}"
            shown = Signal.objects.get(number=stand.fields["signal"])
            assert shown.ended_at is None or stand.closed_at is not None
        others = Notice.objects.exclude(matter__zone="provider").exclude(user__grants__board=None)
        assert [one.pk for one in others if not one.user.grants.filter(board=one.matter.board).exists()] == []


def run(people, seed: int, presses: int) -> tuple[int, int]:
    with scopes_disabled():
        boards = list(Board.objects.values_list("pk", flat=True))
    with scope(board=boards):
        history, checks = History(people, seed), 0
        for number in range(5):
            history.begin(number)
        for _ in range(presses):
            history.press()
            checks += history.check()
    return checks, history.shared


@pytest.mark.parametrize("seed", range(3))
def test_no_person_reaches_another_board_and_no_mark_outlives_its_reason(cast, seed):
    """M009, M015, M019, M020: whatever is pressed, by whom, in whatever order, and whatever time goes by."""
    checks, shared = run(cast, seed, presses=25)
    assert (checks, shared > 0) == (150, True)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 200))
def test_no_mark_outlives_its_reason_in_long_histories(cast, seed):
    """M019: a hundred histories of sixty presses, looked at after each: 6 000 moments."""
    assert run(cast, seed, presses=60)[0] == 360
