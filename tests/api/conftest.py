"""One service a module."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from tests.api.services import Service, running_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    key = SecretStr("kJ2mT0r7Yw5Qh8xZ1vB4nC6dF9gL3pS-uEaR_oIiWyM")
    with running_service(tmp_path_factory.mktemp("service"), session_key=key) as running:
        yield running
