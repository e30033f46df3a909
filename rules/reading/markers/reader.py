"""A run of biomarker words walked into items: one marker each, with what its words ask."""

import re
from itertools import pairwise

from rules.markers import MARKERS, marker_facts
from rules.reading.clause import Clause
from rules.reading.markers.demands import ALTERNATIVE, Item, NotReadError, class_in, tells_itself
from rules.reading.markers.runs import names_marker
from rules.reading.markers.words import (
    CLASS,
    CLOSE,
    EXCEPT,
    FILLER,
    KNOWN,
    MARKER,
    OPEN,
    QUALIFIER,
    SEPARATOR,
    STATUS,
    VARIANT,
    Word,
)

_PHARMACOGENES = frozenset({"G6PD", "DPYD", "UGT1A1", "TPMT", "NUDT15"})
"""Constitutional enzymes: their deficiency is a condition of the patient, not an alteration of the tumour."""
_POSITIVE = re.compile(r"\+|pos|detect|present|indui|induc|relat|assoc|driven")
_WILD = re.compile(r"sauvage|wild|wt")
_HIGH = re.compile(r"eleve|high|fort|hyper")
_LOW = re.compile(r"low|faible")
_NOUN = re.compile(
    r"(?:ions?|ments?|pertes?|loss|sauts?|skipping|defects?|anomalies?|variants?|deficits?|abnormalit\w+)$"
)
_MEASURED = frozenset({"PD-L1", "TMB", "KI67"})
_MISMATCH = frozenset({"MLH1", "MSH2", "MSH6", "PMS2"})
_MODIFIERS = (CLASS, VARIANT, QUALIFIER)
_SIGNED_NAME = re.compile(r"(?i)^(?:msi-?h\w*|msi-?high|d-?mmr|p-?mmr|mss)$")
"""Names that say what was found: « statut MSS ou pMMR »."""
_GENERIC = re.compile(r"alter|anomal|aberr|abnormal")
_OF_MET = re.compile(r"saut|skipp|exon 14")
"""What only MET has: it is not said of the gene that follows in a list."""
_VALUE = (
    r"(?:sauvages?|positi\w+|negati\w+|mut\w+|delet\w+|wild[- ]type|(?:de)?methyl\w+|non[- ]?\w+|absent\w*|"
    r"present\w*)"
)
_EITHER_VALUE = re.compile(rf"\b{_VALUE}\s?(?:ou|or|/)\s?(?:non[- ])?{_VALUE}")
_EITHER_ASIDE = re.compile(
    rf"\(\s?{_VALUE}(?: \w+)? ?(?:ou|or|/) ?(?:non[- ]|mutation )?{_VALUE}(?: detectee?s?| detected)?\s?\)"
)
_AFFIRMS = re.compile(
    r"exprim(?:ant|ants|e|ent)|express(?:ing|es)|presentant|portant|avec|with|having|avoir|harbou?ring|carrying|"
    r"porteu(?:rs?|ses?)"
)
_ADJECTIVE = re.compile(
    r"mut(?:e|ee|es|ees|ant|ante|ants|antes|ated)|amplifi(?:e|ee|es|ees|ed)|rearrang(?:e|ee|es|ees|ed)|"
    r"alter(?:e|ee|es|ees|ed)|transloqu\w+|(?:sur-?|over-?)?exprim(?:e|ee|es|ees)|(?:over-?)?expressed|"
    r"defici\w+|delet(?:e|ee|es|ees|ed)|perdue?s?|lost|methyl(?:e|ee|es|ees|ated)"
)
_RESULT_KNOWN = re.compile(r"connue?s?|known|disponibles?|available|determin")


