# Auswertung: was das Programm bewirkt hat, und wie gezählt wird.

rail-insight = Auswertung
rail-leaderboard = Rangliste
insight-title = Auswertung
insight-lead = Was dabei herauskam, und wie jede Zahl entsteht.
insight-parts = Teile der Auswertung
insight-overview = Überblick
insight-posts = Beiträge
insight-campaigns = Kampagnen
insight-teams = Teams
insight-health = Verfassung
insight-rates = Preise
insight-span = Welche Zeit gezeigt wird
insight-month = Monat
insight-quarter = Quartal
insight-year = Jahr
insight-quarter-of = { $quarter }. Quartal { $year }
insight-export = Als CSV
insight-to-post = Zum Beitrag
to-insight = Zahlen in der Auswertung
insight-to-campaign = Die Kampagne
insight-empty-title = In dieser Zeit ist nichts passiert
insight-empty-text = Sobald jemand einen Beitrag teilt oder einen Link öffnet, steht es innerhalb einer Minute hier. Sieh dir eine andere Zeit an, oder bring den nächsten Beitrag auf den Weg.
insight-fresh = Die Zahlen sind höchstens eine Minute alt. Tage und Monate gelten in der Zeitzone eurer Organisation.
insight-few = Geteiltes, Reichweite und Besuche auf eigenen Links stehen hier, wo in jedem Monat dieser Zeit fünf Leute aktiv waren, damit keine Zahl von einem Einzelnen stammt.
insight-until = Geteiltes, Reichweite und Besuche auf eigenen Links zählen bis Ende { $month }: Im Monat, der läuft, waren bisher weniger als fünf Leute aktiv.
insight-untold-title = Von diesem Beitrag steht hier nichts
insight-untold-text = Er ist nur für einige gedacht, und darum stehen hier nur Monate, die vorbei sind und in denen fünf Leute ihn geteilt haben. Hier ist keiner dabei: Jede Zahl käme einem von ihnen zu nahe.
insight-by-month = Dieser Beitrag ist nur für einige gedacht, und darum zählen hier nur Monate, die vorbei sind und in denen fünf Leute ihn geteilt haben. Seine Tage stehen hier nicht, und Netzwerke nur, wo auf jedem fünf Leute geteilt haben.
insight-untold-posts = Von einem Beitrag nur für einige zählen hier die Monate, die vorbei sind und in denen fünf Leute ihn geteilt haben.
insight-left-out = { $count ->
    [one] { $count } Beitrag zählt hier nicht mit: Er ist nur für einige gedacht, und was sich von ihm sagen lässt, steht auf seiner eigenen Seite.
   *[other] { $count } Beiträge zählen hier nicht mit: Jeder ist nur für einige gedacht, und was sich von ihm sagen lässt, steht auf seiner eigenen Seite.
}
insight-hidden = –
insight-hidden-why = Nicht gezeigt: Weniger als fünf Leute waren aktiv
insight-how = Wie wird das gezählt?
insight-how-short = Wie?
insight-course = Im Verlauf
insight-networks = Nach Netzwerk
insight-from-hits = Vom Aufruf zum Klick
insight-by-state = Geteiltes nach Stand
insight-what = Was
insight-count = Anzahl
insight-why = Warum
insight-state = Stand
insight-shares = Geteilt
insight-clicks = Klicks
insight-hits = Aufrufe
insight-visitor-days = Besuchertage
insight-reach = Mögliche Reichweite
insight-not-deduplicated = Nicht um Doppelte bereinigt
insight-worth = Werbewert
insight-upper-bound = Wert der Reichweite (Obergrenze)
insight-upper-bound-label = Obergrenze, wird nie zum Wert oben addiert
insight-human = Aufrufe von Lesern
insight-repeats = Wiederholt in derselben Stunde
insight-capped = Über der Grenze eines Netzes
insight-counted = Gezählte Klicks
insight-raw-to-counted = { $hits ->
    [one] { $hits } Aufruf → { $human } von Lesern → { $clicks } gezählt
   *[other] { $hits } Aufrufe → { $human } von Lesern → { $clicks } gezählt
}
insight-unpriced = { $count ->
    [one] Ein Klick hat keinen Preis: Für ihn galt keiner.
   *[other] { $count } Klicks haben keinen Preis: Für sie galt keiner.
}
insight-by-cpc = { $count ->
    [one] { $network }: { $count } Klick zu { $price }, Preis gilt ab { $since }
   *[other] { $network }: { $count } Klicks zu { $price }, Preis gilt ab { $since }
}
insight-by-cpm = { $network }: { $count } Follower zu { $price } je tausend, Preis gilt ab { $since }
insight-version-cpc = { $network }: { $price } je Klick, Preis gilt ab { $since }
insight-version-cpm = { $network }: { $price } je tausend Einblendungen, Preis gilt ab { $since }
insight-no-rate = keiner
insight-thousands = { $number } Tsd.
insight-millions = { $number } Mio.
decimal-mark = ,

