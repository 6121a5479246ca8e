# Logging in, one-time links, and one's own settings.

log-in = Log in
email = E-mail address
password = Password
log-in-wrong = Address and password do not fit together. Check both and try again.
log-in-too-many = { $count ->
    [one] That was tried too often. Try again in a minute.
   *[other] That was tried too often. Try again in { $count } minutes.
}
log-in-needs-tls = This server is reached without TLS, so a password would travel in the open. Open it by its https address, or tell who runs it.
session-ended = You were logged out meanwhile. Log in to go on.
session-ended-kept = You were logged out meanwhile. Nothing you typed is lost: log in, and it is sent.
session-ended-elsewhere = Logged in another way, in another window? What you typed waits here.
session-ended-again = I am logged in, send it
session-ended-still = You are not logged in yet. What you typed still waits here.
session-ended-other = What waits here was typed by somebody else, and is not sent in your name. Only they can send it.
resume-title = You are back
resume-text = What you typed before is still here.
resume-button = Send it now

openid-with = Log in with { $name }
openid-or = or with your password
openid-refused = You were not logged in
openid-other-way = Log in another way
openid-not-begun = This log-in was not begun in this browser, took too long, or was finished before. Begin again.
openid-declined = You did not let your login provider say who you are. Begin again and allow it, or log in another way.
openid-elsewhere = You logged in to another Slack workspace than that of your organization. Begin again and choose yours, or log in another way.
openid-no-address = Your login provider has not confirmed your e-mail address, and we know you by it. Ask who runs the provider.
openid-nobody = You are known there, but nobody here has your address. Ask an admin of your organization to add you.
openid-provider = The login provider did not answer as it should. Try again; if it stays, tell who runs this server.
log-in-by-chat = No password, or forgotten? Type { $command } in Slack or Discord: it answers with a link that lets you in.

first-title = Welcome to Chorus
first-text = Nobody can log in here yet. You are the first: choose how you are called and a password, and this is your console.
first-button = Begin
enter-title = Hello, { $name }
enter-text = This link lets you in once.
enter-forgot = I want to choose a new password
enter-button = Go in
organization = Your organization's name
organization-fault = Give the organization a name of up to 120 letters.
your-name = Your name
name-fault = Write the name that your colleagues know.
email-fault = Write an e-mail address such as ada@example.com.
new-password = New password
current-password = Current password
password-help = At least { $count } characters. A sentence is good.
password-too-short = Too short: choose at least { $count } characters.
password-too-long = Too long: choose at most 200 characters.
password-guessable = Too easy to guess: choose something that is neither your name nor your address, and not one letter repeated.
password-wrong = That is not your current password.
password-ends-sessions = Your other sessions end with it.
change-password = Change password

you-title = Your settings
theme = Theme
theme-system = As my system
theme-light = Light
theme-dark = Dark
language = Language
language-help = Here and in chat.
sessions = Where you are logged in
some-browser = A browser
this-session = this one
session-begun = Begun
session-seen = last used
end-session = End session
log-out-everywhere = Log out everywhere

toast-language = We speak English with you from now on.
toast-password = Your password is changed.
toast-session-ended = That session has ended.
