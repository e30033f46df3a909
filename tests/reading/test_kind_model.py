"""The classifier of unread sentences: kinds of sentences that are not in its training data, and its scoring."""

from collections.abc import Sequence

import numpy as np
import pytest
from sklearn.pipeline import Pipeline

from rules.kinds import KEY_KINDS, Kind
from rules.reading.clause import plain
from rules.reading.kind_model import PART, WORD, _weights, chances_of, kind_of, model_words
from scripts.train_kinds import WEIGHTS, dated, decided, pipeline, training_rows

ROWS: list[tuple[str, Kind]] = [
    ("Cancer du sein ou de l'ovaire", Kind.ORGAN),
    ("Tumeur primitive de l'estomac", Kind.ORGAN),
    ("Primary tumour of the pancreas", Kind.ORGAN),
    ("Adénocarcinome ou carcinome épidermoïde prouvé", Kind.HISTOLOGY),
    ("Lymphome du manteau ou LLC", Kind.HISTOLOGY),
    ("Contingent sarcomatoide ou petites cellules", Kind.HISTOLOGY),
    ("Histologically confirmed urothelial carcinoma", Kind.HISTOLOGY),
    ("Grade 3 histologique", Kind.HISTOLOGY),
    ("Stade IIB à IIIC (8e éd.)", Kind.STAGE),
    ("cT2-T4 N1-2", Kind.STAGE),
    ("FIGO stage II to IVA", Kind.STAGE),
    ("Maladie métastatique non résécable", Kind.EXTENT),
    ("Rechute après rémission complète", Kind.EXTENT),
    ("MRD positive après l'induction", Kind.EXTENT),
    ("Résistant à la castration", Kind.EXTENT),
    ("Locally advanced disease that cannot be resected", Kind.EXTENT),
    ("Myélome en rechute et/ou réfractaire", Kind.EXTENT),
    ("Carcinose péritonéale diffuse", Kind.EXTENT),
    ("Au moins 2 lignes antérieures", Kind.LINE),
    ("3e ligne métastatique", Kind.LINE),
    ("No more than three lines of treatment", Kind.LINE),
    ("Jamais traité par nivolumab", Kind.PRIOR_TREATMENT),
    ("Traitement antérieur par anti-CTLA-4 ou anti-PD-L1", Kind.PRIOR_TREATMENT),
    ("Radiothérapie pulmonaire antérieure", Kind.PRIOR_TREATMENT),
    ("Rechute platine-sensible (> 6 mois)", Kind.PRIOR_TREATMENT),
    ("A épuisé les traitements standards", Kind.PRIOR_TREATMENT),
    ("Previously treated with a PARP inhibitor", Kind.PRIOR_TREATMENT),
    ("Progression sous ITK de 2e génération", Kind.PRIOR_TREATMENT),
    ("Mutation BRAF V600E ou fusion NTRK", Kind.BIOMARKER),
    ("HER2 3+ en IHC", Kind.BIOMARKER),
    ("PD-L1 CPS >= 5", Kind.BIOMARKER),
    ("Tumours harbouring an FGFR3 mutation", Kind.BIOMARKER),
    ("Âge compris entre 18 et 79 ans révolus", Kind.AGE),
    ("At least 16 years of age", Kind.AGE),
    ("Participantes de sexe féminin", Kind.SEX),
    ("Female or male", Kind.SEX),
    ("OMS 0 à 1", Kind.ECOG),
    ("Karnofsky performance status above 60", Kind.ECOG),
    ("Métastases cérébrales symptomatiques non traitées", Kind.BRAIN_METASTASES),
    ("Lymphome : localisation au SNC", Kind.BRAIN_METASTASES),
    ("Leptomeningeal carcinomatosis", Kind.BRAIN_METASTASES),
    ("Autre cancer traité dans les 2 ans", Kind.OTHER_CANCER),
    ("History of another malignancy in the last 3 years", Kind.OTHER_CANCER),
    ("Maladie auto-immune sous immunosuppresseurs", Kind.COMORBIDITY),
    ("Corticothérapie > 10 mg/j", Kind.COMORBIDITY),
    ("Inhibiteur puissant du CYP2C8", Kind.COMORBIDITY),
    ("Cardiopathie instable ou infarctus récent", Kind.COMORBIDITY),
    ("Known HIV or active hepatitis C", Kind.COMORBIDITY),
    ("Non eligible au cisplatine", Kind.COMORBIDITY),
    ("Plaquettes >= 80 G/L et Hb >= 8,5 g/dL", Kind.LABS),
    ("Fonctions rénale et hépatique correctes", Kind.LABS),
    ("Creatinine clearance above 40 mL/min", Kind.LABS),
    ("FEVG >= 55 %", Kind.LABS),
    ("Lésion mesurable en TDM selon RECIST", Kind.MEASURABLE),
    ("At least two measurable lesions", Kind.MEASURABLE),
    ("Radiothérapie < 2 semaines avant C1J1", Kind.WASHOUT),
    ("Toxicités des tt antérieurs > grade 1 non résolues", Kind.WASHOUT),
    ("Chirurgie majeure dans les 3 semaines", Kind.WASHOUT),
    ("Chemotherapy within 28 days", Kind.WASHOUT),
    ("Consentement signé par le patient", Kind.CONSENT),
    ("Sous curatelle ou tutelle", Kind.CONSENT),
    ("Contraception fiable chez la femme en âge de procréer", Kind.CONTRACEPTION),
    ("Breastfeeding or pregnant", Kind.CONTRACEPTION),
    ("Bloc de tumeur archivé ou nouvelle biopsie", Kind.OTHER),
    ("Capable d'avaler des gélules entières", Kind.OTHER),
    ("Candidat à un traitement par pembrolizumab", Kind.OTHER),
    ("Espérance de vie d'au moins 4 mois", Kind.OTHER),
    ("Vaccin vivant atténué < 30 jours", Kind.OTHER),
    ("Participation à un autre essai clinique", Kind.OTHER),
    ("Femme ménopausée depuis plus d'un an", Kind.OTHER),
    ("Able to complete the questionnaires in French", Kind.OTHER),
]


