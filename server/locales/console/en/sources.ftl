# Where posts come from: feeds and their schedules, files, the bookmark.

sources-feeds = Feeds
sources-imports = Import a file
sources-bookmark = Bookmark
sources-back = Back to the feeds

cadence-hourly = Every hour, on the hour
cadence-each-minute = Every minute
cadence-each-minutes = { $count ->
    [one] Every minute
   *[other] Every { $count } minutes
}
cadence-each-hours = Every { $count } hours, on the hour
cadence-on-the-hour = On the hour
cadence-at-minutes = At minute { $minutes }
cadence-of-each-hour = , every hour
cadence-of-each-hours = , every { $count } hours
cadence-of-hours = , in the hours { $hours }
cadence-daily = Every day at { $times }
cadence-weekly = { $days } at { $times }
cadence-monthly = On day { $days } of the month at { $times }
cadence-on-weekdays = , { $days }
cadence-on-days = , on day { $days } of the month
cadence-in-months = , in { $months }
cadence-until = { $first } to { $last }
cadence-and = { $first } and { $last }
cadence-day = { $day }
cadence-weekdays = Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday
cadence-months = January|February|March|April|May|June|July|August|September|October|November|December
cadence-fault-count = A schedule has five fields with spaces between them: minute, hour, day of the month, month, day of the week.
cadence-fault-days = Give days of the month or days of the week, not both, and put * for the other.
cadence-fault-length = That is too long for a schedule. Five short fields say most of them.
cadence-fault-never = That day never comes. Choose another day or month.
cadence-fault-zone = The time zone { $zone } is not known here.
cadence-fault-minute = The first field, the minute, cannot be “{ $text }”. It is 0 to 59, or * for every minute.
cadence-fault-hour = The second field, the hour, cannot be “{ $text }”. It is 0 to 23, or * for every hour.
cadence-fault-day = The third field, the day of the month, cannot be “{ $text }”. It is 1 to 31, or * for every day.
cadence-fault-month = The fourth field, the month, cannot be “{ $text }”. It is 1 to 12, or * for every month.
cadence-fault-weekday = The fifth field, the day of the week, cannot be “{ $text }”. It is 0 to 7, where 0 and 7 are Sunday, or * for every day.

feeds-title = Feeds
feeds-lead = New items of these become posts by themselves.
feeds-add = Add a feed
feeds-empty-title = You follow no feed yet
feeds-empty-text = A feed is the list of news that a site keeps: your blog, your newsroom, your job board. Chorus looks at it on a schedule, and what is new becomes a draft, waits for a review or goes live, as you choose.
feeds-empty-first = Add the first feed
feeds-more = Further feeds
feed-active = Active
feed-paused = Paused
feed-failing = Does not work
feed-new = Not looked at yet
feed-next = The next five times
feed-next-zone = In the organization's time zone, { $zone }.
feed-rests = At rest: nothing is fetched until you resume it.
feed-last = Last look
feed-last-imported = { $count ->
    [0] Nothing new.
    [one] One new post.
   *[other] { $count } new posts.
}
feed-last-refused = { $count ->
    [one] One item was refused.
   *[other] { $count } items were refused.
}
feed-last-failed = It failed.
feed-since = It has not worked since
feed-run = Look now
feed-pause = Pause
feed-resume = Resume
feed-edit = Edit
feed-trouble-unreachable = Its server did not answer.
feed-trouble-missing = There is nothing at its address any more.
feed-trouble-refused = Its server does not let us in.
feed-trouble-bad-address = Its address is none that can be fetched.
feed-trouble-too-large = It is larger than can be read.
feed-trouble-no-feed = What is at its address is no feed.
feed-todo-unreachable = Usually this passes by itself, and Chorus keeps trying. If it stays, ask who runs that site.
feed-todo-missing = Look for the feed's new address on that site, and put it in under Edit.
feed-todo-refused = Ask who runs that site to let Chorus read the feed, or use a public address of it.
feed-todo-bad-address = Put in the feed's public address under Edit: it begins with https:// and leads to the open web.
feed-todo-too-large = Ask that site for a feed with fewer items, or with summaries in place of whole articles.
feed-todo-no-feed = Open the address in a browser. Feeds are RSS, Atom or JSON Feed; put in the right address under Edit.
feed-trouble-other = The last look failed.
feed-todo-other = Look again now. If it stays, check the address.
feed-detail = What was said

