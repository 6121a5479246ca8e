# Die Prüfung.

rail-review = Prüfung
rail-waiting = wartend:
review-title = Prüfung
review-lead-own = Nichts wartet auf dein Urteil; diese hier muss jemand anderes ansehen.
review-lead-nothing = Nichts wartet auf eine Prüfung.
review-lead = { $count ->
    [one] Ein Beitrag wartet auf dein Urteil.
   *[other] { $count } Beiträge warten auf dein Urteil, die ältesten zuerst.
}
review-empty-title = Alles erledigt
review-empty-text = Gibt jemand einen Beitrag zur Prüfung, steht er hier, wie andere ihn sehen werden. Du gibst ihn frei oder schickst ihn mit einer Notiz zurück.
review-queue = Warten auf eine Prüfung
review-back = Zurück zur Liste
review-from-feed = Aus einem Feed
review-late = wartet zu lange
review-by = Zur Prüfung gegeben von { $name }
review-by-feed = Aus einem Feed, hier seit
review-whole-post = Verlauf
review-when = Wann er live geht
review-own-time = Zu seiner eigenen Zeit,
review-now = Jetzt
review-at = Am
review-at-label = Datum und Uhrzeit ({ $zone })
review-zone = Zeitzone: { $zone }
review-at-past = Diese Zeit ist vorbei. Wähl eine spätere oder veröffentliche jetzt.
review-at-none = Wähl Datum und Uhrzeit, die es an dem Tag gibt.
review-after-end = Dann ist der Beitrag schon beendet. Wähl eine frühere Zeit.
review-campaign-ended = Seine Kampagne ist zu Ende. Bitte um Änderungen, damit er eine andere bekommt.
review-audience-gone = Ein Team oder Kanal, dem er gilt, ist nicht mehr da. Bitte um Änderungen, damit neu gewählt wird.
review-not-ready = Am Beitrag stimmt noch etwas nicht. Bitte um Änderungen.
review-own-post = Diesen hast du geschrieben. In deiner Organisation muss ihn jemand anderes freigeben.
review-approve = Freigeben
review-ask = Um Änderungen bitten
review-note = Was sich ändern soll
review-note-help = Steht für die Autorin oder den Autor beim Entwurf.
review-note-fault = Sag in höchstens { $count } Zeichen, was sich ändern soll.
review-send-back = Zurückschicken
toast-approved = Freigegeben. Er ist live.
toast-scheduled = Freigegeben. Er geht zu seiner Zeit live.
toast-changes = Er ist mit deiner Notiz zurück beim Entwurf.
toast-noted = Notiert.
review-remark-fault = Sag etwas, in höchstens { $count } Zeichen.

changed-since = Was sich geändert hat seit
changed-nothing = Nichts.
changed-other = Mit einer anderen Fassung vergleichen
checks = Prüfpunkte
check-blocks = Steht im Weg
check-look = Einen Blick wert
check-good = Gut
check-nothing = Nichts steht im Weg.
check-incomplete = { $field }: Etwas fehlt oder stimmt nicht.
check-alt = Nichts sagt, was das Bild zeigt.
check-disclosure = Nichts sagt, wer spricht.
check-words = „{ $words }“ gehört hier nicht in Beiträge.
check-long = { $field }: länger, als das Netzwerk zulässt.
check-campaign = Seine Kampagne ist zu Ende.
check-team-gone = Er ist für ein Team, das es nicht mehr gibt.
check-channel-gone = Er geht an einen Kanal, den es nicht mehr gibt.
check-duplicate = Ein anderer Beitrag führt auf dieselbe Seite: { $title }
check-link = Prüfen, ob der Link antwortet
check-link-asked = Der Link wurde gerade geprüft.
check-link-dead = Der Link antwortet nicht.
check-channels = { $count ->
    [one] Ein Kanal zeigt ihn allen, die dort sind, wen immer du gewählt hast.
   *[other] { $count } Kanäle zeigen ihn allen, die dort sind, wen immer du gewählt hast.
}
check-few = Er ist für weniger als fünf Leute. Was so wenige tun, geht niemanden etwas an: Wähle mehr Leute oder alle.
said = Was gesagt wurde
said-remark = { $who } sagt
said-add = Etwas anmerken
said-text = Deine Anmerkung
said-help = Alle, die Beiträge schreiben und prüfen, lesen sie. Der Beitrag bleibt, wo er ist.
said-send = Anmerken
field-title = Titel
field-summary = Zusammenfassung
field-url = Link
field-image = Bild
field-alt = Worte zum Bild
field-campaign = Kampagne
field-topics = Themen
field-disclosure = Wer spricht
field-start = Beginn
field-end = Ende
field-wording = Formulierung { $count }
field-other = Etwas anderes
review-changed = { $name } hat diesen Beitrag geändert, während du ihn angesehen hast. So liest er sich jetzt: Schau noch einmal, bevor du entscheidest.
review-choose = Wähl den Beitrag, den du als Nächstes ansehen willst.
toast-not-waiting = Dieser Beitrag wartet nicht mehr auf eine Prüfung.
changed-another = Eine andere
changed-none = Keine Angabe
changed-yes = Ja
changed-no = Nein
changed-everybody = Alle
changed-audience = Eine ausgewählte Zielgruppe
