#!/bin/bash
# Runs the tests of both environments. Arguments go to pytest; then only the root tests run.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -gt 0 ]; then
    exec .venv/bin/python -m pytest "$@"
fi

status=0
if compgen -G 'tests/nlu/test_*.py' >/dev/null; then
    echo "— nlu/ (Python 3.10)"
    # That environment has none of the plug-ins the root's settings and fixtures ask for.
    nlu/.venv/bin/python -m pytest -c /dev/null --rootdir . --confcutdir tests/nlu \
        --import-mode importlib -p no:cacheprovider -o pythonpath=. tests/nlu || status=$?
fi
echo "— bot/ and actions/"
.venv/bin/python -m pytest || status=$?
exit "$status"
