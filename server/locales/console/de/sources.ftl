# Woher Beiträge kommen: Feeds und ihre Zeitpläne, Dateien, das Lesezeichen.

sources-feeds = Feeds
sources-imports = Datei einlesen
sources-bookmark = Lesezeichen
sources-back = Zurück zu den Feeds

cadence-hourly = Jede Stunde zur vollen Stunde
cadence-each-minute = Jede Minute
cadence-each-minutes = { $count ->
    [one] Jede Minute
   *[other] Alle { $count } Minuten
}
cadence-each-hours = Alle { $count } Stunden zur vollen Stunde
cadence-on-the-hour = Zur vollen Stunde
cadence-at-minutes = In Minute { $minutes }
cadence-of-each-hour = , jede Stunde
cadence-of-each-hours = , alle { $count } Stunden
cadence-of-hours = , in den Stunden { $hours }
cadence-daily = Jeden Tag um { $times } Uhr
cadence-weekly = { $days } um { $times } Uhr
cadence-monthly = Am { $days } des Monats um { $times } Uhr
cadence-on-weekdays = , { $days }
cadence-on-days = , am { $days } des Monats
cadence-in-months = , im { $months }
cadence-until = { $first } bis { $last }
cadence-and = { $first } und { $last }
cadence-day = { $day }.
cadence-weekdays = Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag
cadence-months = Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember
cadence-fault-count = Ein Zeitplan hat fünf Felder mit Leerzeichen dazwischen: Minute, Stunde, Tag des Monats, Monat, Wochentag.
cadence-fault-days = Gib Tage des Monats oder Wochentage an, nicht beides, und setz für das andere einen *.
cadence-fault-length = Das ist zu lang für einen Zeitplan. Fünf kurze Felder sagen fast alles.
cadence-fault-never = Diesen Tag gibt es nie. Wähl einen anderen Tag oder Monat.
cadence-fault-zone = Die Zeitzone { $zone } ist hier nicht bekannt.
cadence-fault-minute = Das erste Feld, die Minute, kann nicht „{ $text }“ sein. Es ist 0 bis 59, oder * für jede Minute.
cadence-fault-hour = Das zweite Feld, die Stunde, kann nicht „{ $text }“ sein. Es ist 0 bis 23, oder * für jede Stunde.
cadence-fault-day = Das dritte Feld, der Tag des Monats, kann nicht „{ $text }“ sein. Es ist 1 bis 31, oder * für jeden Tag.
cadence-fault-month = Das vierte Feld, der Monat, kann nicht „{ $text }“ sein. Es ist 1 bis 12, oder * für jeden Monat.
cadence-fault-weekday = Das fünfte Feld, der Wochentag, kann nicht „{ $text }“ sein. Es ist 0 bis 7, wobei 0 und 7 der Sonntag sind, oder * für jeden Tag.

feeds-title = Feeds
feeds-lead = Was hier neu ist, wird von selbst zu Beiträgen.
feeds-add = Feed hinzufügen
feeds-empty-title = Du folgst noch keinem Feed
feeds-empty-text = Ein Feed ist die Liste der Neuigkeiten, die eine Website führt: euer Blog, eure Pressemeldungen, eure Stellenanzeigen. Chorus sieht nach einem Zeitplan hinein, und was neu ist, wird ein Entwurf, geht zur Freigabe oder gleich live, ganz wie du willst.
feeds-empty-first = Den ersten Feed hinzufügen
feeds-more = Weitere Feeds
feed-active = Läuft
feed-paused = Ruht
feed-failing = Klappt nicht
feed-new = Noch nicht angesehen
feed-next = Die nächsten fünf Male
feed-next-zone = In der Zeitzone der Organisation, { $zone }.
feed-rests = Er ruht: bis du ihn weiterlaufen lässt, wird nichts geholt.
feed-last = Zuletzt angesehen
feed-last-imported = { $count ->
    [0] Nichts Neues.
    [one] Ein neuer Beitrag.
   *[other] { $count } neue Beiträge.
}
feed-last-refused = { $count ->
    [one] Ein Eintrag wurde abgelehnt.
   *[other] { $count } Einträge wurden abgelehnt.
}
feed-last-failed = Es hat nicht geklappt.
feed-since = Er klappt nicht seit
feed-run = Jetzt ansehen
feed-pause = Ruhen lassen
feed-resume = Weiterlaufen lassen
feed-edit = Bearbeiten
feed-trouble-unreachable = Sein Server hat nicht geantwortet.
feed-trouble-missing = An seiner Adresse ist nichts mehr.
feed-trouble-refused = Sein Server lässt uns nicht hinein.
feed-trouble-bad-address = Seine Adresse lässt sich nicht holen.
feed-trouble-too-large = Er ist größer, als wir lesen können.
feed-trouble-no-feed = Was an seiner Adresse steht, ist kein Feed.
feed-todo-unreachable = Meistens vergeht das von selbst, und Chorus versucht es weiter. Bleibt es, frag, wer die Website betreibt.
feed-todo-missing = Such auf der Website nach der neuen Adresse des Feeds und trag sie unter „Bearbeiten“ ein.
feed-todo-refused = Bitte den Betrieb der Website, dass Chorus den Feed lesen darf, oder nimm eine öffentliche Adresse.
feed-todo-bad-address = Trag unter „Bearbeiten“ die öffentliche Adresse des Feeds ein: sie beginnt mit https:// und führt ins offene Netz.
feed-todo-too-large = Frag die Website nach einem Feed mit weniger Einträgen oder mit Zusammenfassungen statt ganzer Artikel.
feed-todo-no-feed = Öffne die Adresse im Browser. Feeds sind RSS, Atom oder JSON Feed; trag die richtige Adresse unter „Bearbeiten“ ein.
feed-trouble-other = Beim letzten Mal hat es nicht geklappt.
feed-todo-other = Sieh jetzt noch einmal nach. Bleibt es, prüf die Adresse.
feed-detail = Was gemeldet wurde

