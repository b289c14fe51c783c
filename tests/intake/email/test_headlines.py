import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.cleaning import one_line
from submissions.intake.email.headlines import HEADLINE_LENGTH, headline_of


@pytest.mark.parametrize(
    "before",
    [
        *("Re: ", "RE[2]: ", "Re(3): ", "Re^2: ", "Re : ", "Re: Fwd: AW: ", "FW:", "R: ", "I: ", "WG: ", "Antw: "),
        *("SV: ", "VS: ", "TR: ", "RV: ", "RES: ", "ENC: ", "Odp: ", "PD: ", "Ynt: ", "Vá: ", "ΑΠ: "),
        *("Отв: ", "回复：", "答复: ", "转发: ", "返信: ", "転送：", "회신: ", "השב: ", "رد: ", "Trả lời: "),
        *("[EXT] ", "[External] Re: ", "Re: [EXT] ", "[EXTERNAL]: ", "(External) ", "[SPAM] ", "***SPAM*** "),
        *("{Spam?} ", "[Suspected Spam] ", "EXTERNAL: ", "[EXTERNAL EMAIL] ", "[Caution] "),
    ],
)
def test_headline_of_has_nothing_that_mail_programs_put_before_it(before):
    assert headline_of(f"{before}Keep the footbridge open") == "Keep the footbridge open"


@pytest.mark.parametrize(
    "before",
    [
        *("Letter to the editor: ", "Letters to the Editor - ", "LETTER TO EDITOR: ", "Letter to the Ed: ", "LTE - "),
        *("LTE: ", "Letter: ", "Letter \u2014 ", "Op-ed submission: ", "Op-Ed: ", "Opinion piece: ", "Guest column: "),
        *("Fwd: LTE - Re: ", "Re: Letter to the editor: Re: ", "Letter for publication: ", "[Letter to the editor] "),
        *("Letter to the editor re: ", "Submission: ", "My letter to the editor: ", "(Letter to the editor) "),
        *("Leserbrief: ", "Leserbrief \u2013 ", "AW: Leserbrief: ", "Gastbeitrag: ", "Carta al director: "),
        *("Cartas a la directora: ", "Carta al editor: ", "Courrier des lecteurs : ", "Lettre à la rédaction: "),
        *("Lettera al direttore: ", "Carta ao editor: ", "Carta do leitor: ", "Lezersbrief: ", "Ingezonden brief: "),
        *("Insändare: ", "Læserbrev: ", "Leserinnlegg: ", "Mielipidekirjoitus: ", "List do redakcji: "),
        *("Dopis redakci: ", "Olvasói levél: ", "Okur mektubu: ", "Письмо в редакцию: ", "Лист до редакції: "),
        *("読者投稿：", "读者来信：", "독자투고: ", "رسالة إلى المحرر: ", "מכתב למערכת: ", "Thư bạn đọc: "),
    ],
)
def test_headline_of_has_no_label_before_it(before):
    assert headline_of(f"{before}Keep the footbridge open") == "Keep the footbridge open"


@pytest.mark.parametrize(
    "after", [" - Letter to the editor", " (letter to the editor)", ": Letter for publication", " \u2013 Leserbrief"]
)
def test_headline_of_has_no_label_behind_it(after):
    assert headline_of(f"Keep the footbridge open{after}") == "Keep the footbridge open"


@pytest.mark.parametrize(
    "subject",
    [
        *("", " ", "Re:", "Fw: Fwd:", "Letter to the editor", "Re: LETTER TO THE EDITOR", "Letters to the editor!"),
        *("(no subject)", "No Subject", "Letter for publication", "Letter to the editor submission", "LTE", "Letter"),
        *("Letter to the editor attached", "[External] Letter to the Editor:", "Op-ed", "Opinion", "[EXT]", "- - -"),
        *("Leserbrief", "(kein Betreff)", "Carta al director", "(sin asunto)", "Courrier des lecteurs", "(sans objet)"),
        *("Lettera al direttore", "Письмо в редакцию", "Без темы", "读者来信", "Re: (無題)", "For publication"),
    ],
)
def test_headline_of_a_subject_that_says_nothing_is_empty(subject):
    assert headline_of(subject) == ""


@pytest.mark.parametrize(
    "subject",
    [
        *("Regarding: Bridge", "Reservoir: who pays?", "Letter-writing is not dead", "Letters we never sent"),
        *("Opinions differ on the dam", "[Casper] Bridge", "Ref the ditch", "Vision: a town", "Trout: a plea"),
        *("Spam is food", "External auditors, please", "Response to the mayor's letter", "Submission is no virtue"),
        *(
            "Bridge: a second opinion",
            "The scarlet letter",
            "A post office without letters",
            "Open letter to the governor",
        ),
    ],
)
def test_headline_of_keeps_the_writers_own_words(subject):
    assert headline_of(subject) == subject


def test_headline_of_is_one_line_and_of_bounded_length():
    assert headline_of("Re:\r\n Keep\tit\x00 open") == "Keep it open"
    assert headline_of("x" * 400) == "x" * HEADLINE_LENGTH
    assert headline_of("Re: " * 100_000) == ""


@given(
    st.lists(st.sampled_from(["Re: ", "[EXT]", "LTE - ", "Letter", " ", ":", "回复", "(", "]", "x", "\n"]) | st.text())
)
def test_headline_of_never_raises_and_is_a_part_of_the_subject(parts):
    subject = "".join(parts)
    headline = headline_of(subject)
    assert len(headline) <= HEADLINE_LENGTH
    assert headline in one_line(subject)
