from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from submissions import storage
from submissions.models import Attachment, Finding, Submission
from tests import factories
from tests.intake.web.posting import LETTER, OPINION, filled, new_policy

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture(autouse=True)
def _house(house): ...


def test_letter_arrives_whole_and_its_sender_is_sent_to_its_page(client):
    response = client.post(
        LETTER,
        filled(
            phone="(307) 555-0134",
            headline="Keep it",
            in_response_to="City closes bridge",
            role="office_holder",
            interests="I own the shop beside it",
            paid_by="Nobody",
            ai_use="helped",
            exclusive="on",
            address="1 Rail St",
            region="Wyoming",
        ),
    )
    letter = Submission.objects.get()
    assert (response.status_code, response["Location"]) == (303, letter.get_absolute_url())
    fields = ("kind", "channel", "state", "name", "email", "phone", "address", "city", "region", "role", "interests")
    assert [getattr(letter, field) for field in fields] == [
        "letter",
        "web",
        "received",
        "W. Prairie",
        "w.prairie@example.org",
        "+13075550134",
        "1 Rail St",
        "Laramie",
        "Wyoming",
        "office_holder",
        "I own the shop beside it",
    ]
    assert (letter.paid_by, letter.ai_use, letter.exclusive) == ("Nobody", "helped", True)
    assert (letter.policy.number, letter.consented_at is not None) == (1, True)
    assert letter.current.body == "The footbridge was closed without a word."
    assert (letter.current.headline, letter.current.in_response_to) == ("Keep it", "City closes bridge")


def test_opinion_form_takes_an_opinion_piece_under_its_own_policy(client):
    client.post(OPINION, filled())
    piece = Submission.objects.get()
    assert (piece.kind, piece.policy.kind) == ("opinion", "opinion")


def test_form_says_the_house_policy_beside_it(client):
    new_policy(
        max_words=300,
        reading_days=1,
        silence_days=21,
        terms="I wrote it.",
        rules_text=["Sent to us <alone>", "One a month"],
        attachment_types=["image/png"],
    )
    page = client.get(LETTER).content.decode()
    for said in ("1 working day.", "in 21 days", "Sent to us &lt;alone&gt;", "One a month", "300 words", "I wrote it."):
        assert said in page
    assert "Our terms, version 2." in page
    assert "tip page" not in page


def test_paper_that_does_not_mind_sharing_promises_no_release(client):
    assert "free to offer it elsewhere" in client.get(LETTER).content.decode()
    new_policy(exclusive=False)
    assert "free to offer it elsewhere" not in client.get(LETTER).content.decode()


def test_answered_article_is_filled_in(client):
    page = client.get(LETTER, {"in_response_to": "City\ncloses “the bridge”"})
    assert 'value="City closes “the bridge”"' in page.content.decode()


def test_what_is_missing_is_named_on_top_and_beside_and_nothing_is_lost(client):
    response = client.post(LETTER, filled(name="", email="", body="Keep <me> & mine", consent=None))
    page = response.content.decode()
    assert (response.status_code, Submission.objects.count()) == (422, 0)
    assert "3 things to mend." in page
    assert '<a href="#id_name">Give your full name.</a>' in page
    assert '<a href="#id_email">Give an email address or a phone number' in page
    assert 'aria-describedby="id_email_error"' in page
    assert "Keep &lt;me&gt; &amp; mine" in page


def test_email_or_phone_suffices(client):
    client.post(LETTER, filled(email="", phone="+44 20 7946 0958"))
    assert Submission.objects.get().phone == "+442079460958"


def test_policy_decides_what_is_required(client):
    new_policy(required_fields=["address", "phone"])
    errors = client.post(LETTER, filled(name="", city="")).context["form"].errors
    assert set(errors) == {"address", "phone"}


def test_long_letter_is_taken_and_its_writer_is_told(client):
    response = client.post(LETTER, filled(body="word " * 272), follow=True)
    assert "It has 272 of 250 words: we may cut it, or ask you to." in response.content.decode()


def test_long_letter_with_an_error_shows_its_count_without_javascript(client):
    page = client.post(LETTER, filled(body="word " * 272, name="")).content.decode()
    assert '<p class="count over" id="count">272 of 250 words: we may cut it, or ask you to</p>' in page


