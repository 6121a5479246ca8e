# Deine Daten, das Löschen, und wie lange etwas bleibt.

data-title = Deine Daten
data-lead = Was Chorus von dir weiß, gehört dir: Nimm es mit oder lass es löschen.
data-open = Deine Daten …
data-open-text = Alles, was von dir bekannt ist, als Datei, und wie du es löschst.
data-export = Alles als Datei
data-export-text = Wer du bist, was du gewählt, abgelehnt, geteilt und verdient hast, was du geschrieben, vorgeschlagen und getan hast. Es ist eine JSON-Datei nur für dich; dass du sie geholt hast, steht im Protokoll.
data-export-by-another = Du bist über einen Link hereingekommen, den jemand anderes ausgegeben hat. Bis du dich auf einem eigenen Weg anmeldest, enthält die Datei nur, was diese Person dir geben könnte.
data-export-button = Meine Daten herunterladen
data-erase = Mich löschen
data-erase-text = Dein Name, deine Adresse, Konten, Einstellungen und Anmeldungen werden vernichtet, und deine Direktnachrichten zurückgeholt, wo der Chat es zulässt. Was du geteilt hast, bleibt ohne deinen Namen, seine Links gehen weiter, und alle Summen bleiben, wie sie sind.
data-erase-open = Mich löschen …
data-erase-name = Dein Name oder deine E-Mail-Adresse
erase-name-help = Damit klar ist, wer gemeint ist, tippe: { $name }
erase-for-good = Das lässt sich nicht rückgängig machen.
erase-button = { $name } löschen
erase-not-meant = Das ist weder der Name noch die Adresse. Tippe eins von beiden ganz.
erase-last-owner = Niemand sonst leitet die Organisation. Gib zuerst jemand anderem die Leitung.
erase-by-another = Diese Anmeldung begann mit einem Link, den jemand anderes ausgegeben hat und vielleicht selbst benutzt. Melde dich auf einem eigenen Weg an, etwa über einen Chat oder ein dort gewähltes Passwort, bevor du dich oder andere löschst.
leave-by-another = Diese Anmeldung begann mit einem Link, den jemand anderes ausgegeben hat und vielleicht selbst benutzt. Wer hier geht, wird gelöscht: Melde dich auf einem eigenen Weg an, etwa über einen Chat oder ein dort gewähltes Passwort.
goodbye-title = Du bist gelöscht
goodbye-text = Nichts hier kennt deinen Namen noch. Danke, dass du da warst. Du kannst dieses Fenster schließen.

member-data = Daten
member-export-text = Wenn { $name } nach den eigenen Daten fragt, gib diese Datei weiter: wer die Person ist, ihre Konten, was sie hier geschrieben, vorgeschlagen und getan hat, soweit du es lesen darfst. Was sie gewählt, abgelehnt, geteilt und verdient hat, steht nur in der Datei, die sie selbst herunterlädt.
member-export-button = Daten von { $name } exportieren
member-erase-text = Name, Adresse, Konten, Einstellungen und Anmeldungen werden vernichtet. Was geteilt wurde, bleibt ohne den Namen, Links gehen weiter, und alle Summen bleiben, wie sie sind.
member-erase-open = Diese Person löschen …
member-erase-name = Ihr Name oder ihre E-Mail-Adresse
member-leave-forgets = Deine Organisation behält keine Namen von Leuten, die gehen: Diese Person wird sofort gelöscht und lässt sich nicht zurückholen.
toast-member-erased = Gelöscht. Summen und Links sind, was sie waren.

