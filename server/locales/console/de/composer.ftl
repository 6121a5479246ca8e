# Einen Beitrag schreiben.

composer-title = Neuer Beitrag
composer-lead = Erst der Link, dann die Worte.
composer-saved = Gespeichert
composer-saved-at = Gespeichert { $time }
composer-saved-but = Gespeichert { $time }, aber noch nicht: { $names }
composer-saving = Wird gespeichert …
composer-unsaved = Noch nicht gespeichert
composer-not-saved = Nicht gespeichert: Etwas ist zu lang oder keine Adresse.
composer-away = Nicht gespeichert: Der Server antwortet nicht. Dein Text bleibt hier und wird noch einmal geschickt.
composer-logged-out = Du bist abgemeldet. Dein Text bleibt hier.
composer-log-in = In einem anderen Fenster wieder anmelden
composer-mine = Meins behalten
composer-forbidden = Nicht gespeichert: Du darfst keine Beiträge mehr schreiben. Dein Text bleibt hier, damit du ihn kopieren kannst.
composer-gone = Nicht gespeichert: Diesen Beitrag gibt es hier nicht mehr. Dein Text bleibt hier, damit du ihn kopieren kannst.
composer-moved-on = Dieser Beitrag ist kein Entwurf mehr. Dein Text bleibt hier, lässt sich aber nicht speichern.
composer-url = Link
composer-url-help = Wohin ein geteilter Beitrag führt. Füg ihn zuerst ein: Die Seite füllt den Rest aus.
composer-unfurl = Seite lesen
composer-read = Was die Seite über sich sagt, ist eingetragen.
composer-unread = Diese Seite lässt sich nicht lesen: Sie antwortet nicht oder sagt nichts über sich. Schreib die Überschrift selbst.
composer-headline = Überschrift
composer-summary = Zusammenfassung
composer-summary-help = Ein oder zwei sachliche Sätze für die Karte.
composer-picture = Bild
composer-image = Adresse eines Bildes
composer-alt = Das Bild in Worten
composer-alt-help = Was jemand wissen soll, der es nicht sieht.
composer-upload = Ein Bild von diesem Gerät nehmen
composer-upload-help = PNG, JPEG, WebP oder GIF, bis 8 MB. Wo es aufgenommen wurde, wird entfernt.
composer-upload-take = Dieses Bild nehmen
composer-again = Bilder von früher
composer-take = Das Bild nehmen: { $name }
picture-fault-alt = Sag zuerst in Worten, was das Bild zeigt.
picture-fault-file = Das ist kein Bild, das sich lesen lässt, oder es ist zu groß.
composer-wordings = Worte
composer-wordings-help = Mehrere Fassungen, damit nicht alle dasselbe posten. Ohne eine dient die Überschrift. Eine leere zählt nicht.
composer-wording = Fassung { $count }
composer-for = Für
composer-every-network = Jedes Netzwerk
composer-words = Worte
composer-more = Noch eine Fassung
composer-less = Diese Fassung entfernen
composer-most = Höchstens { $count } für jedes Netzwerk.
composer-too-long-for = Zu lang für { $names }: Dort wird sie nicht genommen.
composer-place = Themen, Kampagne und Sprache
composer-times = Wann
composer-zone = Zeiten gelten in { $zone }.
composer-rules = Wie er geteilt werden darf
composer-topics = Themen
composer-topics-help = Mit Kommas dazwischen.
composer-topics-used = Schon benutzt:
composer-campaign-help = Ihr Name, etwa Tee im Sommer; in Links steht er als tee-im-sommer. Ein neuer Name beginnt eine neue Kampagne.
composer-edit = Änderungen
composer-priority = Rang
composer-featured = Vor anderen zeigen
composer-disclosure = Wer spricht
composer-disclosure-help = Steht hinter den Worten. Leer gilt der Satz der Organisation, wo sie einen verlangt.
composer-publish = Geht live
composer-publish-help = Leer geht er live, sobald er freigegeben ist.
composer-embargo = Nicht vor
composer-embargo-help = Bis dahin sieht und teilt ihn niemand.
composer-expires = Endet
composer-expires-help = Leer endet er nach der üblichen Zeit der Organisation. Links führen für immer weiter.
composer-audience = Für wen
composer-audience-help = Ohne Haken gilt er allen. In einer Liste genügt ein Haken; jede Liste mit Haken zählt. Teams, Sprachen und Rollen bestimmen, wer eine Nachricht bekommt; ein Kanal zeigt ihn allen, die dort sind.
composer-teams = Teams
composer-team-gone = Ein Team, das es nicht mehr gibt
composer-readers = Wer liest
composer-chats = Chats
composer-roles = Rollen
composer-channels = Kanäle
composer-channels-only = Nur in diesen Kanälen
composer-submit = Zur Prüfung einreichen
composer-publish-now = Jetzt veröffentlichen
composer-schedule = Planen
composer-save = Speichern
composer-preview = Zeigen, wie es aussieht
composer-shown = Wie es aussehen wird
composer-ready = Nichts steht im Weg.
composer-networks = In den Netzwerken
composer-cards = In den Chats
composer-copied = Die Worte werden dort hineinkopiert; das Netzwerk nimmt nur den Link.
composer-you = Du
composer-now = jetzt
composer-faults = { $count ->
    [one] Eines stimmt noch nicht.
   *[other] { $count } Dinge stimmen noch nicht.
}
composer-conflict = { $name } hat diesen Beitrag inzwischen geändert. Dein Text ist noch hier. Speicherst du noch einmal, tritt deiner an die Stelle, und der andere bleibt bei den früheren Fassungen.
composer-moved-on-look = Den Beitrag ansehen
composer-conflict-look = Den anderen ansehen
composer-sent-back = Erbeten in der Prüfung
check-go = Dorthin
reach = Wohin er geht
reach-people = { $count ->
    [0] Noch niemandem vorgeschlagen,
    [one] Vorgeschlagen einem Menschen,
   *[other] Vorgeschlagen { $count } Menschen,
}
reach-direct = { $count ->
    [0] weniger als fünf davon mit eigener Nachricht,
   *[other] etwa { $count } davon mit eigener Nachricht,
}
reach-channels = { $count ->
    [0] in keinem Kanal.
    [one] in einem Kanal.
   *[other] in { $count } Kanälen.
}
fault-title = Eine Überschrift hat 1 bis 200 Zeichen.
fault-summary = Eine Zusammenfassung hat höchstens 600 Zeichen.
fault-link = Diese Art von Beitrag braucht einen Link.
fault-address = Das ist keine Adresse einer Seite: Sie beginnt mit https://
fault-alt = Sag in Worten, was das Bild zeigt, in höchstens 1.000 Zeichen.
fault-campaign = Eine Kampagne hat Buchstaben von a bis z oder Ziffern, höchstens 64.
fault-topics = Themen haben Buchstaben oder Ziffern, höchstens 60, und es sind höchstens zwanzig.
fault-audience = Etwas, das hier gewählt war, gibt es nicht mehr. Wähl neu.
fault-disclosure = Wer spricht, steht in höchstens 200 Zeichen.
fault-publish = Wähl eine kommende Zeit, vor dem Ende und nach der Sperrfrist.
fault-embargo = Er darf noch nicht gesehen werden. Wähl eine Zeit nach der Sperrfrist.
fault-time = Diese Zeit lässt sich nicht lesen, oder die Uhren überspringen sie. Wähl Datum und Uhrzeit.
fault-expires = Er endet nach seinem Beginn, und nicht in der Vergangenheit.
fault-wording = Diese Fassung ist leer oder länger, als ihr Netzwerk erlaubt.
fault-wordings = Für ein Netzwerk sind es zu viele Fassungen.
fault-other = Etwas stimmt noch nicht.
toast-not-ready = Noch steht etwas im Weg: Die Prüfungen sagen, was.
toast-saved = Gespeichert.
toast-test-nowhere = Noch kennt dich kein Chat: Verbinde dort zuerst dein Konto.
toast-test-slack = Er ist unterwegs zu dir in Slack. Sonst sieht ihn niemand.
toast-test-discord = Er ist unterwegs zu dir in Discord. Sonst sieht ihn niemand.
toast-test-both = Er ist unterwegs zu dir in Slack und Discord. Sonst sieht ihn niemand.
