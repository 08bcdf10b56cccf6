#!/bin/bash
# Runs the tests of both environments. Arguments go to pytest; then only the root tests run, in one
# process unless the arguments say otherwise (-n 2).
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -gt 0 ]; then
    exec .venv/bin/python -m pytest "$@"
fi

# Two workers where there are two cores; TEST_WORKERS says otherwise, and 0 is one process.
cores=$(getconf _NPROCESSORS_ONLN)
workers=${TEST_WORKERS:-$((cores < 2 ? cores : 2))}

status=0
if compgen -G 'tests/nlu/test_*.py' >/dev/null; then
    echo "— nlu/ (Python 3.10)"
    # That environment has none of the plug-ins the root's settings and fixtures ask for.
    nlu/.venv/bin/python -m pytest -c /dev/null --rootdir . --confcutdir tests/nlu \
        --import-mode importlib -p no:cacheprovider -o pythonpath=. tests/nlu || status=$?
fi
echo "— bot/ and actions/"
# Each worker begins with a stretch of files and takes half of another's rest when it has run out:
# no long file is left to the end, and few are split.
.venv/bin/python -m pytest --numprocesses "$workers" --dist worksteal || status=$?
exit "$status"
