import pytest

from submissions.models import Paper
from submissions.publishing.answering import Answered, answered
from tests.publishing.pieces import make_publication

pytestmark = pytest.mark.usefixtures("house")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", None),
        (None, None),
        ("City closes footbridge", Answered("City closes footbridge")),
        ("https://news.example/a/bridge", Answered("news.example/a/bridge", "https://news.example/a/bridge")),
        (
            "City closes footbridge (https://news.example/a).",
            Answered("City closes footbridge", "https://news.example/a"),
        ),
        (f"https://a.example/{'x' * 90}", Answered(f"a.example/{'x' * 69}…", f"https://a.example/{'x' * 90}")),
        ("javascript:alert(1)", Answered("javascript:alert(1)")),
        ("data:text/html,<b>", Answered("data:text/html,<b>")),
        ("https://bank.example@evil.example/", Answered("https://bank.example@evil.example/")),
        ("https://[broken/", Answered("https://[broken/")),
        ("https://bänk.example/", Answered("https://bänk.example/")),
        ('https://a.example/"onmouseover=x', Answered('"onmouseover=x', "https://a.example/")),
    ],
)
def test_only_a_plain_web_address_becomes_a_link(typed, found):
    assert answered(typed, Paper.current()) == found


def test_our_own_piece_is_named_by_its_headline(settings):
    url = settings.SITE_URL + make_publication().get_absolute_url()

    assert answered(url, Paper.current()) == Answered("Keep the footbridge open", url)


@pytest.mark.parametrize("path", ["/opinion/2020/01/never/", "/opinion/", "/nowhere"])
def test_our_own_address_without_a_piece_is_shown_as_it_is(settings, path):
    url = settings.SITE_URL + path

    assert answered(url, Paper.current()) == Answered(url.partition("://")[2], url)
