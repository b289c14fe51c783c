from collections import UserList
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.intake.email.folding import Fold, Folded, FoldKind, fold, unfold
from submissions.intake.email.folding.attributions import attribution_at
from submissions.intake.email.folding.fold import MOST_LINES
from tests.corpora import replies

LETTER = "Keep the footbridge open.\n\nIt is the only safe way to school.\n\nSincerely,\nW. Prairie\nCasper, Wyo."
SMALL = (
    "This e-mail and any attachments are confidential and intended solely for the addressee.\n"
    "If you have received it in error, please delete it."
)
INTRODUCTIONS = [
    "On Mon, Jan 5, 2026 at 10:00 AM, Wyoming Star <letters@wyomingstar.example> wrote:",
    "On Mon, Jan 5, 2026 at 10:00 AM, Wyoming Star <\nletters@wyomingstar.example> wrote:",
    "Am 05.01.2026 um 10:00 schrieb Wyoming Star <letters@wyomingstar.example>:",
    "Wyoming Star <letters@wyomingstar.example> schrieb am Mo., 5.\nJan. 2026 um 10:00 Uhr:",
    "Le lun. 5 janv. 2026 à 10:00, Wyoming Star <letters@wyomingstar.example> a écrit :",
    "El lun, 5 ene 2026 a las 10:00, Wyoming Star (<letters@wyomingstar.example>) escribió:",
    "Il giorno lun 5 gen 2026 alle ore 10:00 Wyoming Star <letters@wyomingstar.example> ha scritto:",
    "Em seg., 5 de jan. de 2026 às 10:00, Wyoming Star <letters@wyomingstar.example> escreveu:",
    "Op ma 5 jan 2026 om 10:00 schreef Wyoming Star <letters@wyomingstar.example>:",
    "Den mån 5 jan. 2026 kl 10:00 skrev Wyoming Star <letters@wyomingstar.example>:",
    "ma 5. tammik. 2026 klo 10.00 Wyoming Star (letters@wyomingstar.example) kirjoitti:",
    "W dniu 5.01.2026 o 10:00, Wyoming Star <letters@wyomingstar.example> napisał(a):",
    "Dne po 5. 1. 2026 10:00 uživatel Wyoming Star <letters@wyomingstar.example> napsal:",
    "5 янв. 2026 г., в 10:00, Wyoming Star <letters@wyomingstar.example> написал(а):",
    "пн, 5 січ. 2026 р. о 10:00 Wyoming Star <letters@wyomingstar.example> пише:",
    "Wyoming Star <letters@wyomingstar.example>, 5 Oca 2026 Pzt, 10:00 tarihinde şunu yazdı:",
    "Wyoming Star <letters@wyomingstar.example> ezt írta (időpont: 2026. jan. 5., H, 10:00):",
    "În lun., 5 ian. 2026 la 10:00, Wyoming Star <letters@wyomingstar.example> a scris:",
    "Στις Δευ 5 Ιαν 2026 στις 10:00 π.μ., ο χρήστης Wyoming Star <letters@wyomingstar.example> έγραψε:",
    "2026年1月5日(月) 10:00 Wyoming Star <letters@wyomingstar.example>:",
    "Wyoming Star <letters@wyomingstar.example> 于2026年1月5日周一 10:00写道：",
    "2026년 1월 5일 (월) 오전 10:00, Wyoming Star <letters@wyomingstar.example>님이 작성:",
    "Vào Th 2, 5 thg 1, 2026 vào lúc 10:00 Wyoming Star <letters@wyomingstar.example> đã viết:",
    "---- On Mon, 05 Jan 2026 10:00:00 -0700 Wyoming Star <letters@wyomingstar.example> wrote ----",
    "-----Original Message-----\nFrom: Wyoming Star\nSent: Monday, 5 January 2026 10:00\nTo: W. P.\nSubject: Thanks",
    "-------- Ursprüngliche Nachricht --------\nVon: Wyoming Star\nDatum: 05.01.26 10:00\nAn: W. P.\nBetreff: Danke",
    "________________________________\nDe : Wyoming Star\nEnvoyé : lundi 5 janvier 2026\nÀ : W. P.\nObjet : Merci",
    "From: Wyoming Star <letters@wyomingstar.example>\nDate: Monday, January 5, 2026\nTo: W. P.\nSubject: Thanks",
    "Från: Wyoming Star\nSkickat: den 5 januari 2026\nTill: W. Prairie\nÄmne: Tack",
    "*От:* Wyoming Star\n*Отправлено:* 5 января 2026 г.\n*Кому:* W. Prairie\n*Тема:* Спасибо",
    "发件人: Wyoming Star\n发送时间: 2026年1月5日\n收件人: W. Prairie\n主题: 谢谢",
    "---------- Forwarded message ---------\nFrom: Wyoming Star\nDate: Mon, Jan 5, 2026\nSubject: Thanks\nTo: W. P.",
]


