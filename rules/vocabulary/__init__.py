"""Codes, names and hierarchies, as data (CSV) with code system, source and date, apart from logic."""
