"""Rows of the corpus of form sentences: all that is read of each. A trap is a sentence that invites a wrong fact."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    site: str
    text: str
    facts: tuple[str, ...]
    trap: bool = False


def row(site: str, text: str, *facts: str) -> Row:
    return Row(site, text, facts)


def trap(site: str, text: str, *facts: str) -> Row:
    return Row(site, text, facts, trap=True)
