"""Teams to which nobody belongs: right in themselves, since somebody may come, and often a slip of the pen."""

from collections.abc import Collection

from svarhus.domains.organisation.difference import Difference
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.staying_in import Warned
from svarhus.domains.queues.model import Team
from svarhus.domains.queues.roster import belongs


def unstaffed(wanted: Configuration, differing: Difference | None) -> tuple[Warned, ...]:
    """Told of the queues that are new or changed. `differing`: None, when everything is new."""
    changed = None if differing is None else differing.of("queues").new.keys()
    return tuple(
        _warned(queue.name, team)
        for queue in wanted.queues
        if queue.teams and _is_among(queue.key, changed)
        for team in queue.teams
        if not any(belongs(person, team) for person in wanted.people)
    )


def _is_among(key: str, changed: Collection[str] | None) -> bool:
    return changed is None or key in changed


def _warned(queue: str, team: Team) -> Warned:
    if team.tag is not None:
        sentence = f"{queue}: nobody who can be rung has the tag {team.tag}."
        return Warned(sentence, reason="team-tag-of-nobody", values=(queue, team.tag))
    sentence = f"{queue}: nobody who can be rung belongs to the unit `{team.unit}`."
    return Warned(sentence, reason="team-unit-of-nobody", values=(queue, str(team.unit)))