class Reader:
    """Walks a run and gathers its items: words before a name, words after it, and lists that share them."""

    def __init__(self, run: list[Word], clause: Clause) -> None:
        self.run, self.clause = run, clause
        self.items: list[Item] = []
        self.shared: list[str] = []
        self.head: list[str] = []
        self.once = self.defining = False
        self.shared_used = self.negated = self.status = self.known = self.excepting = self.examples = self.open_list = (
            False
        )
        self.denied_once = False
        self.shared_negative: bool | None = None
        self.joint = ""
        self.depth = 0
        self.either_value = self._names_its_values()
        self.scale = ""

    def read(self) -> None:
        """Takes every word of the run in turn. Raises NotReadError where one is not surely understood."""
        for index, word in enumerate(self.run):
            self._take(index, word)

    def asks_knowledge(self) -> bool:
        """« Statut HER2 connu », "known EGFR mutation status": a result is asked, whatever it is.

        Raises NotReadError where a status is named that is neither asked to be known nor told.
        """
        if self.either_value:
            return True
        told = any(item.negative is not None or item.limits or item.level or item.denied for item in self.items)
        told = told or any("defici" in text for item in self.items for text in item.own)
        told = told or (not self.known and all(_SIGNED_NAME.search(item.name.split()[-1]) for item in self.items))
        if told or not self.status:
            return not told and self._expression_known()
        if not self.known:
            raise NotReadError
        return True

    def _names_its_values(self) -> bool:
        """« statut del(17p) connu (sauvage ou délété) »: the values that it may have, none of which is asked."""
        inside = self.clause.plain[self.run[0].start : self.run[-1].end + 30]
        parts = {word.part for word in self.run}
        told = STATUS in parts and (KNOWN in parts or _EITHER_ASIDE.search(inside) is not None)
        return told and _EITHER_VALUE.search(inside) is not None

    def _expression_known(self) -> bool:
        """« Expression PD-L1 connue »: a result is asked, whatever it is."""
        said = {text for item in self.items for text in (*item.own, *item.shared)}
        last = self.run[-1]
        of_a_figure = all(item.markers <= _MEASURED for item in self.items) and last.text.startswith("document")
        late = last.part == KNOWN and (_RESULT_KNOWN.match(last.text) or of_a_figure)
        measured = all(len(item.markers) == 1 and marker_facts(item.marker).scales for item in self.items)
        return bool(late and measured and said) and all(re.fullmatch("expression|expressions", one) for one in said)

    def _take(self, index: int, word: Word) -> None:
        if self.either_value and self.depth > 0 and word.part not in (MARKER, OPEN, CLOSE):
            return
        if self.negated and self.items and self.joint and _AFFIRMS.fullmatch(word.text):
            raise NotReadError  # « sans mutation KRAS et exprimant CLDN18.2 »: the denial ends here
        match word.part:
            case "marker":
                self._name(word, after_comma=self.run[index - 1].text == "," and index > 0)
            case "unknown":
                self.items.append(Item(frozenset(), word.text, word.start, word.end, joint=self.joint, unknown=True))
                self.joint = ""
            case "class" | "variant" | "qualifier":
                self._modifier(index, word)
            case "state":
                self._state(index, word)
            case "limit":
                self._limit(word)
            case "separator":
                self._separator(word)
            case _:
                joins = word.text in ("avec", "with") and self.items and not self.items[-1].bare and self.depth == 0
                if joins and self._leads(index + 1):
                    self.joint = _stronger(self.joint, "et")  # « HER2 négatif avec mutation BRCA »
                self._note(word)

    def _separator(self, word: Word) -> None:
        text = "," if word.text == ";" else word.text
        self.joint = _stronger(self.joint, text)
        if word.text == ";" and self.depth == 0 and self.head:
            self.shared, self.shared_used = list(self.head), True

    def _note(self, word: Word) -> None:
        """Words that change how the others are taken."""
        match word.part:
            case "negation":
                self.negated, self.once = True, word.text == "non"
                self.denied_once = False
                self.shared, self.joint = [], self.joint or "et"
            case "status":
                self.status = True
            case "known":
                self.known = True
            case "open" | "close":
                self.depth += 1 if word.part == OPEN else -1
            case "etc":
                self.open_list = True
            case "example" | "except":
                self._aside(word)
            case _:
                self.scale = word.text if names_marker(word) else self.scale

    def _aside(self, word: Word) -> None:
        current = self.items[-1] if self.items else None
        if word.part == EXCEPT and (current is None or (current.bare and not current.shared)):
            raise NotReadError
        self.open_list = self.open_list or current is None
        self.examples, self.excepting = word.part != EXCEPT, word.part == EXCEPT
        goes_on = word.text == "(" and self.joint in ALTERNATIVE  # « A ou B, ou (C, D ...) »
        self.joint = self.joint if goes_on else ""

    def _name(self, word: Word, *, after_comma: bool) -> None:
        if word.markers & _PHARMACOGENES or self.excepting:
            raise NotReadError
        current = self.items[-1] if self.items else None
        if current and self._tells_again(current, word):
            self.joint = self.joint if current.limits else ""
            return
        if self.once and self.negated and marker_facts(min(word.markers)).kind == "gene" and word.markers != {"HER2"}:
            raise NotReadError  # "non-EGFR variants": of other genes
        self.open_list = self.open_list or (self.examples and bool(current))
        self.examples = False
        if current is None and after_comma:
            self.shared = []  # « …, mutation, NF1 »: of what stands before
        item = Item(word.markers, word.text, word.start, word.end, shared=list(self.shared), joint=self.joint)
        if word.markers <= _MEASURED and self.joint == ",":
            self.negated = False  # « sans addiction EGFR/ALK, PD-L1 < 1 % »: a figure is not denied
        item.negative, item.denied, item.status = self.shared_negative, self.negated, self.status
        item.still_denied, self.denied_once = self.negated and self.denied_once, self.negated
        item.first = not self.shared_used
        if item.shared and not item.first and all(_OF_MET.search(text) for text in item.shared):
            item.shared = list(self.head)
        self.items.append(item)
        self.shared_used, self.joint = True, ""
        if len(self.items) == 1:
            heads = (re.split(r"\s*(?:saut|skipp|exon 14)", text)[0] for text in self.shared)
            self.head = [text for text in heads if text]
        self.negated = self.negated and not self.once

    def _tells_again(self, current: Item, word: Word) -> bool:
        """Whether a name only explains the one before: in brackets, « RH+ : RE > 1 % », « L858R de l'EGFR »."""
        explains = current.markers == {"HR"} and word.markers <= {"ER", "PR"} and (not self.joint or self.defining)
        explains = explains or (current.markers == {"CBF"} and (not self.joint or self.defining))
        self.defining = explains
        if self.depth > 0 and current.markers == {"MSI"} and word.markers <= _MISMATCH:
            return True  # « dMMR (perte d'au moins une protéine MLH1, MSH2 …) »
        loose = self.depth > 0 or self.examples or explains or (current.implied and not self.joint)
        return loose and self._is_repeated(current, word)

    def _is_repeated(self, current: Item, word: Word) -> bool:
        """« RAS sauvage (KRAS et NRAS) », « programmed death ligand 1 (PD-L1) »: the same, told again."""
        covered = all(MARKERS.covers(marker, one) for marker in current.markers for one in word.markers)
        return covered and not current.unknown

    def _modifier(self, index: int, word: Word) -> None:
        current = self.items[-1] if self.items else None
        if self.excepting and current:
            self._excepted(current, word)
            return
        if self.examples and not self._leads(index):
            return
        if current is None or (self.joint and self._leads(index)) or (self.negated and not current.denied):
            if word.markers and not self._leads(index):
                self._implied(word)
                return
            self._share(word)
            return
        if word.markers and not any(MARKERS.covers(one, gene) for one in current.markers for gene in word.markers):
            self._implied(word)
            return
        if self.joint in ALTERNATIVE and _GENERIC.match(word.text):
            self.open_list, self.joint = True, ""  # « mutation de BRCA et/ou altérations de la recombinaison »
            return
        if current.own and not self.joint:
            current.own[-1] += f" {word.text}"
        else:
            current.own.append(word.text)
        current.apart = current.apart or (bool(current.shared) and self.joint in ALTERNATIVE)
        if current.limits and self.joint in ALTERNATIVE:
            current.besides = list(current.own[-1:])
        current.end, self.joint = word.end, ""

    def _excepted(self, current: Item, word: Word) -> None:
        if current.excepted and not self.joint:
            current.excepted[-1] += f" {word.text}"
        else:
            current.excepted.append(word.text)
        self.joint = ""

    def _implied(self, word: Word) -> None:
        before = [] if self.shared_used else self.shared
        own = [*before, word.text] if self.joint or not before else [*before[:-1], f"{before[-1]} {word.text}"]
        joint = self.joint if self.items else ""
        item = Item(word.markers, min(word.markers), word.start, word.end, own=own, joint=joint, implied=True)
        self.shared = self.shared if self.shared_used else []
        item.denied = self.negated
        self.items.append(item)
        self.joint = ""

    def _share(self, word: Word) -> None:
        if self.shared_used:
            self.shared, self.shared_used, self.shared_negative = [], False, None
            opens = True
        else:
            opens = bool(self.joint) and not self._after_item()
        if self.shared and not opens:
            self.shared[-1] += f" {word.text}"
        else:
            self.shared.append(word.text)
        if not self._after_item():
            self.joint = ""

    def _after_item(self) -> bool:
        return bool(self.items)

    def _leads(self, index: int) -> bool:
        """Whether the words from here lead to a name that follows: « … ou fusion ALK », « … ou réarrangement de »."""
        for position in range(index, len(self.run)):
            word = self.run[position]
            if word.part == MARKER:
                return self.run[position - 1].part != SEPARATOR
            if word.part == SEPARATOR:
                before, after = self.run[position - 1], self.run[min(position + 1, len(self.run) - 1)]
                nouns = (
                    before.part == CLASS
                    and after.part == CLASS
                    and _NOUN.search(before.text)
                    and _NOUN.search(after.text)
                )
                if not nouns or word.text not in ("ou", "or", "et/ou", "and/or", "/"):
                    return False
            elif word.part not in (*_MODIFIERS, FILLER):
                return False
        return False

    def _state(self, index: int, word: Word) -> None:
        current = self.items[-1] if self.items else None
        if current is None or (self.joint and self._leads(index + 1)):
            if self._is_overexpressed(index, word):
                self.shared, self.shared_used, self.joint = ["surexpression"], False, self.joint
                return
            if _HIGH.match(word.text) or _LOW.match(word.text):
                raise NotReadError
            self.shared, self.shared_used = [], False
            self.shared_negative = not _POSITIVE.match(word.text)
            return
        if self.joint and self._goes_on(index, current, word):
            return
        if self.joint and (not current.bare or current.shared):
            raise NotReadError  # "mutated NPM1 and wild type …": of a name that is not read
        if " " in current.level:
            return
        if _HIGH.match(word.text) or _LOW.search(word.text):
            if self.negated and not current.denied:
                raise NotReadError  # « FRα non élevé »
            current.level = "low" if _LOW.search(word.text) else "high"
            current.level = word.text if "ultra" in word.text else current.level
        elif word.text.startswith("null"):
            current.own.append("perte")
        else:
            self._sign(current, word)
        current.end, self.joint = word.end, ""

    def _is_overexpressed(self, index: int, word: Word) -> bool:
        """ "High MET expression": of a gene, more than usual; of a protein, a figure decides, and none is named."""
        following = self.run[index + 1 : index + 3]
        if not _HIGH.match(word.text) or [one.part for one in following] != [MARKER, CLASS]:
            return False
        gene = all(marker_facts(marker).kind == "gene" for marker in following[0].markers)
        return gene and following[1].text.startswith("express")

    def _goes_on(self, index: int, current: Item, word: Word) -> bool:
        """« HER2 faible ou ultra-faible », « HER2 négatif : IHC 0 ou 1+, ou FISH négative »: more of the same name."""
        low = _LOW.search(word.text)
        if current.markers == {"HER2"} and low and _LOW.search(current.level) and self.joint in ALTERNATIVE:
            current.level += f" {word.text}"
        elif current.markers == {"HER2"} and current.negative and "ish" in self.run[index - 1].text:
            if _POSITIVE.match(word.text):
                return False
            current.limits = []  # the figures are of IHC alone: another test may tell as well
        elif current.markers == {"HER2"} and current.negative and re.match(r"non[- ]?(?:amplif|sur|expr)", word.text):
            current.own = []  # « non surexprimé et non amplifié »: negative, whatever the test
        else:
            return False
        current.end, self.joint = word.end, ""
        return True

    def _sign(self, current: Item, word: Word) -> None:
        negative = not _POSITIVE.match(word.text)
        if _WILD.match(word.text):
            current.shared = []  # « amplification de MDM2 et TP53 sauvage »: what is shared is of the other
        if negative and (adjective := re.match(r"(?:non|not|un)[- ]?(.+)", word.text)):
            negative = True
            if not adjective[1].startswith(("detect", "methyl")):
                current.own.append(adjective[1])
        if current.negative not in (None, negative):
            raise NotReadError
        current.negative = negative

    def _limit(self, word: Word) -> None:
        if not self.items:
            if not self.scale:
                raise NotReadError
            self.items.append(Item(frozenset({"PD-L1"}), "PD-L1", word.start, word.start, joint=self.joint))
        current = self.items[-1]
        scales = re.findall(r"tps|cps|\btap\b|\bic\b|\btc\b", current.name.lower())
        scales = scales or ([self.scale] if current.markers == {"PD-L1"} else [])
        words = [one.text for one in self.run if current.end <= one.start < word.start and one.part == FILLER]
        text = " ".join(
            [*(scales if not current.limits else []), *([self.scale] if current.start == word.start else [])]
        )
        current.limits.append(f"{text} {' '.join(words)} {word.text}{self._trailing(word)}")
        current.limit_joint = self.joint if len(current.limits) > 1 else ""
        if len(current.limits) == 1 and current.own and self.joint in ALTERNATIVE:
            current.besides = list(current.own)
        current.end, self.joint = word.end, ""

    def _trailing(self, word: Word) -> str:
        """Words of scale that follow the figure: « ≥ 50 % (TPS) », « ≥ 1 % des cellules tumorales »."""
        after = [one for one in self.run if one.start >= word.end]
        text = ""
        for one in after:
            if one.part not in (FILLER, OPEN, CLOSE):
                break
            text += f" {one.text}"
        return text


