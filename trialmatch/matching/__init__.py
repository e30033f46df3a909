"""Judging a case against the catalogue: the one door for the API, the command line and the pages."""
