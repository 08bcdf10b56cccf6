#!/bin/sh
# Remakes the locks from the pyproject files: exact versions, hashes, and no index address.
# `scripts/lock.sh --upgrade` also moves to the newest versions allowed.
set -eu
cd "$(dirname "$0")/.."
uv=$(python3 -c 'import sys; sys.path.insert(0, "scripts"); import toolchain; print(toolchain.find_uv())' | tail -1)

compile() { # <output> <arguments...>
    output=$1
    shift
    "$uv" pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links --output-file "$output" "$@" >/dev/null
    echo "$output: $(grep -c == "$output") packages"
}

compile requirements.lock --python-version 3.11 pyproject.toml "$@"
compile requirements-dev.lock --python-version 3.11 --constraint requirements.lock \
    --group pyproject.toml:dev pyproject.toml "$@"
echo uv | compile scripts/uv.lock.txt --python-version 3.9 - "$@"
[ ! -x nlu/lock.sh ] || nlu/lock.sh "$@"
