"""The compiled catalogue: every distinct predicate judged once per case, trials by reductions over columns."""

from rules.compiled.catalogue import CompiledCatalogue as CompiledCatalogue
from rules.compiled.explained import Explained as Explained
from rules.compiled.organ_first import Neighbourhood as Neighbourhood
from rules.compiled.organ_first import OrganFirst as OrganFirst
from rules.compiled.outcome import Outcome as Outcome
