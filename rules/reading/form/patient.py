"""Age, sex, performance, and what the patient can or cannot have, from one sentence."""

import re

from rules.case import Suitability
from rules.hinted import hinted, mark_of, marks_of_any
from rules.reading.form.context import part_around
from rules.reading.form.facts import Facts
from rules.reading.form.sentences import Role, Sentence

_WHO = (
    r"(?P<female>patiente|femme|madame|mme|dame|fillette|fille)|(?P<male>patient|homme|monsieur|mr|m\.|garcon)|"
    r"(?P<either>enfant|nourrisson|adolescente?|malade)"
)
_PERSON = re.compile(
    rf"^\W*(?:(?:il|elle)\s+s'agit\s+d'|presentation\s+d'|dossier\s+d'|cas\s+d'|c'est\s+)?(?:une?\s+|le\s+|la\s+)?"
    rf"(?:jeune\s+|vieille\s+|vieil\s+)?(?:{_WHO})\b(?P<gap>[^;:\d]{{0,40}}?)\s*(?P<age>\d{{1,3}})\s*(?P<unit>ans|"
    rf"mois|a(?=\s*[,.;:]))(?!\w)"
)
_THEN = r"(?=[,.;)]|$|(?:homme|femme|h|f|masculin|feminin|ps|oms|ecog|kps|ik)\b)"
_BARE_AGE = re.compile(rf"^\W*(?:age\s*:\s*)?(?P<age>\d{{1,3}})\s*ans\s*{_THEN}")
_BARE_PERSON = re.compile(
    rf"^\W*(?:{_WHO})\b\s*,?\s*(?:suivie?|agee?|connue?|vue?|hospitalisee?|adressee?|sans|au|aux|vivant|autonome|"
    r"fragile|non[ -]fumeu(?:r|se)|menopausee|insuffisante?|porteu(?:r|se)|atteinte?|operee?|traitee?|diabetique|"
    r"hypertendue?|vih|"
    r"tabagique|retraitee?|presentant|ayant|(?:ps|oms|ecog)\s*(?:a\s*)?[0-4]|"
    r"en\s+(?:bon|tres\s+bon|excellent)\s+etat)\b|^\W*(?P<herself>patiente)\b"
)
_TITLED = re.compile(
    r"^\W*(?:(?P<her>Mme|MME|Madame|Mlle)|(?P<him>M(?:r|R|\.)|Monsieur))\s+(?!(?:Le|La|Dr|Pr|Docteur|Professeur)\b)[A-Z][\w'-]*\.?"
    r"(?:\s+[A-Z][\w'-]*\.?)?\s*(?=$|[,;:.(]|\d|agee?|nee?\b|est\s+|presente|suivie?)"
)
_INSIDE = re.compile(
    r"(?:[,;:(]|\b(?:chez|dossier\s+d[e']|cas\s+d[e']|s'agit\s+d[e']|pour|suivi\s+d[e']))\s*(?:une?\s+|le\s+|la\s+|cette\s+|ce\s+)?"
    r"(?:jeune\s+)?(?:(?P<who>patiente?|homme|femme|[hf])|(?P<title>monsieur|madame|mme|mr)(?:\s+[a-z'-]+\.?)?)\b"
    r"\s*(?:,\s*)?(?:agee?\s+)?(?:de\s+)?(?P<age>\d{2})\s*(?:ans|a)\b(?!\s*[-'])"
)
"""« LBDGC, homme de 66 ans », « le dossier de Madame B., 61 ans »: the patient behind the first words."""
_AGE_INSIDE = re.compile(rf"[,(;]\s*(?:agee?\s+de\s+)?(?P<age>\d{{2,3}})\s*ans\s*{_THEN}")
_AGE_CALLED = re.compile(r"(?:^\W*|[,;.]\s*)age\s*:?\s*(?:de\s+)?(?P<age>\d{2})(?=\s*(?:ans\b|$|[,;.](?!\d)))")
_SEX_ALONE = re.compile(
    r"(?:^\W*|[,;]\s*)(?:(?P<him>homme|masculin)|(?P<her>femme|feminin))\s*(?=$|[,.;])|\bsexe\s*:?\s*(?:(?P<male>masculin|m\b)|(?P<female>feminin|f\b))|"
    r"\d\s*(?:ans|a)\s*,?\s*(?:(?P<h>h)|(?P<f>f))\s*(?=$|[,.;]|(?:ps|oms|ecog|kps|ik)\b)"
)
_LASTS = re.compile(
    r"\b(?:depuis|suivi\w*|surveillance|remission|delai|survie|tabac\w*|tabagi\w*|fum\w*|pa|sevr\w*|duree|pendant|(?<!d')apres|avant|il\s+y\s+a|"
    r"diagnosti\w*|exposition|menopaus\w*|deces|dece\w+|enfants?|ancien\w*|evolu\w*|recul|contraception|pilule|ths|traitement|grossesse|sa\s+femme|epou\w*|conjoint\w*|candidat\w*|eligib\w*|essai)\b"
)
"""Words beside which so many years are not an age."""
_LETTER_ALONE = re.compile(r"^\W*(?P<letter>[HF])\s?(?P<age>[1-9]\d)(?=\s*(?:[,:;.]|ps\b|oms\b|$))", re.IGNORECASE)
_MAY_NAME_A_PERSON = marks_of_any(re.compile(_WHO))
_LETTER = re.compile(r"^\W*(?P<letter>[hfm])\b\s*[.,/]?\s*(?:de\s+)?(?P<age>\d{2,3})\s*(?:ans|an|a)\b(?!\s*[-'])")
_NOT_AN_AGE = re.compile(
    r"\b(?:depuis|il y a|pendant|apres|avant|a\s+l'age|suivie?\s+(?:depuis|pendant)|traitee?|diagnos)"
)

