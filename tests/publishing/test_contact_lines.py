import pytest

from submissions.publishing.contact_lines import link_of


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("letters@wyomingstar.example", "mailto:letters@wyomingstar.example"),
        ("+1 (307) 555-0134", "tel:+13075550134"),
        ("307-555-0119", "tel:3075550119"),
        ("100 Windbreak Street, Laramie", ""),
        ("javascript:alert(1)", ""),
        ("a@b.example?cc=c@d.example", ""),
    ],
)
def test_contact_address_leads_to_a_mail_a_call_or_nowhere(address, link):
    assert link_of(address) == link
