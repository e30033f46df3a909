"""A large catalogue and many cases grown from real ones by seeded variation: none is a real one unchanged."""

from benchmarks.grow.cases import grown_cases as grown_cases
from benchmarks.grow.trials import grown_trials as grown_trials
