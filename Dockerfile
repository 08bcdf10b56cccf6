# The gateway and the action server: one image, two commands. Rasa has its own (nlu/Dockerfile).
#   docker build -t linli .
FROM python:3.12-slim AS packages
ENV UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY scripts/uv.lock.txt requirements.lock /build/
RUN pip install --quiet --require-hashes -r /build/uv.lock.txt \
    && uv venv --quiet --python /usr/local/bin/python /venv \
    && uv pip sync --quiet --no-cache --python /venv/bin/python --require-hashes /build/requirements.lock

FROM python:3.12-slim
RUN groupadd --system --gid 10001 linli \
    && useradd --system --uid 10001 --gid linli --no-create-home --shell /usr/sbin/nologin linli \
    && install --directory --owner=linli --group=linli --mode=0750 /var/lib/linli
COPY --from=packages /venv /venv
WORKDIR /app
COPY actions actions
COPY bot bot
COPY config config
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LINLI_HOST=0.0.0.0 \
    LINLI_PORT=8080 \
    LINLI_DATA=/var/lib/linli
USER linli
VOLUME /var/lib/linli
EXPOSE 8080 5055
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/readyz', timeout=4)"]
CMD ["python", "-m", "bot", "gateway"]
