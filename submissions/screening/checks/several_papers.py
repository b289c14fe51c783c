"""One letter for many papers."""

import re
from dataclasses import replace

from submissions.models import HousePolicy, Noticed
from submissions.screening.draft import WORDS_AT_MOST, Draft, notice

OPENING = 400
"""Characters in which a salutation stands."""
RECIPIENTS = 5
"""So many other recipients are a mailing, whoever they are."""

_SALUTATION = re.compile(r"^[ \t]*(?:dear|to|editors?)\b[ \t:,]*([^\n:!?]{2,200})", re.IGNORECASE | re.MULTILINE)
_PAPERS_AT_LARGE = re.compile(
    r"\b(?:all|various|several|other|many)\s+(?:\w+\s+)?(?:newspapers|papers|publications)\b", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?:[,;&/]|\b(?:and|the|editors?|of|at|for)\b)\s*", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w'\u2019-]*(?:[ \t]+[A-Z][\w'\u2019-]*){0,4}\.?")
_PAPER = re.compile(
    r"(?:^|.*[\s-])(?:Advertiser|Advocate|Argus|Bee|Boomerang|Bulletin|Chronicle|Clarion|Courier|Daily|Democrat|Dispatch"
    r"|Eagle|Enterprise|Examiner|Express|Free Press|Gazette|Globe|Guardian|Herald|Independent|Inquirer|Journal|Ledger"
    r"|Mail|Mercury|Messenger|Mirror|Monitor|News|Observer|Post|Press|Record|Register|Reporter|Republican|Review"
    r"|Roundup|Sentinel|Star|Sun|Telegraph|Telegram|Times|Tribune|Union|Voice|World)\.?"
)
_NEWSROOM = re.compile(
    r"(?:letters?|editors?|editorial|edit|opinions?|op-?eds?|news(?:room|desk)?|viewpoints?|forum|voices)",
    re.IGNORECASE,
)


def several_papers(draft: Draft, policy: HousePolicy) -> list[Noticed]:
    """Notice a salutation to another paper or to several, and mail that went to other newsrooms or many people too."""
    return _salutation(draft) or _recipients(draft)


def _salutation(draft: Draft) -> list[Noticed]:
    for match in _SALUTATION.finditer(draft.body, 0, min(OPENING, len(draft.body))):
        papers = _papers_in(match[1])
        at_large = _PAPERS_AT_LARGE.search(match[1])
        if not at_large and all(_is_ours(paper, draft.paper) for paper in papers):
            continue
        several = at_large or len(papers) > 1
        message = "Addressed to several papers" if several else "Addressed to another paper"
        return [notice("several_papers", message, span=match.span(), body=draft.body)]
    return []


def _papers_in(salutation: str) -> list[str]:
    """Return the names of newspapers at the head of a salutation; where running text begins, they end."""
    papers = []
    for piece in filter(None, _BETWEEN.split(salutation.strip())):
        if not _NAME.fullmatch(piece):
            break
        if _PAPER.fullmatch(piece):
            papers.append(piece)
    return papers


def _is_ours(name: str, paper: str) -> bool:
    """Whether a name is ours or short for ours: Star, for the Wyoming Star."""
    words, ours = (set(re.findall(r"\w+", text.casefold())) for text in (name, paper))
    return words <= ours


def _recipients(draft: Draft) -> list[Noticed]:
    newsrooms = [address for address in draft.also_to if _NEWSROOM.fullmatch(address.partition("@")[0])]
    if newsrooms:
        found = notice("several_papers", "Sent to another newsroom too", count=len(newsrooms))
        return [replace(found, words=newsrooms[0][:WORDS_AT_MOST])]
    if len(draft.also_to) >= RECIPIENTS:
        return [notice("several_papers", f"Sent to {len(draft.also_to)} others too", count=len(draft.also_to))]
    return []
