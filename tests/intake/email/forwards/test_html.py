import pytest

from submissions.intake.email.forwards import unwrap
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.forwards.samples import ADDRESS, FORWARDER, NAME, READER, SUBJECT
from tests.intake.email.mails import mail

LINK = f'<a href="mailto:{ADDRESS}">{ADDRESS}</a>'
GMAIL = f"""<div dir="ltr">For Thursday?<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">
---------- Forwarded message ---------<br>From: <strong class="gmail_sendername" dir="auto">{NAME}</strong>
<span dir="auto">&lt;{LINK}&gt;</span><br>Date: Mon, Jan 5, 2026 at 10:00 AM<br>Subject: {SUBJECT}<br>
To:  &lt;{READER}&gt;<br></div><br><br><p>Keep our ferry.</p></div></div>"""
OUTLOOK = f"""<p class="MsoNormal">For Thursday?</p><div style="border-top:solid 1pt"><p class="MsoNormal"><b>From:</b>
{NAME} &lt;{LINK}&gt; <br><b>Sent:</b> Monday, January 5, 2026 10:00 AM<br><b>To:</b> {READER}<br>
<b>Subject:</b> {SUBJECT}</p></div><p class="MsoNormal">&nbsp;</p><p class="MsoNormal">Keep our ferry.</p>"""
OUTLOOK_LIVE = f"""<div>For Thursday?</div><hr style="width:98%"><div id="divRplyFwdMsg"><font><b>From:</b> {NAME}
&lt;{ADDRESS}&gt;<br><b>Sent:</b> Monday, January 5, 2026 10:00 AM<br><b>To:</b> {READER}<br><b>Subject:</b>
{SUBJECT}</font><div>&nbsp;</div></div><div>Keep our ferry.</div>"""
THUNDERBIRD = f"""<p>For Thursday?</p><div class="moz-forward-container">-------- Forwarded Message --------
<table><tbody><tr><th>Subject: </th><td>{SUBJECT}</td></tr><tr><th>Date: </th><td>Mon, 5 Jan 2026 10:00</td></tr>
<tr><th>From: </th><td>{NAME} {LINK}</td></tr><tr><th>To: </th><td>{READER}</td></tr></tbody></table><br><br>
<p>Keep our ferry.</p></div>"""
APPLE = f"""<div>For Thursday?<br><blockquote><div>Begin forwarded message:</div><br><div><span><b>From: </b>
</span><span>{NAME} &lt;{LINK}&gt;<br></span></div><div><span><b>Subject: </b></span><span><b>{SUBJECT}</b><br></span>
</div><div><span><b>Date: </b></span><span>January 5, 2026 at 10:00 AM<br></span></div><div><span><b>To: </b></span>
<span>{READER}<br></span></div><br><div>Keep our ferry.</div></blockquote></div>"""


@pytest.mark.parametrize("source", [GMAIL, OUTLOOK, OUTLOOK_LIVE, THUNDERBIRD, APPLE])
def test_unwrap_reads_the_text_of_a_page(source):
    found = unwrap(parse(mail(source, "Content-Type: text/html", From=FORWARDER, Subject=f"Fwd: {SUBJECT}")))

    assert found
    assert (found.name, found.address, found.subject) == (NAME, ADDRESS, SUBJECT)
    assert (found.body, found.covering, str(found.date)) == ("Keep our ferry.", "For Thursday?", "2026-01-05 10:00:00")
    assert found.confidence == "high"
