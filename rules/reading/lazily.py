"""Long patterns, compiled when they are first searched for: they took a quarter of the start of every process, and most
processes read no criterion."""

import re
from collections.abc import Iterator
from functools import cached_property

from rules.hinted import Expression, hinted


class Lazily:
    """A pattern like one that is compiled, tried only where a piece of a match is (`rules.hinted`)."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match, as `re.Pattern.finditer`."""
        return self._compiled.finditer(text)

    @cached_property
    def _compiled(self) -> Expression:
        return hinted(self.pattern)
