"""Pieces of the patterns of biomarker language: substitutions, scores with their ISH, limits, words of the test."""

AA = "acdefghiklmnpqrstvwy"
SUBSTITUTION = rf"(?:non[- ]?|p\.)?[{AA}]\d{{2,4}}(?:[{AA}*x](?:\s?/\s?[{AA}](?![a-z0-9]))*)?(?![a-z0-9])"
NUMBERS = r"\d{1,2}(?:\s?(?:,\s?(?:et|ou|and|or)|,|/|et|ou|and|or|-|a|to|&)\s?\d{1,2}(?!\s?%|\+|\d))*"
CLASS_NUMBER = r"(?:iii|ii|i|1|2|3)(?![a-z0-9])"
ISH_SAID = (
    r"(?:(?:[dfcs]?ish(?:/[dfcs]?ish)?|hybridation in situ)\s?(?:(?:est|is|:)\s)?"
    r"(?:[-+]|(?:neg\w*\s(?:ou|or)\s)?(?:non faite?|non testee?|untested|not (?:done|tested))|neg\w*|pos\w*|"
    r"non[- ]?amplifi\w*|not amplified|amplifi\w*)|"
    r"(?:sans|without|absence d'|pas d')\s?amplification(?: (?:en|par|by|a la|in))?(?: [dfcs]?ish(?:/[dfcs]?ish)?)?|"
    r"(?:non[- ]?amplifi|not amplifi|amplifi)\w*(?: (?:en|par|by) [dfcs]?ish)?)"
)
ISH = rf"(?:\({ISH_SAID}\)|{ISH_SAID})"
STEP = (
    r"(?:(?:ihc|score|immuno\w+)\s?(?:≥|≤|>=|<=|=|:|de|a|of)?\s?[0-3](?![\d.,]*\s?%|\d)\s?\+?|(?:≥|≤|>=|<=|>|"
    r"<)?\s?[0-3]\s?\+)"
    rf"(?:\s?(?:/|,|-|et|and|avec|with)?\s?{ISH})?"
    r"(?:\s(?:ou|et|or|and) (?:plus|more|greater|higher|above|superieure?)(?![a-z]))?"
)
COMPARATOR = (
    r"(?:>=|<=|=>|=<|≥|≤|>|<|=|(?:superieure?s?|inferieure?s?)(?: ou egale?s?)? a|(?:d')?au moins|at least|au plus|"
    r"(?:greater|more|less|higher|lower) than(?: or equal to)?|minimum de|(?:moins|plus) de(?= \d))"
)
NUMBER = r"\d+(?:[.,]\d+)?"
UNIT = r"(?:\s?(?:%|pour ?cent|percent|mut\w*\.?\s?(?:/|par|per)\s?(?:mb|mega\w*)))"
NOT_A_VALUE = (
    r"(?!\s?(?:lesions?|copies|sites?\b|ganglions?|metastas|nodes?\b|ans?\b|annees?|years?|mois|months?|semaines?|sem\b|weeks?|"
    r"wks?\b|jours?|j\b|days?|heures?|hours?|lignes?|lines?|mg|ml|/mm|g/|cycles?|cm|"
    r"mm\b|n\s?\+|pn\b|hormono|chimio|immuno|anti-|traitem|therap|itk\b|tki\b))(?![\d.,]*\d)"
)

TEN = r"(?:dix|ten|quinze|fifteen|vingt|twenty|cinquante|fifty|soixante-quinze)"
WHEN_TESTED = (
    r"(?:test|analyse|evaluation|relecture|lecture|revue|determination|resultat|confirmation|assessment|testing|review|"
    r"laboratoire|labo)s?"
    r"(?:\s(?:local\w*|locaux|central\w*|fait|faite|realise|realisee|effectue|effectuee|performed|done|obtenu|obtenue|"
    r"anapath\w*|anatomopathologique|moleculaires?|rapide|certifie\w*|accredite\w*|certified|accredited|"
    r"(?:avant|before|prior to|lors de|au|at)(?: l'| la | le | the | )(?:inclusion|randomi[sz]ation|"
    r"(?:pre-?)?screening|selection|enrol\w+)|(?:et|ou|and|or)(?=\s(?:local|central|anapath|moleculaire))))+(?![a-z])"
)
"""« test local fait avant inclusion », « relecture centralisée »: how a result is had."""
OF_TREATMENT = (
    r" (?:a|au|aux|to)\s(?:l'|la |les |une? |des )?(?:sels |agents? )?(?:platin|carbopl|cispl|oxalipl|hormon|castrat|"
    r"chimio|chemo|immuno|iode|iodin|radio|endocrin)"
)
"""« BRCA muté ou sensible au platine »: it is the disease that is sensitive, and no alteration."""
