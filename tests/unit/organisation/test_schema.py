"""The published schema says what the checks say."""

import json
from pathlib import Path

import yaml

from svarhus.domains.callflows.elements import ELEMENTS
from svarhus.domains.organisation.schema import json_schema
from svarhus.domains.organisation.validation import check_file

DOCS = Path(__file__).parents[3] / "docs"


def test_the_published_schema_is_fresh() -> None:
    """Write it anew with `python -m svarhus.app.publish_schema`."""
    assert json.loads((DOCS / "organisation.schema.json").read_text()) == json_schema()


def test_every_element_type_is_in_it_with_its_settings() -> None:
    definitions = json_schema()["$defs"]
    assert isinstance(definitions, dict)
    described = json.dumps(definitions)
    for kind in ELEMENTS.values():
        assert f'"const": "{kind.type}"' in described
        for setting in kind.Settings.model_fields:
            assert f'"{setting}"' in described


def test_every_reference_in_it_leads_somewhere() -> None:
    schema = json_schema()
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    text = json.dumps(schema)
    referred = {piece.split('"')[0] for piece in text.split("#/$defs/")[1:]}
    assert referred <= set(definitions)


def test_the_example_of_the_guide_has_no_faults() -> None:
    guide = (DOCS / "guide" / "organisation-file.md").read_text()
    examples = [block.split("```")[0] for block in guide.split("```yaml\n")[1:]]
    (whole,) = [example for example in examples if "svarhus" in (yaml.safe_load(example) or {})]
    assert check_file(whole.encode()).configuration.organisation.key == "clinic"