_ECOG = re.compile(
    r"(?<![\w-])(?:ps|oms|ecog|who|performance\s+status|indice\s+de\s+performance|etat\s+general)(?![a-z])"
    r"(?:\s*[-/(]?\s*(?:ps|oms|ecog|who|ecog-ps|ps-ecog)\)?)?\s*(?:[:=]|(?:est\s+|reste\s+|score\s+|evalue\w*\s+|"
    r"cote\w*\s+|"
    r"estime\w*\s+|actuel\w*\s*:?\s*)?(?:a\s+|de\s+)?)?\s*(?P<value>[0-4])(?!\d|\s?[,.]\d|\s?%|\s?[-/]\s?\d|\s?>|"
    r"\s*->|\s?\+|"
    r"\s+(?:a|ou|et)\s+\d)(?!\w)"
)
_SCALES = mark_of("ps", "oms", "ecog", "who", "performance", "general", "karnofsky", "ik", "g8", "oncodage")
_WHO_GRADE = re.compile(r"\b(?:grade|classification|classe)\s*(?:de\s+l'|selon\s+l')?\s*$")
_GLIAL = re.compile(r"\b(?:gliom|gliob|astrocyt|oligodendro|mening|ependym|tne|net|neuroendocrine)")
_OTHER_DAY = re.compile(
    r"\b(?:initial\w*|au\s+diagnostic|a\s+l'(?:epoque|entree|admission|arrivee)|avant|anterieur\w*|il\s+y\s+a|"
    r"en\s+(?:19|20)\d\d|precedemment|jusqu\w*|si|"
    r"lors\s+d\w*|apres|des\s+que|debut|etait|doit|sous\s+reserve|objectif)\b"
)
_KARNOFSKY = re.compile(
    r"(?<!\w)(?:karnofsky|kps|ik|indice\s+de\s+karnofsky|score\s+de\s+karnofsky)\s*(?:\((?:ik|kps)\)\s*)?(?:[:=]|"
    r"(?:est\s+)?(?:a|de)\s+)?\s*"
    r"(?P<value>\d0|100)\s*%?(?!\d|\s?[-/]\s?\d|\s*->)"
)
_G8 = re.compile(
    r"(?<!\w)(?:score\s+)?(?:g8|oncodage)(?!\w)\s*(?:[:=]|(?:est\s+)?(?:a|"
    r"de)\s+)?\s*(?P<value>\d{1,2}(?:[.,]5)?)\s*(?:/\s*17)?(?!\d|\s?%|\s*->|\s?-\s?\d)"
)