formula-shares = Geteiltes, das in dieser Zeit begann und das jemand bestätigt, ein fremder Klick bewiesen oder ein Netzwerk veröffentlicht hat. Je Person, Beitrag und Netzwerk zählt es einmal.
formula-clicks = { $count ->
    [one] Der erste Aufruf eines Links durch einen Leser innerhalb einer vollen Stunde. Roboter, eigene und wiederholte Besuche und alle, die nicht verfolgt werden wollen, zählen nicht; je Link, Tag und Netz der Leser zählt ein Klick.
   *[other] Der erste Aufruf eines Links durch einen Leser innerhalb einer vollen Stunde. Roboter, eigene und wiederholte Besuche und alle, die nicht verfolgt werden wollen, zählen nicht; je Link, Tag und Netz der Leser zählen höchstens { $count } Klicks.
}
formula-visitor-days = Browser mit einem gezählten Klick, je Link und Tag (UTC) einmal. Wer an einem anderen Tag wiederkommt oder einen anderen Link öffnet, zählt noch einmal: Niemand wird von Tag zu Tag wiedererkannt.
formula-reach = Die Follower der Konten, die geteilt haben, zum Zeitpunkt des Teilens zusammengezählt. Wer zweien folgt, zählt doppelt.
formula-worth = Gezählte Klicks × was eure Organisation in diesem Netzwerk für einen Klick zahlt, zu dem Preis, der in jenem Monat galt.
formula-upper-bound = Mögliche Reichweite ÷ 1.000 × was eure Organisation in diesem Netzwerk für tausend Einblendungen zahlt. Nicht alle Follower sehen einen Beitrag, deshalb ist es eine Obergrenze.

why-raw = Jede Anfrage an einen Link, wie sie kam
why-filtered = Was ohne Roboter, eigene Besuche und alle bleibt, die nicht verfolgt werden wollen
why-bot = Ein Programm, kein Leser
why-own = Wer es selbst geteilt hat
why-private = Will nicht verfolgt werden: Nur Link und Zeit werden behalten
why-repeats = Derselbe Leser auf demselben Link, in derselben Stunde
why-capped = Mehr, als in einem Netz an einem Tag glaubhaft gelesen wird
why-counted = Was übrig bleibt und Punkte bringt
why-state-counts = Zählt als geteilt
why-state-not = Zählt nicht

reason-head = Fragte nur, ob die Seite da ist
reason-prefetch = Vorab oder für eine Vorschau geholt
reason-crawler = Bekannte Suchroboter
reason-scanner = Bekannte Linkprüfer
reason-no-agent = Sagten nicht, was sie sind
reason-own-cookie = Eigene, am Browser erkannt
reason-own-visit = Eigene, an einem Besuch des Tages erkannt
reason-dnt = Do Not Track
reason-gpc = Global Privacy Control

share-opened = Geöffnet
share-confirmed = Bestätigt
share-proven = Durch einen Klick bewiesen
share-published = Veröffentlicht
share-scheduled = Geplant
share-failed = Gescheitert
share-withdrawn = Zurückgenommen

chart-day = Tag
chart-week = Woche
chart-month = Monat
chart-table = Als Tabelle zeigen
chart-nothing = Nichts in dieser Zeit.
chart-summary = { $all } insgesamt; am meisten waren es mit { $most }: { $when }.