retention-title = Wie lange etwas bleibt
retention-lead = Was seine Zeit hatte, wird innerhalb weniger Stunden endgültig entfernt. Klicks, Punkte und alle Summen bleiben, wie sie sind.
kept-visit-details = Einzelheiten von Besuchen
kept-visit-details-text = Aus welchem Land und von welcher Seite jemand kam, und mit welcher Art Gerät. Der Besuch selbst bleibt, ohne sie.
kept-visit-details-lost = { $count ->
    [0] Noch kein Besuch ist so alt.
    [one] { $count } Besuch würde seine Einzelheiten verlieren.
   *[other] { $count } Besuche würden ihre Einzelheiten verlieren.
}
kept-deliveries = Nachrichten an Chats
kept-deliveries-text = Wann welche Nachricht wohin ging, bei Beiträgen, die zu Ende sind. Die Nachrichten bleiben in den Chats, lassen sich aber von hier nicht mehr ändern oder zurückholen.
kept-deliveries-lost = { $count ->
    [0] Noch keine Nachricht in einem Kanal ist so alt. Die an einzelne Leute werden nicht gezählt: Ihre Zahl könnte verraten, wer keine wollte.
    [one] { $count } Nachricht in einem Kanal würde vergessen, und die an einzelne Leute aus dieser Zeit. Diese werden nicht gezählt: Ihre Zahl könnte verraten, wer keine wollte.
   *[other] { $count } Nachrichten in Kanälen würden vergessen, und die an einzelne Leute aus dieser Zeit. Diese werden nicht gezählt: Ihre Zahl könnte verraten, wer keine wollte.
}
kept-audit-log = Protokoll
kept-audit-log-text = Wer was geändert hat.
kept-audit-log-lost = { $count ->
    [0] Noch kein Eintrag ist so alt.
    [one] { $count } Eintrag würde entfernt.
   *[other] { $count } Einträge würden entfernt.
}
kept-leaver-names = Namen von Leuten, die gegangen sind
kept-leaver-names-text = Name, Adresse und Konten von Leuten, die gegangen sind. Was sie geteilt haben, bleibt ohne Namen. Mit 0 Tagen werden sie gelöscht, sobald sie gehen, und einen Tag später, wenn ein Chat sagt, dass sie gegangen sind; wer gelöscht ist, lässt sich nicht zurückholen.
kept-leaver-names-lost = { $count ->
    [0] So lange ist noch niemand weg.
    [one] { $count } Person, die gegangen ist, würde gelöscht.
   *[other] { $count } Leute, die gegangen sind, würden gelöscht.
}
kept-lost-many = Mehr als { $count } würden entfernt.
kept-lost-warning = Das lässt sich nicht rückgängig machen.
kept-lose = { $count ->
    [0] Nichts behalten und endgültig entfernen
    [one] { $count } Tag behalten und Älteres endgültig entfernen
   *[other] { $count } Tage behalten und Älteres endgültig entfernen
}
kept-leave-it = Lassen, wie es ist
kept-now = Bleibt
kept-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
kept-at-once = gar nicht
kept-forever = für immer
kept-default = Wenn du nichts wählst: { $days }.
kept-run = Zuletzt nachgesehen
kept-no-run = Noch nicht nachgesehen
kept-removed = { $count ->
    [0] bisher nichts entfernt
    [one] zuletzt { $count } entfernt
   *[other] zuletzt { $count } entfernt
}
kept-field = Tage
kept-tick = Für immer behalten
kept-save = Speichern
kept-fault = Tippe eine ganze Zahl von Tagen innerhalb der Grenzen.
kept-fixed = Was seine eigene Zeit hat
kept-sessions = Anmeldungen enden 30 Tage nach der letzten Benutzung, spätestens 90 Tage nach ihrem Beginn.
kept-links = Einmal-Links und Codes werden vergessen, sobald sie nicht mehr gelten; Versuche, sich anzumelden, nach einer Viertelstunde.
kept-imports = Importierte Dateien werden vergessen, sobald sie übernommen sind, und was ihre Zeilen getan haben nach einer Woche.
kept-dismissals = Dass jemand einen Beitrag abgelehnt hat, wird vergessen, wenn der Beitrag endet.
kept-answers = Antworten auf wiederholte Anfragen werden nach einem Tag vergessen.
kept-salts = Was Lesende eines Tages voneinander unterscheidet, wird nach diesem Tag vernichtet.
kept-proposals = Auch Vorschläge bleiben für immer, ebenso abgelehnte und zurückgenommene. Wer gelöscht ist, steht in keinem mit Namen.
kept-good = Beiträge, was geteilt wurde, Links, Klicks, Punkte und Summen bleiben für immer, ohne Namen, sobald jemand gelöscht ist.
toast-retention = Gespeichert. Es wird innerhalb weniger Stunden ausgeführt.
