"""Words of extent and stage that no form tells are for screening, those that a board knows are asked."""

import pytest

from rules.kinds import KEY_KINDS
from rules.reading.clause import plain
from rules.reading.kinds import guess_kind

FOR_SCREENING = (
    "Tumeur de plus de 6 cm",
    "Extension extra-capsulaire ou adénopathie fixée",
    "Emboles vasculaires ou engainement périnerveux",
    "Risque élevé de récidive selon le score du protocole",
    "Épanchement péricardique réfractaire",
    "Ascite récidivante nécessitant des ponctions",
    "Tout autre stade que ceux mentionnés",
    "Maladie résiduelle après traitement néoadjuvant",
)
ASKED = (
    "Tumeur localement avancée de siège atypique",
    "Stade inférieur à III",
    "Maladie métastatique d'évolution lente",
    "Maladie en rechute après une phase de rémission",
)


@pytest.mark.parametrize("words", FOR_SCREENING)
def test_what_no_form_tells_is_for_screening(words: str) -> None:
    assert guess_kind(plain(words)) not in KEY_KINDS


@pytest.mark.parametrize("words", ASKED)
def test_what_a_board_knows_is_asked(words: str) -> None:
    assert guess_kind(plain(words)) in KEY_KINDS
