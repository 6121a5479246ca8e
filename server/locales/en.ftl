# Sentences of the pages that the world sees.

share-title = Share on { $network }
share-title-email = Send it by e-mail
share-title-copy = Share it where you like
text-label = Your text. Change it there as you like.
copy-and-open = Copy and open { $network }
open-instance = Open { $network }
open-mail = Open e-mail
copy-text = Copy the text
copied = Copied. Paste it on { $network }, then come back and press Done.
copied-only = Copied. Paste it where you like, then press Done.
then-done = When it is posted, come back and press Done.
done = Done
not-for-me = Not for me
go-on = Go on
instance-label = Where is your Mastodon account?
instance-help = The address of your instance, such as mastodon.social. Asked once.
instance-fault = That is no address of an instance. It looks like mastodon.social.

thanks-title = Thank you
thanks-text = Your share counts now. You can close this page.
dismissed-title = All right
dismissed-text = You will not be shown this post again, and nobody is told.

withdrawn-title = This post was withdrawn
withdrawn-text = It should not be shared any more. There is nothing you need to do.
expired-title = This post has ended
expired-text = Its time for sharing is over. Links that you shared keep working.
cannot-carry-title = This network cannot carry the post
cannot-carry-text = It has no link that could be shared there. Choose another network in your chat.
not-offered-title = Sharing on this network is switched off
not-offered-text = Your organization does not offer it any more. Choose another network in your chat.
left-title = You are no longer a member
left-text = This address belonged to a member of the organization who has left.
no-address-title = This address does not work
no-address-text = It may be incomplete or too old. Open it again from your chat.
preview-title = A personal share address
preview-text = It opens for the person to whom it was given.
board-expired-title = This board has closed
board-expired-text = Its address was good for one day. Ask for the leaderboard in your chat to get a new one.
no-link-title = There is no such link
no-link-text = It may have been copied incompletely. Ask whoever gave it to you.
gone-title = This page was withdrawn
gone-text = What this link led to is no longer published.
away-title = One moment, please
away-text = We cannot look this up right now. Try again in a minute.

board-title = Leaderboard
board-summary = { $label }: { $members ->
    [one] one person with points
   *[other] { $members } people with points
  }
board-summary-all = Since the beginning: { $members ->
    [one] one person with points
   *[other] { $members } people with points
  }
board-empty = Nobody has points here yet. The first share takes the lead.
period-label = Span of time
week = Week
month = Month
quarter = Quarter
all-time = All time
rank = Rank
name = Name
movement = Movement
moved-up = { $places ->
    [one] up { $places } place
   *[other] up { $places } places
}
moved-down = { $places ->
    [one] down { $places } place
   *[other] down { $places } places
}
no-movement = same place, or none before
points = Points
tied = tied
you = you
how-points-work = How points work
rule-confirmed = { $points ->
    [one] A share that you confirm: { $points } point.
   *[other] A share that you confirm: { $points } points.
}
rule-proven = When somebody else clicks it: { $points } more.
rule-click = { $clicks ->
    [one] Each counted click: { $points }, for { $clicks } click per share and day.
   *[other] Each counted click: { $points }, up to { $clicks } clicks per share and day.
}
rule-proposal = { $points ->
    [one] A proposal of yours that becomes a post: { $points } point.
   *[other] A proposal of yours that becomes a post: { $points } points.
}
rule-cap = { $shares ->
    [one] At most { $shares } share a day earns points. Your own clicks never do.
   *[other] At most { $shares } shares a day earn points. Your own clicks never do.
}
rule-hidden = Who is hidden is not on the board and not counted in ranks.
rule-movement = Movement compares a rank with the final one of the period before, counted among those who are shown today: boards of then may have shown others. A dash is the same place, or none before.
