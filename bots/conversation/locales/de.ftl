# Deutsch: geschrieben, nicht übersetzt; informelles du. Verb zuerst auf Knöpfen,
# keine Ausrufezeichen, kein Tadel. **Zwei Sterne** heben hervor, `so` wird getippt.

## Buttons
share = Teilen
not-for-me = Nichts für mich
undo = Rückgängig
more-to-share = Mehr zum Teilen
show-me = Meine Seite
my-choices = Meine Einstellungen
show-leaderboard = Rangliste
show-help = Hilfe
board-page = Seite der Rangliste öffnen
edit-followers = Follower
edit-networks = Netzwerke
open-console = Konsole öffnen
show-pairing = Anderen Chat verbinden
done-or-elsewhere = Fertig oder woanders
other-networks = Andere Netzwerke
share-elsewhere = Woanders teilen
share-on = Auf { $network } teilen
open-network = { $network } öffnen
open-email = E-Mail schreiben
open-copy = Link kopieren
done-on = Fertig: { $network }
done-email = Fertig: E-Mail verschickt
done-copy = Fertig: Link weitergegeben
save = Speichern
cancel = Abbrechen
close = Schließen

## Networks
network-linkedin = LinkedIn
network-x = X
network-facebook = Facebook
network-threads = Threads
network-bluesky = Bluesky
network-mastodon = Mastodon
network-reddit = Reddit
network-xing = XING
network-whatsapp = WhatsApp
network-telegram = Telegram
network-email = E-Mail
network-copy = Link

## Chats
platform-slack = Slack
platform-discord = Discord

## Numbers
points = { $n ->
    [one] { $n } Punkt
   *[other] { $n } Punkte
}

## The card of a suggested post
card-until = bis { $time }
card-earns = { $confirmed ->
    [one] Bringt { $confirmed } Punkt, { $proven } mehr beim ersten Klick
   *[other] Bringt { $confirmed } Punkte, { $proven } mehr beim ersten Klick
}
card-shared-by = { $n ->
    [0] Noch hat es niemand geteilt
    [one] { $n } Kollegin oder Kollege hat es geteilt
   *[other] { $n } aus dem Kollegium haben es geteilt
}
ended-withdrawn = Dieser Beitrag wurde zurückgezogen und wird nicht mehr geteilt.
ended-expired = Die Zeit zum Teilen ist um. Schon geteilte Links führen weiter ans Ziel.
ended-otherwise = Dieser Beitrag lässt sich gerade nicht teilen.

## The card of a post in a message of one's own
personal-shared = Schon von dir geteilt: { $networks }

## Sharing
choices-intro = Öffne ein Netzwerk, poste dort, und drücke dann auf **Fertig**.
choices-words = Sag es mit deinen Worten: Gelesen wird, was nach dir klingt.
choices-elsewhere = Andere Netzwerke
choices-done-elsewhere = Fertig, woanders
choices-opened = geöffnet, noch nicht bestätigt
choices-shared = schon geteilt
choices-none = Gerade kann kein Netzwerk diesen Beitrag tragen.
receipt-headline = Geteilt auf **{ $network }**
receipt-headline-email = Geteilt **per E-Mail**
receipt-headline-copy = Geteilt **als Link**
receipt-earned = Bisher verdient
receipt-over-cap = Diesmal ohne Punkte: Pro Tag zählen nur einige Beiträge, und die hast du schon. In den Zahlen ist er trotzdem.
receipt-points-how = Mehr, sobald jemand anders klickt
receipt-clicks = Klicks
receipt-week = Punkte diese Woche
receipt-rank = Platz diese Woche
receipt-reach = Mögliche Reichweite
reach-how = deine Follower dort beim Teilen; Doppelte nicht herausgerechnet
receipt-reach-unknown = Trag deine Follower ein, dann zählt auch deine Reichweite.

## Not for me
dismissed = Dieser Beitrag wird dir nicht mehr gezeigt. Niemand erfährt davon.
dismissal-undone = Dieser Beitrag kann dir wieder vorgeschlagen werden.

