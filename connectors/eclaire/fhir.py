"""FHIR R4 as ECLAIRE serves it: codes, extensions and references, in the profiles of 2023 to 2025.

The base writes lists of one as the entry alone, and words such as INDISPONIBLE where it knows nothing: both are read
for what they mean.
"""

import re
from collections.abc import Iterator

from connectors.told import Told
from rules.text import fold

_NOTHING = re.compile(
    r"(?:\W|indisponibles?|donnees? non disponibles?|non disponibles?|non renseignee?s?|a renseigner|a completer|"
    r"non applicable|sans objet|aucune?|neant|inconnue?s?|unknown|not available|null|undefined|n/?a|nr|nc)*"
)
LONGEST_NOTHING = 60


def told_text(told: Told) -> str | None:
    """Text that says something: what stands for « not available » is absent."""
    written = told.text()
    return None if written is None or _says_nothing(written) else written


def code_of(told: Told) -> str | None:
    """A code, None where it is absent or stands for nothing."""
    written = told.code()
    return None if written is None or _says_nothing(written) else written


def _says_nothing(written: str) -> bool:
    return len(written) <= LONGEST_NOTHING and _NOTHING.fullmatch(fold(written)) is not None


def codes(concepts: Told) -> Iterator[str]:
    """The codes of one or more concepts, in order."""
    for concept in concepts.each():
        for coding in concept["coding"].each():
            if (code := code_of(coding["code"])) is not None:
                yield code


def words(concepts: Told) -> Iterator[str]:
    """What one or more concepts say in words: their displays, else their texts."""
    for concept in concepts.each():
        shown = [text for coding in concept["coding"].each() if (text := told_text(coding["display"]))]
        own = told_text(concept["text"])
        yield from shown or ([own] if own else [])


def extensions(resource: Told, *names: str) -> Iterator[Told]:
    """The extensions whose address ends with one of these names (`eclaire-label`, `ResearchStudy.label`)."""
    for extension in resource["extension"].each():
        url = extension["url"].code() or ""
        if any(url == name or url.endswith((f"/{name}", f"#{name}", f"/extension-{name}")) for name in names):
            yield extension


def text_of(resource: Told, *names: str) -> str | None:
    """The first text that such an extension holds, whatever the type of its value."""
    for extension in extensions(resource, *names):
        for kind in ("valueString", "valueMarkdown"):
            if written := told_text(extension[kind]):
                return written
        if said := next(words(extension["valueCodeableConcept"]), None):
            return said
    return None


def reference(told: Told) -> str | None:
    """What a reference points to, as `Location/1`: an address, a version and a leading `./` do not count."""
    written = told["reference"].code()
    if written is None or written.startswith("#"):
        return written
    parts = written.split("/_history/")[0].rstrip("/").split("/")
    return "/".join(parts[-2:])