@pytest.mark.parametrize(("sentence", "kind"), ROWS)
def test_kinds_of_unseen_sentences(sentence: str, kind: Kind) -> None:
    assert kind_of(plain(sentence))[0] is kind


def test_the_table_is_not_training_data() -> None:
    seen = {" ".join(model_words(row["text"])) for row in training_rows()}
    assert [sentence for sentence, _ in ROWS if " ".join(model_words(sentence)) in seen] == []


def test_status_is_never_told() -> None:
    """It is of the trial, never of a sentence."""
    assert Kind.STATUS not in _weights().kinds
    assert set(_weights().kinds) == set(Kind) - {Kind.STATUS}


@pytest.mark.parametrize("words", ["", "   ", "%", "xqzwk", "< 28", "œdème ≥ 2"])
def test_any_words_have_a_kind(words: str) -> None:
    kind, sure = kind_of(words)
    assert kind in _weights().kinds
    assert 0.5 <= sure <= 1.0
    assert chances_of(words).sum() == pytest.approx(1.0)


def test_spellings_of_one_word_are_one() -> None:
    assert model_words("Métastases ≥ 14 Cérébrales") == model_words("metastase >= 21 cerebrale")


def test_the_side_is_decided_before_the_kind() -> None:
    for sentence, _ in ROWS:
        kind, sure = kind_of(plain(sentence))
        key = chances_of(plain(sentence))[_weights().key].sum()
        assert (kind in KEY_KINDS) is bool(key >= 0.5)
        assert sure == pytest.approx(max(key, 1 - key))


def test_scoring_is_that_of_scikit_learn() -> None:
    """A pipeline of scikit-learn with the packaged features and weights gives the same probabilities and kinds."""
    texts = [row["text"] for row in training_rows()]
    model = _of_scikit_learn(texts)
    ours = np.array([chances_of(text) for text in texts])
    assert np.abs(model.predict_proba(texts) - ours).max() < 1e-9
    assert decided(model, texts) == [kind_of(text)[0].value for text in texts]


def _of_scikit_learn(texts: Sequence[str]) -> Pipeline:
    weights = _weights()
    names = [name for (_, name), _ in sorted(weights.index.items(), key=lambda item: item[1])]
    pieces = [name for sort, name in weights.index if sort == PART]
    model = pipeline({PART: names[: len(pieces)], WORD: names[len(pieces) :]})
    model["features"].fit(texts)
    regression = model["regression"]
    regression.classes_ = np.array([kind.value for kind in weights.kinds])
    regression.coef_, regression.intercept_ = weights.rows.T, weights.bias
    return model


def test_the_packaged_weights_are_of_these_data() -> None:
    rows = training_rows()
    head = WEIGHTS.read_text(encoding="utf-8").splitlines()[1]
    assert f"the {len(rows)} sentences" in head
    assert str(dated()) in head
    assert sum(kind_of(row["text"])[0].value == row["kind"] for row in rows) > 0.98 * len(rows)


def test_the_training_data_are_sound() -> None:
    rows = training_rows()
    kind_of_group: dict[str, str] = {}
    assert len(rows) >= 1600
    assert len({row["text"].casefold() for row in rows}) == len(rows)
    for row in rows:
        assert Kind(row["kind"]) is not Kind.STATUS, row
        assert row["lang"] in {"fr", "en"}, row
        assert row["polarity"] in {"inclusion", "exclusion"}, row
        assert kind_of_group.setdefault(row["group"], row["kind"]) == row["kind"], row
