import pytest

from submissions.intake.email.forwards.people import addresses, mailbox, on_behalf


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ida Marsh", ("Ida Marsh", "")),
        ("Ida Marsh/Cold Springs/Prairie@Prairie", ("Ida Marsh", "")),
        ("CN=Ida Marsh/O=Prairie", ("Ida Marsh", "")),
        ("\u201eMarsh, Ida\u201d <ida@prairie.example>", ("Marsh, Ida", "ida@prairie.example")),
        ("Ida <ida@nowhere>", ("Ida", "")),
        ("Ida <ida@b\u00fccher.example>", ("Ida", "ida@xn--bcher-kva.example")),
        ("ida@prairie.example", ("", "ida@prairie.example")),
        ("Ida Marsh <IDA", ("Ida Marsh", "")),
        ("", ("", "")),
    ],
)
def test_mailbox_of_a_line(text, found):
    assert mailbox(text) == found


def test_addresses_of_a_line():
    line = "Ida <IDA@prairie.example>; bo@reed.example<mailto:bo@reed.example>, Nell"

    assert addresses(line) == {"ida@prairie.example", "bo@reed.example"}


@pytest.mark.parametrize(
    ("text", "behalf"),
    [("Desk <d@x.example> On Behalf Of Ida", True), ("d@x.example im Auftrag von Ida", True), ("Ida", False)],
)
def test_on_behalf_of_somebody_else(text, behalf):
    assert on_behalf(text) is behalf