feed-form-title = Add a feed
feed-form-lead = You see what comes before anything is taken over.
feed-edit-lead = What changes here counts from the next look on.
feed-url = Address of the feed
feed-url-help = Begins with https://. Sites often name it RSS, Atom or feed.
feed-mode = What becomes of a new item
feed-mode-draft = It waits as a draft
feed-mode-review = It goes to the approvers
feed-mode-auto = It goes live by itself
feed-mode-auto-help = At first only the newest three go live, and the rest waits as drafts. What your rules do not allow waits for a review.
feed-cron = Schedule
feed-cron-help = Five cron fields: minute, hour, day of the month, month, day of the week.
feed-cron-often = Every hour
feed-cron-morning = Every day at 07:00
feed-cron-workday = Workdays at 09:00
feed-cron-weekly = Mondays at 09:00
feed-cron-read = Read it to me
feed-preview = Show what would come
feed-follow = Follow this feed
feed-save = Save
feed-fault-known = You follow this feed already.
feed-fault-url = That is no web address. It begins with https:// or http://.
feed-fault-busy = This feed is being looked at right now. Try again in a moment.
feed-faults = { $count ->
    [one] One thing has to be put right:
   *[other] { $count } things have to be put right:
}
feed-seen-title = { $title }: what would come
feed-seen-other = This is not what you were shown before, so the feed is not followed yet. Look at what would come, then choose “Follow this feed” once more.
feed-seen-none = The feed works, and there is nothing in it yet. What comes later will be taken over.
feed-seen-found = { $count ->
    [one] It holds one item.
   *[other] It holds { $count } items.
}
feed-seen-fresh = { $count ->
    [0] None of them is new.
    [one] One becomes a post.
   *[other] { $count } become posts.
}
feed-seen-known = { $count ->
    [one] One is known already.
   *[other] { $count } are known already.
}
feed-seen-refused = { $count ->
    [one] One cannot be taken.
   *[other] { $count } cannot be taken.
}
feed-seen-newest = The newest:
feed-fate-known = Known already
feed-fate-refused = Refused
feed-fate-draft = Draft
feed-fate-review = For review
feed-fate-publish = Goes live
feed-items = What came lately
feed-items-none = Nothing came yet.
feed-item-imported = Post
feed-item-duplicate = Known already
feed-item-refused = Refused
refused-at = Item { $item }:
refused-at-line = Item { $item }, line { $line }:
refused-unreadable = It cannot be read.
refused-no-link = It has no link.
refused-empty = It has neither a title nor a text.
refused-link-malformed = Its link is no whole address.
refused-link-scheme = Its link must begin with http:// or https://.
refused-link-credentials = Its link has a user name or a password in it.
refused-link-long = Its link is longer than 2,048 letters.
refused-do = It is read anew once the feed has it right: ask whoever runs the feed.
refused-fields-do = You can write a post with its link yourself.
feed-remove = Stop following
feed-remove-text = Its schedule ends and it is forgotten. Posts that came from it stay.
feed-remove-open = Stop following this feed …
feed-remove-button = Stop following { $name }
toast-feed-added = You follow the feed. It is looked at in a moment.
toast-feed-saved = The feed is saved.
toast-feed-paused = The feed is at rest.
toast-feed-resumed = The feed is looked at again on its schedule.
toast-feed-removed = You do not follow the feed any more.
toast-feed-ran = { $count ->
    [one] One new post came.
   *[other] { $count } new posts came.
}
toast-feed-nothing = Nothing new has come.
toast-feed-failed = That did not work. The feed says below what to do.
toast-feed-busy = It is being looked at right now.

