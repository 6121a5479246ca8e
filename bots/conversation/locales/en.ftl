# English. Sentences a colleague would say: verb first on buttons, no exclamation
# marks, no blame, no jargon. **two asterisks** are strong, `backquotes` are typed.

## Buttons
share = Share
not-for-me = Not for me
undo = Undo
more-to-share = More to share
show-me = My page
my-choices = My choices
show-leaderboard = Leaderboard
show-help = Help
board-page = Open the board page
edit-followers = Followers
edit-networks = Networks
open-console = Open the console
show-pairing = Pair another chat
done-or-elsewhere = Done, or elsewhere
other-networks = Other networks
share-elsewhere = Share elsewhere
share-on = Share on { $network }
open-network = Open { $network }
open-email = Write an e-mail
open-copy = Copy the link
done-on = Done on { $network }
done-email = Done, e-mail sent
done-copy = Done, link passed on
save = Save
cancel = Cancel
close = Close

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
network-email = E-mail
network-copy = Link

## Chats
platform-slack = Slack
platform-discord = Discord

## Numbers
points = { $n ->
    [one] { $n } point
   *[other] { $n } points
}

## The card of a suggested post
card-until = until { $time }
card-earns = { $confirmed ->
    [one] Earns { $confirmed } point, { $proven } more at the first click
   *[other] Earns { $confirmed } points, { $proven } more at the first click
}
card-shared-by = { $n ->
    [0] Nobody has shared it yet
    [one] { $n } colleague shared it
   *[other] { $n } colleagues shared it
}
ended-withdrawn = This post was withdrawn. It is no longer shared.
ended-expired = The time to share this post is over. Links already shared keep working.
ended-otherwise = This post is not open for sharing at the moment.

## The card of a post in a message of one's own
personal-shared = You shared it: { $networks }

## Sharing
choices-intro = Open a network, post it there, then press **Done**.
choices-words = Make the words your own: people read what sounds like you.
choices-elsewhere = Other networks
choices-done-elsewhere = Done on another network
choices-opened = opened, not confirmed yet
choices-shared = already shared
choices-none = No network can carry this post at the moment.
receipt-headline = Shared on **{ $network }**
receipt-headline-email = Shared **by e-mail**
receipt-headline-copy = Shared **as a link**
receipt-earned = Earned so far
receipt-over-cap = No points for this one: a day’s shares earn up to a limit, and you reached it. It still counts.
receipt-points-how = More at the first click by somebody else
receipt-clicks = Clicks
receipt-week = Points this week
receipt-rank = Rank this week
receipt-reach = Potential reach
reach-how = your followers there when you shared; not de-duplicated
receipt-reach-unknown = Type your followers, and your reach counts.

## Not for me
dismissed = You will not be shown this post again. Nobody is told.
dismissal-undone = This post may be suggested to you again.

## Suggestions
suggestions-headline = { $n ->
    [one] One post for you
   *[other] { $n } posts for you
}
suggestions-empty = Nothing new to share right now. New posts appear in your channels.

## Review
approve = Approve
ask-for-changes = Ask for changes
open-review = Open in the console
open-queue = Open the queue
show-reviews = What else waits
review-asked = A post waits for your judgement.
review-late = **A post has waited too long** for a judgement.
review-changed = It was changed since you saw it. This is how it reads now.
review-by = by { $name }
review-by-feed = from a feed
review-for = for { $whom }
review-for-all = for everybody
review-for-some = for some people
review-since = waits since { $time }
review-live-at-once = goes live at once when approved
review-live-at = when approved, goes live { $time }
review-own = You wrote this one, so somebody else has to approve it.
review-somebody = Somebody
review-approved = { $who } approved it.
review-approved-mine = You approved it.
review-is-live = It is live.
review-goes-live = It goes live { $time }.
review-sent-back = { $who } asked for changes: “{ $note }”
review-sent-back-mine = You asked for changes. The author reads with the draft: “{ $note }”
review-recalled = { $who } took it back, to go on writing.
review-recalled-mine = You took it back, to go on writing.
review-withdrawn = It was withdrawn.
review-over = Its time is over.
review-gone = It waits for nobody’s judgement any more.
review-not-sent = Your note was not sent: “{ $note }”
review-hindered = This post cannot go out as it is. The console shows what stands in its way; or ask for changes.
review-not-yours = You review no posts here. If you should, ask { $contact }.
review-not-yours-unnamed = You review no posts here. If you should, ask the people who run the programme.
reviews-headline = { $n ->
    [one] One post waits for your judgement.
   *[other] { $n } posts wait for your judgement, the most urgent first.
}
reviews-empty = Nothing waits for your judgement. When somebody hands a post in, you are asked here.
changes-title = Ask for changes
changes-intro = **{ $title }** goes back to its author, with your note.
changes-label = What is to change
changes-send = Send back
changes-needed = Say what is to change, in at most 1,000 characters.
role-owner = owners
role-admin = admins
role-curator = curators
role-approver = approvers
role-recruiter = recruiters
role-analyst = analysts
role-team-lead = team leads

