"""The same criterion without the words that only tell how it was found out, by whom it is judged, or when.

« CHC confirmé par imagerie (scanner ou IRM) », « sans apparition de métastase visible au scanner », « non résécable
(avis du chirurgien) »: families of words that change nothing, in any order. What is left is read again.
"""

import re

from rules.hinted import hinted
from rules.reading.clause import plain
from rules.reading.in_passing import TOLD_IN_PASSING
from rules.reading.markers.same_targets import said_once
from rules.reading.neutral import NEUTRAL, neutral_spans
from rules.reading.wording.sponsors import asides_of
from rules.text import tokens

_MEANS = (
    r"(?:histologi\w+|cytologi\w+|histo|cyto|histology|cytology|pathology|anatomo-?(?:cyto)?-?patholog\w+|anapath\w*|"
    r"(?:micro-?|macro-?)?biops\w+|cyto-?ponction|ponction|conisation|curetage|adressage|"
    r"criteres (?:radiologiques|non invasifs|d'imagerie|li-?rads|aasld|easl|de barcelone|imwg|oms|who)|imagerie|"
    r"imaging|radiologi\w+|irm|mri|scan(?:ner)?s?|tdm|ct|tomodensitom\w+|tep|pet|scinti\w*|"
    r"echographie|"
    r"immunohistochimie|ihc|immunophenotyp\w+|cytometrie|myelogramme|coelioscopie|laparoscopie|endoscopie|fibroscopie|"
    r"mammographie|examen (?:clinique|anatomopathologique)|bilan (?:d'extension|d'imagerie))"
)
_OF_MEANS = (
    r"(?:[ -](?:dynamiques?|typiques?|conventionnelles?|initiale?s?|cerebrale?s?|osseuses?|abdomin\w+|thorac\w+|"
    r"pelvien\w*|fdg|tdm|scan|psma|choline|injecte\w*|central\w*|multiparametrique|corps entier|morphologique|"
    r"recente?s?|radiologique|tumorale?s?|percutanee?s?|incisionnelles?|chirurgicales?|excisionnelles?|"
    r"(?:de |d'|a l'|a la |du |au )(?:selection|screening|inclusion|depistage|diagnostic|fdg|tumeur primitive)))*"
)
_MEAN = rf"(?:l'|la |le |une? |les |des |the |a )?{_MEANS}{_OF_MEANS}"
_JOINT = r"\s?(?:,|/|\bet/ou\b|\bou\b|\bet\b|\bor\b|\band\b|\+)\s?"
_LIST = rf"{_MEAN}(?:{_JOINT}(?:par |en |a |au |sur |on |by )?{_MEAN})*(?![\w-])"
_BY = r"(?:par|en|a|au|sur|via|avec|by|on|with|from)"
_PROVED = r"(?:confirm|prouv|prove|document|etabli|verifi|attest|demontr|objectiv|diagnostiqu|retrouv|evalu)\w*"
_SEEN = (
    r"(?:visibles?|decelables?|detectables?|evidente?s?|apparente?s?|decouvertes?|identifi\w+|objectivee?s?|"
    r"visualis\w+)"
)
_WHO = (
    r"(?:investigat\w+|cliniciens?|oncologues?|chirurgiens?|equipe|rcp|radiologues?|radiotherapeutes?|pathologistes?|"
    r"medecins?|specialistes?|hematologues?|urologues?|neurochirurgiens?|comite|surgeons?|physicians?)"
    r"(?: (?:specialise\w*|expert\w*|thoraci\w+|referent\w*|multidisciplinaire))?"
)
_WHEN = (
    r"(?:inclusion|selection|screening|randomi[sz]ation|proposition|depistage|enregistrement|entree|enrolment|"
    r"enrollment)(?: (?:dans|a) l'(?:etude|essai))?"
)
_ACCORDING = r"(?:selon|d'apres|per|according to|as per)"
_OPINION = r"(?:l'avis|avis|l'opinion|le jugement|l'appreciation|judgment)"
_ENDS = r"(?=\s*(?:$|[,;.)]))"
_COUNTING = (
    r"(?:maintenance|entretien|(?:la |l'|les |le )?(?:traitements? d[e']\s?)?(?:maintenance|entretien)|ne|n'est|"
    r"n'etant|pas|non|comptee?s?|compte(?:nt)?|comptabilisee?s?|comme|une|lignes?|fait partie|de|la|sa|meme)"
)
"""« (maintenance non comptée) », as every disease counts its lines."""
_FORM = (
    r"(?:(?:une? |des |les |la |l'|d'|de )?(?:chimiotherapies?|anticorps(?: (?:monoclonaux|monoclonal|conjugues?|"
    r"bispecifiques?))?|adc|petites? molecules?|inhibiteurs?|formes? (?:orales?|injectables?)|chemotherapy|"
    r"antibody[- ]drug conjugates?|small molecules?|antibod(?:y|ies)))"
)
"""Forms in which a target is reached: « ciblant la topo-isomérase I, y compris anticorps conjugué »."""
_SITE = (
    r"(?:os(?:seuses?)?|visceres?|viscerales?|foie|hepatiques?|poumons?|pulmonaires?|cerveau|cerebrales?|snc|peritoine|"
    r"peritoneales?|ganglions?|ganglionnaires?|ou|et|et/ou|a distance|au[- ]dela du pelvis|extra-?pelviens?|distants?)"
)
_SITES = rf"{_SITE}(?:\s?[,/;]?\s?{_SITE})*"
_SURELY = (
    r"(?:histologi|cytologi|anatomo-?patholog|patholog|radiologi|clini|biologi|moleculaire|"
    r"immunohistochimi)(?:que)?ment|"
    r"(?:histologically|cytologically|pathologically|radiologically|clinically)"
)
_EITHER = (
    r"(?:primiti(?:f|ve)|primaire|initiale?|de novo|inaugurale?|nouvellement diagnostique|primary|newly diagnosed)e?s?"
)
_AGAIN = r"(?:recidivant|recurrent|en (?:rechute|recidive)|secondaire|recurrent|relapsed|secondary)e?s?"
_RULED = (
    r"(?:oms|who|icc|fab|eln|imwg|iwcll|uicc|ajcc|figo|esmo|nccn|inca|asco(?:/cap)?|classification \w+|criteres? \w+)"
)
_DROPPED = (
    hinted(
        r"^\W*(?:(?:tests?|bilans?|profils?|panels?|analyses?|genotypages?|ngs|sequencages?|testing|profiling)"
        r"(?:\s(?:genetiques?|moleculaires?|genomiques?|ngs|tumora\w+|molecular|genetic|genomic))*"
        r"\s(?:dispo(?:nibles?)?|realise\w*|faits?|faites?|obtenue?s?|available|performed|done),?\s)(?=(?:sans|avec|"
        r"absence|pas|aucune?|without|with|no|showing|montrant)\b)"
    ),
    hinted(
        r"^\W*(?:(?:types? )?histologi(?:es?|ques?)|histology|(?:sous-)?types? (?:histologiques?|de tumeurs?|tumoraux)|"
        r"tumou?r types?|diagnosti(?:c|cs)|diagnosis)\s?:\s"
    ),
    hinted(
        rf",?\s?\b(?:{_PROVED}\s)?(?:{_SURELY})(?:\s?(?:/|,|ou|et|et/ou|or|and|"
        rf"and/or)\s?(?:{_SURELY}))*(?:\s{_PROVED})?"
        r"(?![\w-])"
    ),
    hinted(
        r",?\s(?:(?:resequee?s?|operee?s?|traitee?s?|resected),?\s)?(?P<what>[a-z]{5,}(?: [a-z]{5,})?),? (?:ou|"
        r"or) "
        r"(?:non|pas|not|un|in)[ -]?(?P=what)\b"
    ),
    hinted(rf",?\s{_EITHER} (?:ou|or) {_AGAIN}{_ENDS}|,?\s{_AGAIN} (?:ou|or) {_EITHER}{_ENDS}"),
    hinted(
        rf",?\s(?:selon|d'apres|per|according to) (?:l'|la |le |les |the )?{_RULED}(?: \d{{4}})?"
        rf"(?:\s?(?:,|/|ou|et|or|and)\s?(?:l'|la |le |les |the )?{_RULED}(?: \d{{4}})?)*(?![\w-])"
    ),
    hinted(
        r"(?:(?<=recidive)|(?<=rechute)|(?<=recurrence)|(?<=relapse))\s(?:apres|following|after|suivant|d'une?)\s"
        r"(?:une? |an? )?(?:(?:diagnosti\w+|diagnosis|maladie|cancer|tumeur)\s)?(?:initiale?\s)?(?:of |de )?"
        r"(?:stades?|stages?)\s(?:iv|i{1,3})[a-c]?(?:\s?(?:-|a|to|,|ou|or|/)\s?(?:iv|i{1,3})[a-c]?)*(?![\w-])"
    ),
    hinted(
        r",?\s(?:selon|d'apres|per) (?:une? |le |les |la |l')?(?:tests?|resultats?|profils?|panels?|ngs|"
        r"analyses?)\b[^,;:()]{0,40}"
        r"(?:,(?=\s(?:au moins|l'une?|une)\b)|(?=\s*(?:$|[:;.)])))"
    ),
    hinted(rf",?\s?\b(?:histologie |diagnostic )(?:sur|par|on) {_LIST}{_ENDS}"),
    hinted(
        r"(?<=\w),?\s(?:chez )?(?:les? |l')?(?:hommes?|femmes?|men|women) (?:ou|et|or|and) (?:les? |la )?(?:hommes?|"
        r"femmes?|men|"
        r"women)(?: (?:adultes?|majeur\S*))?(?=\s*(?:$|[,;.]))"
    ),
    hinted(
        r"\s?\((?=[^()]*\b(?:adjuvant|neo-?adjuvant|peri-?operatoire|pre-?operatoire)\w*)[^()]*\b(?:compt(?:ee?s?|ant|abilis\w+)|"
        r"counted?|counts?)\b[^()]*\)"
    ),
    hinted(r"\b(?:radiographic|radiological|objective|documented|confirmed)\s(?=(?:disease )?progression\b)"),
    hinted(r"(?<=during )(?:continuous|ongoing|uninterrupted)\s(?=(?:prior |previous )?(?:treatment|therapy)\b)"),
    hinted(r"\s?\((?:quel(?:le)?s? que soi(?:t|ent)|peu importe|regardless|irrespective|independamment)\b[^()]*\)"),
    hinted(rf",?\s?\b{_PROVED} {_BY} {_LIST}"),
    hinted(rf"\s\b{_SEEN}(?: {_BY} {_LIST})?(?![\w-])"),
    hinted(rf"(?:(?<=metastases)|(?<=metastase)|(?<=metastatique)|(?<=distance))\s{_BY} {_LIST}"),
    hinted(
        r",?\s?\b(?:avec |sur )?preuves? (?:histo|cyto|anatomo|radiolog|biops|patholog)\w*"
        r"(?:\s?(?:/|ou|et|et/ou)\s?(?:histo|cyto)\w*)?"
    ),
    hinted(r",?\s?\(?\b(?:relectures?|revues? anatomo\w+)\b[^,;()]{0,60}\)?"),
    hinted(rf",?\s\({_COUNTING}(?:\s?[;,+=]?\s?{_COUNTING})*\)"),
    hinted(rf"(?<=\w),?\s\(?(?:y compris|incluant|including)\s{_FORM}(?:\s?(?:,|/|et|ou|and|or)\s?{_FORM})*\)?{_ENDS}"),
    hinted(r"(?<=imagerie conventionnelle)\s[≤<]=?\s?\d+\s?(?:j|jours)\b"),
    hinted(
        rf",\s?{_MEAN}(?: d'evaluation| initiale?)? (?:datant )?(?:de )?(?:<|≤|moins d(?:e |')|dans les|within|"
        rf"less than)\s?\d+\s?"
        rf"(?:j|jours?|days?|sem|semaines?|weeks?){_ENDS}"
    ),
    hinted(r",?\s?\bhistologie (?:prouvee|confirmee|documentee)"),
    hinted(r"\ssur (?:la )?pieces?(?: (?:operatoires?|d'exerese|de (?:\w+ectomie|resection)))?(?![\w-])"),
    hinted(
        r"(?<=[a-z0-9])\s(?:selectifs?|selectives?|specifiques?|puissants?|selective|potent)(?=\s*(?:$|[,;.()]|ou\b|"
        r"et\b|or\b|and\b|anterieu|deja))"
    ),
    hinted(rf"(?<=^metastases)\s\({_SITES}\)|(?<=^metastase)\s\({_SITES}\)"),
    hinted(rf",?\s?\(?\b(?:{_ACCORDING} )?{_OPINION} (?:de |du |d'une? |des )?(?:l'|la |le |une? )?{_WHO}\)?"),
    hinted(rf",?\s?\(?\b{_ACCORDING} (?:l'|la |le |une? |the )?{_WHO}\)?{_ENDS}"),
    hinted(rf",?\s?\b(?:au moment de|lors de|lors du|au|a) ?(?:l'|la |le )?{_WHEN}{_ENDS}"),
    hinted(
        r",?\s\b(?:tou(?:te?s?|s) (?:les )?|any )(?:sous-)?(?:types?|histologies?|histotypes?|histology|subtypes?)"
        rf"(?: histologiques?)?(?:\s?\([^()]*\))?{_ENDS}(?!,\s?(?:sauf|hors|except))"
    ),
    hinted(rf",?\s\(?(?:avec ou sans|with or without|\+/-|±)\s[^,;()]{{2,60}}\)?{_ENDS}"),
    hinted(rf",?\s(?:avec ou sans|with or without|\+/-|±)\s[^,;()]{{2,40}}\(neo-?\)-?adjuvante?s?{_ENDS}"),
)
_ONLY_OF_DEMANDS = (
    hinted(r"(?<=[a-z]),?\s(?:uni|bi)-?lateral(?:e|es|aux)?(?: ou bi-?lateral(?:e|es|aux)?)?(?![\w-])"),
    hinted(
        r",?\s(?:dont|pour (?:lequel|laquelle)) le (?:traitement|ttt?) (?:standard|de reference) (?:comporte|est|"
        r"comprend|repose sur) "
        r"(?:la |une |l')?(?:chirurgie|resection|exerese)[^,;:.()]*"
    ),
)
"""What narrows a demand so little that no form tells it; in an exclusion it may be the very point."""
_SIGN = r"(?:signes?|suspicions?|arguments?|evidence|preuves?|elements?|apparition|survenue|manifestations?|decouverte)"
_CLINICAL = r"(?:cliniques?|radiologiques?|biologiques?|objecti\w+|patente?s?)"
_DENIED = hinted(
    rf"\b(?P<no>pas d(?:e |')|sans |aucune? |absence d(?:e |')){_SIGN}"
    rf"(?: {_CLINICAL}(?:\s?(?:/|,| ou| et| et/ou| ni)\s?{_CLINICAL})*)?(?: (?:certaine?s?|evidente?s?|formel\w*))?"
    r" (?:d(?:e |')|pour |en faveur d(?:e |'|u |'une? )|evocateurs? d(?:e |'|'une? ))"
)
"""« pas de suspicion clinique de métastase » denies the metastasis; a suspicion by itself is kept."""
_WRITTEN_OUT = (
    (hinted(r"\bHG\b"), "haut grade"),
    (hinted(r"\b[Ss]t\.? (?=(?:I{1,3}|IV)[A-D]?\b)"), "stade "),
    (hinted(r"\b[Ss]s-(?=types?\b)"), "sous-"),
    (
        hinted(
            r"(?i)(?P<name>lymphomes? folliculaires?|follicular lymphomas?)(?P<mid>[^;.]{0,40}?),? (?:de |of )?grades? "
            r"1\s?(?:(?:-|–|à|to)|,\s?2\s?(?:,|ou|et|or|and))\s?3\s?a\b"
        ),
        r"\g<name> de grade 1 à 3a\g<mid>",
    ),
    (
        hinted(
            r"(?i)\b(?P<s>stades?) (?:cliniques?|pathologiques?|anatomiques?|anatomo-?patho\w*|anatomo-?cliniques?|"
            r"chirurgica(?:l|ux)|post-?op[ée]ratoires?)(?= (?:I|V|[0-4]))"
        ),
        r"\g<s>",
    ),
    (hinted(r"(?<=[a-zé,] )M\+(?=\s*(?:$|[,;.)(]|ou\b|or\b))"), "métastatique"),
    (hinted(r"\bMie (?=(?:localement|loc\.?|avanc|m[ée]ta|M\+|non|r[ée]cid|r[ée]s[ée]c|locor))"), "Maladie "),
    (
        hinted(
            r"(?i)\blymphomes? (?:primitif ou secondaire|secondaire ou primitif|primitif et/ou secondaire) du SNC\b"
        ),
        "lymphome primitif du SNC ou atteinte du SNC par un lymphome",
    ),
    (hinted(r"(?i)(?P<m>m[ée]tastatiques?) [àa] distance\b"), r"\g<m>"),
    (hinted(r"\b[Dd]'embl[ée]e (?=m[ée]tastatique)"), ""),
    (hinted(r"(?<=\s)R/M\b"), "récidivant ou métastatique"),
    (
        hinted(
            r"(?i)\b(radioth[ée]rapie|irradiation|RT)\s+(?:(?:ant[ée]rieure|pr[ée]alable)s?|d[ée]j[àa]"
            r"(?: (?:re[çc]ue|faite|"
            r"r[ée]alis[ée]e|d[ée]livr[ée]e))?)\s+"
            r"(?P<on>(?:d(?:e|u|es) |d'|sur |au |aux |à )[^,;:.()]*?)\s*(?=$|[,;:.()])"
        ),
        r"\1 \g<on> antérieure",
    ),
    (hinted(r"(?i)(?<=radiothérapie) sur (?=la |le |l')"), " de "),
    (hinted(r"(?i)\bt[êe]te ?/ ?cou\b"), "tête et du cou"),
    (
        hinted(
            r"(?i),?\s*(?:qu'il s'agisse|que ce soi(?:t|ent)(?= (?:une?|par|d[eu]s?)\b))\s+"
            r"(?:d'une? |d'|de |du |des |par |une? )?(?P<what>(?!.*\bavec\b)[^.;:()]+)$"
        ),
        r" (\g<what>)",
    ),
    (
        hinted(
            r"(?i)(?P<naive>na[iï](?:f|ve)s?)\s*\((?:jamais|aucun)[^,()]{2,30}(?:,\s*ou\b|\s+ou\b)\s*(?P<late>[^()]+)\)"
        ),
        r"\g<naive> ou \g<late>",
    ),
    (hinted(r"(?i)\bchimio\(radio\)th[ée]rapie"), "chimiothérapie ou radiochimiothérapie"),
    (hinted(r"(?i)\bradio\(chimio\)th[ée]rapie"), "radiothérapie ou radiochimiothérapie"),
    (
        hinted(
            r"(?i)\b(?P<of>cancers?|tumeurs?|maladies?|n[ée]oplasies?) (?:faisant|qui fai(?:t|sait)) l'objet "
            r"d(?:e la |e l'|u |e "
            r"cette )(?:pr[ée]sente )?(?:recherche|[ée]tude|essai|protocole)"
        ),
        r"\g<of> actuel",
    ),
    (
        hinted(r"(?i)\b(?P<what>cancers?|tumeurs?) (?P<of>[\w-]{2,12}) en cours(?=\s*(?:$|[,;.)]))"),
        r"\g<what> actuel",
    ),
    (hinted(r"(?i)(?<=\w) [àa] ce stade(?=\s*(?:$|[,;.)]))"), " en situation avancée"),
    (hinted(r"(?i)\bdiagnostic initial\b"), "diagnostic"),
    (
        hinted(
            r"(?i)^(?P<head>(?!.*\b(?:trait|chimio|lignes?\b|re[çc]u|ant[ée]rieur|sauf))[^;:]*\b(?:IV|avanc[ée]e?s?|"
            r"m[ée]tastatiques?)),? (?:hors|sans) (?:chirurgie|RT|radioth[ée]rapie|r[ée]section)"
            r"(?:(?: ?/ ?| ou | et )(?:RT|radioth[ée]rapie|chirurgie))?(?: [àa] vis[ée]e)? curati(?:ve|f)s?\s*:?$"
        ),
        r"\g<head>, non accessible à un traitement curatif",
    ),
    (
        hinted(r"(?i)\bhors de port[ée]e (?:d'une? |de la )(?:chirurgie|r[ée]section|ex[ée]r[èe]se)\b"),
        "non résécable",
    ),
    (hinted(r"(?i)\b(?:m[ée]tastases?|m[ée]tas?) os\b"), "métastases osseuses"),
    (
        hinted(
            r"(?i)(?:pas|absence|sans|aucune?)(?: d(?:e\s|['’]))?\s?"
            r"(?:envahissement|atteinte|m[ée]tastase|extension|invasion)s? (?:ganglionnaires?|nodale?s?)"
            r"(?P<how>(?:,? ?(?:ou|ni|et|/)? ?(?:cliniques?|pathologiques?|histologiques?|radiologiques?|"
            r"\([cp]?N(?:1mi|[1-3+])[^()]*\)))+)(?=\s*(?:$|[,;.(]))"
        ),
        "N0",
    ),
    (
        hinted(r"(?i)\b(?:r[ée]cidivante?|en (?:rechute|r[ée]cidive))s? (?:ou|et/ou) (?:progressive|[ée]volutive)s?\b"),
        "en récidive ou en progression",
    ),
    (hinted(r"(?i)\b(?:gr(?:ade)?s?\.?) ?(?P<low>[1-3])-(?P<high>[1-3][ab]?)\b"), r"grade \g<low> à \g<high>"),
    (hinted(r"(?i)(?<=, )(?=(?:≥|>=?|≤|<=?) ?(?:1[6-9]|[2-9]\d) ans\s*(?:$|[,;)]))"), "âge "),
    (
        hinted(
            r"(?i)\bgreffes? (?:de )?moelle(?: osseuse)?(?: ?/ ?| ou | et | et/ou )(?:de )?cellules souches"
            r"(?: h[ée]matopo[ïi][ée]tiques)?"
        ),
        "greffe de cellules souches",
    ),
    (
        hinted(
            r"(?i)\b(?:transplantation|greffe)s? d['’]organes?(?: solides?)? ou (?:de |"
            r"d['’]une )?greffe (?=de cellules souches)"
        ),
        "greffe d'organe ou ",
    ),
    (
        hinted(
            r"(?i)\b(?:primitif|tumeur primitive|cancer d['’]origine|d['’]origine) (?=(?:digesti|gastro-?intestin)\w+)"
        ),
        "cancer ",
    ),
    (
        hinted(
            r"(?i)(?<=castration) et (?:en )?progressi(?:f|ve)s?\b|(?<=m[ée]tastatique) progressi(?:f|"
            r"ve)\b|(?<=avancée) progressive\b"
        ),
        " en progression",
    ),
    (
        hinted(
            r"(?i),? dont (?:la tumeur|le cancer|la maladie|le tissu tumoral) (?:porte|pr[ée]sente|"
            r"comporte|h[ée]berge) "
            r"(?=une? |des |la |le |l['’])"
        ),
        " avec ",
    ),
    (
        hinted(
            r"(?i),? dont (?:la tumeur|le cancer|la maladie|le tissu tumoral) exprime (?:le |la |l['’]|les )?(?=[A-Z])"
        ),
        " avec expression de ",
    ),
    (hinted(r"(?i)(?<=, )na[iï](?:f|ve)s?(?=\s*(?:$|[,;)]))"), "jamais traité"),
    (
        hinted(
            r"(?i)(?<=\w),? (?:chez|pour) une? (?:patiente?|adulte|sujet|participante?)"
            r"(?: [âa]g[ée]e?s?)? (?=(?:d['’]au moins|de(?: plus de| moins de)?) \d\d ans\b)"
        ),
        ", âgé ",
    ),
    (
        hinted(
            r"(?i)(?<=\w) (?:±|\+/-|avec ou sans|with or without) [\w-]+"
            r"(?= (?:ant[ée]rieure?s?|pr[ée]alables?|d[ée]j[àa] re[çc]ue?s?|prior)\b)"
        ),
        "",
    ),
    (hinted(r"(?i)\btou(?:te)?s les (?:nodules|l[ée]sions|localisations)(?= r[ée]s[ée]cables)"), "maladie"),
    (hinted(r"(?i),? dont le (?:site )?primitif est (?P<sites>[^().;]+)$"), r" (\g<sites>)"),
)
"""Telegraphic forms that a vocabulary knows in full."""
_BY_RULE = (
    "aasld easl esmo inca oms who ajcc uicc figo tnm recist rano imwg iwcll lugano siop avis rcp labo local locale "
    "centralise centralisee reseau netsarc rrep rythmic tuthyref renaten endocan"
)
_BY_MEANS = (
    "scinti germinal germinale somatique constitutionnel constitutionnelle connu connue suspecte suspectee "
    "scanner irm tdm tep pet ihc scintigraphie biopsie histologie cytologie imagerie anapath ct mri clinicien "
    "investigateur investigator chirurgien oncologue"
)
_RULES = frozenset(f"{_BY_RULE} {_BY_MEANS}".split())
_LIMIT = re.compile(r"[<>≥≤=%]|\d\s?(?:ans|mois|jours|semaines|j|cm|mm|gy)\b")
_BRACKET = hinted(r"\s\((?P<inner>[^()]{3,})\)(?!\w)")


