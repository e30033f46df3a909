"""Errors of the rules.

RulesError
├── VocabularyError   a packaged table is malformed (raised when it is loaded)
├── CaseError         a case that cannot be a case (bad value of one field)
└── CriterionError    a criterion that cannot be judged (built wrongly)
"""


class RulesError(Exception):
    """Base of every error raised by `rules`."""


class VocabularyError(RulesError):
    """A packaged vocabulary table is malformed: says which table, row and why."""


class CaseError(RulesError):
    """A value of a case that cannot be: says which field and what would be right."""


class CriterionError(RulesError):
    """A criterion built with contradictory or empty parts."""
