"""The web component as it is served: under a name that stays, under one that changes with it, and its SRI hash."""

import base64
import hashlib
from dataclasses import dataclass

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from trialmatch import ENGINE_VERSION
from trialmatch.http.problems import ProblemError, problem_answers
from trialmatch.web.bundle import BUNDLE

MEDIA_TYPE = "text/javascript; charset=utf-8"
FOR_ANY_PAGE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
"""The file is public and says nothing: any page may load it, also with an integrity hash (which needs CORS)."""
NAME = "trialmatch-propositions"
MARK_LENGTH = 12


class Integrity(BaseModel):
    """What a page writes in its `<script>`: the file, and the hash that the browser checks."""

    version: str = Field(examples=["0.1.0"])
    address: str = Field(description="Stable: always the file of this version of the service.")
    versioned_address: str = Field(description="Holds a mark of its content: another file has another address.")
    integrity: str = Field(description="For the attribute `integrity` (SRI).", examples=["sha384-…"])
    bytes: int


@dataclass(frozen=True, slots=True)
class ElementFile:
    """The file, its hashes worked out once."""

    content: bytes
    mark: str
    integrity: str

    @staticmethod
    def read() -> "ElementFile":
        """The file that came with this version."""
        content = BUNDLE.read_bytes()
        digest = base64.b64encode(hashlib.sha384(content).digest()).decode()
        return ElementFile(content, hashlib.sha256(content).hexdigest()[:MARK_LENGTH], f"sha384-{digest}")

    def told(self) -> Integrity:
        """For those who embed it."""
        return Integrity(
            version=ENGINE_VERSION,
            address=f"/element/{NAME}.js",
            versioned_address=f"/element/{NAME}-{self.mark}.js",
            integrity=self.integrity,
            bytes=len(self.content),
        )


def element_router(file: ElementFile) -> APIRouter:
    """The file under both names, and its hash."""
    router = APIRouter(prefix="/element", tags=["page"])

    @router.get(
        "/integrity.json", summary="Empreinte de l'élément (SRI) · Hash of the element", responses=problem_answers(500)
    )
    def integrity(response: Response) -> Integrity:
        response.headers.update({**FOR_ANY_PAGE, "Cache-Control": "no-cache"})
        return file.told()

    @router.get(f"/{NAME}.js", include_in_schema=False)
    def stable() -> Response:
        return _script(file, "no-cache")

    @router.get(f"/{NAME}-{{mark}}.js", include_in_schema=False, responses=problem_answers(404))
    def versioned(mark: str) -> Response:
        if mark != file.mark:
            raise ProblemError(404, f"This version serves another file: /element/{NAME}-{file.mark}.js.")
        return _script(file, "public, max-age=31536000, immutable")

    return router


def _script(file: ElementFile, caching: str) -> Response:
    headers = {**FOR_ANY_PAGE, "Cache-Control": caching, "ETag": f'"{file.mark}"'}
    return Response(file.content, media_type=MEDIA_TYPE, headers=headers)
