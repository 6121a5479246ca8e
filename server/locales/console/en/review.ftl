# The review.

rail-review = Review
rail-waiting = waiting:
review-title = Review
review-lead-own = Nothing waits for your judgement; somebody else has to look at these.
review-lead-nothing = Nothing waits for a review.
review-lead = { $count ->
    [one] One post waits for your judgement.
   *[other] { $count } posts wait for your judgement, the oldest first.
}
review-empty-title = All caught up
review-empty-text = When somebody hands a post in, it stands here as people will see it. You approve it, or send it back with a note.
review-queue = Waiting for a review
review-back = Back to the queue
review-from-feed = From a feed
review-late = waits too long
review-by = Handed in by { $name }
review-by-feed = From a feed, here since
review-whole-post = History
review-when = When it goes live
review-own-time = At its own time,
review-now = Now
review-at = At
review-at-label = Date and time ({ $zone })
review-zone = Time zone: { $zone }
review-at-past = This time is over. Choose a later one, or publish now.
review-at-none = Choose a date and a time that exists on that day.
review-after-end = By then the post has ended. Choose an earlier time.
review-campaign-ended = Its campaign has ended. Ask for changes, so that it gets another one.
review-audience-gone = A team or a channel that it is for is gone. Ask for changes, so that it is chosen anew.
review-not-ready = Something in the post is not right yet. Ask for changes.
review-own-post = You wrote this one. In your organization somebody else has to approve it.
review-approve = Approve
review-ask = Ask for changes
review-note = What is to change
review-note-help = The author reads it with the draft.
review-note-fault = Say what is to change, in at most { $count } characters.
review-send-back = Send back
toast-approved = Approved. It is live.
toast-scheduled = Approved. It goes live at its time.
toast-changes = It is back with its author, with your note.
toast-noted = Noted.
review-remark-fault = Say something, in at most { $count } characters.

changed-since = What changed since
changed-nothing = Nothing.
changed-other = Compare with another version
checks = Checks
check-blocks = In the way
check-look = Worth a look
check-good = Good
check-nothing = Nothing stands in the way.
check-incomplete = { $field }: something is missing or not right.
check-alt = Nothing says what the picture shows.
check-disclosure = Nothing says who speaks.
check-words = “{ $words }” does not belong in posts here.
check-long = { $field }: longer than its network takes.
check-campaign = Its campaign has ended.
check-team-gone = It is for a team that is gone.
check-channel-gone = It goes to a channel that is gone.
check-duplicate = Another post leads to the same page: { $title }
check-link = Check whether the link answers
check-link-asked = The link was asked just now.
check-link-dead = The link does not answer.
check-channels = { $count ->
    [one] One channel shows it to everybody there, whomever you chose.
   *[other] { $count } channels show it to everybody there, whomever you chose.
}
check-few = It is for fewer than five people. What few do is nobody's business: choose more people, or everybody.
said = What was said
said-remark = { $who } said
said-add = Add a remark
said-text = Your remark
said-help = Everybody who writes and reviews posts reads it. The post stays where it is.
said-send = Add it
field-title = Title
field-summary = Summary
field-url = Link
field-image = Picture
field-alt = Words for the picture
field-campaign = Campaign
field-topics = Topics
field-disclosure = Who speaks
field-start = Beginning
field-end = End
field-wording = Wording { $count }
field-other = Something else
review-changed = { $name } changed this post while you looked. This is how it reads now: look again before you decide.
review-choose = Choose the post that you want to look at next.
toast-not-waiting = This post does not wait for a review any more.
changed-another = Another one
changed-none = None
changed-yes = Yes
changed-no = No
changed-everybody = Everybody
changed-audience = A chosen audience
