"""Small print below a letter, and gateways' warnings above it: "Sent from my iPhone", confidentiality notices."""
# ruff: noqa: RUF001 the words of many scripts

import re
from collections.abc import Sequence

MOST_PARAGRAPHS = 8
MOST_LINES = 40
MOST_CHARACTERS = 4_000
_PROSE_LINE = 50

_MACHINE = (
    r"(?:iphone|ipad|ipod|android|outlook|hotmail|mailbox|e-?mail|mobile|mobil\w*|handy|phone|telefon\w*|smartphone"
    r"|tablet|device|samsung|galaxy|htc|nokia|blackberry|windows|yahoo|gmail|proton|aol|thunderbird|airmail|surface"
    r"|kindle|pixel|huawei|xiaomi|motorola|oneplus|xfinity|spike|mail)"
)
_FROM_MACHINE = re.compile(
    r"\W{0,6}(?:sent|posted|typed|written) (?:from|via|with|by|using|on) (?:my |a |the )?[^\n]{0,40}?"
    rf"\b{_MACHINE}\b|from my {_MACHINE}[^\n]{{0,20}}$"
    r"|\W{0,6}sent (?:from my |via |with )\S|\W{0,4}get \[?(?:outlook|yahoo mail|bluemail|spark|aqua mail) for\b"
    rf"|\w{{1,20}} from mobile\W*$|\W{{0,4}}(?:envoyé|gesendet|verschickt|enviado|inviato|verzonden|verstuurd|sendt"
    rf"|sent"
    r"|skickat|skickades|lähetetty|wysłan[eoay]|odesláno|odoslané|trimis|отправлено|надіслано|відправлено|изпратено"
    r"|poslano|elküldve|στάλθηκε|dikirim|đã gửi|gửi) (?:de|depuis|à partir de|von|mit|aus|via|über|desde|do|da|dal|a"
    r"|met|vanaf|uw|fra|från|puhelimesta|z|ze|pe|din|с|со|из|з|із|зі|от|s|iz|innen|από|dari|từ)\b"
    r"|\W{0,4}von mein\w{1,3} [^\n]{1,60} gesendet|\W{0,4}diese (?:nachricht|e-mail) wurde von [^\n]{1,80} gesendet"
    r"|[^\n]{1,40} gönderildi\W*$|\W{0,4}[從从]我?的?[^\n]{1,40}[傳发發][送信]|\W{0,4}[发發]自我的|[^\n]{1,40}から送信"
    r"|[^\n]{1,40}에서 보냄|\W{0,4}נשלח מ|\W{0,4}أُ?رسلت? من",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"\W{0,4}(?:virus-free\W|(?:this|diese|cet?|este) (?:e-?mail|message|nachricht|courriel|correo)[^\n]{0,40}\bvirus"
    r"|no virus found|scanned by|(?:please )?(?:consider|think of) the environment|(?:please )?(?:excuse"
    r"|pardon) (?:any |the "
    r"|my )?(?:typ|brevity)|to unsubscribe from this group|you received this message because you are subscribed"
    r"|yahoo mail: search, organize|diese e-mail wurde von avast|libre de virus|sans virus|virenfrei)|\u1427$",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"e-?mails?\b|\bmessage|transmission|communication|attachment|nachricht|courriel|correo|mensaje|mensagem|messaggi"
    r"|bericht|meddelande|besked|melding|viesti|wiadomo|zpráv|správ|üzenet|levél|mesaj|сообщени|письм|повідомлен"
    r"|съобщени|μήνυμα|poruk|邮件|郵件|メール|メッセージ|이메일|메일|رسالة|הודעה|thư",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"confiden[tc]ial|privileged|proprietary|vertraulich|confidentiel|riservat|vertrouwelijk|konfiden[tc]|fortrolig"
    r"|luottamuksel|poufn|důvěrn|dôvern|bizalmas|confidențial|gizli|конфиденц|конфіденц|поверител|εμπιστευτικ"
    r"|povjerljiv"
    r"|机密|機密|保密|秘密|기밀|비밀|سري|חסוי|bảo mật",
    re.IGNORECASE,
)
_ADDRESSEE = re.compile(
    r"intended|addressee|recipient|sole use|unauthori[sz]ed|in error|delete|destroy|prohibited|bestimmt|empfänger"
    r"|irrtümlich|vernichten|destinataire|par erreur|détruire|destinatari|por error|eliminar|por engano|per errore"
    r"|geadresseerde|bestemd|mottagare|avsedd|modtager|tiltænkt|mottaker|vastaanottaja|tarkoitettu|adresat|odbiorc"
    r"|pomyłk|příjemc|příjemců|určen|címzett|tévedés|din greșeală|alıcı|адресат|получател|отримувач|παραλήπτη|primatelj"
    r"|收件人|受信者|宛先|誤って|수신|المستلم|المرسل إليه|נמען|người nhận",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\bregistered|company|limited|liabil|viruses|\bviews\b|opinions expressed|monitor|environment|print this|haftung"
    r"|registergericht|handelsregister|geschäftsführ|siège social|unsubscribe",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\W{0,8}(?:confidentiality|privacy|privileged|legal)[\w ,/&]{0,30}(?:notice|note|statement|disclaimer)\b"
    r"|\W{0,8}(?:disclaimer|haftungsausschluss|vertraulichkeitshinweis|(?:avis|clause|note) de confidentialité"
    r"|(?:aviso|cláusula|nota) de confidencialidad|aviso legal|avviso di riservatezza|aviso de confidencialidade"
    r"|klauzula poufności|notice of confidentiality)\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\W{0,8}(?:important |please )?(?:notice|note|disclaimer|(?:this|the information|the contents?|any|diese"
    r"|die in diese"
    r"|cet?|ce message|este|esta|questo|la presente|dit|detta|denne|tämä|ta|tato|ez|acest|bu|это|данное|это) )",
    re.IGNORECASE,
)
_WARNING = re.compile(
    r"\W{0,8}(?:\w{1,20}\W{1,4})?(?:this|an|the)? ?(?:e-?mail|message|sender)[^\n]{0,40}\b(?:originated|came|sent"
    r"|is|comes)\b"
    r"[^\n]{0,20}\b(?:outside|external)"
    r"|\W{0,8}you don['\u2019]t often get e?-?mail from"
    r"|\W{0,8}some people who received this message don['\u2019]t often"
    r"|\W{0,8}(?:achtung|vorsicht|warnung|attention|atención|attenzione|atenção|let op)\W{1,3}(?:diese|cet|este"
    r"|questa|deze)"
    r"[^\n]{0,40}(?:extern|extérieur|fuera|esterno)",
    re.IGNORECASE,
)


