# Einstellungen: was eine Organisation für sich regelt.

rail-settings = Einstellungen
settings-title = Einstellungen
settings-lead = Wie euer Programm läuft. Was sich hier ändert, steht im Protokoll.
settings-parts = Bereiche der Einstellungen
settings-overview = Überblick
settings-organization = Organisation
settings-content = Inhalte
settings-networks = Netzwerke
settings-links = Links
settings-points = Punkte
settings-quiet = Ruhezeiten
settings-branding = Aussehen
settings-connections = Verbindungen
settings-retention = Aufbewahrung
settings-who = Das ändern Leitung und Verwaltung.
settings-save = Speichern
settings-faults = { $count ->
    [one] Ein Feld braucht noch einen Blick. Gespeichert ist nichts.
   *[other] { $count } Felder brauchen noch einen Blick. Gespeichert ist nichts.
}
settings-overtaken = Während du getippt hast, hat jemand die Einstellungen geändert. So stehen sie jetzt; was du getippt hast, steht noch unten. Speicherst du noch einmal, gilt deins.
settings-none = keine
settings-nobody = niemand
settings-days = { $count ->
    [one] Ein Tag
   *[other] { $count } Tage
}
settings-hours = { $count ->
    [one] Eine Stunde
   *[other] { $count } Stunden
}
settings-point-sign = ,
settings-fault-choice = Wähl eine davon.
toast-settings-saved = Gespeichert.
toast-settings-same = Es hat sich nichts geändert.

settings-state-organization = Die Uhr von { $zone }; Kanäle auf { $language }.
settings-state-blocked = { $count ->
    [0] Kein Wort ist gesperrt.
    [one] Ein Wort oder eine Wendung ist gesperrt.
   *[other] { $count } Wörter und Wendungen sind gesperrt.
}
settings-state-expiry = { $count ->
    [one] Beiträge leben einen Tag.
   *[other] Beiträge leben { $count } Tage.
}
settings-state-second-pair = Jemand anderes gibt frei.
settings-state-links = Kurze Links beginnen mit { $base }.
settings-state-points = { $confirmed } fürs bestätigte Teilen, { $proven } dazu, sobald es belegt ist.
settings-state-accent = Eure eigene Farbe, { $accent }.
settings-state-connections = { $count ->
    [0] Kein Chat ist verbunden.
    [one] Ein Chat ist verbunden.
   *[other] { $count } Chats sind verbunden.
}
settings-state-ailing = { $count ->
    [one] Einer davon braucht dich.
   *[other] { $count } davon brauchen dich.
}
settings-state-uninstalled = { $count ->
    [one] Aus einem wurde die App entfernt; er braucht dich.
   *[other] Aus { $count } wurde die App entfernt; sie brauchen dich.
}
settings-state-rates = Was ihr in jedem Netzwerk zahlt; danach werden Klicks bewertet. Steht in der Auswertung.

settings-organization-lead = Ihr Name und ihre Uhr, wer mitmacht und wen Fremde fragen.
settings-name = Name
settings-zone = Zeitzone
settings-zone-help = Dort ist es jetzt { $clock } Uhr. Ihr folgen der Takt von Feeds und Wochenrangliste, die Tage der Ranglisten und die Tagesgrenzen. Was geplant ist, zieht mit um.
settings-zone-becomes = Bisher galt die Uhr von { $from }, dort ist es jetzt { $was } Uhr. Ab jetzt gilt die von { $to }, dort ist es { $is } Uhr.
settings-zone-moves = Was sich wiederholt, zieht mit um: Feeds und Wochenrangliste kommen zur selben Stunde nach der neuen Uhr. Auch Tage und Wochen der Ranglisten, Tagesgrenzen und die Ruhezeiten aller ohne eigene Zeitzone richten sich nach ihr. Beiträge mit einem Termin gehen in dem Moment hinaus, der gesetzt ist; auf der neuen Uhr steht dafür eine andere Zeit. Was schon fällig ist, kommt noch nach der alten.
settings-language = Sprache der Kanäle
settings-language-help = In ihr stehen Beiträge in Kanälen und Nachrichten an alle, die keine Sprache gewählt haben.
settings-join = Wer mitmachen darf
join-workspace = Alle aus eurem Workspace
settings-join-workspace-help = Volle Mitglieder mit bestätigter Adresse gehören dazu, sobald sie den Bot benutzen. Gäste nie.
join-list = Nur wen ihr einladet
settings-join-list-help = Alle anderen erfahren, wen sie fragen können.
settings-contact = Wen Fremde fragen
settings-contact-help = Ein Name oder eine Adresse. Das sieht, wer nicht mitmachen darf; leer für niemanden.
settings-fault-name = Die Organisation braucht einen Namen mit höchstens 120 Zeichen, der nicht wie eine Formel beginnt.
settings-fault-zone = Wähl eine Zeitzone aus der Liste.
settings-fault-contact = Wen Fremde fragen, ist eine Zeile mit höchstens 200 Zeichen.

