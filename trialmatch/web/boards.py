"""The pages `/session` (the cases of a board, one after the other) and `/suivi` (what became of the propositions)."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from rules.organs import ORGANS
from trialmatch.decisions.words import ONLY_NOT_INCLUDED, REASON_WORDS
from trialmatch.web.templating import REVALIDATE, template

ROLES = (
    ("doctor", "médecin"),
    ("coordinator", "coordination de la RCP"),
    ("nurse", "infirmier"),
    ("cra", "ARC ou TEC"),
    ("investigator", "investigateur"),
    ("secretary", "secrétariat"),
)
"""Code and words of those who act; a host application may have others."""


def boards_router(*, demo: bool) -> APIRouter:
    """Both pages, rendered once; nothing in them is of a case."""
    router = APIRouter(tags=["page"], include_in_schema=False)
    session = template("session.html").render(roles=ROLES, demo=demo)
    followed = template("suivi.html").render(
        roles=ROLES,
        organs=organ_options(),
        reasons=[(reason, words, reason in ONLY_NOT_INCLUDED) for reason, words in REASON_WORDS.items()],
    )

    @router.get("/session", response_class=HTMLResponse)
    def show_session() -> HTMLResponse:
        return HTMLResponse(session, headers=REVALIDATE)

    @router.get("/suivi", response_class=HTMLResponse)
    def show_followed() -> HTMLResponse:
        return HTMLResponse(followed, headers=REVALIDATE)

    return router


def organ_options() -> list[tuple[str, str]]:
    """Code and label of the organs, by label."""
    named = ((one.id, one.label_fr) for one in ORGANS.concepts.values() if one.parents)
    return sorted(named, key=lambda option: option[1])
