# Sätze der Seiten, die alle sehen.

share-title = Auf { $network } teilen
share-title-email = Per E-Mail schicken
share-title-copy = Teilen, wo du willst
text-label = Dein Text. Ändere ihn dort, wie du magst.
copy-and-open = Kopieren und { $network } öffnen
open-instance = { $network } öffnen
open-mail = E-Mail öffnen
copy-text = Text kopieren
copied = Kopiert. Füge ihn auf { $network } ein, dann komm zurück und drück auf Erledigt.
copied-only = Kopiert. Füge ihn ein, wo du willst, dann drück auf Erledigt.
then-done = Wenn es gepostet ist, komm zurück und drück auf Erledigt.
done = Erledigt
not-for-me = Nichts für mich
go-on = Weiter
instance-label = Wo ist dein Mastodon-Konto?
instance-help = Die Adresse deiner Instanz, etwa mastodon.social. Wird einmal gefragt.
instance-fault = Das ist keine Adresse einer Instanz. Sie sieht aus wie mastodon.social.

thanks-title = Danke
thanks-text = Dein Beitrag zählt jetzt. Du kannst diese Seite schließen.
dismissed-title = Alles klar
dismissed-text = Dieser Beitrag wird dir nicht mehr gezeigt, und niemand erfährt davon.

withdrawn-title = Dieser Beitrag wurde zurückgezogen
withdrawn-text = Er soll nicht mehr geteilt werden. Du musst nichts weiter tun.
expired-title = Dieser Beitrag ist abgelaufen
expired-text = Die Zeit zum Teilen ist vorbei. Links, die du geteilt hast, funktionieren weiter.
cannot-carry-title = Dieses Netzwerk kann den Beitrag nicht aufnehmen
cannot-carry-text = Er hat keinen Link, der sich dort teilen ließe. Wähl in deinem Chat ein anderes Netzwerk.
not-offered-title = Teilen in diesem Netzwerk ist abgeschaltet
not-offered-text = Deine Organisation bietet es nicht mehr an. Wähl in deinem Chat ein anderes Netzwerk.
left-title = Du bist kein Mitglied mehr
left-text = Diese Adresse gehörte einem Mitglied, das die Organisation verlassen hat.
no-address-title = Diese Adresse funktioniert nicht
no-address-text = Vielleicht ist sie unvollständig oder zu alt. Öffne sie noch einmal aus deinem Chat.
preview-title = Eine persönliche Adresse zum Teilen
preview-text = Sie öffnet sich für die Person, die sie bekommen hat.
board-expired-title = Diese Rangliste ist geschlossen
board-expired-text = Ihre Adresse galt einen Tag lang. Frag in deinem Chat nach der Rangliste, dann bekommst du eine neue.
no-link-title = Diesen Link gibt es nicht
no-link-text = Vielleicht wurde er unvollständig kopiert. Frag die Person, von der du ihn hast.
gone-title = Diese Seite wurde zurückgezogen
gone-text = Das Ziel dieses Links ist nicht mehr veröffentlicht.
away-title = Einen Moment, bitte
away-text = Wir können das gerade nicht nachschlagen. Versuch es in einer Minute noch einmal.

board-title = Rangliste
board-summary = { $label }: { $members ->
    [one] eine Person mit Punkten
   *[other] { $members } Personen mit Punkten
  }
board-summary-all = Seit Beginn: { $members ->
    [one] eine Person mit Punkten
   *[other] { $members } Personen mit Punkten
  }
board-empty = Hier hat noch niemand Punkte. Wer zuerst teilt, führt.
period-label = Zeitraum
week = Woche
month = Monat
quarter = Quartal
all-time = Gesamt
rank = Rang
name = Name
movement = Bewegung
moved-up = { $places ->
    [one] { $places } Platz hinauf
   *[other] { $places } Plätze hinauf
}
moved-down = { $places ->
    [one] { $places } Platz hinunter
   *[other] { $places } Plätze hinunter
}
no-movement = gleicher Platz oder vorher keiner
points = Punkte
tied = gleichauf
you = du
how-points-work = Wie Punkte entstehen
rule-confirmed = { $points ->
    [one] Ein Beitrag, den du als geteilt bestätigst: { $points } Punkt.
   *[other] Ein Beitrag, den du als geteilt bestätigst: { $points } Punkte.
}
rule-proven = Wenn jemand anderes darauf klickt: { $points } dazu.
rule-click = { $clicks ->
    [one] Jeder gezählte Klick: { $points }, für { $clicks } Klick je Beitrag und Tag.
   *[other] Jeder gezählte Klick: { $points }, bis zu { $clicks } Klicks je Beitrag und Tag.
}
rule-proposal = { $points ->
    [one] Ein Vorschlag von dir, aus dem ein Beitrag wird: { $points } Punkt.
   *[other] Ein Vorschlag von dir, aus dem ein Beitrag wird: { $points } Punkte.
}
rule-cap = { $shares ->
    [one] Höchstens { $shares } geteilter Beitrag am Tag bringt Punkte. Eigene Klicks nie.
   *[other] Höchstens { $shares } geteilte Beiträge am Tag bringen Punkte. Eigene Klicks nie.
}
rule-hidden = Wer verborgen ist, steht nicht auf der Rangliste und zählt nicht für Ränge.
rule-movement = Bewegung vergleicht den Rang mit dem am Ende des Zeitraums davor, gezählt unter denen, die heute zu sehen sind: Damals zeigte die Rangliste vielleicht andere. Ein Strich heißt: gleicher Platz oder vorher keiner.