_PURPOSES = (
    ("cisplatin", r"cisplatine|cddp|cisplatinum"),
    ("intensive_chemotherapy", r"(?:chimio\w*|traitement|induction)\s+intensi\w+"),
    ("transplant", r"(?:auto|allo)?-?greffe|intensification\s+therapeutique"),
    (
        "surgery",
        r"(?:traitement\s+)?chirurgi\w+|cystectomie|prostatectomie|oesophagectomie|gastrectomie|hepatectomie|"
        r"duodeno-?pancreatectomie|resection\s+chirurgicale",
    ),
    ("radiotherapy", r"radiotherapie|irradiation"),
)
_UNFIT = (
    r"(?:non|in)[- ]?eligib\w+|contre-?\s?indication\w*(?:\s+(?:absolue|formelle|definitive))?|recuse\w*|unfit|"
    r"inapte|pas\s+eligib\w+|"
    r"n'est\s+pas\s+eligib\w+"
)
_SUITABILITY = tuple(
    (
        purpose,
        hinted(
            rf"(?<!\w)(?:{_UNFIT})\s+(?:a|au|aux|pour|d'une|de|du|a\s+la|a\s+l'|a\s+une?|pour\s+(?:une?|la|"
            rf"le))?\s*(?:{words})\b"
        ),
        hinted(rf"(?<!\w)(?:{words})\s+(?:est\s+)?(?:contre-?\s?indiquee?|recusee?|non\s+realisable)\b"),
        hinted(
            rf"(?<!\w)(?:eligible|apte|fit)\s+(?:(?:a|au|aux|pour|a\s+la|a\s+une?|pour\s+(?:une?|la|le))\s+)?(?:{words})\b"
        ),
    )
    for purpose, words in _PURPOSES
)
_MAY_BE_FIT = mark_of("eligib", "contre", "recus", "unfit", "apte", "fit", "realisable")
_NOT_SO = re.compile(r"\b(?:pas|sans|aucune?|non|si|peut-etre|probablement|a\s+priori|relative)\b[^,;:]{0,15}$")


def read_person(sentence: Sentence, facts: Facts) -> None:
    """« Patiente de 74 ans », « Homme, 67 ans », « 67 ans, … » at the beginning of a sentence; never a birth date."""
    match = _PERSON.match(sentence.low) if sentence.marks & _MAY_NAME_A_PERSON else None
    if match is None or _NOT_AN_AGE.search(match["gap"]):
        _bare(sentence, facts)
        _inside(sentence, facts)
        return
    quote = sentence.quote(*match.span())
    _sex(match, facts, quote)
    number = int(match["age"])
    if match["unit"] == "mois":
        if number <= 240 and (match["either"] or "nourrisson" in match[0]):
            facts.add("patient.age_months", number, quote)
    elif number <= 120:
        facts.add("patient.age", number, quote)


_MAY_BE_BARE = _MAY_NAME_A_PERSON | mark_of(*"0123456789")


_LETTERS = ("h", "f", "m")


def _bare(sentence: Sentence, facts: Facts) -> None:
    if not sentence.marks & _MAY_BE_BARE:
        return
    begins = sentence.low.lstrip(' -*•"(')[:1] in _LETTERS
    letter = _LETTER.match(sentence.low) if begins else None
    if letter and int(letter["age"]) <= 120:
        quote = sentence.quote(*letter.span())
        facts.add("patient.sex", "female" if letter["letter"] == "f" else "male", quote)
        facts.add("patient.age", int(letter["age"]), quote)
    alone = _LETTER_ALONE.match(sentence.text) if begins and not letter else None
    if alone:
        quote = sentence.quote(*alone.span())
        facts.add("patient.sex", "female" if alone["letter"] in "fF" else "male", quote)
        facts.add("patient.age", int(alone["age"]), quote)
    person = _BARE_PERSON.match(sentence.low) if sentence.marks & _MAY_NAME_A_PERSON else None
    if person:
        _sex(person, facts, sentence.quote(*person.span()))
    age = _BARE_AGE.match(sentence.low)
    if age and int(age["age"]) <= 120:
        facts.add("patient.age", int(age["age"]), sentence.quote(*age.span()))


def _sex(match: re.Match[str], facts: Facts, quote: str) -> None:
    """`fille` and `femme` may be a child's or a relative's: only as the first word of the sentence, with an age."""
    found = match.groupdict()
    female = found["female"] or found.get("herself")
    if female or found["male"]:
        facts.add("patient.sex", "female" if female else "male", quote)