## Suggestions
suggestions-headline = { $n ->
    [one] Ein Beitrag für dich
   *[other] { $n } Beiträge für dich
}
suggestions-empty = Gerade gibt es nichts Neues zu teilen. Neue Beiträge kommen in deine Kanäle.

## Review
approve = Freigeben
ask-for-changes = Um Änderungen bitten
open-review = In der Konsole öffnen
open-queue = Liste öffnen
show-reviews = Was noch wartet
review-asked = Ein Beitrag wartet auf dein Urteil.
review-late = **Ein Beitrag wartet zu lange** auf ein Urteil.
review-changed = Er hat sich geändert, seit du ihn gesehen hast. So liest er sich jetzt.
review-by = von { $name }
review-by-feed = aus einem Feed
review-for = für { $whom }
review-for-all = für alle
review-for-some = für einige
review-since = wartet seit { $time }
review-live-at-once = geht nach der Freigabe sofort live
review-live-at = geht nach der Freigabe live: { $time }
review-own = Diesen hast du geschrieben, darum muss ihn jemand anderes freigeben.
review-somebody = Jemand
review-approved = { $who } hat ihn freigegeben.
review-approved-mine = Du hast ihn freigegeben.
review-is-live = Er ist live.
review-goes-live = Er geht live: { $time }.
review-sent-back = { $who } bittet um Änderungen: „{ $note }“
review-sent-back-mine = Du hast um Änderungen gebeten. Beim Entwurf steht: „{ $note }“
review-recalled = { $who } hat ihn zurückgeholt und schreibt weiter.
review-recalled-mine = Du hast ihn zurückgeholt, um weiterzuschreiben.
review-withdrawn = Er wurde zurückgezogen.
review-over = Seine Zeit ist um.
review-gone = Er wartet auf kein Urteil mehr.
review-not-sent = Deine Notiz ging nicht hinaus: „{ $note }“
review-hindered = So kann der Beitrag nicht hinaus. Die Konsole zeigt, was im Weg steht; oder bitte um Änderungen.
review-not-yours = Du prüfst hier keine Beiträge. Wenn du es solltest, frag { $contact }.
review-not-yours-unnamed = Du prüfst hier keine Beiträge. Wenn du es solltest, frag die Leute, die das Programm betreuen.
reviews-headline = { $n ->
    [one] Ein Beitrag wartet auf dein Urteil.
   *[other] { $n } Beiträge warten auf dein Urteil, die dringendsten zuerst.
}
reviews-empty = Nichts wartet auf dein Urteil. Gibt jemand einen Beitrag zur Prüfung, wirst du hier gefragt.
changes-title = Um Änderungen bitten
changes-intro = **{ $title }** geht mit deiner Notiz zurück an den Entwurf.
changes-label = Was sich ändern soll
changes-send = Zurückschicken
changes-needed = Sag in höchstens 1.000 Zeichen, was sich ändern soll.
role-owner = Inhaberinnen und Inhaber
role-admin = Admins
role-curator = Redaktion
role-approver = Freigebende
role-recruiter = Recruiting
role-analyst = Analyse
role-team-lead = Teamleitungen

## Leaderboard
board-title-week = Rangliste dieser Woche
board-title-last-week = Rangliste der letzten Woche
board-title-month = Rangliste dieses Monats
board-title-quarter = Rangliste dieses Quartals
board-title-all-time = Rangliste seit Beginn
period-label = Zeitraum
period-week = Diese Woche
period-month = Dieser Monat
period-quarter = Dieses Quartal
period-all-time = Seit Beginn
board-empty = Hier hat noch niemand Punkte. Der erste geteilte Beitrag eröffnet die Liste.
board-me = Du: Platz **{ $rank }** von { $members }, mit **{ $points ->
    [one] { $points } Punkt
   *[other] { $points } Punkten
}**
board-me-none = { $points ->
    [0] Du hast hier noch keine Punkte.
    [one] Du hast { $points } Punkt und stehst nicht auf der Liste.
   *[other] Du hast { $points } Punkte und stehst nicht auf der Liste.
}
board-around = Um dich herum
board-how = Punkte gibt es fürs Teilen, für den ersten Klick darauf und für weitere Klicks anderer. Eigene Klicks zählen nie.
board-how-moves = { board-how } ▲ und ▼: Plätze gewonnen oder verloren seit dem Zeitraum davor, gezählt unter denen, die heute zu sehen sind.
board-up = ▲{ $places }
board-down = ▼{ $places }

