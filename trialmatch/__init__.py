"""The service: API, pages, persistence, scheduler, command line."""

import gc

COLLECTED_EVERY = 50_000
"""Objects made and not gone again between two looks of the garbage collector. Its own 700 is for small programs: the
vocabularies and recognisers are a million objects, and a fifth of a start went on looking at them as they are made."""
gc.set_threshold(COLLECTED_EVERY)

ENGINE_VERSION = "0.1.0"
"""Version of the rules and vocabulary: with the catalogue version and `as_of` it makes every answer replayable."""
