"""Opens a notice to another authority, where the questions of the decision aid lead to one."""

from collections.abc import Mapping
from datetime import datetime

from tillit.catalogue import Outcome
from tillit.web.actions.matter import may_open, new_case, tell_of_opening
from tillit.web.actions.refusal import HeldBackError, NotForYouError, one_press
from tillit.web.models import Board, Case, Matter
from tillit.web.queries.matter import readable
from tillit.web.queries.notification import findings_behind
from tillit.web.rules.content import catalogue
from tillit.web.rules.fields import WrongValueError
from tillit.web.rules.viewer import Viewer

REPLY = {"yes": "Ja", "no": "Nej", "unsure": "Vet inte"}
"""The replies as they are kept with the notice."""


def answer_aid(
    duty: str,
    *,
    by: Viewer,
    now: datetime,
    board: Board,
    replies: Mapping[str, str],
    authority: str = "",
    about: Matter | None = None,
) -> tuple[Outcome, Case | None]:
    """Where the replies lead; and where there may be a duty, the case in which the notice is written or left out.

    Takes: `about`, the finding or case that it came up in; its findings follow, its content does not.
    Gives: no case where there is no duty: nothing is kept of a question that led nowhere.
    Raises: WrongValueError where a question on the way is not answered; NotForYouError, NotYourStepError.
    """
    content = catalogue()
    process = content.processes[content.duties[duty].process]
    with one_press(f"open {process.process}", by=by, now=now, matter=about):
        if about is not None and not readable(Matter, by).filter(pk=about.pk).exists():
            raise NotForYouError("Det finns inget sådant ärende för dig")
        if about is not None and about.board_id != board.pk:
            raise HeldBackError("Underrättelsen görs i den nämnd som ärendet hör till")
        may_open(process, by, board, about.unit if about else None)
        said = content.duties[duty].outcome(replies)
        if said.unanswered:
            raise WrongValueError(f"Svara på frågan ”{content.duties[duty].questions[said.unanswered].sv}”")
        if said.ends == "do_not_send":
            return said, None
        questions = content.duties[duty].questions
        told = "\n".join(f"{questions[name].sv} {REPLY[replies[name]]}." for name in said.asked)
        chosen = authority or (content.duties[duty].recipients[0] if len(content.duties[duty].recipients) == 1 else "")
        case = new_case(
            process,
            by=by,
            now=now,
            board=board,
            unit=about.unit if about else None,
            given={"duty": duty, "aid": said.ends, "aid_replies": told, "authority": chosen},
            findings=findings_behind(about, by) if about else (),
            provider_number=about.provider_number if about else "",
            protected=about.protected if about else False,
            urgent=about.urgent if about else False,
        )
        tell_of_opening(case, by=by, now=now)
        return said, case
