# The service as an image. It was built by nobody here yet: no container engine runs where it was written. To keep it
# true all the same, each installing step is one that `make test` runs too (tests/house/test_house.py compares them).
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY requirements/build.txt requirements/runtime.txt requirements/
RUN python -m venv /opt/build && /opt/build/bin/pip install --require-hashes -r requirements/build.txt
RUN python -m venv /opt/trialmatch && /opt/trialmatch/bin/pip install --require-hashes -r requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY rules rules
COPY connectors connectors
COPY trialmatch trialmatch
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir dist .
RUN /opt/trialmatch/bin/pip install --no-deps dist/*.whl

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --home-dir /var/lib/trialmatch trialmatch \
    && install -d -o trialmatch -g trialmatch /var/lib/trialmatch
COPY --from=build /opt/trialmatch /opt/trialmatch
ENV PATH=/opt/trialmatch/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    TRIALMATCH_DATABASE_URL=sqlite:////var/lib/trialmatch/trialmatch.db
USER trialmatch
WORKDIR /var/lib/trialmatch
VOLUME /var/lib/trialmatch
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# Outside loopback the service asks for its shared secret (TRIALMATCH_SECRET): give it with `docker run --env-file`.
CMD ["trialmatch", "serve", "--host", "0.0.0.0", "--port", "8000"]
