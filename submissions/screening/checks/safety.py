"""Words that may mean danger to somebody: a chief editor is told at once, whatever becomes of the text.

The patterns ask for a person who speaks and a person who is meant, because "I will kill the motion" and "nearly killed
myself laughing" are everyday words. What they find is a reason to look, not a verdict.
"""

import re

from submissions.models import HousePolicy, Noticed, Severity
from submissions.screening.draft import Draft, notice

SAFETY = frozenset({"threat", "self_harm"})
"""The rules that pin a submission."""
EACH_AT_MOST = 5

_WILL = (
    "I(?: will| shall|'ll|'m going to|'m gonna|'m about to|'m ready to| am going to| am about to| am ready to"
    "| plan to| intend to| want to| need to| have decided to| swear(?: to god)? I(?: will|'ll))"
    "(?: just| really| soon| now| all)?"
)
_SOMEBODY = "(?:you|he|she|they|you people|these people|those people)(?: all)?"
_THEIR = "(?:your|his|her|their)"
_KIN = "(?:famil(?:y|ies)|kids?|child(?:ren)?|wife|husband|sons?|daughters?|parents?|mother|father)"
_OFFICE = (
    "(?:mayor|judge|sheriff|governor|senator|council(?:man|woman|or| members?)?|editors?|reporters?|commissioners?"
    "|principal|teachers?|superintendent|president|neighbors?|man|woman|boss)"
)
_WHOM = (
    "(?:you|him|her|them|every(?:one|body| (?:last|single) one)"
    "|(?:all|each|both|one|some)(?: of)? (?:you|them|those|these)"
    f"|{_THEIR} (?:whole )?{_KIN}|(?:the|that|this|our|your) {_OFFICE})"
)
_DEADLY = "(?:kill|murder|shoot|stab|strangle|lynch|behead|hang|burn|bomb|poison|butcher|slaughter)"
# "I'll shoot you a quick email", "kill them with kindness"
_NOT_MEANT = (
    "(?! (?:with kindness"
    "|(?:an?|some|my|the) (?:\\w+ )?(?:e-?mail|note|line|message|text|question|look|smile|link|details|copy)))"
)
_NOT_DYING = "(?! (?:to|on|in|if|when|of|from|right|set|wrong|serious|certain))"  # you're dead right, dead set on it
_GUN = "(?:guns?|rifles?|shotgun|pistol|weapons?|ar-?15)"
_END = "(?:end|take) my (?:own )?life"
_NOT_ENDING = "(?!'s)(?! (?:for|in|into|back|with|to|among|as|seriously))"  # take my life in my hands, for granted


def _pattern(*phrases: str) -> re.Pattern[str]:
    """Compile phrases: any white space for a space, either apostrophe, whole words, either case."""
    text = "|".join(phrases).replace("'", "['\u2019]").replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{text})(?!\w)", re.IGNORECASE)


_THREAT = _pattern(
    f"{_WILL} {_DEADLY} {_WHOM}{_NOT_MEANT}",
    f"{_WILL} (?:beat|hurt|cut) {_WHOM} (?:up|down|badly|to death|so bad|to pieces)",
    f"{_WILL} (?:burn|blow|shoot) (?:down|up) (?:the|your|his|her|their|that|this|city|town)",
    f"{_WILL} (?:burn|blow|shoot) (?:the|your|his|her|their|that|this) (?:\\w+ ){{1,2}}(?:down|up)",
    f"{_SOMEBODY} (?:should|ought to|needs? to|must) be"
    " (?:shot(?! of)|lynched|strung up|gunned down|beheaded|hanged|put against (?:a|the) wall)",
    f"{_SOMEBODY} deserves? (?:to die|a bullet|to be (?:shot|killed|hanged|lynched))",
    f"a bullet (?:in|through|into) {_THEIR} (?:head|heads|skull|brain|face|back)",
    f"I know where {_SOMEBODY} (?:lives?|sleeps?|parks?)",
    f"{_THEIR} days are numbered",
    f"{_SOMEBODY}(?:'ll| will) (?:pay|answer) (?:for (?:this|it) )?with {_THEIR} (?:lives|life|blood)",
    f"(?:bring|bringing|come back with|coming back with) (?:a|my|the) {_GUN} to (?:the|your|his|that)",
    "there is a bomb (?:in|at|under|inside)",
    f"you(?:'re| are)(?: all)? (?:dead|going to die|gonna die){_NOT_DYING}",
)

_SELF_HARM = _pattern(
    f"{_WILL} (?:kill|hang|shoot|drown|harm|hurt|cut|poison) myself",
    f"{_WILL} {_END}{_NOT_ENDING}",
    f"{_WILL} (?:die by suicide|commit suicide|end it all|not be here (?:any\\s*more|much longer))",
    "(?:think|thinking|thought|thoughts) (?:about|of)"
    " (?:killing myself|suicide|ending it all|(?:ending|taking) my (?:own )?life)",
    "I(?:'m| am| feel| have been|'ve been) (?:so )?suicidal",
    "I (?:wish|wished) I (?:was|were) dead",
    "I (?:don't|do not|no longer) want to (?:live|be alive|go on living|wake up)"
    "(?=\\s*(?:[.,;!?\\n]|any\\s*more|any longer|$))",
    "(?:better off|happier)(?: for (?:everyone|everybody|them))? (?:without me|if I (?:was|were) (?:dead|gone))",
    "I have nothing (?:left )?to live for(?! in)",
    "(?:this is|consider this|call this) my suicide note",
)


def threat(draft: Draft, policy: HousePolicy) -> list[Noticed]:
    """Notice words that threaten somebody with violence."""
    return _noticed("threat", "These words may be a threat. A chief editor has been told", _THREAT, draft)


def self_harm(draft: Draft, policy: HousePolicy) -> list[Noticed]:
    """Notice words of a writer who may harm themselves."""
    return _noticed("self_harm", "The writer may be in danger. A chief editor has been told", _SELF_HARM, draft)


def _noticed(rule: str, message: str, pattern: re.Pattern[str], draft: Draft) -> list[Noticed]:
    found = [match.span() for match in pattern.finditer(draft.body)]
    noticed = [
        notice(rule, message, severity=Severity.STOP, span=span, body=draft.body) for span in found[:EACH_AT_MOST]
    ]
    if not noticed and (match := pattern.search(draft.headline)):
        noticed = [Noticed(rule=rule, severity=Severity.STOP, message=message, words=match[0], data={"in": "headline"})]
    return noticed
