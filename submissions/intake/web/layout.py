"""How the forms are laid out: one thing a line, related ones in a group of their own."""

from crispy_forms.layout import HTML, Div, Field, Layout

from submissions.intake.web.wording import Wording

FIELD = "submissions/intake/web/field.html"
CHECK = "submissions/intake/web/check.html"
CHOICE = "submissions/intake/web/choice.html"
REACH = "We print your name and town, nothing else. An email address or a phone number is enough."


def layout(wording: Wording) -> Layout:
    """Return the layout of one form."""
    return Layout(
        "key",
        "started",
        "terms",
        Field("body", template=FIELD),
        HTML('{% include "submissions/intake/web/count.html" %}'),
        Field("headline", "in_response_to", template=FIELD),
        HTML("<h2>About you</h2>"),
        HTML(f'<p class="hint intro">{REACH}</p>'),
        Div(_cell("name"), _cell("city"), css_class="pair"),
        Div(_cell("address"), _cell("region"), css_class="pair"),
        Div(_cell("email"), _cell("phone"), css_class="pair"),
        HTML("<h2>What readers should know</h2>"),
        Field("role", template=CHOICE),
        Field("interests", "paid_by", template=FIELD),
        Field("ai_use", template=CHOICE),
        HTML("<h2>Before you send it</h2>"),
        Field("attachments", template=FIELD),
        Field("exclusive", "consent", template=CHECK),
        Div(Field("website", template=FIELD), css_class="unseen", aria_hidden="true"),
        HTML('{% include "submissions/intake/web/send.html" %}'),
    )


def _cell(name: str) -> Div:
    return Div(Field(name, template=FIELD))
