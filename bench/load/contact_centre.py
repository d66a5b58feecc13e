"""The organisation that is called in the benchmark: a menu, a queue, and many agents."""

from typing import Any

from svarhus.kit.ids import OrganisationId

KEY = OrganisationId("bench")
NUMBER = "+46846500499"
PROMPT = "Welcome to the benchmark. Press 1 to talk to an agent. Press 2 to hear this again, or wait."


def phones(count: int) -> list[tuple[str, str]]:
    """Names and passwords of the agents' phones."""
    return [(str(6001 + index), f"only-for-{6001 + index}") for index in range(count)]


def contact_centre(agents: int) -> dict[str, Any]:
    """The organisation as a document."""
    people = [
        {
            "key": f"agent-{name}",
            "name": f"Agent {name}",
            "email": f"agent-{name}@svarhus.example",
            "extension": name,
            "role": "administrator",
            "phone_password": password,
        }
        for name, password in phones(agents)
    ]
    menu = {
        "type": "menu",
        "settings": {"messages": ["choices"]},
        "exits": {"1": "queue", "no_input": "queue", "invalid": "queue"},
    }
    queue = {"type": "queue", "settings": {"queue": "agents"}}
    members = [{"person": f"agent-{name}", "starts_logged_in": True} for name, _ in phones(agents)]
    return {
        "svarhus": 1,
        "organisation": {"key": KEY, "name": "Benchmark", "language": "en"},
        "people": people,
        "trunks": [{"key": "load", "name": "Load", "addresses": ["127.0.0.1"]}],
        "numbers": [{"number": NUMBER, "name": "Benchmark", "flow": "main"}],
        "messages": [{"key": "choices", "name": "Choices", "manuscripts": {"en": PROMPT}}],
        "queues": [{"key": "agents", "name": "Agents", "members": members}],
        "callflows": [{"key": "main", "name": "Main", "start": "menu", "elements": {"menu": menu, "queue": queue}}],
    }