## Leaderboard
board-title-week = Leaderboard, this week
board-title-last-week = Leaderboard, last week
board-title-month = Leaderboard, this month
board-title-quarter = Leaderboard, this quarter
board-title-all-time = Leaderboard, all time
period-label = Period
period-week = This week
period-month = This month
period-quarter = This quarter
period-all-time = All time
board-empty = Nobody has points here yet. The first share opens the board.
board-me = You: rank **{ $rank }** of { $members }, with **{ $points ->
    [one] { $points } point
   *[other] { $points } points
}**
board-me-none = { $points ->
    [0] You have no points here yet.
    [one] You have { $points } point and are not shown on the board.
   *[other] You have { $points } points and are not shown on the board.
}
board-around = Around you
board-how = Points come from confirmed shares, their first click, and further clicks by others. Your own clicks never count.
board-how-moves = { board-how } ▲ and ▼: places gained or lost since the period before, counted among those who are shown today.
board-up = ▲{ $places }
board-down = ▼{ $places }

## My page
me-headline = { $name } at { $organization }
me-to-share = To share now
me-week = This week
me-week-how = the points that count on this week’s board
me-all-time = All time
me-shares = Shares
me-shares-how = confirmed by you, or proven by a click
me-clicks = Clicks
me-clicks-how = one per reader, link and hour; no bots, not your own
me-reach = Potential reach
me-reach-how = followers at each share, added up; not de-duplicated
me-points-how = shares, first clicks and clicks, valued when they happened

## My choices
me-followers = Followers: { $list }
me-followers-none = No followers typed yet; with them, your reach counts.
networks-are = Your networks: { $list }
networks-none = No network chosen yet. The ones you choose stand on every post.
networks-intro = These stand on every post that is suggested to you, in this order. All others stay within reach.
network-first = First network
network-second = Second network
network-third = Third network
no-network = None
accounts = Your accounts: { $list }
delivery-label = Messages to you
delivery-each-post = Each suggested post
delivery-channel-only = None, the channels are enough
delivery-pause-week = None for a week
delivery-resume = End the pause
delivery-each-post-said = Each suggested post also comes to you directly, outside your quiet hours.
delivery-channel-only-said = Suggested posts come to your channels only.
delivery-refused = { $platform } did not take messages to you, so none are sent. Allow them there, then choose again.
delivery-paused = You are pausing until { $time }. Nothing comes to you directly.
visibility-label = On boards
visibility-name = By my name
visibility-pseudonym = As { $pseudonym }
visibility-hidden = Not shown
language-label = Language
language-en = English
language-de = Deutsch
choice-saved = Saved

## Followers
followers-title = Followers
followers-intro = How many people follow you there. Only you see it; it is used for your reach. Empty fields stay as they are.
followers-invalid = Type a whole number up to 1,000,000,000, such as 850.
one-moment = One moment…

## Pairing
channel-test = This is a test. Messages of { $organization } arrive in this channel.
console-link = This lets you into the web console once, until { $time }. Keep it to yourself.
pairing-title = Pair another chat
pairing-type = In { $platform }, type { $typed }.
pairing-until = The code counts once, until { $time }. A new code replaces it.
pairing-brings = From then on both accounts are you: one share, one rank, the same choices.
paired = This account now belongs to **{ $name }** at { $organization }.
paired-account = A { $platform } account was paired with yours: **{ $account }**
paired-not-you = If that was not you, undo it.
unpaired = The pairing is undone. That account belongs to nobody here any more.
pair-first-title = Pair this account first
pair-first-get = **Get a code.** In Slack, type `/chorus pair`. No Slack? Ask { $contact } for a code.
pair-first-get-unnamed = **Get a code.** In Slack, type `/chorus pair`. No Slack? Ask the people who run the programme for a code.
pair-first-type = **Type it here.** { $typed }, with your code. It counts once, for ten minutes.
pair-first-brings = **That is all.** From then on both accounts are you.