def _folds(text: str) -> list[tuple[str, str]]:
    return [(part.kind.value, part.text) for part in fold(text).folds]


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
@pytest.mark.parametrize("mark", ["> ", ""])
def test_a_quote_below_the_letter_is_folded_with_its_introduction(introduction, mark):
    below = f"{introduction}\n\n{mark}Thank you for your letter.\n{mark}We read them all."
    folded = fold(f"{LETTER}\n\n{below}")
    assert folded == Folded(text=LETTER, folds=(Fold(kind=FoldKind.QUOTE, text=below, after=len(LETTER)),))


def test_a_quote_above_its_one_answer_is_folded():
    above = f"{INTRODUCTIONS[0]}\n> Thank you.\n>\n> Which town?"
    assert fold(f"{above}\n\n{LETTER}") == Folded(text=LETTER, folds=(Fold(kind=FoldKind.QUOTE, text=above, after=0),))


def test_answers_between_quotes_keep_their_order_and_what_they_answer():
    text = f"{INTRODUCTIONS[0]}\n> Which town?\nCasper.\n\n> May we call?\nYes, at noon."
    folded = fold(text)
    assert folded.text == "> Which town?\nCasper.\n\n> May we call?\nYes, at noon."
    assert _folds(text) == [("quote", INTRODUCTIONS[0])]


def test_a_letter_that_begins_with_a_citation_keeps_it():
    text = "> The mayor said it was closed.\n\nI say it is open.\n\nW. Prairie"
    assert fold(text) == Folded(text=text, folds=())


@pytest.mark.parametrize(
    "text",
    [
        'On Jan. 5, 2026, the mayor wrote:\n\n"We will close it."\n\nI disagree.',
        "On Jan. 5 the mayor wrote:\n> We will close it.\n\nI disagree.",
        "The bridge -- ours since 1920 -- stays.\n--\n"
        + "It was built by the people of this town with their hands.\n" * 4,
        "Roses\n--\nare red,\nviolets\nare blue,\nand so\nare you.",
        "\u2014 Is it open?\n\u2014 No, said he.\n- Not at all, said she.\n\n    The river\n      runs on",
        "Dear editor,\n\nFrom: the river\nTo: the sea\nSubject: five dams\n\nLet me go.",
        "From: W. Prairie\nDate: January 5, 2026\nTo: The Editor\nSubject: Bridge\n\nKeep it open.",
        "I said it before and say it again: close it and our children will walk\nfrom the phone company to the school.",
        "It is no secret that the whole matter was handled badly, and that the news was\nSent by mobile phone to all.",
        "Keep it open.\n\nThis message is confidential: please do not print my number.",
        "First.\n\n-----\n\nSecond part.\n\n***\n\nThird.",
        ">From where I stand it is open.",
        "Keep it open.\n\nSincerely,\n\nW. Prairie\n\n12 Elm St.\nCasper, Wyo.\n307-555-0134\nw.prairie@example.org",
        "Keep it open.\n\n_______\n" + "a line\n" * 3 + "W. Prairie",
        "It costs | too much\n| and | so | on |\nand takes too long",
    ],
)
def test_the_writers_own_words_are_not_folded(text):
    assert fold(text) == Folded(text=text.strip("\n"), folds=())