insight-posts-lead = Was jeder Beitrag bewirkt hat, seit er live ist; der neueste zuerst.
insight-published = Live seit
insight-no-posts-title = Noch kein Beitrag war live
insight-no-posts-text = Sobald ein Beitrag hinaus ist, steht hier, wie oft er geteilt und angeklickt wurde.
insight-reach-note = Die mögliche Reichweite ist nicht um Doppelte bereinigt: Wer zweien folgt, zählt doppelt.
insight-posts-limit = Die Datei enthält höchstens die neuesten { $count } Beiträge.
insight-campaigns-lead = Was die Beiträge einer Kampagne zusammen bewirkt haben.
insight-campaigns-note = Alles, seit der erste Beitrag live ging, ohne Beiträge nur für einige; wo es solche gibt, steht „mindestens“ dabei. Von den Zielen lassen sich nur Besuche an Links messen: Ihre Zielzahl wird mit gezählten Klicks verglichen.
insight-progress = Bisher
insight-of-target = { $count } von { $target }
insight-at-least = mindestens { $count } von { $target }
insight-unmeasured = Noch nicht gemessen
insight-no-campaigns-title = Noch keine Kampagne
insight-no-campaigns-text = Nenne in einem Beitrag eine Kampagne, dann wird hier zusammengezählt, was ihre Beiträge bewirken.
insight-ends = endet
insight-teams-lead = Was Teams mit mindestens fünf aktiven Leuten bewirkt haben, nach abgelaufenen Monaten.
insight-no-teams-title = Noch keine Teams
insight-no-teams-text = Sobald Leute zu Teams gehören, steht hier, was diese bewirkt haben, nie nach Person.
insight-no-own-team-title = Du bist noch in keinem Team
insight-no-own-team-text = Bitte jemanden, der sich um die Leute kümmert, dich in eines aufzunehmen.
insight-team-lead = Was es in den letzten zwölf abgelaufenen Monaten bewirkt hat.
insight-team-months = Monat für Monat
insight-team-networks = Netzwerke, und was Klicks und Reichweite wert sind, stehen bei Monaten, in denen auf jedem Netzwerk fünf aus dem Team geteilt haben – solche, die zu wenige genutzt haben, zusammengezählt – und in denen sich anderswo nichts über weniger Leute ergibt. Welche Netzwerke einen Namen haben, ist für alle Teams eines Monats gleich.
insight-no-network-why = Nicht gezeigt: Auf einem Netzwerk haben weniger als fünf Leute des Teams geteilt, oder es würde anderswo von so wenigen erzählen
insight-other-networks = Andere Netzwerke zusammen
insight-others-unpriced = Was auf anderen Netzwerken zusammen geschah, ist nicht bewertet.
insight-team-untold-title = Von diesem Team steht hier noch nichts
insight-team-untold-text = Es zählen nur Monate, die vorbei sind, in denen fünf Leute des Teams geteilt haben und deren Zahl auch anderswo von nicht weniger Leuten erzählt. Unter den letzten zwölf ist keiner.
insight-kept-back = Ein Strich steht, wo in dem Monat weniger als fünf Leute eines Teams geteilt haben, und wo die Zahl an anderer Stelle von so wenigen erzählen würde.
insight-how-teams = Wie werden Teams gezählt?
formula-teams = Jede Zahl ist die des Teams und aller Teams darunter. Geteiltes und die Klicks darauf gehören zu dem Team, in dem die Person beim Teilen war, und bleiben dort.
formula-teams-why = Gezeigt werden Teams, in denen mindestens fünf Leute in dem Monat geteilt haben. Wären alle außer einem kleinen Team zu sehen, verriete der Rest das kleine; deshalb bleibt ein weiteres mit ihm verborgen. Der laufende Monat fehlt, weil der Unterschied zu gestern verriete, was heute jemand getan hat.

export-network = Netzwerk
export-all = Alle Netzwerke
export-until = Bis
export-post = Beitrag
export-team = Team
export-reach = Mögliche Reichweite (nicht um Doppelte bereinigt)
export-rate = Preis

