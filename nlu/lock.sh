#!/bin/sh
# Rewrites requirements.lock from pyproject.toml: every version and hash, no index address.
set -eu
cd "$(dirname "$0")/.."
uv pip compile nlu/pyproject.toml --project nlu --universal --python-version 3.10 --generate-hashes \
    --no-header --no-emit-index-url --no-emit-find-links \
    --output-file nlu/requirements.lock "$@" >/dev/null
