"""What one change of the configuration of a large organisation costs: the whole way from who makes it to the calls,
the engine's phones and everybody who is watching.

On a real PostgreSQL, with the services as the application puts them together. Asterisk is played by something that
takes whatever it is sent, so that what is counted is ours.
"""

from svarhus.kit.ids import OrganisationId

KEY = OrganisationId("large")
PEOPLE, QUEUES, MEMBERS = 10_000, 200, 50
CONSOLES = 50
GOAL_CPU, GOAL_LOOP = 50.0, 5.0
"""Milliseconds."""
SETTLED = 0.25
"""Seconds in which everything that a change sets going is done."""
