"""`python -m nlu.evaluation.experiments.pipeline [NAME …]`: which reading finds leaves best.

Each is cross-validated on the training examples with near-copies on one side, then tried on the
development messages. Prints a Markdown table; takes some minutes of one core. The frozen set has
no part in the choice.
"""

from __future__ import annotations

import argparse
from typing import Optional, Sequence

from nlu import quiet


def main(arguments: Optional[Sequence[str]] = None) -> None:
    parser = argparse.ArgumentParser(
        prog="nlu.evaluation.experiments.pipeline", description=__doc__
    )
    parser.add_argument("names", nargs="*", help="only these readings")
    options = parser.parse_args(arguments)
    quiet.settle()
    from nlu.evaluation.experiments.comparison import Comparison, table  # after settling
    from nlu.evaluation.experiments.readings import readings
    from nlu.evaluation.lint.written import read_examples
    from nlu.evaluation.page.material import of_leaves, probe
    from nlu.evaluation.page.survey import open_rows

    known = readings()
    wanted = {name: known[name] for name in options.names or known}
    comparison = Comparison(of_leaves(read_examples()), probe(open_rows()))
    for line in table(comparison, wanted):
        print(line, flush=True)


if __name__ == "__main__":
    main()
