# Ein Beitrag: sein Stand, sein Verlauf, wie er hinausgeht und was er bewirkt hat.

post-draft = Entwurf
post-in-review = In Prüfung
post-approved = Freigegeben
post-scheduled = Geplant
post-live = Live
post-expired = Beendet
post-archived = Archiviert
post-withdrawn = Zurückgezogen
post-since = seit
post-live-since = Live seit
post-ends = endet
post-goes-live = geht live am
post-review = Prüfen
post-publish = Jetzt veröffentlichen

piece = So sehen ihn andere
piece-no-link = Ohne Link
piece-campaign = Kampagne { $name }
piece-wordings = Formulierungen
piece-no-wordings = Keine geschrieben: Angeboten wird der Titel, den Rest schreiben alle selbst.
piece-every-network = Alle Netzwerke
piece-length = Länge in diesem Netzwerk, mit Link

facts = Für wen, wohin und wie lange
facts-goes-to = Geht an
facts-everybody = Alle
facts-gone-teams = { $count ->
    [one] Ein Team, das es nicht mehr gibt
   *[other] { $count } Teams, die es nicht mehr gibt
}
facts-teams = Teams: { $names }, samt denen darunter
facts-readers = Wer liest: { $names }
facts-roles = Rollen: { $names }
facts-chats = Chats: { $names }
facts-channels = Kanäle: { $names }
facts-more-channels = und { $count } weitere
facts-no-channel = In keinen Kanal
facts-not-before = Nicht vor
facts-ends = Endet
facts-ends-after = { $count ->
    [one] Einen Tag, nachdem er live geht
   *[other] { $count } Tage, nachdem er live geht
}
facts-change = Was geändert werden darf
facts-topics = Themen

broadcast = Versand
broadcast-channels = { $count ->
    [0] Er geht in keinen Kanal: Keiner ist für Beiträge eingerichtet.
    [one] Er geht in einen Kanal
   *[other] Er geht in { $count } Kanäle
}
broadcast-members = und an ungefähr { $count } Leute, die Beiträge als Nachricht wollen.
broadcast-few-members = und an weniger als fünf Leute, die Beiträge als Nachricht wollen.
broadcast-rate = Höchstens { $count } Nachrichten pro Minute.
broadcast-takes = Das dauert { $time }.
broadcast-quiet = Ruhezeiten werden eingehalten.
broadcast-later = Nachrichten an ungefähr { $count } Leute warten auf das Ende von Ruhezeiten. Die der Organisation enden etwa
broadcast-resting = Nachrichten an ungefähr { $count } Leute warten auf das Ende ihrer eigenen Ruhezeiten.
broadcast-few = In keinen Kanal und an weniger als fünf Leute.
broadcast-planning = Wer eine Nachricht bekommt, wird noch ermittelt.
broadcast-planning-bar = Wie viel es ist, steht noch nicht fest
broadcast-percent = { $count } Prozent sind hinaus
broadcast-done = Hinaus oder abgesagt
broadcast-to-go = Übrig
broadcast-failed = Abgelehnt
broadcast-uncertain = Ungewiss
broadcast-kept-in = Gestoppt
broadcast-left = Noch { $time }.
broadcast-paused = Pausiert: Was noch nicht hinaus ist, wartet, bis du es weitergehen lässt.
broadcast-stopped = Gestoppt: Was noch nicht hinaus war, bleibt drin. Der Beitrag selbst endet damit nicht.
broadcast-reasons = Warum Chats abgelehnt haben
broadcast-uncertain-text = Ob sie angekommen sind, lässt sich nicht feststellen. Von selbst werden sie nie noch einmal geschickt.
broadcast-steps = Nachrichten an Leute werden in Fünferschritten gezählt, damit niemandes Schweigen auffällt.
broadcast-pause = Pausieren
broadcast-resume = Weiter
broadcast-stop = Versand endgültig stoppen
broadcast-retry = Abgelehnte noch einmal versuchen
broadcast-resend = Ungewisse noch einmal senden …
broadcast-resend-text = Sieh vorher in die Chats, wo du kannst. Wer schon eine bekommen hat, bekommt sie zweimal.
broadcast-resend-button = { $count ->
    [one] Eine Nachricht noch einmal senden: Sie kommt vielleicht zweimal an
   *[other] { $count } Nachrichten noch einmal senden: Manche kommen vielleicht zweimal an
}
broadcast-lost = Diese Seite läuft nicht mehr mit.
taking-back = Wird zurückgezogen
taking-back-percent = { $count } Prozent sind zurückgezogen
taking-back-done = Zurückgezogen
taking-back-failed = Wo das nicht gelang, steht die Nachricht vielleicht noch da. Ihre Knöpfe tun nichts mehr.
taking-back-few = Er war in keinem Kanal und bei weniger als fünf Leuten.
taking-back-before = Was hinausgegangen war
refresh = Aktualisieren
duration-short = ungefähr eine Minute
duration-minutes = ungefähr { $count } Minuten
duration-hours = ungefähr { $count } Stunden