@pytest.mark.parametrize(
    "signature",
    [
        "--\nW. Prairie",
        "-- \nW. Prairie\nhttps://prairie.example\n307-555-0134",
        "W. Prairie | Director\nPrairie Widgets LLC\nTel: 307-555-0134 | Fax: 307-555-0135\nwww.prairie.example",
    ],
)
def test_a_signature_below_the_sign_off_is_folded_and_the_sign_off_is_not(signature):
    assert fold(f"{LETTER}\n\n{signature}").text == LETTER
    assert _folds(f"{LETTER}\n\n{signature}") == [("signature", signature)]


def test_what_is_longer_than_a_signature_is_none():
    text = f"{LETTER}\n\n--\n" + "\n".join(f"line {number}" for number in range(16))
    assert fold(text) == Folded(text=text, folds=())


@pytest.mark.parametrize(
    "small_print",
    [
        *("Sent from my iPhone", "Sent from Yahoo Mail on Android", "Get Outlook for iOS", "Von meinem Handy gesendet"),
        *("Gesendet von Outlook", "Envoyé de mon iPhone", "Enviado desde mi iPhone", "Inviato da iPhone"),
        *("Verstuurd vanaf mijn iPhone", "Skickat från min iPhone", "Sendt fra min iPhone", "Lähetetty puhelimesta"),
        *("Wysłane z iPhone'a", "Odesláno z iPhonu", "Отправлено с iPhone", "iPhone'umdan gönderildi"),
        *("发自我的iPhone", "iPhoneから送信", "나의 iPhone에서 보냄", "נשלח מה-iPhone שלי", "\u1427"),
        *("Virus-free. www.scanner.example", "You received this message because you are subscribed to a group."),
        SMALL,
        f"CONFIDENTIALITY NOTICE\n{SMALL}",
        f"{SMALL}\n\nPrairie Widgets Limited is registered in Wyoming.",
        "Diese E-Mail ist vertraulich. Wenn Sie nicht der richtige Empfänger sind, vernichten Sie sie.",
        "Ce message est confidentiel et destiné à ses destinataires. Merci de le détruire en cas d'erreur.",
        "Este mensaje es confidencial y va dirigido a su destinatario. Si lo recibe por error, debe eliminarlo.",
        "Questo messaggio è riservato ai suoi destinatari. Se lo avete ricevuto per errore, cancellatelo.",
        "Это сообщение конфиденциально и предназначено только для адресата, указанного в нём.",
    ],
)
def test_small_print_below_is_folded(small_print):
    assert fold(f"{LETTER}\n\n{small_print}").text == LETTER
    assert _folds(f"{LETTER}\n\n{small_print}") == [("disclaimer", small_print)]


@pytest.mark.parametrize(
    "warning",
    [
        "CAUTION: This email originated from outside of the organization.\nDo not click links.",
        "[EXTERNAL] This message came from an external sender.",
        "You don't often get email from w.prairie@example.org. Learn why this is important",
    ],
)
def test_a_gateways_warning_above_is_folded(warning):
    assert fold(f"{warning}\n\n{LETTER}") == Folded(
        text=LETTER, folds=(Fold(kind=FoldKind.DISCLAIMER, text=warning, after=0),)
    )


