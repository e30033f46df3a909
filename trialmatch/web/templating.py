"""The pages: their templates, and how they are cached."""

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

REVALIDATE = {"Cache-Control": "no-cache"}
"""Asked for again at each visit (304 when unchanged): no page runs on old scripts."""


def template(name: str) -> Template:
    """A template of the package, autoescaped; a name that is not given is an error."""
    environment = Environment(
        loader=PackageLoader("trialmatch.web"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
