"""The main job on the real house: a real browser, a real SMTP client, real workers, and mails as files."""

import email
import re
import smtplib
from email.message import EmailMessage
from email.policy import default

import pytest
from playwright.sync_api import expect

from submissions.models import Submission
from submissions.states import State
from tests import factories
from tests.flows.processes import House, eventually
from tests.intake.web.posting import new_policy

pytestmark = [pytest.mark.protocol, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    "The footbridge was closed without a word to those who walk it every day. Its fence has a lock meant for years, "
    "and nobody has said why it was put there or when it goes."
)
EDITED = BODY.replace(" every day", "")
DISCLAIMER = "The views are the writer's own."
ON_THE_DESK_WITHIN = 5.0


@pytest.fixture
def house_at_work(tmp_path):
    """Web, mail and worker, on this test's database."""
    factories.make_house()
    new_policy(minimum_fill_seconds=0)
    factories.make_user()
    house = House(tmp_path)
    house.start("web", "lmtp", "worker")
    eventually(30, lambda: "ready" in house.log("worker"))
    yield house
    house.stop()


@pytest.fixture
def browse(chromium, house_at_work):
    """Open a browser of its own at the running house."""
    contexts = []

    def opened(*, javascript=True):
        context = chromium.new_context(base_url=house_at_work.site, java_script_enabled=javascript)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def type_letter(page):
    page.goto("/submit/letter/")
    page.get_by_label("Name", exact=False).first.fill("W. Prairie")
    page.locator("[name=email]").fill("w.prairie@example.org")
    page.locator("[name=city]").fill("Laramie")
    page.locator("[name=headline]").fill("Open the footbridge")
    page.locator("[name=body]").fill(BODY)
    page.locator("[name=consent]").check()
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/track/[-\w]+/"))


def send_mail(port):
    mail = EmailMessage()
    mail["From"], mail["To"] = "W. Prairie <w.prairie@example.org>", "letters@wyomingstar.example"
    mail["Subject"], mail["Message-ID"] = "Open the footbridge", "<one@example.org>"
    mail.set_content(BODY)
    with smtplib.LMTP("127.0.0.1", port) as client:
        assert client.send_message(mail) == {}


def acknowledgement(house):
    """Wait for the mail to the writer, and return it."""
    outbox = house.folder / "outbox"
    eventually(10, lambda: list(outbox.glob("*.eml")))
    (path,) = outbox.glob("*.eml")
    return email.message_from_bytes(path.read_bytes(), policy=default)


def confirm_by_mail(house, page):
    text = acknowledgement(house).get_body(("plain",)).get_content()
    (link,) = set(re.findall(rf"{house.site}/(?:confirm|complete)/\S+", text))
    page.goto(link)
    assert Submission.objects.get().state == State.UNCONFIRMED
    if "/complete/" in link:  # a mail does not tell the writer's town
        page.locator("[name=city]").fill("Laramie")
        page.locator("[name=consent]").check()
    page.locator("main form button").first.click()
    eventually(5, lambda: Submission.objects.get().state == State.QUEUED)


def sign_in(page, house):
    user = factories.User.objects.get()
    user.set_password("a long pass phrase for tests")
    user.save()
    page.goto("/admin/")
    page.locator("[name=username]").fill(user.username)
    page.locator("[name=password]").fill("a long pass phrase for tests")
    page.locator("[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/admin/"))


def decide(page, letter, action, fields=()):
    """Press a button of the review page, or open its panel, fill it in and press the button there."""
    page.goto(f"/admin/submissions/submission/{letter.pk}/change/")
    form = page.locator(f'form[action*="/{letter.pk}/{action}/"]').first
    panel = page.locator(f'details:has(form[action*="/{letter.pk}/{action}/"])')
    if fields:
        panel.evaluate("panel => panel.open = true") if panel.count() else None
        for name, value in fields:
            field = form.locator(f"[name={name}]")
            field.select_option(value) if field.evaluate("field => field.tagName") == "SELECT" else field.fill(value)
    form.locator("button").first.click()
    page.wait_for_load_state()


def run_the_letter(page, house):
    letter = Submission.objects.get()
    sign_in(page, house)
    decide(page, letter, "shortlist")
    decide(page, letter, "accept")
    decide(page, letter, "edit", [("body", EDITED), ("byline", "W. Prairie, Laramie"), ("reason", "cut")])
    decide(page, letter, "ready")
    decide(page, letter, "publish")
    eventually(5, lambda: Submission.objects.get().state == State.PUBLISHED)


def read_it_everywhere(page):
    page.goto("/opinion/")
    page.get_by_role("link", name="Open the footbridge").first.click()
    for said in (EDITED, "W. Prairie", "Letter to the editor", DISCLAIMER):
        expect(page.locator("main")).to_contain_text(said)
    address = page.url
    for path in ("/opinion/feed.rss", "/sitemap.xml"):
        listed = page.request.get(path).text()
        assert address in listed
    assert DISCLAIMER in page.request.get("/opinion/feed.rss").text().replace("&#x27;", "'").replace("&amp;#x27;", "'")


def test_letter_typed_with_javascript_runs(browse, house_at_work):
    reader = browse()
    type_letter(reader)
    eventually(ON_THE_DESK_WITHIN, lambda: Submission.objects.get().state == State.UNCONFIRMED)
    confirm_by_mail(house_at_work, reader)
    run_the_letter(browse(), house_at_work)
    read_it_everywhere(reader)


def test_letter_typed_without_javascript_runs(browse, house_at_work):
    reader = browse(javascript=False)
    type_letter(reader)
    eventually(ON_THE_DESK_WITHIN, lambda: Submission.objects.get().state == State.UNCONFIRMED)
    confirm_by_mail(house_at_work, reader)
    run_the_letter(browse(), house_at_work)
    read_it_everywhere(reader)


def test_letter_by_mail_runs(browse, house_at_work):
    send_mail(house_at_work.mail_port)
    eventually(
        ON_THE_DESK_WITHIN, lambda: list(Submission.objects.values_list("state", flat=True)) == [State.UNCONFIRMED]
    )
    reader = browse()
    confirm_by_mail(house_at_work, reader)
    run_the_letter(browse(), house_at_work)
    read_it_everywhere(reader)
