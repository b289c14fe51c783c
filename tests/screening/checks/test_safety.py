import pytest

from submissions.models import Severity
from submissions.screening.checks.safety import EACH_AT_MOST, self_harm, threat
from tests.screening.drafts import draft, policy, quoted

THREATS = {
    "If this passes I will kill you.": "I will kill you",
    "I’m going to shoot the mayor at noon.": "I’m going to shoot the mayor",
    "I swear to God I'll burn them all": "I swear to God I'll burn them",
    "One day I'll\nkill  every last one of you": "I'll\nkill  every last one",
    "I will beat him to death.": "I will beat him to death",
    "I'm going to burn down the courthouse.": "I'm going to burn down the",
    "I will blow your house up": "I will blow your house up",
    "Those people should be shot.": "Those people should be shot",
    "He deserves to die.": "He deserves to die",
    "You deserve a bullet in your head": "You deserve a bullet",
    "I know where you live, editor.": "I know where you live",
    "Your days are numbered.": "Your days are numbered",
    "They will pay for this with their lives.": "They will pay for this with their lives",
    "I'm bringing my rifle to the council meeting.": "bringing my rifle to the",
    "There is a bomb in city hall.": "There is a bomb in",
    "You are all going to die": "You are all going to die",
    "I will kill your family": "I will kill your family",
    "I will kill them the next time they come.": "I will kill them",
}

NO_THREATS = [
    "We should kill the motion, and I will kill it myself if I must.",
    "I will shoot you a quick email about the bridge.",
    "I'll shoot you the details on Monday.",
    "I plan to kill them with kindness.",
    "I will shoot the photos at the county fair.",
    "The coach says we will bomb on Friday; I will burn the midnight oil.",
    "The mayor received death threats. Nobody deserves that.",
    "Our murder rate fell. Shooting ranges should be safe.",
    "You are dead right about the library. They are dead set against it.",
    "He should be hung out to dry by the voters.",
    "Wolves kill elk, and hunters shoot wolves.",
    "I will hang the picture in the hall.",
    "The bill would have killed the farm program. I am going to murder this pie.",
    "If the dam fails, people will die.",
    "They should be shot of this contract by June.",
]

SELF_HARM = {
    "I am going to kill myself tonight.": "I am going to kill myself",
    "I want to end my life.": "I want to end my life",
    "I plan to take my own life": "I plan to take my own life",
    "I have been thinking about suicide for weeks.": "thinking about suicide",
    "I'm suicidal and nobody cares": "I'm suicidal",
    "I wish I were dead.": "I wish I were dead",
    "I don’t want to live anymore": "I don’t want to live",
    "Everyone would be better off without me.": "better off without me",
    "Consider this my suicide note.": "Consider this my suicide note",
    "I want to end it all": "I want to end it all",
}

NO_SELF_HARM = [
    "I nearly killed myself laughing at the council.",
    "I'm not going to kill myself over a parking ticket.",
    "I don't want to live in a town without a library.",
    "I want to take my life in my hands again and cross Third Street.",
    "The county needs a suicide prevention line. Suicide is rising among farmers.",
    "This budget is political suicide. My brother died by suicide in 2019.",
    "The town would be better off without the new road.",
    "I want to end my life's work with this book.",
    "I could kick myself for missing the vote.",
]


@pytest.mark.parametrize(("body", "words"), THREATS.items())
def test_threat_quotes_the_very_words(body, words):
    found = threat(draft(body), policy())[0]
    assert (found.words, found.severity, body[found.start : found.end]) == (words, Severity.STOP, words)


@pytest.mark.parametrize("body", NO_THREATS)
def test_threat_leaves_everyday_words_alone(body):
    assert quoted(threat(draft(body), policy())) == []


@pytest.mark.parametrize(("body", "words"), SELF_HARM.items())
def test_self_harm_quotes_the_very_words(body, words):
    assert quoted(self_harm(draft(body), policy())) == [words]


@pytest.mark.parametrize("body", NO_SELF_HARM)
def test_self_harm_leaves_everyday_words_alone(body):
    assert quoted(self_harm(draft(body), policy())) == []


def test_threat_in_the_headline_is_noticed():
    found = threat(draft("Nothing.", headline="I will kill you"), policy())[0]
    assert (found.words, found.start, found.data) == ("I will kill you", None, {"in": "headline"})


def test_threats_are_quoted_a_few_times_only():
    assert len(threat(draft("I will kill you. " * 50), policy())) == EACH_AT_MOST
