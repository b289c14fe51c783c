"""A subject as a headline: without what mail programs, gateways and writers put before it. Linear in its length."""

import re

from submissions.cleaning import one_line
from submissions.intake.email.prefixes import ANSWERS, EITHER, FORWARDS

HEADLINE_LENGTH = 300
MOST_READ = 2_000
"""Characters of a subject that are looked at."""

_PREFIX = "|".join(map(re.escape, sorted((*ANSWERS, *FORWARDS, *EITHER), key=len, reverse=True)))
_TAG = (
    r"[\[({*]{1,3}\s?(?:ext(?:ern(?:al|e|o|a)?)?(?: (?:e-?mail|mail|sender|message))?|extern|externe mail"
    r"|(?:(?:suspected|possible|probable) )?(?:spam|junk|phish(?:ing)?|bulk)\??|caution|warning|encrypted|secure"
    r"|e-?mail externe|correo externo|esterno)\s?[\])}*]{1,3}:?"
)
_LABELS = (
    r"letters? to (?:the )?(?:editors?|ed)|letter to (?:the )?opinion (?:page|editor)|lte",
    r"letters?(?: for publication)?",
    r"reader'?s?'? letter|for publication|op-?ed|op ed|opinion(?: (?:piece|column|page|article))?|letter to the paper",
    r"guest (?:column|opinion|essay|editorial|commentary)|commentary|submission|viewpoint",
    r"leser(?:innen)?briefe?|leserzuschrift|zuschrift|gastbeitrag|gastkommentar|brief an die redaktion",
    r"cartas? (?:al|a la|para el|para la) (?:director|directora|editor|editora|redacción|diario)|carta del lector",
    r"cartas? de (?:los )?lectores|tribuna abierta|artículo de opinión|artigo de opinião",
    r"courriers? des lecteurs|courrier du lecteur|lettre (?:à la rédaction|au rédacteur(?: en chef)?)",
    r"tribune libre|libre opinion|letter[ae] (?:al direttore|alla redazione|in redazione)",
    r"cartas? (?:ao|à) (?:editor|editora|diretor|director|redação|redacção)|cartas? d[eo]s? leitore?s?",
    r"ingezonden brief|lezersbrief|brief van een lezer|insändare|debattartikel|læserbrev|leserinnlegg|leserbrev",
    r"debattinnlegg|mielipidekirjoitus|mielipide|yleisönosasto\w{0,10}|lukijan kirjoitus|lesendabréf|lugejakiri",
    r"list do redakcji|dopis (?:redakci|čtenáře)|list redakcii|olvasói levél|scrisoare (?:către|la) redacți[ea]",
    r"pismo (?:bralca|uredništvu|čitatelja|čitaoca)|okur mektubu|письмо в редакцию|письмо редактору",
    r"лист до редакції|писмо до редакцията|επιστολή (?:προς|στη)(?: τη)? σύνταξη|γράμμα στον εκδότη",
    r"読者投稿|読者の声|投書|投稿|读者来信|讀者來信|致编辑|致編輯|投稿|독자투고|독자 투고|독자의 소리",
    r"رسالة إلى المحرر|מכתב למערכת|thư bạn đọc|surat pembaca",
)
_NONE = (
    r"no subject|none|untitled|kein betreff|ohne betreff|sin asunto|sans objet|aucun objet|nessun oggetto"
    r"|senza oggetto|sem assunto|geen onderwerp|inget ämne|uden emne|intet emne|uten emne|ei aihetta|bez tematu"
    r"|brak tematu|bez předmětu|без темы|без теми|konu yok|无主题|無主旨|無題|件名なし|제목 없음"
)
_LABEL = "|".join(_LABELS)
_SEPARATOR = r"(?: ?[:\uff1a\u2013\u2014|]| -{1,3}|-{1,3}(?= )| re(?: ?:| ))"
_BEFORE = re.compile(
    rf"(?:(?:{_PREFIX}) ?(?:\[\d{{1,4}}\]|\(\d{{1,4}}\)|\^?\d{{1,3}})? ?[:\uff1a]"
    rf"|{_TAG}|external(?: e-?mail)?:"
    rf"|(?:my |a |new )?(?:{_LABEL})(?: (?:submission|for publication))?{_SEPARATOR}"
    rf"|[\[(](?:{_LABEL})[\])] ?[:\u2013\u2014-]?) ?",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"(?: ?[,:|\u2013\u2014] ?| -{{1,2}} | ?[(\[])(?:{_LABEL})[)\]]?$", re.IGNORECASE)
_LONG_LABEL = re.compile(r"[^\W\d_]{2}\W{1,3}(?:to|al|au|des|alla|ao) |brief|publication", re.IGNORECASE)
_NOTHING = re.compile(
    rf"\W*(?:(?:my |a |new |attached )?(?:{_LABEL})(?: (?:submission|for publication|for your paper|attached|enclosed"
    rf"|please publish))*|please publish|attached|{_NONE})?\W*",
    re.IGNORECASE,
)
_LONGEST_LABEL = 60


def headline_of(subject: str) -> str:
    """Return a subject without Re:, Fwd:, [External], Letter to the editor: and their like in some 30 languages.

    They are taken off as often as they are nested. A subject that is nothing else gives "".
    The result is one clean line of at most HEADLINE_LENGTH characters.
    """
    shown, place = one_line(subject, MOST_READ), 0
    while (found := _BEFORE.match(shown, place)) and found.end() > place:
        place = found.end()
    headline = _without_label_after(shown[place:].strip())
    return "" if _NOTHING.fullmatch(headline[: 2 * _LONGEST_LABEL]) else one_line(headline, HEADLINE_LENGTH)


def _without_label_after(headline: str) -> str:
    """Return a headline without "- Letter to the editor" at its end; a short word there may belong to it."""
    head, tail = headline[:-_LONGEST_LABEL], headline[-_LONGEST_LABEL:]
    found = _AFTER.search(tail)
    return head + tail[: found.start()] if found and _LONG_LABEL.search(found[0]) else headline
