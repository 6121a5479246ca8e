# Proposals of members.

rail-proposals = Proposals
proposals-title = Proposals
proposals-lead-nothing = Nothing waits for your answer.
proposals-lead = { $count ->
    [one] One proposal waits for an answer.
   *[other] { $count } proposals wait for an answer, the oldest first.
}
proposals-states = How far they have come
proposal-new = New
proposal-accepted = Accepted
proposal-declined = Declined
proposal-withdrawn = Taken back
proposals-empty-title = Nobody waits for an answer
proposals-empty-text = What colleagues find worth sharing arrives here. You make a post of it, or tell them why not. This is how they propose:
proposals-command = /chorus propose https://…
proposals-by-command = in Slack and in Discord, with the link of the page
proposals-by-slack = Slack: the shortcut “Propose a post”, or “Propose to comms team” in the menu of a message
proposals-by-discord = Discord: Apps, “Propose to the comms team” in the menu of a message
proposals-earns = { $count ->
    [0] It earns them no points.
    [one] Whoever proposed a post that you take up earns one point.
   *[other] Whoever proposed a post that you take up earns { $count } points.
}
proposals-none-title = None
proposals-none-text = No proposal has come so far.
proposals-queue = Proposals
proposals-choose = Choose the proposal that you want to look at next.
proposals-back = Back to the list
proposal-somebody = Somebody who is gone
proposal-supported = { $count ->
    [one] and one more
   *[other] and { $count } more
}
proposal-by = Proposed by { $name }
proposal-by-somebody = Proposed by somebody who is gone,
proposal-also = Also proposed by { $names }
proposal-twin = Another post leads to the same page:
proposal-why = Why
proposal-unread = What the page says of itself was not read yet, or cannot be.
proposal-accept = Make a post of it
proposal-accept-help = { $count ->
    [0] A draft with these words, for you to finish.
    [one] A draft with these words, for you to finish. Its proposer hears of it and earns one point.
   *[other] A draft with these words, for you to finish. Its proposer hears of it and earns { $count } points.
}
proposal-decline = Decline
proposal-note = What you tell them
proposal-note-help = Goes to who proposed it, in the chat where they did.
proposal-note-fault = Say in at most { $count } characters why not: somebody took the trouble.
proposal-send-note = Decline with this note
proposal-outcome-accepted = { $name } made a post of it
proposal-outcome-declined = { $name } declined it
proposal-outcome-withdrawn = Its proposer took it back.
proposal-post = The post
source-slack = from Slack
source-discord = from Discord
source-console = from the console
source-api = by the API
toast-proposal-accepted = It is a draft now. Its proposer hears of it in a minute.
toast-proposal-declined = Declined. Your note goes out in a minute.
toast-proposal-decided = Somebody decided on it before. This is how it stands.
toast-proposal-told = Its proposer has been told, or its post has gone on: this stays as it is.
audit-kind-proposal = Proposals
fact-post = Post
did-proposal-accept = Made a post of a proposal
did-proposal-create = Proposed a post
did-proposal-decline = Declined a proposal
did-proposal-reopen = Took back a decision on a proposal
did-proposal-withdraw = Took back a proposal
facts-proposed-by = Proposed by
