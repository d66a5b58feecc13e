"""Which queues are a person's own."""

from svarhus.domains.organisation.model import Configuration
from svarhus.domains.queues.roster import roster
from svarhus.kit.ids import PersonKey


def own_queues(configuration: Configuration, person: PersonKey) -> frozenset[str]:
    """The queues that a person is a member of, and those of the person's units; all when there are none."""
    units = {unit for each in configuration.people if each.key == person for unit in each.units}
    own = frozenset(
        queue.key
        for queue in configuration.queues
        if queue.unit in units or person in roster(queue, configuration.people)
    )
    return own or frozenset(queue.key for queue in configuration.queues)
