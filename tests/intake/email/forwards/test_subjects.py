import pytest

from submissions.intake.email.forwards.subjects import Prefix, prefix_of, without_prefix


@pytest.mark.parametrize(
    ("subject", "prefix", "rest"),
    [
        ("Fwd: Hats", Prefix.FORWARD, "Hats"),
        ("FW : Hats", Prefix.FORWARD, "Hats"),
        ("WG: AW: Hats", Prefix.FORWARD, "AW: Hats"),
        ("[Fwd: Hats]", Prefix.FORWARD, "Hats"),
        ("[EXT] [SPAM?] Fwd[2]: Hats", Prefix.FORWARD, "Hats"),
        ("转发：Hats", Prefix.FORWARD, "Hats"),
        ("İLT: Hats", Prefix.FORWARD, "Hats"),
        ("Redir.: Hats", Prefix.FORWARD, "Hats"),
        ("Re: Fwd: Hats", Prefix.REPLY, "Re: Fwd: Hats"),
        ("Vs: Hats", Prefix.EITHER, "Hats"),
        ("Hats: a defence", Prefix.NONE, "Hats: a defence"),
        ("[Town] Hats", Prefix.NONE, "[Town] Hats"),
        ("Forward, hats", Prefix.NONE, "Forward, hats"),
        ("", Prefix.NONE, ""),
    ],
)
def test_prefix_of_a_subject(subject, prefix, rest):
    assert (prefix_of(subject), without_prefix(subject)) == (prefix, rest)
