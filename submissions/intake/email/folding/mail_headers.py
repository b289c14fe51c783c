"""The header that mail programs copy above an original: From, Sent, To, Subject, in 25 languages."""
# ruff: noqa: RUF001 the words of many scripts

import re
from collections.abc import Sequence
from functools import lru_cache

from submissions.intake.email.folding.attributions import Cut

MOST_LINES = 14
MOST_BLANKS = 3

_WORDS = {
    "from": "from von de da van från fra od feladó de la kimden от кого від від кого от lähettäjä από 发件人 寄件者"
    " 差出人"
    " 보낸 사람 보낸사람 expéditeur remitente mittente remetente nadawca odesílatel gönderen из saatja מאת من từ dari",
    "date": "date sent datum gesendet envoyé date d'envoi enviado enviada fecha el inviato data enviado em verzonden"
    " skickat sendt dato wysłano odesláno dátum elküldve küldve trimis gönderildi tarih дата отправлено надіслано"
    " lähetetty päivämäärä kuupäev ημερομηνία στάλθηκε 日期 发送时间 發送時間 寄件日期 送信日時 日時 날짜 보낸 날짜"
    " תאריך"
    " התאריך التاريخ ngày đã gửi tanggal poslano datum odeslání изпратено",
    "to": "to an à para a aan till til do komu címzett către kime alıcı кому до vastaanottaja προς 收件人 收件者 宛先"
    " 받는 사람 אל إلى đến kepada destinataire destinatario pro za",
    "subject": "subject betreff objet asunto oggetto assunto onderwerp ämne emne temat předmět predmet tárgy"
    " subiect konu"
    " тема aihe θέμα 主题 主旨 件名 제목 נושא الموضوع chủ đề subjek teema относно tema",
    "other": "cc bcc kopie copie kopia kopi kopio reply-to risposta antwort an répondre à responder a svar till"
    " organization organisation importance wichtigkeit priority priorität attachments anlagen anhänge pièces jointes"
    " копия másolat 抄送 副本 参照",
}
_PHRASES = {"보낸 사람", "date d'envoi", "enviado em", "datum odeslání", "de la", "від кого", "보낸 날짜", "받는 사람"}
_PHRASES |= {"đã gửi", "chủ đề", "reply to", "antwort an", "répondre à", "responder a", "svar till", "pièces jointes"}


def _roles() -> dict[str, str]:
    roles = {word: role for role in reversed(_WORDS) for word in _WORDS[role].split()}
    for phrase in _PHRASES:
        roles[phrase] = next((role for role, words in _WORDS.items() if phrase in words), "other")
    return roles