## Greeting and help
greeting-title = Welcome to Chorus at { $organization }
greeting-first = **Share what suits you.** Suggested posts come to your channels. Two clicks, in your own words.
greeting-second = **Say no freely.** “Not for me” is silent: nobody sees it.
greeting-third = **Choose how colleagues see you on the leaderboard.** You can change it at any time with `/chorus me`.
onboarded-name = You are in. Boards show your name, once you have points.
onboarded-pseudonym = You are in. Boards show you as **{ $pseudonym }**, once you have points.
onboarded-hidden = You are in. Boards do not show you.
help-title = What Chorus can do here
help-share = posts that you may share
help-leaderboard = who brought how much; add `week`, `month`, `quarter` or `all`
help-review = posts that wait for your judgement: approve them, or ask for changes
help-me = your page: what to share, your numbers, your rank, your choices
help-console = the web console: a link that lets you in once
help-pair = join your accounts on Slack and Discord: gets a code, or takes the one you type
help-help = this list
command-about = posts to share, the leaderboard, your own page
command-code = the code that you were given
help-unknown = “{ $said }” is not something I know.

## When something does not work
problem-may-not-join = You are not part of this programme yet. Ask { $contact } to add you.
problem-may-not-join-unnamed = You are not part of this programme yet. Ask the people who run it to add you.
problem-pairing-required = Chorus does not know this account yet. Type `/chorus help` to see how to pair it.
problem-pairing-code = This code is unknown, used or too old. Get a new one and type it within ten minutes.
problem-pairing-tries = Too many codes from this account. Wait an hour, then type a new one.
problem-already-paired = This account is paired already. Type the code in the chat that does not know you yet.
problem-last-account = This is your last account here, so it stays.
problem-member-left = Your membership has ended, so there is nothing to show here.
problem-forbidden = You may not do this. If you should, ask the people who run the programme.
problem-not-found = That post is not there any more.
problem-withdrawn = This post was withdrawn. It is no longer shared.
problem-expired = The time to share this post is over. Links already shared keep working.
problem-wrong-state = This post is not open for sharing at the moment.
problem-network = This post cannot be shared on this network. Choose another one.
problem-busy = Still working on your last press. Look again in a moment.
problem-answer-lost = That worked, but I lost the answer on the way. Have a look before you press again.
problem-too-many = That was quick. Wait a minute, then try again.
problem-unavailable = Chorus cannot answer right now. Nothing is lost; try again in a minute.
problem-ours = Something went wrong on our side. Try again; if it stays, tell the people who run the programme.
problem-outdated = This button is from another version of Chorus. Start again from here.

## Proposals
propose = Propose a post
propose-message = Propose to the comms team
help-propose = propose a page that is worth sharing: add its link
command-link = the address of the page
command-words = words for the post, as you would share it
proposal-title = Propose a post
proposal-intro = The comms team looks at it, and you hear what became of it. Whatever you write, they read.
proposal-link = Link of the page
proposal-why = Why it is worth sharing
proposal-words = How you would say it
proposal-send = Propose
proposal-link-fault = Give the whole address of a page, such as https://example.org/news.
proposal-why-fault = Say it in at most 500 characters.
proposal-words-fault = Say it in at most 2,000 characters.
proposal-received = { $n ->
    [one] It is with the comms team, and you hear here what became of it. If they make a post of it, you earn { $n } point.
   *[other] It is with the comms team, and you hear here what became of it. If they make a post of it, you earn { $n } points.
}
proposal-received-unpaid = It is with the comms team, and you hear here what became of it.
proposal-again = You proposed this page before: it is with the comms team.
proposal-again-accepted = You proposed this page before, and it became a post.
proposal-supports = Somebody proposed this page before you. The comms team sees that you think so too.
proposal-too-many = You have proposed as much as fits into a day. Propose the next one once one is answered, or tomorrow.
proposal-take-back = Take it back
proposal-withdrawn = You took it back. Nobody decides on it any more.
proposal-decided = It was decided before you took it back. You hear here what became of it.
proposal-accepted = { $n ->
    [one] The comms team makes a post of what you proposed. You earned { $n } point.
   *[other] The comms team makes a post of what you proposed. You earned { $n } points.
}
proposal-accepted-unpaid = The comms team makes a post of what you proposed.
proposal-published = { $n ->
    [one] The post that you proposed is out. It earned you { $n } point.
   *[other] The post that you proposed is out. It earned you { $n } points.
}
proposal-published-unpaid = The post that you proposed is out.
proposal-declined = The comms team does not make a post of what you proposed.
proposal-note = They say: “{ $note }”
me-proposal-new = You proposed “{ $title }”: it is with the comms team
me-proposal-accepted = You proposed “{ $title }”: it became a post
me-proposal-declined = You proposed “{ $title }”: it did not become a post
me-proposal-withdrawn = You proposed “{ $title }” and took it back