figures = Was er bewirkt hat
figures-shares = Geteilt
figures-clicks = Klicks
figures-reach = Mögliche Reichweite
figures-few = Geteiltes und Reichweite stehen hier, wo in jedem Monat seit der Veröffentlichung fünf Leute aktiv waren, damit keine Zahl von einem Einzelnen stammt.
figures-how = Wie wird das gezählt?
figures-hits = { $count ->
    [one] Ein Besuch insgesamt,
   *[other] { $count } Besuche insgesamt,
}
figures-human = { $count } von Menschen,
figures-counted = { $count } gezählt.

history = Verlauf
history-create = { $who } hat ihn geschrieben
history-update = { $who } hat ihn geändert
history-submit = { $who } hat ihn zur Prüfung gegeben
history-approve = { $who } hat ihn freigegeben
history-reject = { $who } hat um Änderungen gebeten
history-publish = { $who } hat ihn veröffentlicht
history-expire = Er ist abgelaufen
history-withdraw = { $who } hat ihn zurückgezogen
history-pause = { $who } hat seinen Versand pausiert
history-resume = { $who } hat seinen Versand weitergehen lassen
history-stop = { $who } hat seinen Versand gestoppt
history-retry = { $who } hat abgelehnte Nachrichten noch einmal versuchen lassen
history-resend = { $who } hat ungewisse Nachrichten noch einmal senden lassen
history-recall = { $who } hat ihn aus der Prüfung genommen
history-reschedule = { $who } hat seine Zeit verschoben
history-archive = { $who } hat ihn archiviert
history-unarchive = { $who } hat ihn aus dem Archiv geholt
history-campaign = { $who } hat seine Kampagne gewählt
history-other = { $who } hat etwas anderes damit getan
history-itself = Chorus
history-somebody = Jemand, der nicht mehr da ist

withdraw = Zurückziehen
withdraw-text = Er verschwindet aus allen Chats, und niemand kann ihn mehr teilen. Was geteilt wurde, bleibt, wo es ist; seine Links führen, wohin du sagst.
withdraw-open = Diesen Beitrag zurückziehen …
withdraw-url = Wohin seine Links ab jetzt führen
withdraw-url-help = Leer gelassen führen sie auf eine Seite, die sagt, dass er zurückgezogen wurde.
withdraw-url-fault = Das ist keine Adresse einer Seite: Sie beginnt mit https://
withdraw-button = „{ $title }“ zurückziehen

toast-published = Er ist live.
toast-submitted = Er wartet auf eine Prüfung.
toast-withdrawn = Der Beitrag ist zurückgezogen.
toast-paused = Pausiert.
toast-resumed = Es geht weiter.
toast-stopped = Gestoppt. Es geht nichts mehr hinaus.
toast-retried = Sie werden noch einmal versucht.
toast-resent = Sie werden noch einmal gesendet.

post-new = Neuer Beitrag
post-untitled = Ohne Titel
post-edit = Bearbeiten
post-submit = Einreichen
post-recall = Aus der Prüfung zurückholen
post-test = Test an mich schicken
post-versions = Frühere Fassungen

kind-share = Zum Teilen
kind-engage = Zum Reagieren
kind-job = Offene Stelle
kind-story = Geschichte
network-linkedin = LinkedIn
network-x = X
network-bluesky = Bluesky
network-mastodon = Mastodon
network-threads = Threads
network-facebook = Facebook
network-xing = XING
network-reddit = Reddit
network-whatsapp = WhatsApp
network-telegram = Telegram
network-email = E-Mail
network-copy = Zum Kopieren
language-name-en = Englisch
language-name-de = Deutsch
edit-free = Alle dürfen alles ändern
edit-prepend = Alle dürfen davor schreiben
edit-append = Alle dürfen dahinter schreiben
edit-locked = Alle teilen es, wie es ist
priority-high = Vor anderen
priority-normal = Wie es kommt
priority-low = Nach anderen
platform-slack = Slack
platform-discord = Discord
sort-newest = Neueste zuerst
sort-changed = Zuletzt geändert zuerst
sort-time = Nach der Zeit
sort-title = Nach dem Titel
sort-waiting = Am längsten wartend zuerst
role-owner = Leitung
role-admin = Verwaltung
role-curator = Redaktion
role-approver = Freigabe
role-recruiter = Recruiting
role-analyst = Auswertung
role-team-lead = Teamleitung
library-shares = { $count ->
    [one] Einmal geteilt
   *[other] { $count }-mal geteilt
}
library-clicks = { $count ->
    [one] ein Klick
   *[other] { $count } Klicks
}
