# Writing a post.

composer-title = New post
composer-lead = The link first, then the words.
composer-saved = Saved
composer-saved-at = Saved { $time }
composer-saved-but = Saved { $time }, but not yet: { $names }
composer-saving = Saving …
composer-unsaved = Not saved yet
composer-not-saved = Not saved: something is too long, or no address.
composer-away = Not saved: the server does not answer. What you typed stays here and is sent again.
composer-logged-out = You are logged out. What you typed stays here.
composer-log-in = Log in again in another window
composer-mine = Keep mine
composer-forbidden = Not saved: you may not write posts any more. What you typed stays here, so that you can copy it.
composer-gone = Not saved: this post is not here any more. What you typed stays here, so that you can copy it.
composer-moved-on = This post is no draft any more. What you typed stays here, but cannot be saved.
composer-url = Link
composer-url-help = Where a share of it leads. Paste it first: the page fills in the rest.
composer-unfurl = Read the page
composer-read = What the page says of itself is filled in.
composer-unread = This page cannot be read: it does not answer, or says nothing of itself. Write the headline yourself.
composer-headline = Headline
composer-summary = Summary
composer-summary-help = One or two neutral sentences for the card.
composer-picture = Picture
composer-image = Address of a picture
composer-alt = The picture in words
composer-alt-help = What somebody who does not see it should know.
composer-upload = Take a picture from this device
composer-upload-help = PNG, JPEG, WebP or GIF, up to 8 MB. Where it was taken is removed.
composer-upload-take = Take this picture
composer-again = Pictures you have used
composer-take = Take the picture: { $name }
picture-fault-alt = First say in words what the picture shows.
picture-fault-file = This is no picture that can be read, or it is too large.
composer-wordings = Words
composer-wordings-help = Several wordings, so that colleagues do not post the same words. Without any, the headline serves. An empty one is left out.
composer-wording = Wording { $count }
composer-for = For
composer-every-network = Every network
composer-words = Words
composer-more = Another wording
composer-less = Remove this wording
composer-most = At most { $count } for each network.
composer-too-long-for = Too long for { $names }: not used there.
composer-place = Topics, campaign and language
composer-times = When
composer-zone = Times are in { $zone }.
composer-rules = How it may be shared
composer-topics = Topics
composer-topics-help = With commas between them.
composer-topics-used = Used before:
composer-campaign-help = Its name, such as Spring tea; links carry it as spring-tea. A new name begins a new campaign.
composer-edit = Changes
composer-priority = Order
composer-featured = Show it before others
composer-disclosure = Who speaks
composer-disclosure-help = Said behind the words. Left empty, the organization’s sentence is taken where it demands one.
composer-publish = Goes live
composer-publish-help = Left empty, it goes live when it is approved.
composer-embargo = Not before
composer-embargo-help = Until then nobody sees or shares it.
composer-expires = Ends
composer-expires-help = Left empty, it ends after the organization’s usual time. Links lead on for good.
composer-audience = Whom it is for
composer-audience-help = Nothing ticked means everybody. Within a list one tick suffices; every list with a tick counts. Teams, languages and roles choose who gets a message; a channel shows it to everybody there.
composer-teams = Teams
composer-team-gone = A team that is gone by now
composer-readers = Readers of
composer-chats = Chats
composer-roles = Roles
composer-channels = Channels
composer-channels-only = Only in these channels
composer-submit = Hand in for review
composer-publish-now = Publish now
composer-schedule = Schedule
composer-save = Save
composer-preview = Show how it looks
composer-shown = How it will look
composer-ready = Nothing stands in the way.
composer-networks = On the networks
composer-cards = In the chats
composer-copied = The words are copied there; the network takes only the link.
composer-you = You
composer-now = now
composer-faults = { $count ->
    [one] One thing is not right yet.
   *[other] { $count } things are not right yet.
}
composer-conflict = { $name } changed this post meanwhile. What you typed is still here. Saved again, yours takes its place, and theirs stays among the former versions.
composer-moved-on-look = Look at the post
composer-conflict-look = Look at theirs
composer-sent-back = Asked for in the review
check-go = Go there
reach = Where it goes
reach-people = { $count ->
    [0] Suggested to nobody yet,
    [one] Suggested to one person,
   *[other] Suggested to { $count } people,
}
reach-direct = { $count ->
    [0] fewer than five of them by a message of their own,
   *[other] about { $count } of them by a message of their own,
}
reach-channels = { $count ->
    [0] in no channel.
    [one] in one channel.
   *[other] in { $count } channels.
}
fault-title = A headline has 1 to 200 characters.
fault-summary = A summary has at most 600 characters.
fault-link = This kind of post needs a link.
fault-address = That is no address of a page: it begins with https://
fault-alt = Say in words what the picture shows, in at most 1,000 characters.
fault-campaign = A campaign has letters from a to z or digits, at most 64.
fault-topics = Topics have letters or digits, at most 60 of them, and there are at most twenty.
fault-audience = Something that was chosen here is gone. Choose again.
fault-disclosure = Who speaks is said in at most 200 characters.
fault-publish = Choose a time to come, before its end and after its embargo.
fault-embargo = It may not be seen yet. Choose a time after its embargo.
fault-time = This time cannot be read, or the clocks skip it. Choose a date and a time.
fault-expires = It ends after it begins, and not in the past.
fault-wording = This wording is empty, or longer than its network takes.
fault-wordings = There are too many wordings for one network.
fault-other = Something is not right yet.
toast-not-ready = Something stands in the way yet: the checks say what.
toast-saved = Saved.
toast-test-nowhere = No chat knows you yet: pair your account there first.
toast-test-slack = It is on its way to you in Slack. Nobody else sees it.
toast-test-discord = It is on its way to you in Discord. Nobody else sees it.
toast-test-both = It is on its way to you in Slack and Discord. Nobody else sees it.
