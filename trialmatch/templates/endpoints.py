"""The spreadsheet that a StARCC officer fills in, to download."""

from collections.abc import Callable
from functools import cache

from fastapi import APIRouter, Response

from connectors.spreadsheet.write import template_csv, template_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def template_router() -> APIRouter:
    """`GET /v1/template.xlsx` and `GET /v1/template.csv`: the same for everybody, and nobody's."""
    router = APIRouter(prefix="/v1/template", tags=["catalogue"])

    @router.get(
        ".xlsx",
        summary="Modèle de tableur à remplir · Spreadsheet to fill in",
        response_class=Response,
        responses={200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}},
    )
    def as_workbook() -> Response:
        return _file(_once(template_xlsx), XLSX, "modele-essais.xlsx")

    @router.get(
        ".csv",
        summary="Modèle à plat à remplir · Flat table to fill in",
        response_class=Response,
        responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    )
    def as_table() -> Response:
        return _file(_once(template_csv), CSV, "modele-essais.csv")

    return router


@cache
def _once(made: Callable[[], bytes]) -> bytes:
    return made()


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
