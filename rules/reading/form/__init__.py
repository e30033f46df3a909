"""The free text of a form → facts."""

from rules.reading.form.read import read_form

__all__ = ["read_form"]
