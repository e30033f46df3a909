"""The recognisers of one clause, in the order in which equal spans are preferred.

None yet: the text of criteria is kept sentence by sentence, for the investigator, and the answer warns that it is not
read (CHANGELOG: "Reading the criteria").
"""

from rules.reading.compose import Recogniser

RECOGNISERS: tuple[Recogniser, ...] = ()