feed-form-title = Feed hinzufügen
feed-form-lead = Du siehst, was kommt, bevor etwas übernommen wird.
feed-edit-lead = Was du hier änderst, gilt ab dem nächsten Mal.
feed-url = Adresse des Feeds
feed-url-help = Beginnt mit https://. Websites nennen sie oft RSS, Atom oder Feed.
feed-mode = Was aus einem neuen Eintrag wird
feed-mode-draft = Er wartet als Entwurf
feed-mode-review = Er geht zur Freigabe
feed-mode-auto = Er geht von selbst live
feed-mode-auto-help = Beim ersten Mal gehen nur die neuesten drei live, der Rest wartet als Entwurf. Was eure Regeln nicht erlauben, wartet auf eine Freigabe.
feed-cron = Zeitplan
feed-cron-help = Fünf Cron-Felder: Minute, Stunde, Tag des Monats, Monat, Wochentag.
feed-cron-often = Jede Stunde
feed-cron-morning = Jeden Tag um 07:00 Uhr
feed-cron-workday = Werktags um 09:00 Uhr
feed-cron-weekly = Montags um 09:00 Uhr
feed-cron-read = Lies ihn mir vor
feed-preview = Zeigen, was käme
feed-follow = Diesem Feed folgen
feed-save = Speichern
feed-fault-known = Diesem Feed folgst du schon.
feed-fault-url = Das ist keine Webadresse. Sie beginnt mit https:// oder http://.
feed-fault-busy = Dieser Feed wird gerade angesehen. Versuch es gleich noch einmal.
feed-faults = { $count ->
    [one] Eine Sache stimmt noch nicht:
   *[other] { $count } Sachen stimmen noch nicht:
}
feed-seen-title = { $title }: was käme
feed-seen-other = Das ist etwas anderes, als du gesehen hast, deshalb folgst du dem Feed noch nicht. Sieh dir an, was käme, und wähl dann noch einmal „Diesem Feed folgen“.
feed-seen-none = Der Feed klappt, und noch ist nichts darin. Was später kommt, wird übernommen.
feed-seen-found = { $count ->
    [one] Er enthält einen Eintrag.
   *[other] Er enthält { $count } Einträge.
}
feed-seen-fresh = { $count ->
    [0] Neu ist keiner.
    [one] Einer wird ein Beitrag.
   *[other] { $count } werden Beiträge.
}
feed-seen-known = { $count ->
    [one] Einer ist schon bekannt.
   *[other] { $count } sind schon bekannt.
}
feed-seen-refused = { $count ->
    [one] Einer lässt sich nicht übernehmen.
   *[other] { $count } lassen sich nicht übernehmen.
}
feed-seen-newest = Die neuesten:
feed-fate-known = Schon bekannt
feed-fate-refused = Abgelehnt
feed-fate-draft = Entwurf
feed-fate-review = Zur Freigabe
feed-fate-publish = Geht live
feed-items = Was zuletzt kam
feed-items-none = Noch kam nichts.
feed-item-imported = Beitrag
feed-item-duplicate = Schon bekannt
feed-item-refused = Abgelehnt
refused-at = Eintrag { $item }:
refused-at-line = Eintrag { $item }, Zeile { $line }:
refused-unreadable = Er lässt sich nicht lesen.
refused-no-link = Er hat keinen Link.
refused-empty = Er hat weder Überschrift noch Text.
refused-link-malformed = Sein Link ist keine vollständige Adresse.
refused-link-scheme = Sein Link muss mit http:// oder https:// beginnen.
refused-link-credentials = In seinem Link steht ein Benutzername oder ein Passwort.
refused-link-long = Sein Link ist länger als 2.048 Zeichen.
refused-do = Er wird neu gelesen, sobald der Feed ihn richtig hat: Frag, wer den Feed führt.
refused-fields-do = Du kannst selbst einen Beitrag mit seinem Link schreiben.
feed-remove = Nicht mehr folgen
feed-remove-text = Sein Zeitplan endet, und er wird vergessen. Beiträge, die von ihm kamen, bleiben.
feed-remove-open = Diesem Feed nicht mehr folgen …
feed-remove-button = { $name } nicht mehr folgen
toast-feed-added = Du folgst dem Feed. Gleich wird er angesehen.
toast-feed-saved = Der Feed ist gespeichert.
toast-feed-paused = Der Feed ruht.
toast-feed-resumed = Der Feed wird wieder nach Zeitplan angesehen.
toast-feed-removed = Du folgst dem Feed nicht mehr.
toast-feed-ran = { $count ->
    [one] Ein neuer Beitrag kam.
   *[other] { $count } neue Beiträge kamen.
}
toast-feed-nothing = Es kam nichts Neues.
toast-feed-failed = Das hat nicht geklappt. Unten beim Feed steht, was zu tun ist.
toast-feed-busy = Er wird gerade angesehen.

