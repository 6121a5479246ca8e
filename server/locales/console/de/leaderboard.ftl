# Die Rangliste.

leaderboard-title = Rangliste
leaderboard-period = Zeitraum
leaderboard-week = Woche
leaderboard-month = Monat
leaderboard-quarter = Quartal
leaderboard-all-time = Gesamt
leaderboard-people = { $count ->
    [one] eine Person mit Punkten
   *[other] { $count } Personen mit Punkten
}
leaderboard-my-rank = Du stehst auf Platz { $rank }.
leaderboard-my-points = { $count ->
    [0] Du hast hier noch keine Punkte: Teil einen Beitrag, dann hast du welche.
    [one] Du hast hier einen Punkt.
   *[other] Du hast hier { $count } Punkte.
}
leaderboard-rank = Rang
leaderboard-name = Name
leaderboard-movement = Bewegung
leaderboard-up = { $count ->
    [one] { $count } Platz hinauf
   *[other] { $count } Plätze hinauf
}
leaderboard-down = { $count ->
    [one] { $count } Platz hinunter
   *[other] { $count } Plätze hinunter
}
leaderboard-no-movement = gleicher Platz oder vorher keiner
leaderboard-points = Punkte
leaderboard-tied = gleichauf
leaderboard-you = du
leaderboard-empty-title = Hier hat noch niemand Punkte
leaderboard-empty-text = Wer zuerst teilt, führt. Beiträge zum Teilen kommen in deinem Chat zu dir.
leaderboard-how = Wie Punkte entstehen
points-confirmed = { $count ->
    [one] Ein Beitrag, den du als geteilt bestätigst: { $count } Punkt.
   *[other] Ein Beitrag, den du als geteilt bestätigst: { $count } Punkte.
}
points-proven = Wenn jemand anderes darauf klickt: { $count } dazu.
points-click = { $clicks ->
    [one] Jeder gezählte Klick: { $points }, für { $clicks } Klick je Beitrag und Tag.
   *[other] Jeder gezählte Klick: { $points }, bis zu { $clicks } Klicks je Beitrag und Tag.
}
points-proposal = { $count ->
    [one] Ein Vorschlag von dir, aus dem ein Beitrag wird: { $count } Punkt.
   *[other] Ein Vorschlag von dir, aus dem ein Beitrag wird: { $count } Punkte.
}
points-cap = { $count ->
    [one] Höchstens { $count } geteilter Beitrag am Tag bringt Punkte. Eigene Klicks nie.
   *[other] Höchstens { $count } geteilte Beiträge am Tag bringen Punkte. Eigene Klicks nie.
}
points-hidden = Wer verborgen ist, steht nicht auf der Rangliste und zählt nicht für Ränge.
points-movement = Bewegung vergleicht den Rang mit dem am Ende des Zeitraums davor, gezählt unter denen, die heute zu sehen sind: Damals zeigte die Rangliste vielleicht andere. Ein Strich heißt: gleicher Platz oder vorher keiner.
