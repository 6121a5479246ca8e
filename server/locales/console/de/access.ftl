# Anmelden, Einmal-Links und die eigenen Einstellungen.

log-in = Anmelden
email = E-Mail-Adresse
password = Passwort
log-in-wrong = Adresse und Passwort passen nicht zusammen. Prüf beide und versuch es noch einmal.
log-in-too-many = { $count ->
    [one] Das waren zu viele Versuche. Versuch es in einer Minute noch einmal.
   *[other] Das waren zu viele Versuche. Versuch es in { $count } Minuten noch einmal.
}
log-in-needs-tls = Dieser Server wird ohne TLS erreicht, ein Passwort wäre unterwegs für alle lesbar. Öffne ihn über seine https-Adresse, oder sag seinem Betrieb Bescheid.
session-ended = Du wurdest inzwischen abgemeldet. Melde dich an, um weiterzumachen.
session-ended-kept = Du wurdest inzwischen abgemeldet. Nichts Getipptes ist verloren: Melde dich an, und es wird abgeschickt.
session-ended-elsewhere = In einem anderen Fenster angemeldet? Was du getippt hast, wartet hier.
session-ended-again = Ich bin angemeldet, abschicken
session-ended-still = Du bist noch nicht angemeldet. Was du getippt hast, wartet weiter hier.
session-ended-other = Was hier wartet, hat jemand anderes getippt; in deinem Namen wird es nicht abgeschickt. Nur wer es getippt hat, kann das tun.
resume-title = Da bist du wieder
resume-text = Was du vorhin getippt hast, ist noch da.
resume-button = Jetzt abschicken

openid-with = Mit { $name } anmelden
openid-or = oder mit deinem Passwort
openid-refused = Du wurdest nicht angemeldet
openid-other-way = Anders anmelden
openid-not-begun = Diese Anmeldung hat nicht in diesem Browser begonnen, sie dauerte zu lange oder war schon zu Ende. Fang noch einmal an.
openid-declined = Du hast dem Anmeldedienst nicht erlaubt zu sagen, wer du bist. Fang noch einmal an und erlaub es, oder melde dich anders an.
openid-elsewhere = Du hast dich in einem anderen Slack-Workspace angemeldet als dem deiner Organisation. Fang noch einmal an und wähl deinen, oder melde dich anders an.
openid-no-address = Dein Anmeldedienst hat deine E-Mail-Adresse nicht bestätigt, und an ihr erkennen wir dich. Frag, wer den Dienst betreibt.
openid-nobody = Dort kennt man dich, aber hier hat niemand deine Adresse. Bitte die Verwaltung deiner Organisation, dich aufzunehmen.
openid-provider = Der Anmeldedienst hat nicht so geantwortet, wie er soll. Versuch es noch einmal, und sag dem Betrieb dieses Servers Bescheid, wenn es bleibt.
log-in-by-chat = Kein Passwort oder vergessen? Tippe { $command } in Slack oder Discord: Die Antwort ist ein Link, der dich hereinlässt.

first-title = Willkommen bei Chorus
first-text = Hier kann sich noch niemand anmelden. Du bist die erste Person: Wähl, wie du heißt, und ein Passwort, dann ist das deine Konsole.
first-button = Anfangen
enter-title = Hallo, { $name }
enter-text = Dieser Link lässt dich einmal herein.
enter-forgot = Ich will ein neues Passwort wählen
enter-button = Hineingehen
organization = Name deiner Organisation
organization-fault = Gib der Organisation einen Namen mit höchstens 120 Zeichen.
your-name = Dein Name
name-fault = Schreib den Namen, den dein Team kennt.
email-fault = Schreib eine E-Mail-Adresse wie ada@example.com.
new-password = Neues Passwort
current-password = Jetziges Passwort
password-help = Mindestens { $count } Zeichen. Ein Satz ist gut.
password-too-short = Zu kurz: Nimm mindestens { $count } Zeichen.
password-too-long = Zu lang: Nimm höchstens 200 Zeichen.
password-guessable = Zu leicht zu erraten: Nimm etwas, das weder dein Name noch deine Adresse ist, und nicht immer denselben Buchstaben.
password-wrong = Das ist nicht dein jetziges Passwort.
password-ends-sessions = Deine anderen Sitzungen enden damit.
change-password = Passwort ändern

you-title = Deine Einstellungen
theme = Farben
theme-system = Wie mein System
theme-light = Hell
theme-dark = Dunkel
language = Sprache
language-help = Hier und im Chat.
sessions = Wo du angemeldet bist
some-browser = Ein Browser
this-session = diese hier
session-begun = Begonnen
session-seen = zuletzt benutzt
end-session = Sitzung beenden
log-out-everywhere = Überall abmelden

toast-language = Wir sprechen ab jetzt Deutsch mit dir.
toast-password = Dein Passwort ist geändert.
toast-session-ended = Diese Sitzung ist beendet.