## My page
me-headline = { $name } bei { $organization }
me-to-share = Jetzt zu teilen
me-week = Diese Woche
me-week-how = die Punkte auf der Rangliste dieser Woche
me-all-time = Seit Beginn
me-shares = Geteilt
me-shares-how = von dir bestätigt oder durch einen Klick belegt
me-clicks = Klicks
me-clicks-how = einer je Mensch, Link und Stunde; ohne Bots, ohne deine eigenen
me-reach = Mögliche Reichweite
me-reach-how = Follower bei jedem Teilen, zusammengezählt; Doppelte nicht herausgerechnet
me-points-how = fürs Teilen, für erste und weitere Klicks, zum Wert von damals

## My choices
me-followers = Follower: { $list }
me-followers-none = Noch keine Follower eingetragen; mit ihnen zählt auch deine Reichweite.
networks-are = Deine Netzwerke: { $list }
networks-none = Noch kein Netzwerk gewählt. Was du wählst, steht auf jedem Beitrag.
networks-intro = Diese stehen in dieser Reihenfolge auf jedem Beitrag, der dir vorgeschlagen wird. Alle anderen bleiben in Reichweite.
network-first = Erstes Netzwerk
network-second = Zweites Netzwerk
network-third = Drittes Netzwerk
no-network = Keins
accounts = Deine Konten: { $list }
delivery-label = Nachrichten an dich
delivery-each-post = Jeder Vorschlag
delivery-channel-only = Keine, die Kanäle reichen
delivery-pause-week = Eine Woche lang keine
delivery-resume = Pause beenden
delivery-each-post-said = Jeder Vorschlag kommt auch direkt zu dir, außer in deinen Ruhezeiten.
delivery-channel-only-said = Vorschläge kommen nur in deine Kanäle.
delivery-refused = { $platform } hat Nachrichten an dich nicht angenommen, darum kommen keine mehr. Erlaube sie dort und wähle dann neu.
delivery-paused = Du machst Pause bis { $time }. Direkt zu dir kommt nichts.
visibility-label = Auf Ranglisten
visibility-name = Mit meinem Namen
visibility-pseudonym = Als { $pseudonym }
visibility-hidden = Gar nicht
language-label = Sprache
language-en = English
language-de = Deutsch
choice-saved = Gespeichert

## Followers
followers-title = Follower
followers-intro = Wie viele Leute dir dort folgen. Nur du siehst das; es zählt für deine Reichweite. Leere Felder bleiben, wie sie sind.
followers-invalid = Gib eine ganze Zahl bis 1.000.000.000 ein, zum Beispiel 850.
one-moment = Einen Moment …

## Pairing
channel-test = Das ist ein Test. Nachrichten von { $organization } kommen in diesem Kanal an.
console-link = Damit kommst du einmal in die Konsole, bis { $time }. Behalt den Link für dich.
pairing-title = Anderen Chat verbinden
pairing-type = Tippe in { $platform }: { $typed }
pairing-until = Der Code zählt einmal, bis { $time }. Ein neuer Code ersetzt ihn.
pairing-brings = Danach bist du mit beiden Konten dieselbe Person: einmal geteilt, ein Platz, dieselben Einstellungen.
paired = Dieses Konto gehört jetzt zu **{ $name }** bei { $organization }.
paired-account = Ein Konto auf { $platform } wurde mit deinem verbunden: **{ $account }**
paired-not-you = Warst du das nicht, mach es rückgängig.
unpaired = Die Verbindung ist gelöst. Das Konto gehört hier zu niemandem mehr.
pair-first-title = Verbinde zuerst dieses Konto
pair-first-get = **Hol dir einen Code.** Tippe in Slack `/chorus pair`. Kein Slack? Bitte { $contact } um einen Code.
pair-first-get-unnamed = **Hol dir einen Code.** Tippe in Slack `/chorus pair`. Kein Slack? Bitte die Leute, die das Programm betreuen, um einen Code.
pair-first-type = **Tippe ihn hier.** { $typed }, dahinter dein Code. Er zählt einmal, zehn Minuten lang.
pair-first-brings = **Das ist alles.** Danach bist du mit beiden Konten dieselbe Person.