_ROLES = _roles()
_FIELD = re.compile(r"[ \t*_>]{0,6}([^\W\d_][\w' -]{0,24}?)[ \u00a0]?[*_]{0,2}[:\uff1a][*_]{0,2}[ \u00a0]*(.{0,300})")
_RULE = re.compile(r"[ \t]*[-_=*]{5,200}[ \t]*$")
_ORIGINAL = (
    r"(?:begin )?(?:original|forwarded|reply|the original) (?:message|mail|e-mail)|ursprüngliche nachricht"
    r"|urspruengliche nachricht|original-?nachricht|originalnachricht|(?:anfang der )?weitergeleiteten? nachricht"
    r"|message d'origine|message original|message transféré|début du message (?:transféré|réexpédié)|mensaje original"
    r"|mensaje reenviado|inicio del mensaje reenviado|messaggio originale|messaggio inoltrato"
    r"|inizio messaggio inoltrato|mensagem original|mensagem encaminhada|oorspronkelijk bericht|origineel bericht"
    r"|doorgestuurd bericht|begin doorgestuurd bericht|ursprungligt meddelande|originalmeddelande"
    r"|vidarebefordrat (?:meddelande|mejl)|oprindelig meddelelse|opprinnelig melding|videresendt (?:meddelelse|melding)"
    r"|alkuperäinen viesti|välitetty viesti|edelleenlähetetty viesti|(?:wiadomość|wiadomosc) oryginalna"
    r"|(?:oryginalna|treść przekazanej|przekazana) wiadomość|původní (?:zpráva|e-mail)|přeposlaná zpráva"
    r"|pôvodná správa|eredeti üzenet|továbbított üzenet|mesaj original|mesajul original|özgün mesaj|orijinal mesaj"
    r"|yönlendirilmiş (?:mesaj|ileti)|исходное сообщение|пересылаемое сообщение|пересланное сообщение"
    r"|оригинальное сообщение|оригінальне повідомлення|переслане повідомлення|αρχικό μήνυμα|προωθημένο μήνυμα"
    r"|izvorna poruka|proslijeđena poruka|原始邮件|原始郵件|转发的邮件|轉寄的郵件|元のメッセージ|転送メッセージ"
    r"|원본 메시지|전달된 메시지|الرسالة الأصلية|ההודעה המקורית|thư gốc"
)
_DASHES = tuple("-_=*")
_COLON = re.compile(r"[:\uff1a]")
LABEL_WITHIN = 60
"""Characters of a line within which the colon of a field stands, and more than the longest label takes up."""
LONGEST_ABOVE = 100
"""Characters of a line that is nothing but "Original Message" in some language, and more than the longest takes up."""
_DATE = re.compile(r"\d{1,4}\D{1,20}\d{1,4}")
_BETWEEN_DASHES = re.compile(rf"[ \t*]{{0,4}}[-_]{{2,20}} ?(?:{_ORIGINAL}) ?[-_]{{2,20}}\**$", re.IGNORECASE)
_ABOVE = re.compile(rf"[ \t*]{{0,4}}(?:{_ORIGINAL})[:\uff1a]?\**$", re.IGNORECASE)


def header_at(lines: Sequence[str], at: int, *, bare: bool) -> Cut | None:
    """Return the copied header that begins on a line, with the dashes above it; None where there is none.

    `bare`: a header without dashes counts too. At the head of a text it may be a writer's own letterhead.
    """
    line = lines[at][:200].rstrip()
    dashed = line.lstrip(" \t")[:1] in _DASHES
    if dashed and _BETWEEN_DASHES.match(line):
        return Cut(end=_fields_end(lines, _worded(lines, at + 1)) or at + 1, sure=True)
    if (dashed and _RULE.match(line)) or (len(line) <= LONGEST_ABOVE and _ABOVE.match(line)):
        end = _fields_end(lines, _worded(lines, at + 1))
    else:
        end = _fields_end(lines, at) if bare and _role(line) == "from" else None
    return Cut(end=end, sure=True) if end else None


def _worded(lines: Sequence[str], at: int) -> int:
    """Return the number of the next line that is not blank, looking at most MOST_BLANKS lines far."""
    return next((at + n for n, line in enumerate(lines[at : at + MOST_BLANKS + 1]) if line.strip()), len(lines))


def _fields_end(lines: Sequence[str], at: int) -> int | None:
    """Return the number of the line after a header, or None: it needs a sender, a date in figures and one more field.

    A value may be wrapped once; a blank line ends the header.
    """
    seen: dict[str, str] = {}
    wrapped, end = False, at
    for line in lines[at : at + MOST_LINES]:
        role = _role(line[:400])
        if not line.strip() or (role is None and (wrapped or not seen)):
            break
        if role is not None:
            seen.setdefault(role, line)
        wrapped = role is None
        end += 1
    dated = _DATE.search(seen.get("date", "")[:400]) is not None
    return end if "from" in seen and dated and ("to" in seen or "subject" in seen) else None


@lru_cache(maxsize=128)  # a field is asked about once for each line above it that may begin a header
def _role(line: str) -> str | None:
    if not _COLON.search(line[:LABEL_WITHIN]):  # most lines
        return None
    found = _FIELD.match(line)
    return _ROLES.get(found[1].casefold().strip()) if found else None