settings-content-lead = Was Beiträge sagen dürfen, wer sie ansieht und wie lange sie leben.
settings-rules = Was Beiträge sagen dürfen
settings-blocked = Gesperrte Wörter und Wendungen
settings-blocked-help = Je Zeile eine. Es zählen ganze Wörter, gleich ob groß oder klein und mit oder ohne Akzent.
settings-disclosure-required = Jeder Beitrag sagt, wer spricht
settings-disclosure = Wie er es sagt
settings-disclosure-help = Steht hinter den Worten, wenn ein Beitrag keine eigenen dafür hat, etwa „Ich arbeite bei Acme.“
settings-second-pair = Jemand anderes gibt frei
settings-second-pair-help = Wer einen Beitrag geschrieben hat, gibt ihn nicht selbst frei.
settings-review-hours = Stunden, die eine Prüfung warten darf
settings-review-hours-help = Danach wird noch einmal daran erinnert. 0 heißt: so lange es dauert.
settings-review-any = so lange es dauert
settings-life = Wie lange Beiträge leben
settings-expiry = Tage, bis ein Beitrag endet
settings-expiry-help = Wenn ein Beitrag kein eigenes Datum nennt. Links führen für immer weiter. Beiträge, die schon live sind, behalten ihr Datum.
settings-save-expiry = Tage speichern
settings-fault-blocked = Höchstens 500 Wörter und Wendungen mit höchstens 100 Zeichen, jede mit Buchstabe oder Ziffer.
settings-fault-disclosure = Dafür gibt es höchstens 200 Zeichen.
settings-fault-hours = Eine Prüfung wartet 0 bis 744 Stunden.
settings-fault-expiry = Beiträge leben 1 bis { $count } Tage.

settings-networks-lead = Wo Mitglieder teilen dürfen und was zuerst angeboten wird.
settings-networks-help = Ein abgeschaltetes Netzwerk wird nicht mehr angeboten: nicht im Chat, nicht auf Teilen-Seiten, nicht im Editor. Wer einen Beitrag dort schon zu teilen begonnen hat, kann es noch abschließen, bis der Beitrag endet. Geteiltes bleibt, und seine Links führen für immer weiter. Die eigenen Lieblinge eines Mitglieds kommen vor eurer Reihenfolge.
settings-networks-offered = Angeboten
settings-networks-place = Platz
settings-networks-place-of = Platz von { $name }
settings-networks-ends = Nicht mehr angeboten: { $names }. Nicht im Chat, nicht auf Teilen-Seiten, nicht im Editor.
settings-networks-past = Wer einen Beitrag dort schon zu teilen begonnen hat, kann es noch abschließen, bis der Beitrag endet. Geteiltes bleibt, und seine Links führen für immer weiter.
settings-fault-networks = Biete mindestens ein Netzwerk an.
settings-fault-place = Ein Platz ist eine ganze Zahl.

settings-links-lead = Womit kurze Links beginnen und was sie den Seiten mitgeben, zu denen sie führen.
settings-short-url = Adresse der kurzen Links
settings-short-url-help = Eine eigene Adresse, etwa https://go.acme.example. Leer gilt { $own }.
settings-short-url-dns = Neue Links beginnen damit; die alten führen weiter, wo sie sind. Vorher müssen DNS-Eintrag und Proxy hierher führen: Bis dahin kommt darüber niemand durch. Die Adresse steht für immer in den Beiträgen der Leute, also behaltet sie. Eigene Besuche darüber erkennt der Browser eines Mitglieds nicht: nur die vom selben Tag und aus demselben Netz.
settings-own-address = die Adresse des Servers
settings-utm = Was Links mitgeben
settings-utm-source = Quelle (utm_source)
settings-utm-source-help = {"{network}"} steht für den Namen des Netzwerks.
settings-utm-medium = Medium (utm_medium)
settings-utm-campaign = Kampagne (utm_campaign)
settings-utm-campaign-help = Für Beiträge ohne eigene Kampagne.
settings-links-preview = So wird ein Link aussehen
settings-links-leads = Er führt zu
settings-fault-short-url = Eine https-Adresse mit einem Namen als Host, und dahinter nichts.
settings-fault-utm-source = Eine Quelle hat Buchstaben a–z, Ziffern, Punkte, Binde- und Unterstriche, höchstens 60, und einmal {"{network}"}, wenn du magst.
settings-fault-utm = Buchstaben a–z, Ziffern, Punkte, Binde- und Unterstriche, 1 bis 60.