## Greeting and help
greeting-title = Willkommen bei Chorus von { $organization }
greeting-first = **Teile, was zu dir passt.** Vorschläge kommen in deine Kanäle. Zwei Klicks, mit deinen Worten.
greeting-second = **Sag ruhig nein.** „Nichts für mich“ bleibt unter uns: Niemand sieht es.
greeting-third = **Wähle, wie dich andere auf der Rangliste sehen.** Ändern kannst du das jederzeit mit `/chorus me`.
onboarded-name = Du bist dabei. Auf Ranglisten steht dein Name, sobald du Punkte hast.
onboarded-pseudonym = Du bist dabei. Auf Ranglisten heißt du **{ $pseudonym }**, sobald du Punkte hast.
onboarded-hidden = Du bist dabei. Auf Ranglisten tauchst du nicht auf.
help-title = Was Chorus hier kann
help-share = Beiträge, die du teilen kannst
help-leaderboard = wer wie viel bewegt hat; dazu `woche`, `monat`, `quartal` oder `immer`
help-review = Beiträge, die auf dein Urteil warten: freigeben oder um Änderungen bitten
help-me = deine Seite: was zu teilen ist, deine Zahlen, dein Platz, deine Einstellungen
help-console = die Konsole im Browser: ein Link, der dich einmal hereinlässt
help-pair = deine Konten in Slack und Discord verbinden: holt einen Code oder nimmt den, den du dahinter tippst
help-help = diese Übersicht
command-about = Beiträge zum Teilen, die Rangliste, deine eigene Seite
command-code = der Code, den du bekommen hast
help-unknown = „{ $said }“ kenne ich nicht.

## When something does not work
problem-may-not-join = Du bist hier noch nicht dabei. Bitte { $contact }, dich aufzunehmen.
problem-may-not-join-unnamed = Du bist hier noch nicht dabei. Bitte die Leute, die das Programm betreuen, dich aufzunehmen.
problem-pairing-required = Chorus kennt dieses Konto noch nicht. Tippe `/chorus hilfe` und sieh, wie du es verbindest.
problem-pairing-code = Diesen Code gibt es nicht, oder er ist verbraucht oder zu alt. Hol dir einen neuen und tippe ihn innerhalb von zehn Minuten.
problem-pairing-tries = Zu viele Codes von diesem Konto. Warte eine Stunde und tippe dann einen neuen.
problem-already-paired = Dieses Konto ist schon verbunden. Tippe den Code in dem Chat, der dich noch nicht kennt.
problem-last-account = Das ist dein letztes Konto hier, darum bleibt es.
problem-member-left = Deine Mitgliedschaft ist beendet, darum gibt es hier nichts zu zeigen.
problem-forbidden = Das darfst du hier nicht. Wenn du es solltest, frag die Leute, die das Programm betreuen.
problem-not-found = Diesen Beitrag gibt es nicht mehr.
problem-withdrawn = Dieser Beitrag wurde zurückgezogen und wird nicht mehr geteilt.
problem-expired = Die Zeit zum Teilen ist um. Schon geteilte Links führen weiter ans Ziel.
problem-wrong-state = Dieser Beitrag lässt sich gerade nicht teilen.
problem-network = In diesem Netzwerk lässt sich der Beitrag nicht teilen. Nimm ein anderes.
problem-busy = Dein letzter Klick ist noch in Arbeit. Schau gleich noch einmal.
problem-answer-lost = Das hat geklappt, nur die Antwort ging unterwegs verloren. Schau nach, bevor du noch einmal klickst.
problem-too-many = Das ging schnell. Warte eine Minute und versuch es dann noch einmal.
problem-unavailable = Chorus kann gerade nicht antworten. Nichts ist verloren; versuch es in einer Minute noch einmal.
problem-ours = Bei uns ist etwas schiefgegangen. Versuch es noch einmal; wenn es bleibt, sag den Leuten Bescheid, die das Programm betreuen.
problem-outdated = Dieser Knopf gehört zu einer anderen Version von Chorus. Fang hier neu an.

