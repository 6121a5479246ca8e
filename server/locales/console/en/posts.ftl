# A post: its state, its history, how it goes out and what it did.

post-draft = Draft
post-in-review = In review
post-approved = Approved
post-scheduled = Scheduled
post-live = Live
post-expired = Ended
post-archived = Archived
post-withdrawn = Withdrawn
post-since = since
post-live-since = Live since
post-ends = ends
post-goes-live = goes live on
post-review = Review it
post-publish = Publish now

piece = As people will see it
piece-no-link = No link
piece-campaign = Campaign { $name }
piece-wordings = Wordings
piece-no-wordings = None is written: people are offered the title, and write their own.
piece-every-network = Every network
piece-length = Length on this network, with the link

facts = For whom, where and how long
facts-goes-to = Goes to
facts-everybody = Everybody
facts-gone-teams = { $count ->
    [one] A team that is gone by now
   *[other] { $count } teams that are gone by now
}
facts-teams = Teams: { $names }, with those below them
facts-readers = Readers of: { $names }
facts-roles = Roles: { $names }
facts-chats = Chats: { $names }
facts-channels = Channels: { $names }
facts-more-channels = and { $count } more
facts-no-channel = No channel
facts-not-before = Not before
facts-ends = Ends
facts-ends-after = { $count ->
    [one] One day after it goes live
   *[other] { $count } days after it goes live
}
facts-change = How it may be changed
facts-topics = Topics

broadcast = Publishing
broadcast-channels = { $count ->
    [0] It goes to no channel: none is set up to receive posts.
    [one] It goes to one channel
   *[other] It goes to { $count } channels
}
broadcast-members = and to about { $count } people who want posts as messages.
broadcast-few-members = and to fewer than five people who want posts as messages.
broadcast-rate = { $count } messages a minute at most.
broadcast-takes = That takes { $time }.
broadcast-quiet = Quiet hours are kept.
broadcast-later = Messages to about { $count } people wait for quiet hours to end. Those of the organization end about
broadcast-resting = Messages to about { $count } people wait for their own quiet hours to end.
broadcast-few = To no channel, and to fewer than five people.
broadcast-planning = Who gets a message is still being worked out.
broadcast-planning-bar = How much there is is not known yet
broadcast-percent = { $count } percent have gone out
broadcast-done = Gone out or called off
broadcast-to-go = To go
broadcast-failed = Refused
broadcast-uncertain = Unknown
broadcast-kept-in = Stopped
broadcast-left = It takes { $time } more.
broadcast-paused = Paused: what has not gone out waits until you let it go on.
broadcast-stopped = Stopped: what had not gone out stays in. The post itself does not end by that.
broadcast-reasons = Why chats refused
broadcast-uncertain-text = Whether these arrived cannot be known. They are never sent again by themselves.
broadcast-steps = Messages to people are counted in fives, so that nobody's silence shows.
broadcast-pause = Pause
broadcast-resume = Go on
broadcast-stop = Stop sending for good
broadcast-retry = Try the refused ones again
broadcast-resend = Send the uncertain ones again …
broadcast-resend-text = Look into the chats first, where you can. Whoever has got one already gets it twice.
broadcast-resend-button = { $count ->
    [one] Send one message again: it may arrive twice
   *[other] Send { $count } messages again: some may arrive twice
}
broadcast-lost = This page does not follow along any more.
taking-back = Taking it back
taking-back-percent = { $count } percent are taken back
taking-back-done = Taken back
taking-back-failed = Where that did not succeed, a message may still be there. Its buttons do nothing any more.
taking-back-few = It was in no channel, and with fewer than five people.
taking-back-before = What had gone out
refresh = Refresh
duration-short = about a minute
duration-minutes = about { $count } minutes
duration-hours = about { $count } hours

figures = What it did
figures-shares = Shares
figures-clicks = Clicks
figures-reach = Potential reach
figures-few = Shares and reach show where five people were active in each month since the post went live, so that no number is one person's.
figures-how = How is this counted?
figures-hits = { $count ->
    [one] One visit in all,
   *[other] { $count } visits in all,
}
figures-human = { $count } by readers,
figures-counted = { $count } counted.

history = History
history-create = { $who } wrote it
history-update = { $who } changed it
history-submit = { $who } handed it in for review
history-approve = { $who } approved it
history-reject = { $who } asked for changes
history-publish = { $who } published it
history-expire = It ended
history-withdraw = { $who } withdrew it
history-pause = { $who } paused its messages
history-resume = { $who } let its messages go on
history-stop = { $who } stopped its messages
history-retry = { $who } had refused messages tried again
history-resend = { $who } had uncertain messages sent again
history-recall = { $who } took it back from review
history-reschedule = { $who } moved its time
history-archive = { $who } archived it
history-unarchive = { $who } took it out of the archive
history-campaign = { $who } chose its campaign
history-other = { $who } did something else with it
history-itself = Chorus
history-somebody = Somebody who is gone

withdraw = Withdraw
withdraw-text = It vanishes from every chat, and nobody can share it any more. What was shared stays where it is; its links lead where you say.
withdraw-open = Withdraw this post …
withdraw-url = Where its links lead from now on
withdraw-url-help = Left empty, they lead to a page that says it was withdrawn.
withdraw-url-fault = That is no address of a page: it begins with https://
withdraw-button = Withdraw “{ $title }”

toast-published = It is live.
toast-submitted = It waits for a review.
toast-withdrawn = The post is withdrawn.
toast-paused = Paused.
toast-resumed = It goes on.
toast-stopped = Stopped. Nothing more goes out.
toast-retried = They are tried again.
toast-resent = They are sent again.

post-new = New post
post-untitled = Without a title
post-edit = Edit
post-submit = Hand in
post-recall = Take back from review
post-test = Send a test to me
post-versions = Former versions

kind-share = To share
kind-engage = To react to
kind-job = Open position
kind-story = Story
network-linkedin = LinkedIn
network-x = X
network-bluesky = Bluesky
network-mastodon = Mastodon
network-threads = Threads
network-facebook = Facebook
network-xing = XING
network-reddit = Reddit
network-whatsapp = WhatsApp
network-telegram = Telegram
network-email = E-mail
network-copy = To copy
language-name-en = English
language-name-de = German
edit-free = People may change everything
edit-prepend = People may write before it
edit-append = People may write after it
edit-locked = People share it as it is
priority-high = Before others
priority-normal = As it comes
priority-low = After others
platform-slack = Slack
platform-discord = Discord
sort-newest = Newest first
sort-changed = Last changed first
sort-time = By its time
sort-title = By title
sort-waiting = Waiting longest first
role-owner = Owners
role-admin = Admins
role-curator = Curators
role-approver = Approvers
role-recruiter = Recruiters
role-analyst = Analysts
role-team-lead = Team leads
library-shares = { $count ->
    [one] One share
   *[other] { $count } shares
}
library-clicks = { $count ->
    [one] one click
   *[other] { $count } clicks
}
