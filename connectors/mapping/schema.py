"""The JSON Schema of a mapping document: `python -m connectors.mapping.schema` writes it to standard output."""

import json
import sys

from connectors.mapping.document import SourceMapping


def published_schema() -> str:
    """The schema as docs/contracts/source-mapping.schema.json holds it."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:trialmatch:source-mapping:1"}
    return json.dumps({**head, **SourceMapping.model_json_schema()}, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(published_schema())