## Vorschläge
propose = Beitrag vorschlagen
propose-message = Dem Team vorschlagen
help-propose = eine Seite vorschlagen, die es wert ist: mit ihrem Link dahinter
command-link = die Adresse der Seite
command-words = Worte für den Beitrag, so wie du ihn teilen würdest
proposal-title = Beitrag vorschlagen
proposal-intro = Das Kommunikationsteam sieht es sich an, und du erfährst, was daraus wird. Was du schreibst, liest es.
proposal-link = Link der Seite
proposal-why = Warum sie es wert ist
proposal-words = Wie du es sagen würdest
proposal-send = Vorschlagen
proposal-link-fault = Gib die ganze Adresse einer Seite an, etwa https://example.org/news.
proposal-why-fault = Sag es in höchstens 500 Zeichen.
proposal-words-fault = Sag es in höchstens 2.000 Zeichen.
proposal-received = { $n ->
    [one] Es liegt beim Kommunikationsteam, und du erfährst hier, was daraus wird. Macht es einen Beitrag daraus, bekommst du { $n } Punkt.
   *[other] Es liegt beim Kommunikationsteam, und du erfährst hier, was daraus wird. Macht es einen Beitrag daraus, bekommst du { $n } Punkte.
}
proposal-received-unpaid = Es liegt beim Kommunikationsteam, und du erfährst hier, was daraus wird.
proposal-again = Diese Seite hast du schon vorgeschlagen, und das Kommunikationsteam hat sie.
proposal-again-accepted = Diese Seite hast du schon vorgeschlagen, und ein Beitrag ist daraus geworden.
proposal-supports = Diese Seite hat schon jemand vorgeschlagen. Das Kommunikationsteam sieht, dass du das auch findest.
proposal-too-many = Mehr Vorschläge passen nicht in einen Tag. Mach den nächsten, wenn einer beantwortet ist, oder morgen.
proposal-take-back = Zurücknehmen
proposal-withdrawn = Du hast es zurückgenommen. Niemand entscheidet mehr darüber.
proposal-decided = Es war schon entschieden, bevor du es zurückgenommen hast. Du erfährst hier, was daraus wird.
proposal-accepted = { $n ->
    [one] Das Kommunikationsteam macht einen Beitrag aus deinem Vorschlag. Dafür bekommst du { $n } Punkt.
   *[other] Das Kommunikationsteam macht einen Beitrag aus deinem Vorschlag. Dafür bekommst du { $n } Punkte.
}
proposal-accepted-unpaid = Das Kommunikationsteam macht einen Beitrag aus deinem Vorschlag.
proposal-published = { $n ->
    [one] Der Beitrag, den du vorgeschlagen hast, ist draußen. Dafür gab es { $n } Punkt.
   *[other] Der Beitrag, den du vorgeschlagen hast, ist draußen. Dafür gab es { $n } Punkte.
}
proposal-published-unpaid = Der Beitrag, den du vorgeschlagen hast, ist draußen.
proposal-declined = Das Kommunikationsteam macht keinen Beitrag aus deinem Vorschlag.
proposal-note = Es sagt dazu: „{ $note }“
me-proposal-new = Du hast „{ $title }“ vorgeschlagen: liegt beim Kommunikationsteam
me-proposal-accepted = Du hast „{ $title }“ vorgeschlagen: ein Beitrag ist daraus geworden
me-proposal-declined = Du hast „{ $title }“ vorgeschlagen: kein Beitrag geworden
me-proposal-withdrawn = Du hast „{ $title }“ vorgeschlagen und zurückgenommen
