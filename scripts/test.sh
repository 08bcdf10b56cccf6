#!/bin/bash
# Runs the tests of both environments. Arguments go to pytest; then only the root tests run.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -gt 0 ]; then
    exec .venv/bin/python -m pytest "$@"
fi

status=0
if [ -d tests/nlu ]; then
    echo "— nlu/ (Python 3.10)"
    # This environment has none of the root's plug-ins, so the root settings stay outside.
    nlu/.venv/bin/python -m pytest -c nlu/pytest.ini --rootdir . --confcutdir tests/nlu \
        -p no:cacheprovider tests/nlu || status=$?
fi
echo "— bot/ and actions/"
.venv/bin/python -m pytest || status=$?
exit "$status"
