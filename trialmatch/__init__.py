"""The service: API, pages, persistence, scheduler, command line."""

ENGINE_VERSION = "0.1.0"
"""Version of the rules and vocabulary: with the catalogue version and `as_of` it makes every answer replayable."""
