"""`/demo`: a whole tumour-board form with the element beside it, and what it is made of."""

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from trialmatch.http.problems import problem_answers
from trialmatch.web.fiche.organ_forms import OrganForms, organ_forms
from trialmatch.web.fiche.words import Suggestions, suggestions
from trialmatch.web.templating import REVALIDATE, template

ESTABLISHMENTS = (
    ("590000188", "Centre Oscar Lambret", "Lille"),
    ("590796975", "CHU de Lille", "Lille"),
    ("800006124", "CHU Amiens-Picardie", "Amiens"),
    ("760000166", "Centre Henri Becquerel", "Rouen"),
    ("760000158", "CHU de Rouen", "Rouen"),
    ("140000555", "Centre François Baclesse", "Caen"),
    ("140000209", "CHU Caen Normandie", "Caen"),
)
"""Where the board of the demonstration may meet: FINESS ET, name, town (SAE 2023)."""

TREATMENT_TYPES = (
    "Chirurgie",
    "Radiothérapie",
    "Curiethérapie",
    "Chimiothérapie",
    "Thérapie ciblée",
    "Hormonothérapie",
    "Immunothérapie",
    "Radiologie interventionnelle",
    "Greffe de cellules souches",
    "Thérapie cellulaire",
    "Surveillance seule",
    "Surveillance active",
    "Fenêtre thérapeutique",
    "Soins de support",
    "Autre",
)
"""Of the national form's types of treatment (jdv-type-traitement-frcp), those that a proposition names."""


def fiche_router(*, demo: bool) -> APIRouter:
    """The page and its data. `demo`: the service has sample cases to offer."""
    router = APIRouter(tags=["page"])
    page = template("demo.html").render(demo=demo, establishments=ESTABLISHMENTS, types=TREATMENT_TYPES)

    @router.get("/demo", include_in_schema=False, response_class=HTMLResponse)
    def show_demo() -> HTMLResponse:
        return HTMLResponse(page, headers=REVALIDATE)

    @router.get(
        "/demo/forms",
        summary="Items de la fiche par organe · Items of the form by organ",
        responses=problem_answers(500),
    )
    def forms(response: Response) -> OrganForms:
        response.headers.update(REVALIDATE)
        return organ_forms()

    @router.get(
        "/demo/suggestions",
        summary="Vocabulaire proposé à la saisie · Vocabulary offered as one types",
        responses=problem_answers(500),
    )
    def words(response: Response) -> Suggestions:
        response.headers.update(REVALIDATE)
        return suggestions()

    return router