def check_denial(items: list[Item]) -> None:
    """« Sans mutation BRAF, HER2 positif »: how far a denial reaches. Raises NotReadError where that is not sure."""
    apart = [
        any(_ADJECTIVE.fullmatch(text.split()[-1]) for text in item.own) or item.negative is False for item in items
    ]
    opened = False
    for item, stated in zip(items, apart, strict=True):
        if not item.still_denied:
            opened = stated or (item.bare and not item.shared and not _NAMED_AS_FOUND.search(item.name.lower()))
        elif stated and not opened:
            raise NotReadError


_NAMED_AS_FOUND = re.compile(r"co-?d[eé]l[eé]t|^del|fusion|amplif|m[eé]thyl")


def _stronger(joint: str, text: str) -> str:
    rank = {"": 0, ",": 1, "/": 2}
    return text if rank.get(text, 3) >= rank.get(joint, 3) else joint


def spread(items: list[Item]) -> None:
    """A state, a limit or a class behind a list is of every name: « RE et RP < 1 % », « ALK ou ROS1 réarrangé »."""
    for item, following in reversed(list(pairwise(items))):
        if item.bare and not item.shared and following.joint and any(map(_GENERIC.match, following.shared)):
            item.shared = list(following.shared)  # « NF1 et/ou altération RAS »
        if not item.bare or any(map(class_in, item.shared)) or item.denied != following.denied or tells_itself(item):
            continue
        if not following.joint or tells_itself(following):
            continue
        classes = [alternative for alternative in map(_class_words, following.own) if alternative]
        item.own, item.negative, item.level = classes, following.negative, following.level
        item.limits, item.limit_joint = list(following.limits), following.limit_joint


def _class_words(text: str) -> str:
    """What of a modifier may be of several genes: its class, never a variant."""
    return " ".join(word for word in text.split() if not re.search(r"\d|^exons?$|^itd$|^tkd$", word))
