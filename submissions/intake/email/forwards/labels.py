"""What mail programs of many languages write before the fields of a letter that they pass on."""

# ruff: noqa: RUF001  letters of other alphabets are meant here

from submissions.intake.email.forwards.caseless import caseless

FROM = """
From | Sender | Von | Absender | De | Expéditeur | Remitente | Remitent | Remetente | Da | Mittente | Van
Afzender | Fra | Afsender | Avsender | Från | Avsändare | Lähettäjä | Keneltä | Saatja | Kellelt | No | Sūtītājs
Nosūtītājs | Nuo | Siuntėjas | Od | Nadawca | Odesílatel | Odosielateľ | Feladó | Küldő | De la | Expeditor
Šalje | Pošiljatelj | Pošiljalac | От | От кого | Отправитель | Подател | Від | Від кого | Відправник | Ад
Ад каго | Од | Од кога | Шаље | Από | Αποστολέας | Kimden | Gönderen | Igorlea | Nork | Dari | Pengirim
Daripada | Từ | Người gửi | จาก | ผู้ส่ง | 发件人 | 发送人 | 寄件人 | 寄件者 | 發件人 | 差出人 | 送信者 | 送信元
보낸 사람 | 보낸사람 | 보낸이 | 발신인 | 발신 | من | المرسل | מאת | שולח | از | فرستنده | प्रेषक | Frá | Nga
Dërguesi
"""
TO = """
To | An | Empfänger | À | Pour | Destinataire | Para | A | Destinatario | Destinatário | Per | Per a | Aan
Naar | Til | Modtager | Mottaker | Till | Mottagare | Vastaanottaja | Kenelle | Saaja | Adressaat | Kellele
Kam | Adresāts | Saņēmējs | Gavėjas | Iki | Do | Adresat | Odbiorca | Komu | Příjemce | Adresát | Pro | Pre
Príjemca | Címzett | Címzettek | Către | Catre | Pentru | La | Destinatar | Za | Prima | Primatelj | Primalac
Kome | Prejemnik | Naslovnik | До | Получател | Към | Кому | Получатель | Одержувач | Каму | За | Коме | Прима
Προς | Παραλήπτης | Kime | Alıcı | Nori | Hartzailea | Kepada | Ke | Untuk | Tới | Đến | Người nhận | ถึง
ผู้รับ | 收件人 | 收件者 | 至 | 宛先 | 送信先 | 받는 사람 | 받는사람 | 받는이 | 수신 | 수신인 | إلى | المستلم
אל | נמען | به | گیرنده | प्राप्तकर्ता | Për
"""
COPY = """
Cc | Copy | Copies | Kopie | Kopie (CC) | Copie | Copie à | Copia | Con copia | Cópia | Com cópia | Còpia | A/c
Kopi | Kopia | Kopio | Kopiot | Koopia | Kopija | DW | Do wiadomości | Kópia | Másolat | Másolatot kap
În copie | Kp | Копие | Копия | Копія | Копија | Копія для | Κοιν. | Κοιν | Κοινοποίηση | Bilgi | Salinan
Tembusan | Đồng gửi | สำเนา | สำเนาถึง | 抄送 | 副本 | 写し | 참조 | نسخة | نسخة إلى | עותק | העתק | رونوشت
Afrit
"""
DATE = """
Date | Sent | Sent on | Date Sent | Datum | Gesendet | Gesendet am | Envoyé | Envoyé le | Date d'envoi | Fecha
Enviado | Enviado el | Enviada | Enviado em | Enviada em | Data | Data de envio | Inviato | Inviata | Verzonden
Verstuurd | Dato | Sendt | Skickat | Skickades | Päivämäärä | Päiväys | Pvm | Lähetetty | Kuupäev | Saadetud
Saatmisaeg | Datums | Nosūtīts | Išsiųsta | Wysłano | Wysłane | Data wysłania | Odesláno | Posláno | Dátum
Odoslané | Poslané | Elküldve | Küldve | Dată | Trimis | Trimisă | Poslano | Poslato | Дата | Изпратено
Отправлено | Надіслано | Відправлено | Дасланы | Датум | Послато | Ημερομηνία | Στάλθηκε | Απεστάλη | Εστάλη
Tarih | Gönderilme | Gönderildi | Gönderilen | Gönderme Tarihi | Enviat | Bidalia | Bidalita | Tanggal
Terkirim | Dikirim | Tarikh | Dihantar | Ngày | Đã gửi | Ngày gửi | วันที่ | วัน | ส่งเมื่อ | ส่ง | 日期
发送时间 | 發送時間 | 寄件日期 | 寄件時間 | 傳送時間 | 发件日期 | 时间 | 時間 | 已发送 | 日付 | 送信日時 | 日時
送信日 | 날짜 | 보낸 날짜 | 보낸날짜 | 보낸 시간 | 일시 | التاريخ | تاريخ | تم الإرسال | أرسلت | تاريخ الإرسال
תאריך | נשלח | تاریخ | दिनांक | तारीख | Dagsetning | Dërguar
"""
SUBJECT = """
Subject | Betreff | Objet | Sujet | Asunto | Assunto | Assumpte | Oggetto | Onderwerp | Emne | Ämne | Rubrik
Aihe | Otsikko | Teema | Pealkiri | Tēma | Temats | Tema | Temat | Předmět | Věc | Predmet | Vec | Tárgy
Subiect | Naslov | Zadeva | Тема | Относно | Тэма | Предмет | Наслов | Θέμα | Konu | Gaia | Subjek | Subyek
Perihal | Perkara | Chủ đề | Tiêu đề | เรื่อง | หัวเรื่อง | หัวข้อ | 主题 | 主旨 | 主題 | 标题 | 件名 | 題名
제목 | 주제 | الموضوع | موضوع | נושא | הנדון | विषय | Efni | Subjekti
"""
OTHER = """
Reply-To | Reply To | Antwort an | Répondre à | Responder a | Rispondi a | Risposta | Svar til | Svara till
Odpowiedz do | Antwoord aan | Ответить | Bcc | Blindkopie | Cci | Cco | Ccn | UDW | Skrytá kopie
Titkos másolat | Скрытая копия | 密送 | 숨은 참조 | Attachment | Attachments | Anlage | Anlagen | Anhang
Anhänge | Pièce jointe | Pièces jointes | Adjuntos | Datos adjuntos | Anexo | Anexos | Allegato | Allegati
Bijlage | Bijlagen | Vedhæftede filer | Vedlegg | Bifogade filer | Liitteet | Załącznik | Załączniki | Přílohy
Prílohy | Mellékletek | Вложения | Вкладення | 附件 | 添付ファイル | 첨부 | Importance | Priority | Wichtigkeit
Priorität | Prioridad | Priorité | Priorità | Prioriteit | Organization | Message-ID | In-Reply-To | References
Mailing list | Mailing-List | List | Resent-From | Resent-To | Resent-Date | Content-Type | Conversation
Categories | Sensitivity
"""


def words_of(table: str) -> list[str]:
    """Return the folded words of a table."""
    return [caseless(word) for line in table.strip().splitlines() for word in line.split(" | ")]


ROLES = {
    word: role
    for role, table in (
        ("other", OTHER),
        ("copy", COPY),
        ("date", DATE),
        ("subject", SUBJECT),
        ("to", TO),
        ("from", FROM),
    )
    for word in words_of(table)
}
"""Which field a folded label names."""
LONGEST = max(len(word) for word in ROLES)
ENGLISH = frozenset({"from", "to", "sent", "date", "subject", "cc"})
FINNISH = caseless("Lähettäjä")