def _inside(sentence: Sentence, facts: Facts) -> None:
    """The patient told by a title, or behind the first words: « Mme B. », « LAM secondaire, patient de 72 ans »."""
    low = sentence.low
    if not (sentence.marks & _MAY_NAME_A_PERSON or " ans" in low or "age" in low) or sentence.relatives:
        return
    if sentence.role is not Role.FACT:
        return
    titled = _TITLED.match(sentence.text)
    if titled:
        facts.add("patient.sex", "female" if titled["her"] else "male", sentence.quote(*titled.span()))
    match = _INSIDE.search(low)
    if match and _is_capital(sentence, match):
        quote = sentence.quote(match.start() + 1, match.end())
        who = match["who"] or match["title"]
        facts.add("patient.sex", "female" if who[0] == "f" or who in _OF_A_WOMAN else "male", quote)
        facts.add("patient.age", int(match["age"]), quote)
        return
    told = _AGE_CALLED.search(low) or (_AGE_INSIDE.search(low) if " ans" in low else None)
    if told and 15 <= int(told["age"]) <= 110 and not _lasts(sentence, told.start()):
        facts.add("patient.age", int(told["age"]), sentence.quote(told.start(), told.end()))
    alone = _SEX_ALONE.search(low)
    if alone:
        of_a_woman = alone["her"] or alone["female"] or alone["f"]
        facts.add("patient.sex", "female" if of_a_woman else "male", sentence.quote(*alone.span()))


def _lasts(sentence: Sentence, start: int) -> bool:
    """Whether so many years may be how long something lasted: a treatment, or what is said to last, stands before."""
    before = sentence.low[:start]
    return bool(_LASTS.search(before)) or any(mention.end <= start for mention in sentence.treatments)


_OF_A_WOMAN = ("patiente", "madame", "mme")


def _is_capital(sentence: Sentence, match: re.Match[str]) -> bool:
    """« H 66 ans », and no « h 66 »."""
    return not match["who"] or len(match["who"]) > 1 or sentence.text[match.start("who")].isupper()


def read_performance(sentence: Sentence, facts: Facts) -> None:
    """ECOG, Karnofsky and G8 as they are now; a range, a past or a wished value is none."""
    if not sentence.marks & _SCALES:
        return
    for match in _ECOG.finditer(sentence.low):
        if _is_ecog(sentence, match):
            facts.add("performance.ecog", int(match["value"]), sentence.quote(*match.span()))
    for match in _KARNOFSKY.finditer(sentence.low):
        if not _of_another_day(sentence, match):
            facts.add("performance.karnofsky", int(match["value"]), sentence.quote(*match.span()))
    for match in _G8.finditer(sentence.low):
        score = float(match["value"].replace(",", "."))
        if score <= 17 and not _of_another_day(sentence, match):
            facts.add("performance.g8", score, sentence.quote(*match.span()))


def _is_ecog(sentence: Sentence, match: re.Match[str]) -> bool:
    before = sentence.low[: match.start()]
    if match[0].startswith(("oms", "who")):
        start, end = part_around(sentence.low, *match.span())
        graded = _WHO_GRADE.search(before) or "grade" in sentence.low[start:end]
        if graded or _GLIAL.search(sentence.low):
            return False
    return not _of_another_day(sentence, match)


def _of_another_day(sentence: Sentence, match: re.Match[str]) -> bool:
    start = max(sentence.low.rfind(mark, 0, match.start()) for mark in ",;:(.") + 1
    stop = re.search(r"[,;:.()]", sentence.low[match.end() :])
    end = match.end() + (stop.start() if stop else len(sentence.low))
    return sentence.role is Role.FAMILY or bool(
        _OTHER_DAY.search(sentence.low[start : match.start()] + " | " + sentence.low[match.end() : end])
    )


def read_suitability(sentence: Sentence, facts: Facts) -> None:
    """« Inéligible au cisplatine », « contre-indication chirurgicale »; « pas de contre-indication » says nothing."""
    if not sentence.marks & _MAY_BE_FIT or sentence.role is Role.FAMILY:
        return
    for purpose, unfit, refused, fit in _SUITABILITY:
        for pattern, suitable in ((unfit, False), (refused, False), (fit, True)):
            match = pattern.search(sentence.low)
            if match and not sentence.asks and not _NOT_SO.search(sentence.low[: match.start()]):
                facts.add("suitability", Suitability(purpose, suitable), sentence.quote(*match.span()))
                break
