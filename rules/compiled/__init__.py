"""The compiled catalogue: every distinct predicate judged once per case, trials by reductions over columns."""

from rules.compiled.catalogue import CompiledCatalogue as CompiledCatalogue
from rules.compiled.explained import Decided as Decided
from rules.compiled.explained import Explained as Explained
from rules.compiled.organ_first import Near as Near
from rules.compiled.organ_first import Neighbourhood as Neighbourhood
from rules.compiled.organ_first import OrganFirst as OrganFirst
from rules.compiled.outcome import Outcome as Outcome
from rules.compiled.ragged import Ragged as Ragged
from rules.compiled.standings import Standings as Standings
from rules.compiled.states import Places as Places
from rules.compiled.verdicts import RULED_OUT as RULED_OUT
from rules.compiled.verdicts import TO_CHECK as TO_CHECK