health-lead = Ob das Programm lebt, und was Hilfe braucht.
health-alarms = Was Hilfe braucht
health-alarm = Sieh hin
health-good = Gut
health-no-alarm = Es wird weiter geteilt, es gibt genug zu teilen, und kein Urteil lässt zu lange auf sich warten.
health-invited = Eingeladen
health-joined = Beigetreten
health-connected = Verbunden
health-active = Aktiv
health-adoption = Beteiligung
health-percent = { $count } %
health-bands = Unter 10 % stockt ein Programm, ab 30 % blüht es.
health-few = Sie steht hier, sobald in den letzten dreißig Tagen fünf Leute aktiv waren.
health-weeks = Geteilt in den letzten Wochen
health-weeks-none = Woche für Woche steht es hier, sobald in den letzten dreißig Tagen und in jedem vergangenen Monat fünf Leute aktiv waren, damit keine Zahl die einer einzigen Person ist.
health-weeks-few = { $count ->
    [one] An einer Woche steht ein Strich: In einem Monat, in dem sie liegt, waren weniger als fünf Leute aktiv.
   *[other] An { $count } Wochen steht ein Strich: In einem Monat, in dem sie liegen, waren weniger als fünf Leute aktiv.
}
band-stalled = Stockt
band-growing = Wächst
band-thriving = Blüht
alarm-falling = In jeder der letzten drei Wochen wurde weniger geteilt als in der davor.
alarm-dry = { $count ->
    [0] Der Stoff geht aus: In einer Woche lässt sich kein Beitrag mehr teilen.
    [one] Der Stoff geht aus: In einer Woche lässt sich noch ein Beitrag teilen.
   *[other] Der Stoff geht aus: In einer Woche lassen sich nur noch { $count } Beiträge teilen.
}
alarm-reviews = { $count ->
    [one] Ein Urteil lässt zu lange auf sich warten:
   *[other] { $count } Urteile lassen zu lange auf sich warten:
}
alarm-hours = { $count ->
    [one] mehr als eine Stunde.
   *[other] mehr als { $count } Stunden.
}
formula-invited = Alle auf der Liste, die nicht gegangen sind.
formula-joined = Die davon, die ihre ersten Schritte im Chat gemacht haben.
formula-connected = Die davon mit einem Konto auf Slack oder Discord.
formula-active = Alle, die in den letzten dreißig Tagen mindestens einmal geteilt haben, auch wer seitdem gegangen ist.
formula-adoption = Aktiv ÷ beigetreten, abgerundet und höchstens 100 %.

rates-lead = Was eure Organisation für Klicks und Einblendungen zahlt; daran zeigt sich, was eure wert sind.
rates-empty-title = Noch keine Preise
rates-empty-text = Von Haus aus gibt es keine, denn die Preise anderer sind nicht deine. Gib ein, was ihr für Werbung zahlt, dann zeigt die Auswertung, was dieselbe Aufmerksamkeit gekostet hätte.
rates-since = Gilt ab
rates-since-help = Ein Monat, etwa 2026-11. Er gilt bis zum nächsten Preis dieses Netzwerks.
rates-cpc = Preis eines Klicks
rates-cpc-help = Leer für keinen.
rates-cpm = Preis von 1.000 Einblendungen
rates-cpm-help = Leer für keinen.
rates-currency = Währung
rates-currency-help = Drei Buchstaben, etwa EUR.
rates-do = Was du tun kannst
rates-remove = Preis entfernen
rates-new = Preis eingeben
rates-new-help = Ein Preis desselben Netzwerks und Monats wird ersetzt. Die Zahlen dieses Monats und der folgenden werden neu bewertet; jede sagt, nach welchem Preis.
rates-set = Preis festlegen
rate-fault-network = Wähl ein Netzwerk.
rate-fault-currency = Das ist keine Währung. Sie hat drei Buchstaben, etwa EUR oder USD.
rate-fault-price = Das ist kein Preis. Er sieht aus wie 1,20.
rate-fault-none = Gib mindestens einen Preis an.
rate-fault-month = Das ist kein Monat. Er sieht aus wie 2026-11.
toast-rate-set = Der Preis ist festgelegt.
toast-rate-removed = Der Preis ist entfernt.