def test_several_folds_stand_in_their_order():
    parts = ["--\nW. Prairie", SMALL, f"{INTRODUCTIONS[0]}\n> Thank you.", "Sent from my iPhone"]
    folded = fold("\n\n".join([LETTER, *parts]))
    kinds = [FoldKind.SIGNATURE, FoldKind.DISCLAIMER, FoldKind.QUOTE, FoldKind.DISCLAIMER]
    assert folded.text == LETTER
    assert [(one.kind, one.text, one.after) for one in folded.folds] == [
        (kind, part, len(LETTER)) for kind, part in zip(kinds, parts, strict=True)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "> All of it is quoted.",
        "--\nW. Prairie",
        "Sent from my iPhone",
        f"{INTRODUCTIONS[0]}\n> x",
        "***\n\n> x",
        SMALL,
    ],
)
def test_where_no_letter_would_be_left_nothing_is_folded(text):
    assert fold(text) == Folded(text=text, folds=())


def test_a_forwarded_letter_alone_loses_only_its_header():
    assert fold(f"{INTRODUCTIONS[-1]}\n\n{LETTER}").text == LETTER


PIECES = [
    *(
        "> ",
        ">",
        "\n",
        "\n\n",
        " ",
        "--\n",
        "-- \n",
        "Sent from my iPhone\n",
        "Sincerely,\n",
        "Jane> x\n",
        "| x\n",
        "_____\n",
    ),
    *(
        "On 5 ",
        "wrote:\n",
        "<a@b.example>",
        "From: a\nDate: 1 2\nTo: b\n",
        "words\n",
        "\r\n",
        "\r",
        "\x00",
        "\u2028",
        "\x85",
    ),
    *(
        f"{SMALL}\n",
        f"{INTRODUCTIONS[0]}\n",
        f"{INTRODUCTIONS[-1]}\n",
        "W. Prairie | x\nwww.x.example\nFax 1\n",
        "\ud800",
    ),
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=30))
def test_unfold_gives_every_word_back_in_its_order(pieces):
    text = "".join(pieces)
    folded = fold(text)
    assert unfold(folded).split() == text.split()
    assert bool(folded.text.split()) == bool(text.split())
    assert [one.after for one in folded.folds] == sorted(one.after for one in folded.folds)
    assert all(one.text.strip() and one.after <= len(folded.text) for one in folded.folds)


@pytest.mark.parametrize(
    "piece", [*PIECES, "On 5 wrote ", "Le a écrit ", "> a\nb\n", ">\n\nx\n", "a <\n", "Od: \n", "confidential "]
)
def test_a_long_hostile_text_is_folded_and_given_back(piece):
    text = piece * min(100_000 // len(piece), (MOST_LINES - 1) // max(piece.count("\n"), 1))
    assert unfold(fold(text)).split() == text.split()


def test_what_has_more_lines_than_any_letter_is_left_as_it_is():
    quoted = "Keep it.\n\nOn 5 May 2026 at 10:00 A <a@b.example> wrote:\n" + "> x\n" * MOST_LINES
    assert fold(quoted) == Folded(text=quoted.strip(), folds=())


def test_quotes_of_ever_other_names_are_told_from_one_another():
    names = ["".join(letters) for letters in product("abcdefghijklmnop", repeat=3)]
    text = "".join(f"{name}> {name}\n" for name in names)
    assert fold(text) == Folded(text=text.strip(), folds=())


def test_the_replies_of_the_corpus_are_told_from_their_quotes():
    if not replies.REPLIES.is_dir():
        pytest.skip("the corpora are not beside the project: ../shared/corpora/email")
    assert [(right, total) for _, right, total in replies.score()] == [(61, 64), (64, 64), (64, 64)]


def test_a_sentence_that_ends_in_a_colon_is_not_drawn_into_the_introduction_below_it():
    assert attribution_at(["On 5 May I asked for this:", "a bridge. The mayor", "wrote:", "> No."], 0) is None


def test_a_list_that_looks_like_introductions_costs_one_look_a_line():
    class Lines(UserList[str]):
        looks = 0

        def __getitem__(self, at):
            self.looks += 1
            return super().__getitem__(at)

    lines = Lines(f"On day {number}:" for number in range(1_000))

    assert not any(attribution_at(lines, at) for at in range(1_000))
    assert lines.looks == 2 * 1_000, "whether it begins one, and whether it is one"
