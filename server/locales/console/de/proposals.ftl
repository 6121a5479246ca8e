# Vorschläge von Leuten.

rail-proposals = Vorschläge
proposals-title = Vorschläge
proposals-lead-nothing = Nichts wartet auf deine Antwort.
proposals-lead = { $count ->
    [one] Ein Vorschlag wartet auf eine Antwort.
   *[other] { $count } Vorschläge warten auf eine Antwort, die ältesten zuerst.
}
proposals-states = Wie weit sie sind
proposal-new = Neu
proposal-accepted = Angenommen
proposal-declined = Abgelehnt
proposal-withdrawn = Zurückgenommen
proposals-empty-title = Niemand wartet auf eine Antwort
proposals-empty-text = Was Leute teilenswert finden, kommt hier an. Du machst einen Beitrag daraus oder sagst ihnen, warum nicht. So schlagen sie etwas vor:
proposals-command = /chorus vorschlagen https://…
proposals-by-command = in Slack und in Discord, mit dem Link der Seite
proposals-by-slack = Slack: der Kurzbefehl „Propose a post“, oder „Propose to comms team“ im Menü einer Nachricht
proposals-by-discord = Discord: Apps, „Dem Team vorschlagen“ im Menü einer Nachricht
proposals-earns = { $count ->
    [0] Punkte gibt es dafür keine.
    [one] Wer etwas vorschlägt, aus dem du einen Beitrag machst, bekommt einen Punkt.
   *[other] Wer etwas vorschlägt, aus dem du einen Beitrag machst, bekommt { $count } Punkte.
}
proposals-none-title = Keine
proposals-none-text = So weit ist noch kein Vorschlag gekommen.
proposals-queue = Vorschläge
proposals-choose = Wähl den Vorschlag, den du als Nächstes ansehen willst.
proposals-back = Zurück zur Liste
proposal-somebody = Jemand, der nicht mehr da ist
proposal-supported = { $count ->
    [one] und noch jemand
   *[other] und { $count } weitere
}
proposal-by = Vorgeschlagen von { $name }
proposal-by-somebody = Vorgeschlagen von jemandem, der nicht mehr da ist,
proposal-also = Auch vorgeschlagen von { $names }
proposal-twin = Ein anderer Beitrag führt auf dieselbe Seite:
proposal-why = Warum
proposal-unread = Was die Seite über sich sagt, wurde noch nicht gelesen oder lässt sich nicht lesen.
proposal-accept = Einen Beitrag daraus machen
proposal-accept-help = { $count ->
    [0] Ein Entwurf mit diesen Worten, den du fertig schreibst.
    [one] Ein Entwurf mit diesen Worten, den du fertig schreibst. Wer ihn vorgeschlagen hat, erfährt davon und bekommt einen Punkt.
   *[other] Ein Entwurf mit diesen Worten, den du fertig schreibst. Wer ihn vorgeschlagen hat, erfährt davon und bekommt { $count } Punkte.
}
proposal-decline = Ablehnen
proposal-note = Was du dazu sagst
proposal-note-help = Geht an die Person, die es vorgeschlagen hat, in dem Chat, in dem sie es tat.
proposal-note-fault = Sag in höchstens { $count } Zeichen, warum nicht: Jemand hat sich die Mühe gemacht.
proposal-send-note = Mit dieser Notiz ablehnen
proposal-outcome-accepted = { $name } hat einen Beitrag daraus gemacht
proposal-outcome-declined = { $name } hat abgelehnt
proposal-outcome-withdrawn = Wer ihn gemacht hat, hat ihn zurückgenommen.
proposal-post = Zum Beitrag
source-slack = aus Slack
source-discord = aus Discord
source-console = aus der Konsole
source-api = über die API
toast-proposal-accepted = Es ist jetzt ein Entwurf. Wer ihn vorgeschlagen hat, erfährt es in einer Minute.
toast-proposal-declined = Abgelehnt. Deine Notiz geht in einer Minute hinaus.
toast-proposal-decided = Jemand hat schon entschieden. So steht es jetzt.
toast-proposal-told = Das wurde schon mitgeteilt, oder der Beitrag ist weiter: Es bleibt, wie es ist.
audit-kind-proposal = Vorschläge
fact-post = Beitrag
did-proposal-accept = Einen Beitrag aus einem Vorschlag gemacht
did-proposal-create = Einen Beitrag vorgeschlagen
did-proposal-decline = Einen Vorschlag abgelehnt
did-proposal-reopen = Eine Entscheidung über einen Vorschlag zurückgenommen
did-proposal-withdraw = Einen Vorschlag zurückgenommen
facts-proposed-by = Vorgeschlagen von