imports-posts-title = Beiträge einlesen
imports-posts-lead = Aus jeder Zeile einer CSV-Datei wird ein Entwurf.
imports-posts-text = Mach eine Tabelle mit einer Zeile je Beitrag und speichere sie als „CSV UTF-8“. Die Spalte title muss da sein; url, summary, text, image_url, image_alt, language, topics, campaign, kind, disclosure, publish_at und expires_at dürfen es. Eine Zeile, zu deren Seite es schon einen Beitrag gibt, ändert nichts.
imports-members-title = Mitglieder einlesen
imports-members-lead = Jede Zeile einer CSV-Datei fügt ein Mitglied hinzu oder ändert eines.
imports-members-text = Mach eine Tabelle mit einer Zeile je Person und speichere sie als „CSV UTF-8“. Die Spalten email und name müssen da sein; team, roles und language dürfen es. Rollen heißen owner, admin, curator, approver und analyst, mit Leerzeichen dazwischen. Eine leere Zelle ändert nichts an jemandem, der schon da ist.
imports-file = CSV-Datei
imports-file-help = Höchstens 16 Megabyte. Noch wird nichts übernommen: zuerst siehst du, was jede Zeile täte.
imports-try = Diese Datei prüfen
imports-example = Ein Beispiel herunterladen
imports-past = Dateien der letzten Tage
imports-past-none = Es gab keine.
imports-past-text = Nach sieben Tagen werden sie vergessen.
imports-fault-none = Wähl zuerst eine Datei aus.
imports-fault-empty = In dieser Datei ist nichts. Die erste Zeile nennt die Spalten, dann folgt eine Zeile je Eintrag.
imports-fault-utf8 = Ihre Buchstaben sind anders als in UTF-8 geschrieben. Speichere sie als „CSV UTF-8“ und wähl sie noch einmal aus.
imports-fault-unknown = Die Spalte „{ $column }“ ist nicht bekannt. Es gibt: { $known }.
imports-fault-twice = Die Spalte „{ $column }“ ist doppelt da.
imports-fault-missing = In der ersten Zeile fehlt die Spalte „{ $column }“.
imports-fault-lines = { $count ->
    *[other] Sie hat mehr als { $count } Zeilen. Teil sie auf.
}
imports-fault-many = { $count ->
    *[other] Es warten schon { $count } Dateien oder werden gelesen. Übernimm zuerst eine oder verwirf sie.
}
import-file-of = Datei von
import-lines = { $count ->
    [one] Eine Zeile
   *[other] { $count } Zeilen
}
import-checking = Wird geprüft
import-ready = Wartet auf dich
import-running = Wird übernommen
import-done = Übernommen
import-idle = Nichts zu tun
import-failed = Angehalten
import-checking-text = Jede Zeile wird geprüft. Geschrieben wird nichts.
import-ready-text = Das würde geschehen. Noch ist nichts geschrieben.
import-running-text = Du kannst diese Seite verlassen: es geht von selbst weiter.
import-go-on = Weitermachen
import-stalled-text = Seit einer Weile kommt sie nicht weiter. Was übernommen ist, bleibt; der Rest kann weitergehen.
import-done-text = Das ist geschehen.
import-failed-text = Wer diese Datei hochgeladen hat, darf nichts mehr einlesen. Lade sie noch einmal hoch.
import-percent = { $count } Prozent
import-refresh = Aktualisieren
import-added-posts = Neue Entwürfe
import-added-members = Neue Mitglieder
import-updated = Änderungen
import-unchanged = Schon bekannt
import-refused = Abgelehnt
import-confirm = { $count ->
    [one] Eine Zeile übernehmen
   *[other] { $count } Zeilen übernehmen
}
import-nothing = Keine Zeile würde etwas ändern, also gibt es nichts zu übernehmen.
import-some-refused = { $count ->
    [one] Eine Zeile wird abgelehnt; die anderen werden ohne sie übernommen.
   *[other] { $count } Zeilen werden abgelehnt; die anderen werden ohne sie übernommen.
}
import-discard = Diese Datei wegwerfen
import-forget = Diese Datei vergessen
import-drafts = Zu den Entwürfen
import-another = Noch eine Datei einlesen
import-lines-title = Zeile für Zeile
import-lines-all = Alle Zeilen
import-lines-none = So eine Zeile gibt es nicht.
import-lines-next = Weitere Zeilen
import-line = Zeile
import-what = Was
import-does = Tut
import-why = Warum
line-added = Kommt hinzu
line-updated = Ändert
line-unchanged = Ändert nichts
line-refused = Abgelehnt
line-changes = Ändert: { $names }
line-change-name = Name
line-change-team = Team
line-change-roles = Rollen
line-change-language = Sprache
line-fault-utf8 = Ihre Buchstaben sind anders als in UTF-8 geschrieben. Speichere die Datei als „CSV UTF-8“.
line-fault-endless = Sie hört nicht auf. Fehlt ein schließendes Anführungszeichen?
line-fault-unreadable = Sie lässt sich nicht lesen.
line-fault-missing = { $column } ist leer.
line-fault-long = { $column } hat mehr als { $count } Buchstaben.
line-fault-control = In { $column } stehen Zeichen, die niemand lesen kann.
line-fault-formula = { $column } beginnt wie eine Formel. Stell einen Buchstaben voran.
line-fault-email = email ist keine E-Mail-Adresse.
line-fault-role = roles: eine Rolle „{ $word }“ gibt es nicht.
line-fault-language = language ist en oder de.
line-fault-kind = kind ist share, engage, job oder story.
line-fault-time = { $column } ist eine Zeit wie 2026-12-01 09:30.
line-fault-same = Zeile { $line } hat dieselbe Adresse.
line-fault-grants = Sie gibt eine Rolle, die mehr darf als du.
line-fault-holds = Diese Person hat eine Rolle, die mehr darf als du.
line-fault-owner = Das ist die letzte Leitung. Benenn zuerst eine andere.
line-fault-left = Diese Person hat die Organisation verlassen.
line-fault-teams = { $count ->
    *[other] Es gibt schon { $count } Teams, und mehr werden es nicht.
}
line-fault-post = { $column }: { $sentence }
toast-import-done = { $count ->
    [one] Eine Zeile wurde übernommen.
   *[other] { $count } Zeilen wurden übernommen.
}
toast-import-running = Die Datei wird übernommen.
toast-import-discarded = Die Datei ist vergessen.
toast-import-busy = Die Datei wird gerade übernommen.

bookmark-title = Teil, was du gerade liest
bookmark-lead = Ein Lesezeichen, das mit der Seite, auf der du bist, einen Beitrag beginnt.
bookmark-how = So kommt es dorthin
bookmark-drag = Zieh das in die Lesezeichenleiste deines Browsers:
bookmark-name = Für { $name } teilen
bookmark-use = Drück dann auf jeder Seite darauf, die sich zu teilen lohnt. Hier öffnet sich ein neuer Beitrag mit Link und Überschrift der Seite, und „Seite lesen“ holt Zusammenfassung und Bild dazu.
bookmark-hint = Das ist zum Ziehen da. Hier tut es nichts.
bookmark-otherwise = Ohne Maus
bookmark-copy = Leg ein neues Lesezeichen an und trag das als seine Adresse ein:
bookmark-code = Adresse des Lesezeichens
bookmark-safe = Es nimmt nur die Adresse und die Überschrift der Seite mit, auf der du bist, und nur, wenn du darauf drückst.