def is_machines(line: str, above: str) -> bool:
    """Whether a program or a device put a line below a letter; not so where it ends a paragraph of the line `above`."""
    if not _is_machines(line):
        return False
    if not above.strip() or _is_machines(above):
        return True
    begins_small = line.lstrip()[:1].islower()
    goes_on = len(above) >= _PROSE_LINE and above.rstrip()[-1] not in ".!?\"')"
    return not begins_small and not goes_on


def _is_machines(line: str) -> bool:
    return len(line) <= 160 and bool(_FROM_MACHINE.match(line) or _FOOTER.match(line.strip()))


def warning_end(lines: Sequence[str], start: int, end: int) -> int:
    """Return the number of the line after a gateway's warning at the head of a mail; `start` if there is none."""
    first = next((number for number in range(start, end) if lines[number].strip()), end)
    last = _paragraph_end(lines, first, end)
    text = " ".join(lines[first:last])[:MOST_CHARACTERS]
    return last if last - first <= 6 and len(text) <= 600 and _WARNING.match(text) else start


def legal_start(lines: Sequence[str], start: int, end: int) -> int:
    """Return the number of the line where a legal notice begins that reaches to `end`; `end` if there is none.

    A paragraph is one if it speaks of the mail, of secrecy and of its addressee, or is headed "Disclaimer" or the like;
    after it may come more small print of a firm.
    """
    found, below = end, end
    for _ in range(MOST_PARAGRAPHS):
        first, last = _paragraph_before(lines, start, below)
        if first == last:
            break
        begins = _legal_line(lines, first, last)
        if begins is not None:
            found = begins
        elif not _goes_along(lines[first:last]):
            break
        if begins is not None and begins > first:
            break
        below = first
    return found


def _legal_line(lines: Sequence[str], first: int, last: int) -> int | None:
    """Return at which line of a paragraph a legal notice begins; a sign-off may stand right above it."""
    text = " ".join(lines[first:last])[:MOST_CHARACTERS]
    secret, addressee = _SECRET.search(text), _ADDRESSEE.search(text)
    if not (_MAIL.search(text) and (secret or addressee)):
        return None
    head = next((number for number in range(first, last) if _NOTICE.match(lines[number][:200])), None)
    if head is not None:
        return head
    if not (secret and addressee):
        return None
    begins = (number for number in range(first, last) if _BEGINS.match(lines[number][:200]))
    return next(begins, first if len(lines[first]) > 40 else None)


def _goes_along(paragraph: Sequence[str]) -> bool:
    text = " ".join(paragraph)[:MOST_CHARACTERS]
    return bool(_MORE.search(text)) or not any(char.isalnum() for char in text)


def _paragraph_before(lines: Sequence[str], start: int, end: int) -> tuple[int, int]:
    last = end
    while last > start and end - last < MOST_LINES and not lines[last - 1].strip():
        last -= 1
    first = last
    while first > start and last - first < MOST_LINES and lines[first - 1].strip():
        first -= 1
    return first, last


def _paragraph_end(lines: Sequence[str], first: int, end: int) -> int:
    return next((number for number in range(first, min(first + MOST_LINES, end)) if not lines[number].strip()), end)