def plainer(text: str, *, demand: bool = False) -> str:
    """The text without such words; the text itself where there are none."""
    text = said_once(text)
    for pattern, words in (*TOLD_IN_PASSING, *_WRITTEN_OUT):
        text = pattern.sub(words, text)
    folded = plain(text)
    dropped = (*_DROPPED, *_ONLY_OF_DEMANDS) if demand else _DROPPED
    cuts = [match.span() for pattern in dropped for match in pattern.finditer(folded)]
    cuts += asides_of(folded)
    cuts += [(match.end("no"), match.end()) for match in _DENIED.finditer(folded)]
    cuts += [match.span() for match in _BRACKET.finditer(folded) if _says_nothing(match["inner"])]
    return re.sub(r"\s+", " ", _without(text, cuts)).strip(" ,") if cuts else text


def _without(text: str, cuts: list[tuple[int, int]]) -> str:
    kept, position = "", 0
    for start, end in sorted(cuts):
        if start >= position:
            kept += text[position:start]
        position = max(position, end)
    return kept + text[position:]


def _says_nothing(inner: str) -> bool:
    """Whether a bracket only names rules, means and who judges; a limit (« ≥ 18 ans ») says something."""
    if _LIMIT.search(inner):
        return False
    passed = neutral_spans(inner)
    words = [one for one in tokens(inner) if not any(start <= one.start < end for start, end in passed)]
    return all(one.word in NEUTRAL or one.word in _RULES or one.word.isdigit() for one in words)
