"""`python -m nlu.evaluation.lint`: a table of the classes, then what is wrong with the data.

The limits stand in `limits.yml`. Rows used for measuring are named by file and line only. The exit
code is 1 when anything was found.
"""

from __future__ import annotations

import argparse
from typing import Optional, Sequence

from nlu import quiet


def main(arguments: Optional[Sequence[str]] = None) -> int:
    parser = argparse.ArgumentParser(prog="nlu.evaluation.lint", description=__doc__)
    parser.add_argument("--no-table", action="store_true", help="only what is wrong")
    options = parser.parse_args(arguments)
    quiet.settle()
    from nlu.evaluation.lint.findings import everything  # after settling
    from nlu.evaluation.lint.variety import classes, table
    from nlu.evaluation.lint.written import read_examples

    examples = read_examples()
    counted = classes(examples)
    if not options.no_table:
        print("\n".join(table(counted)))
    found = everything(examples, counted)
    for each in found:
        print(f"{each.kind}: {each.what}")
    print(f"{len(examples)} examples, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