def test_book_is_refused_and_kept(client):
    response = client.post(LETTER, filled(body="x" * 100_001))
    assert "This is 100,001 characters long, and 100,000 is the most" in response.content.decode()
    assert "x" * 100_001 in response.content.decode()


def test_text_without_a_word_is_nothing_to_send(client):
    errors = client.post(LETTER, filled(body="… – !")).context["form"].errors
    assert errors == {"body": ["Write your text here: there is nothing to send yet."]}


def test_several_files_come_along(client):
    files = [SimpleUploadedFile("a.png", PNG), SimpleUploadedFile("notes.doc", b"plain words")]
    client.post(LETTER, filled(attachments=files))
    kept = list(Attachment.objects.values_list("name", "media_type", "size"))
    assert kept == [("a.png", "image/png", 48), ("notes.doc", "text/plain", 11)]
    assert storage.read(Attachment.objects.first().file) == PNG


def test_refused_file_is_named_and_the_text_kept(client):
    files = [SimpleUploadedFile("fine.png", PNG), SimpleUploadedFile("photo.png", b"MZ" + bytes(99))]
    response = client.post(LETTER, filled(attachments=files))
    page = response.content.decode()
    assert "“photo.png” is not a kind of file that we can open. We take JPEG, PNG, PDF and plain text." in page
    assert "The footbridge was closed" in page
    assert "Please choose your files again" in page
    assert Submission.objects.count() == 0


def test_consent_to_terms_that_changed_meanwhile_is_asked_anew(client):
    new_policy(terms="New terms.")
    response = client.post(LETTER, filled(terms="1"))
    form = response.context["form"]
    assert form.errors == {"consent": ["Our terms have changed while you wrote. Please read them again, then send."]}
    assert (form["terms"].value(), form["consent"].value()) == ("2", False)


def test_double_click_is_one_letter_and_both_see_it(client):
    data = filled()
    places = {client.post(LETTER, data)["Location"] for _ in range(3)}
    assert places == {Submission.objects.get().get_absolute_url()}


def test_same_key_with_other_text_is_a_new_letter(client):
    client.post(LETTER, filled())
    client.post(LETTER, filled(body="Another text altogether."))
    assert Submission.objects.count() == 2


def test_same_text_from_another_form_is_a_new_letter(client):
    client.post(LETTER, filled())
    client.post(LETTER, filled(key="another"))
    assert Submission.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({"website": "http://spam.example"}, ["honeypot"]),
        ({"started": None}, ["too_fast"]),
        ({"started": "forged:mark"}, ["too_fast"]),
        ({"started": "", "website": "x"}, ["honeypot", "too_fast"]),
    ],
)
def test_what_the_traps_catch_is_kept_and_answered_like_a_letter(client, fields, rules):
    response = client.post(LETTER, filled(**fields), follow=True)
    assert (response.status_code, response.context["status"].title) == (200, "We have it")
    assert sorted(Finding.objects.values_list("rule", flat=True)) == rules


def test_more_posts_than_the_policy_allows_get_the_text_back(client):
    new_policy(posts_per_hour=2)
    answers = [client.post(LETTER, filled(body=f"Letter number {n}.")) for n in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert answers[2]["Retry-After"] == "1800"
    assert "Letter number 2." in answers[2].content.decode()
    assert "Many texts have come from your network" in answers[2].content.decode()


def test_repeats_of_one_letter_do_not_count_and_a_refused_one_stays_refused(client):
    new_policy(posts_per_hour=1)
    assert [client.post(LETTER, filled()).status_code for _ in range(3)] == [303, 303, 303]
    other = filled(body="One too many.")
    assert [client.post(LETTER, other).status_code for _ in range(2)] == [429, 429]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(LETTER).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_fifty_identical_posts_at_once_are_one_letter():
    factories.make_house()
    data = filled(started=filled()["started"])

    def post(_n: int) -> str:
        try:
            return Client().post(LETTER, data)["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as threads:
        places = set(threads.map(post, range(50)))
    assert places == {Submission.objects.get().get_absolute_url()}
    assert Attachment.objects.count() == 0