imports-posts-title = Import posts
imports-posts-lead = Each line of a CSV file becomes a draft.
imports-posts-text = Make a table with a line per post and save it as “CSV UTF-8”. The column title has to be there; url, summary, text, image_url, image_alt, language, topics, campaign, kind, disclosure, publish_at and expires_at may be. A line whose page has a post already changes nothing.
imports-members-title = Import members
imports-members-lead = Each line of a CSV file adds a member, or changes one.
imports-members-text = Make a table with a line per person and save it as “CSV UTF-8”. The columns email and name have to be there; team, roles and language may be. Roles are owner, admin, curator, approver and analyst, with spaces between them. An empty cell changes nothing of somebody who is there already.
imports-file = CSV file
imports-file-help = At most 16 megabytes. Nothing is taken over yet: first you see what each line would do.
imports-try = Try this file
imports-example = Download an example
imports-past = Files of the last days
imports-past-none = There were none.
imports-past-text = They are forgotten after seven days.
imports-fault-none = Choose a file first.
imports-fault-empty = There is nothing in this file. The first line names the columns, and a line for each entry follows.
imports-fault-utf8 = Its letters are written in another way than UTF-8. Save it as “CSV UTF-8” and choose it again.
imports-fault-unknown = The column “{ $column }” is not known. There are: { $known }.
imports-fault-twice = The column “{ $column }” is there twice.
imports-fault-missing = The column “{ $column }” is missing in the first line.
imports-fault-lines = { $count ->
    *[other] It has more than { $count } lines. Cut it into parts.
}
imports-fault-many = { $count ->
    *[other] { $count } files wait or are being read already. Take one over or put it aside first.
}
import-file-of = File of
import-lines = { $count ->
    [one] One line
   *[other] { $count } lines
}
import-checking = Being tried
import-ready = Waits for you
import-running = Being taken over
import-done = Taken over
import-idle = Nothing to do
import-failed = Stopped
import-checking-text = Each line is tried. Nothing is written.
import-ready-text = This is what would happen. Nothing is written yet.
import-running-text = You may leave this page: it goes on by itself.
import-go-on = Go on with it
import-stalled-text = It has not come further for a while. What was taken over stays; the rest can go on.
import-done-text = This is what happened.
import-failed-text = Whoever uploaded this file may not import any more. Upload it once more.
import-percent = { $count } percent
import-refresh = Refresh
import-added-posts = New drafts
import-added-members = New members
import-updated = Changes
import-unchanged = Known already
import-refused = Refused
import-confirm = { $count ->
    [one] Take over one line
   *[other] Take over { $count } lines
}
import-nothing = No line would change anything, so there is nothing to take over.
import-some-refused = { $count ->
    [one] One line is refused; the others are taken over without it.
   *[other] { $count } lines are refused; the others are taken over without them.
}
import-discard = Throw this file away
import-forget = Forget this file
import-drafts = Look at the drafts
import-another = Import another file
import-lines-title = Line by line
import-lines-all = All lines
import-lines-none = There is no such line.
import-lines-next = Further lines
import-line = Line
import-what = What
import-does = Does
import-why = Why
line-added = Adds
line-updated = Changes
line-unchanged = Changes nothing
line-refused = Refused
line-changes = Changes: { $names }
line-change-name = name
line-change-team = team
line-change-roles = roles
line-change-language = language
line-fault-utf8 = Its letters are written in another way than UTF-8. Save the file as “CSV UTF-8”.
line-fault-endless = It has no end. Is a quotation mark left open?
line-fault-unreadable = It cannot be read.
line-fault-missing = { $column } is empty.
line-fault-long = { $column } has more than { $count } letters.
line-fault-control = { $column } has signs in it that nobody can read.
line-fault-formula = { $column } begins like a formula. Put a letter first.
line-fault-email = email is no e-mail address.
line-fault-role = roles: there is no role “{ $word }”.
line-fault-language = language is en or de.
line-fault-kind = kind is share, engage, job or story.
line-fault-time = { $column } is a time such as 2026-12-01 09:30.
line-fault-same = Line { $line } has the same address.
line-fault-grants = It gives a role that may do more than you.
line-fault-holds = This person has a role that may do more than you.
line-fault-owner = This is the last owner. Name another one first.
line-fault-left = This person left the organization.
line-fault-teams = { $count ->
    *[other] There are { $count } teams already, and there can be no more.
}
line-fault-post = { $column }: { $sentence }
toast-import-done = { $count ->
    [one] One line was taken over.
   *[other] { $count } lines were taken over.
}
toast-import-running = The file is being taken over.
toast-import-discarded = The file is forgotten.
toast-import-busy = The file is being taken over right now.

bookmark-title = Share what you are reading
bookmark-lead = A bookmark that begins a post from the page you are on.
bookmark-how = How to put it there
bookmark-drag = Drag this into your browser's bar of bookmarks:
bookmark-name = Post to { $name }
bookmark-use = Then, on any page worth sharing, press it. A new post opens here with the page's link and headline, and Read page brings its summary and picture.
bookmark-hint = This is for dragging. Here it does nothing.
bookmark-otherwise = Without a mouse
bookmark-copy = Make a new bookmark and put this in as its address:
bookmark-code = Address of the bookmark
bookmark-safe = It carries only the address and the headline of the page you are on, and only when you press it.
