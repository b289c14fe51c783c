"""What mail programs write around a letter that they pass on, in the languages of the world; the people are made up."""

from typing import NamedTuple

from submissions.intake.email.forwards import Unwrapped, unwrap
from submissions.intake.email.parsing.parse import parse
from tests.intake.email.mails import PLAIN, mail

FORWARDER = "Nell Hardy <nell.hardy@wyomingstar.example>"
NAME, ADDRESS = "Ida Marsh", "ida.marsh@prairie.example"
AUTHOR = f"{NAME} <{ADDRESS}>"
READER = "nell.hardy@wyomingstar.example"
SUBJECT = "The ferry at Cold Springs"
BODY = "Our ferry has run for ninety years.\n\nLet it run for ninety more.\n\nIda Marsh, Cold Springs"


class Words(NamedTuple):
    """One language: how it marks a letter passed on, its labels, a date in January 2026, and a subject's prefix."""

    language: str
    forwarded: str
    sender: str
    sent: str
    about: str
    to: str
    when: str
    prefix: str


LANGUAGES = (
    Words("ar", "رسالة معاد توجيهها", "من", "التاريخ", "الموضوع", "إلى", "٥ يناير ٢٠٢٦ ١٠:٠٠", "إعادة توجيه"),
    Words("bg", "Препратено съобщение", "От", "Дата", "Тема", "До", "5 януари 2026 10:00", "FW"),
    Words("ca", "Missatge reenviat", "De", "Data", "Assumpte", "Per a", "5 gener 2026, 10:00", "RV"),
    Words("cs", "Přeposlaná zpráva", "Od", "Datum", "Předmět", "Komu", "5. ledna 2026 10:00", "FW"),
    Words("da", "Videresendt besked", "Fra", "Sendt", "Emne", "Til", "5. januar 2026 10:00", "VS"),
    Words("de", "Weitergeleitete Nachricht", "Von", "Gesendet", "Betreff", "An", "Montag, 5. Januar 2026 10:00", "WG"),
    Words("el", "Προωθημένο μήνυμα", "Από", "Ημερομηνία", "Θέμα", "Προς", "5 Ιανουαρίου 2026 10:00", "ΠΡΘ"),
    Words("en", "Forwarded message", "From", "Sent", "Subject", "To", "Monday, January 5, 2026 10:00 AM", "FW"),
    Words("es", "Mensaje reenviado", "De", "Enviado el", "Asunto", "Para", "5 de enero de 2026 10:00", "RV"),
    Words("et", "Edastatud kiri", "Saatja", "Kuupäev", "Teema", "Saaja", "5. jaanuar 2026 10:00", "Fwd"),
    Words(
        "fi", "Välitetty viesti", "Lähettäjä", "Päiväys", "Aihe", "Vastaanottaja", "5. tammikuuta 2026 klo 10.00", "VL"
    ),
    Words("fr", "Message transféré", "De", "Envoyé", "Objet", "À", "lundi 5 janvier 2026 10:00", "TR"),
    Words("he", "הודעה שהועברה", "מאת", "תאריך", "נושא", "אל", "5 בינואר 2026 10:00", "הועבר"),
    Words("hr", "Proslijeđena poruka", "Od", "Datum", "Predmet", "Za", "5. siječnja 2026. 10:00", "Prosl"),
    Words("hu", "Továbbított üzenet", "Feladó", "Elküldve", "Tárgy", "Címzett", "2026. január 5. 10:00", "Továbbítás"),
    Words("id", "Pesan terusan", "Dari", "Tanggal", "Subjek", "Kepada", "5 Januari 2026 10:00", "Trs"),
    Words("it", "Messaggio inoltrato", "Da", "Inviato", "Oggetto", "A", "lunedì 5 gennaio 2026 10:00", "I"),
    Words("ja", "転送メッセージ", "差出人", "送信日時", "件名", "宛先", "2026年1月5日 10:00", "転送"),
    Words("ko", "전달된 메시지", "보낸 사람", "보낸 날짜", "제목", "받는 사람", "2026년 1월 5일 오전 10:00", "전달"),
    Words("lt", "Persiųstas laiškas", "Nuo", "Išsiųsta", "Tema", "Kam", "2026 m. sausio 5 d. 10:00", "Fwd"),
    Words("lv", "Pārsūtīta ziņa", "No", "Datums", "Temats", "Kam", "2026. gada 5. janvāris 10:00", "Fwd"),
    Words("nb", "Videresendt melding", "Fra", "Sendt", "Emne", "Til", "5. januar 2026 10:00", "VS"),
    Words(
        "nl", "Doorgestuurd bericht", "Van", "Verzonden", "Onderwerp", "Aan", "maandag 5 januari 2026 10:00", "Doorst"
    ),
    Words("pl", "Przekazana wiadomość", "Od", "Wysłano", "Temat", "Do", "5 stycznia 2026 10:00", "PD"),
    Words("pt", "Mensagem encaminhada", "De", "Enviado", "Assunto", "Para", "5 de janeiro de 2026 10:00", "ENC"),
    Words("ro", "Mesaj redirecționat", "De la", "Trimis", "Subiect", "Către", "5 ianuarie 2026 10:00", "Redir."),
    Words("ru", "Пересылаемое сообщение", "От кого", "Дата", "Тема", "Кому", "5 января 2026 г. в 10:00", "Пересл"),
    Words("sk", "Preposlaná správa", "Od", "Odoslané", "Predmet", "Komu", "5. januára 2026 10:00", "FW"),
    Words("sl", "Posredovano sporočilo", "Od", "Poslano", "Zadeva", "Za", "5. januar 2026 10:00", "Posr"),
    Words("sr", "Прослеђена порука", "Од", "Датум", "Наслов", "За", "5. јануар 2026. 10:00", "Fwd"),
    Words("sv", "Vidarebefordrat meddelande", "Från", "Skickat", "Ämne", "Till", "den 5 januari 2026 10:00", "VB"),
    Words("th", "ข้อความที่ส่งต่อ", "จาก", "วันที่", "เรื่อง", "ถึง", "5 ม.ค. 2569 10:00", "ส่งต่อ"),
    Words("tr", "İletilen ileti", "Kimden", "Gönderilme", "Konu", "Kime", "5 Ocak 2026 10:00", "İLT"),
    Words("uk", "Переслане повідомлення", "Від", "Надіслано", "Тема", "Кому", "5 січня 2026 р. 10:00", "Fwd"),
    Words("vi", "Thư được chuyển tiếp", "Từ", "Ngày", "Chủ đề", "Đến", "5 thg 1, 2026 10:00", "Fwd"),
    Words("zh", "转发的邮件", "发件人", "发送时间", "主题", "收件人", "2026年1月5日 10:00", "转发"),
    Words("zh-Hant", "轉寄的郵件", "寄件者", "寄件日期", "主旨", "收件者", "2026年1月5日 上午10:00", "轉寄"),
)


