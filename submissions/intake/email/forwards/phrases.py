"""How mail programs of many languages say that a letter was passed on, or that somebody wrote."""

# ruff: noqa: RUF001  letters of other alphabets are meant here

import re

from submissions.intake.email.forwards.caseless import caseless


def _stems(table: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(re.escape(caseless(stem)) for line in table.split("\n") for stem in line.split(" | ") if stem)
    )


FORWARDED = _stems("""
forward | fwd | weitergeleitet | weiterleitung | transféré | transferido | réexpédi | renvoyé | reenvi
encaminhad | inoltrat | doorgestuurd | doorgezonden | vidarebefordra | vidaresänd | videresend | välitet
edelleenlähe | edastatud | pārsūtīt | persiųst | persiunč | přepos | prepos | přeslan | przekaz | przesł
továbbít | redirec | transmis | proslijeđ | prosleđ | posredovan | preslan | препрат | препращ | пренасоч
прослеђ | проследен | пересл | пересыл | пересил | переадрес | перенаправ | перасла | перасыл | iletil
yönlendir | προωθ | birbidal | diteruskan | terusan | dimajukan | chuyển tiếp | ส่งต่อ | 转发 | 轉寄 | 轉發
转寄 | 転送 | 전달 | अग्रेषित | áframsend | përcjell | توجيه | محولة | بازارسال | הועבר | מועבר
""")
"""Beginnings of words for forwarded, as they stand in a line of dashes."""
ORIGINAL = _stems("""
original | originaal | ursprüng | ursprung | oorspronkelijk | opprinneli | oprindeli | alkuperäi | algne | sākotnēj
pradin | pirmin | oryginal | původn | pôvodn | eredeti | inițial | izvorn | оригинал | исходн | первонач | оригін
початков | вихідн | арыгінал | изворн | özgün | orijinal | αρχικ | πρωτότυπ | jatorrizko | asli | gốc | ต้นฉบับ
原始 | 原邮件 | 原郵件 | 元のメ | オリジナル | 원본 | upprunaleg | origjinal | اصلي | המקורי
""")
"""Beginnings of words for original: such a line stands above forwarded letters and above answered ones."""
BEGINS = frozenset(
    caseless(line)
    for line in """
Begin forwarded message
Forwarded message
Anfang der weitergeleiteten Nachricht
Weitergeleitete Nachricht
Début du message réexpédié
Début du message transféré
Message transféré
Inicio del mensaje reenviado
Mensaje reenviado
Início da mensagem encaminhada
Início da mensagem reencaminhada
Mensagem encaminhada
Mensagem reencaminhada
Inizio messaggio inoltrato
Messaggio inoltrato
Begin doorgestuurd bericht
Doorgestuurd bericht
Start på videresendt besked
Videresendt besked
Begynnelsen på videresendt melding
Videresendt melding
Vidarebefordrat mejl
Vidarebefordrat brev
Vidarebefordrat meddelande
Börja vidarebefordrat meddelande
Välitetty viesti alkaa
Välitetty viesti
Edastatud kiri
Edastatud sõnumi algus
Pārsūtītā ziņojuma sākums
Persiunčiamo laiško pradžia
Początek przekazywanej wiadomości
Wiadomość przekazana
Začátek přeposílané zprávy
Začátek přeposlané zprávy
Přeposlaná zpráva
Začiatok preposlanej správy
Preposlaná správa
Továbbított levél kezdete
Továbbított üzenet kezdete
Továbbított üzenet
Începe mesajul redirecționat
Începutul mesajului redirecționat
Mesaj redirecționat
Započni proslijeđenu poruku
Proslijeđena poruka
Početak prosleđene poruke
Начало прослеђене поруке
Začetek posredovanega sporočila
Posredovano sporočilo
Начало на препратено съобщение
Препратено съобщение
Начало переадресованного сообщения
Начало пересылаемого сообщения
Пересылаемое сообщение
Пересланное сообщение
Початок листа, що пересилається
Початок переспрямованого повідомлення
Переслане повідомлення
Έναρξη προωθημένου μηνύματος
Αρχή προωθημένου μηνύματος
Προωθημένο μήνυμα
İleti başlangıcı
İletilen ileti başlangıcı
İletilen ileti
Inici del missatge reenviat
Missatge reenviat
Mulai pesan terusan
Mulai pesan yang diteruskan
Pesan terusan
Mula mesej dimajukan
Bắt đầu thư được chuyển tiếp
Thư được chuyển tiếp
เริ่มข้อความที่ถูกส่งต่อ
เริ่มข้อความที่ส่งต่อ
开始转发的邮件
以下是转发的邮件
開始轉寄郵件
以下是轉寄的郵件
以下是轉寄的電子郵件
転送されたメッセージ
전달된 메시지
전달된 메시지의 시작
بداية الرسالة المعاد توجيهها
بدء الرسالة المحولة
תחילת ההודעה שהועברה
הודעה שהועברה
""".strip().splitlines()
)
"""Lines that stand above a forwarded letter without dashes, as Apple Mail and MailMate write them."""
WROTE = _stems("""
wrote | schrieb | écrit | escribió | escribi | escreveu | ha scritto | schreef | geschreven | skrev | kirjoitti
kirjutas | rakstīja | rašė | napisał | pisze | napsal | napísal | írta | a scris | napisao | napisala
je napisal | написа | пишет | писал | пише | напісаў | έγραψε | yazdı | va escriure | ha escrit | idatzi
menulis | đã viết | เขียน | 写道 | 寫道 | 写信 | 書きました | のメール | 작성 | 님이 | كتب | כתב | نوشت
skrifaði
""")
ENDS = re.compile(r"(?:\bend\b|\bende\b|\bfin\b|\bfine\b|\bfim\b|\bslut\b|einde|koniec|konec|заверш|конец|кінець)")
"""What a line of dashes says where the forwarded letter ends."""
BEHALF = re.compile(
    r"\b(?:on behalf of|(?<=['\"] )via|im auftrag von|de la part de|en nombre de|em nome de|per conto di|namens)\b"
)
