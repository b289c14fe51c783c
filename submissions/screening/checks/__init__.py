"""The checks: pure functions over (draft, house policy). They inform; they decide nothing."""

import logging
from collections.abc import Callable

from submissions.models import HousePolicy, Noticed, Severity
from submissions.screening.checks.cadence import cadence
from submissions.screening.checks.capitals import capitals
from submissions.screening.checks.characters import invisible, mixed_script
from submissions.screening.checks.duplicate import duplicate
from submissions.screening.checks.exclusivity import not_exclusive
from submissions.screening.checks.files import files
from submissions.screening.checks.identity import identity
from submissions.screening.checks.length import words
from submissions.screening.checks.links import links
from submissions.screening.checks.safety import SAFETY, self_harm, threat
from submissions.screening.checks.several_papers import several_papers
from submissions.screening.draft import Draft

__all__ = ["CHECKS", "FAILED", "RULES", "SAFETY", "run"]

logger = logging.getLogger(__name__)

Check = Callable[[Draft, HousePolicy], list[Noticed]]

CHECKS: dict[str, Check] = {
    "self_harm": self_harm,
    "threat": threat,
    "words": words,
    "cadence": cadence,
    "identity": identity,
    "not_exclusive": not_exclusive,
    "several_papers": several_papers,
    "duplicate": duplicate,
    "links": links,
    "files": files,
    "capitals": capitals,
    "mixed_script": mixed_script,
    "invisible": invisible,
}
"""Every check under the name of its rule, the gravest first."""

FAILED = "screening_failed"
"""The rule of the finding that a check left behind when it failed itself."""

RULES = frozenset({*CHECKS, FAILED})


def run(draft: Draft, policy: HousePolicy) -> list[Noticed]:
    """Return what every check noticed. One that fails leaves a finding that says so, and the others go on."""
    noticed: list[Noticed] = []
    for rule, check in CHECKS.items():
        try:
            noticed += check(draft, policy)
        except Exception as error:  # whatever a strange text does to one check, an editor still gets the text
            logger.exception("the check %s failed", rule)
            noticed.append(failed(rule, error))
    return noticed


def failed(rule: str, error: Exception) -> Noticed:
    """Return the finding that says that a check, or all of them, could not be made."""
    what = f"The check “{rule}”" if rule else "The checks"
    return Noticed(
        rule=FAILED,
        severity=Severity.WARN,
        message=f"{what} could not be made. Please look with your own eyes.",
        data={"check": rule, "error": type(error).__name__},
    )