settings-points-lead = Was Teilen und Vorschlagen ab jetzt einbringen. Was verdient ist, bleibt.
settings-point-confirmed = Bestätigt geteilt
settings-point-confirmed-help = Wenn ein Mitglied sagt, dass es erledigt ist.
settings-point-proven = Belegt geteilt
settings-point-proven-help = Dazu, wenn zum ersten Mal jemand anderes klickt.
settings-point-click = Klick
settings-point-click-help = Für jeden gezählten Klick.
settings-point-proposal = Angenommener Vorschlag
settings-point-proposal-help = Für alle, aus deren Vorschlag ein Beitrag wurde.
settings-point-clicks-cap = Klicks, die zählen
settings-point-clicks-cap-help = Höchstens, je geteiltem Beitrag und Tag.
settings-point-shares-cap = Teilen, das zählt
settings-point-shares-cap-help = Höchstens so oft, je Mitglied und Tag.
settings-points-example = { $before ->
    [one] Einmal geteilt, bestätigt, belegt und an einem Tag { $clicks }-mal geklickt bringt { $before } Punkt.
   *[other] Einmal geteilt, bestätigt, belegt und an einem Tag { $clicks }-mal geklickt bringt { $before } Punkte.
}
settings-points-becomes = { $before ->
    [one] Einmal geteilt, bestätigt, belegt und an einem Tag { $clicks }-mal geklickt brachte { $before } Punkt und wird { $after } bringen.
   *[other] Einmal geteilt, bestätigt, belegt und an einem Tag { $clicks }-mal geklickt brachte { $before } Punkte und wird { $after } bringen.
}
settings-points-past = Was verdient ist, bleibt, wie es ist; die Ranglisten auch.
settings-points-preview = Ansehen, was sich ändert
settings-points-changes = Was sich ab jetzt ändert
settings-points-rule = Regel
settings-points-old = Bisher
settings-points-new = Ab jetzt
settings-points-apply = Ab jetzt anwenden
settings-points-keep = So lassen
settings-points-log = Wer die Punkte wann geändert hat
settings-fault-points = Eine ganze Zahl von 0 bis { $count }.
settings-fault-shares = Eine ganze Zahl von 1 bis { $count }.

settings-quiet-lead = Wann niemand eine eigene Nachricht bekommt.
settings-quiet-from = Von
settings-quiet-to = Bis
settings-quiet-weekends = An Wochenenden ist immer Ruhe
settings-quiet-help = Auf der Uhr jedes Mitglieds, und nur für alle, die keine Zeiten gewählt haben: Die eigene Wahl geht vor. Beiträge in Kanälen und Antworten hält das nicht auf. Zweimal dieselbe Zeit heißt: keine Ruhezeit.
settings-quiet-both = Von { $from } bis { $to } und an Wochenenden.
settings-quiet-hours = Von { $from } bis { $to }.
settings-quiet-weekends-only = An Wochenenden.
settings-quiet-never = Nie.
settings-fault-clock = Eine Uhrzeit, etwa 18:00.

settings-branding-lead = Die Farbe von Teilen-Seiten, Ranglisten und dieser Konsole.
settings-accent = Farbe
settings-accent-help = Sechs Ziffern hinter einem #, etwa #0b5c8a. Sie muss dunkel genug sein, dass man sie auf Papier liest; im Dunkeln wird sie von selbst heller. Leer gilt unsere.
settings-accent-preview = Hell und dunkel
settings-accent-sample = Teilen
settings-own-colour = Die übliche Farbe.
settings-fault-colour = Eine Farbe ist # und sechs Ziffern von 0 bis f, etwa #0b5c8a.
settings-fault-pale = Diese Farbe ist zu blass zum Lesen: Sie hebt sich vom Papier um { $ratio } ab, nötig sind 4,5. Nimm eine dunklere.
