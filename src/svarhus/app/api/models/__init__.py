"""What the API takes and answers, under the same names as the endpoints beside this folder.

What many of them share stands with what makes it: pages, problems, things, pictures.
"""

from pydantic import JsonValue

SECRET: dict[str, JsonValue] = {"writeOnly": True}
"""Of a field that is sent and never shown."""
