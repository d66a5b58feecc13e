"""Writes the schema of the organisation file into the documentation: `python -m svarhus.app.publish_schema`."""

import json
from pathlib import Path

from svarhus.domains.organisation.schema import json_schema


def main() -> None:
    file = Path(__file__).parents[3] / "docs" / "organisation.schema.json"
    file.write_text(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
    print(f"written: {file}")


if __name__ == "__main__":
    main()
