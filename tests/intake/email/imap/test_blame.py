from submissions.intake.email.imap import blame
from submissions.intake.email.imap.blame import Blame

KEY = ("INBOX", 7, 1)


def test_suspect_is_asked_for_alone_and_forgotten_once_delivered():
    one = Blame()
    one.suspect([KEY])
    assert (one.is_suspect(KEY), one.failures(KEY), one.is_resting(KEY)) == (True, 0, False)
    one.clear([KEY])
    assert one.is_suspect(KEY) is False


def test_failure_rests_after_three_and_comes_back_after_a_while(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(blame.time, "monotonic", lambda: now[0])
    one = Blame()
    resting = []
    for _ in range(3):
        one.fail(KEY)
        resting.append(one.is_resting(KEY))
    now[0] += blame.PAUSE
    assert (resting, one.is_resting(KEY), one.failures(KEY)) == ([False, False, True], False, 3)
    one.fail(KEY)
    assert one.is_resting(KEY) is True