def fields(words: Words, colon: str = ": ") -> list[str]:
    """The fields of the letter: sender, date, recipient, subject."""
    return [
        f"{words.sender}{colon}{AUTHOR}",
        f"{words.sent}{colon}{words.when}",
        f"{words.to}{colon}{READER}",
        f"{words.about}{colon}{SUBJECT}",
    ]


def quote(text: str) -> str:
    """The text with a mark before each line."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def gmail(words: Words) -> str:
    return "\n".join([f"---------- {words.forwarded} ---------", *fields(words), "", BODY])


def thunderbird(words: Words) -> str:
    sender, sent, to, about = fields(words, " : \t")
    return "\n".join([f"-------- {words.forwarded} --------", about, sent, sender, to, "", "", BODY])


def outlook(words: Words) -> str:
    return "\n".join(["_" * 32, *fields(words), "", BODY])


def outlook_on_a_mac(words: Words) -> str:
    return "\n".join([*fields(words, "\xa0: "), BODY])


def bold(words: Words) -> str:
    return "\n\n".join([*(f"*{line.replace(': ', ':* ', 1)}" for line in fields(words)), BODY])


def apple(words: Words) -> str:
    return quote("\n".join([f"---- {words.forwarded} ----", "", *fields(words), "", BODY, ""]))


def yahoo(words: Words) -> str:
    return f"  ----- {words.forwarded} ----- {''.join(fields(words))}\n {BODY}"


def full_width(words: Words) -> str:
    return "\n".join([f"------ {words.forwarded} ------", *fields(words, "："), "", BODY])


STYLES = (gmail, thunderbird, outlook, outlook_on_a_mac, bold, apple, yahoo, full_width)


def unwrapped(body: str, subject: str = "", sender: str = FORWARDER, **named: str) -> Unwrapped | None:
    """What a mail with such a body passes on."""
    return unwrap(parse(mail(body, PLAIN, From=sender, Subject=subject, **named)))
