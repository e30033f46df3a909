"""The words that say a treatment was given for the disease under discussion: « pour ce cancer », « du mélanome ».

A disease is named by a noun of cancer with its closed qualities and organ; a determiner of any one (« un », « autre »)
makes it some other disease, and is not taken.
"""

from rules.reading.treatments.patterns import CANCER

_ORGAN = (
    r"(?:prostat\w+|pancrea\w+|seins?|mammaires?|poumons?|bronchiques?|pulmonaires?|colorecta\w+|coli(?:que|ques)|"
    r"colon|rectum|rectal\w*|anus|canal anal|anale?s?|ovaires?|ovarien\w*|vessie|urotheli\w+|reins?|renale?s?|foie|"
    r"hepatiques?|estomac|gastriques?|oesophag\w+|thyroid\w+|endometre|col(?: de l'uterus| uterin)?(?![a-z])|uterus|"
    r"uterine?s?|vulve|vagin|vads|orl|tete et (?:du )?cou|larynx|pharynx|oropharynx|nasopharynx|cavum|"
    r"cavite (?:buccale|"
    r"orale)|voies biliaires|biliaires?|vesicule|grele|testicul\w+|plevre|pleural\w*|thym\w+|peau|cutane\w*|cerveau|"
    r"cerebral\w*|surrenal\w+|peritoine|tissus mous|breast|lung|ovarian|bladder|kidney|liver|cervical|gastric|"
    r"esophageal|oesophageal|thyroid|endometrial|head and neck|uterine|anal|thymic|pleural|skin)"
)
_KIND = (
    r"(?:epidermoides?|hepatocellulaires?|(?:non )?a petites cellules|(?:a )?cellules (?:renales?|claires|de merkel|du "
    r"manteau)|sereux|sereuses?|(?:de )?haut grade|(?:de )?bas grade|papillaires?|medullaires?|differencie\w*|"
    r"anaplasiques?|neuro-?endocrines?|(?:non )?(?:de )?hodgkin\w*|non[- ]hodgkinien|de waldenstrom|de merkel|d'ewing|"
    r"folliculaires?|du manteau|diffus|(?:a )?grandes cellules(?: b)?|de la zone marginale|multiples?|aigue?s?|"
    r"chroniques?|a plasmocytes|lymphoplasmocytaires?|prolymphocytaires?|"
    r"a tricholeucocytes|myeloides?|lymphoides?|lymphoblastiques?|lymphocytaires?|myeloblastiques?|uveal|choroidien\w*|"
    r"muqueux|des tissus mous|germinale?s?|maligne?s?|infiltrant\w*|invasi\w+|canalaires?|lobulaires?|"
    r"triple[- ]negatif|solides?|primiti\w+|squamous(?:[ -]cell)?|(?:non-)?small[- ]cell|renal(?:[ -]cell)?|"
    r"multiple|acute|chronic|myeloid|lymphocytic|lymphoblastic|follicular|mantle[ -]cell|diffuse|large|b-cell|hodgkin|"
    r"hepatocellular|urothelial|prostate|pancreatic|colorectal|merkel[ -]cell|clear[- ]cell|serous|cutaneous)"
)
_OF = r"(?:de la |de l'|du |des |de |d')?"
_NOW = r"(?: (?:etudiee?|actuel(?:le)?|en cause|en question|under study|concernee?))?"
_THIS = (
    rf"(?:{CANCER}(?: {_OF}(?:{_KIND}|{_ORGAN})){{0,4}}{_NOW}|"
    rf"(?:(?:{_KIND}|{_ORGAN}) ){{1,3}}(?:cancers?|carcinomas?|tumou?rs?|melanomas?|lymphomas?|myelomas?|leuka?emias?|"
    r"sarcomas?|mesotheliomas?|malignanc(?:y|ies))|"
    r"(?!(?:sympt|syndr|hemat|fibr|lip|aden|gen|my|chromos|d|st|ax|glauc|tri|carcinomat)om)[a-z]{3,}omes?(?![a-z])|"
    r"(?:diagnostic|episode|indication) actuel(?:le)?|(?:current|present) (?:diagnosis|disease|cancer|"
    r"malignancy))(?![a-z])"
)
_ALSO = (
    rf"(?:\s?(?:/|,|\bou\b|\bet\b|\bor\b|\band\b)\s?(?:(?:pour|du|de la|des|de|le|la|les|for|of|the) |(?:de )?l'|d')?"
    rf"(?:{_THIS}|(?:{_ORGAN}|trompes?(?: de fallope)?|fallopian tube|peritone\w*|ll|sll|lf|lcm|lzm|cll|mw)"
    rf"(?: primiti(?:f|ve)s?| primary)?)(?![a-z]))"
)
"""« pour la LLC/LL », « du cancer de l'ovaire, de la trompe ou du péritoine »: the disease by its several names."""
OWN = (
    rf"(?:(?:dirigee?s? )?(?:pour|du|de la|de|contre|for|of) ?(?:ce|cette|le|la|l'|les|the|this|leur|their|son|sa)? ?"
    rf"){_THIS}{_ALSO}{{0,3}}|pour (?:le |la |l'|les )?{_ORGAN}(?![a-z])(?! (?:metasta|avance|recid))"
)
"""« Pour ce cancer », « du carcinome urothélial », « pour la vessie »: a pattern in folded text."""
