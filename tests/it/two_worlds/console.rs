//! The console: every page that others open, and every file that they take from it.

use std::collections::BTreeSet;

use entity::enums::{ImportKind, Role};
use entity::ids::PostId;
use reqwest::Method;
use server::http::console::listed;
use server::service::actor::Actor;
use tests::effort::rounds;

use super::{World, whole};

/// Pages that are not opened, each with its reason.
const LEFT_OUT: [(&str, &str); 2] = [
    (
        "/o/{slug}/posts/{post}/progress",
        "it goes on for as long as somebody looks",
    ),
    ("/o/{slug}/{*rest}", "there is nothing"),
];

/// The same pages, asked for a part of what they show; below the console's beginning.
const IN_PART: [&str; 12] = [
    "library?view=board",
    "library?state=live",
    "library?sort=changed",
    "calendar?view=week",
    "calendar?view=agenda",
    "people?standing=joined",
    "people?role=recruiter",
    "people?q=Recruiter",
    "audit?kind=member",
    "insight?span=2026-Q4",
    "insight/csv?span=2026-Q4",
    "insight/teams/csv?span=2026-Q4",
];

impl World {
    /// Everybody but the silent one, in a browser.
    fn at_desks(&self) -> Vec<(&'static str, Actor)> {
        let of = |role| self.estate.of(role).actor.clone();
        let mut all = vec![
            ("the owner", of(Some(Role::Owner))),
            ("a member", of(None)),
            ("an analyst", of(Some(Role::Analyst))),
            ("an admin", of(Some(Role::Admin))),
            ("a curator", of(Some(Role::Curator))),
            ("an approver", of(Some(Role::Approver))),
            ("a team lead", of(Some(Role::TeamLead))),
        ];
        // In every run who sees everything, and who sees what everybody does.
        all.truncate(rounds(2, all.len()));
        all
    }

    /// Everybody opens every page, those of the silent one and of a post among them, and takes
    /// every file.
    pub async fn everybody_browses(&mut self, when: &str, post: PostId) {
        let quiet = self.quiet().actor.member.id.0;
        let pages = self.pages(post, quiet).await;
        assert!(pages.len() > 50, "{pages:?}");
        let mut files = 0;
        for (who, actor) in self.at_desks() {
            self.fresh_chance();
            let browser = self.t.log_in_on(&self.server, &actor).await;
            self.note(format!("{who} logs in {when}"), String::new());
            let (mut shown, mut refused) = (0, 0);
            for page in &pages {
                let answer = browser.get(page).await;
                match answer.status {
                    200 => shown += 1,
                    403 => refused += 1,
                    _ => {}
                }
                if answer.header("content-type").starts_with("text/csv") {
                    files += 1;
                }
                self.note(format!("GET {page} by {who} {when}"), whole(&answer));
            }
            assert!(shown > 2, "{who} is in the house {when}: {shown} pages");
            assert!(shown + refused > 30, "{who} is asked for no log-in {when}");
            let handed = browser.post(&format!("people/{quiet}/export"), &[]).await;
            let what = format!("the silent one's file, taken by {who} {when}");
            self.note(what, whole(&handed));
        }
        assert!(files > 3, "files are taken, too: {files}");
    }

    /// Where all of it lies.
    async fn pages(&self, post: PostId, quiet: uuid::Uuid) -> BTreeSet<String> {
        let home = format!("/o/{}/", self.estate.organization.slug);
        let ids = self.estate.ids(&self.t).await;
        let posts = self.file_of(ImportKind::Posts).await;
        let members = self.file_of(ImportKind::Members).await;
        let known = listed();
        for (path, why) in LEFT_OUT {
            let is_there = known.iter().any(|page| page.path == path);
            assert!(is_there, "{path} is left out because {why}");
        }
        let shown = known.iter().filter(|page| {
            let is_left_out = LEFT_OUT.iter().any(|(path, _)| page.path == *path);
            page.method == Method::GET && !is_left_out
        });
        let filled = shown.map(|page| {
            let parts = page.path.split('/').map(|part| {
                let name = part
                    .strip_prefix('{')
                    .and_then(|part| part.strip_suffix('}'));
                match name {
                    None => part.to_owned(),
                    Some("slug") => self.estate.organization.slug.clone(),
                    Some("post") => post.0.to_string(),
                    Some("member") => quiet.to_string(),
                    Some("version") => "1".to_owned(),
                    Some("import") if page.path.contains("/people/") => members.clone(),
                    Some("import") => posts.clone(),
                    Some(kind) => {
                        let all = ids.get(kind);
                        let all = all.unwrap_or_else(|| panic!("{}: which {kind}", page.path));
                        all.first().copied().unwrap_or_default().to_string()
                    }
                }
            });
            parts.collect::<Vec<_>>().join("/")
        });
        let in_part = IN_PART.iter().map(|page| format!("{home}{page}"));
        let named = [
            format!("{home}review?post={}", post.0),
            format!("{home}audit?member={quiet}"),
            format!("{home}audit?subject=member:{quiet}"),
        ];
        filled.chain(in_part).chain(named).collect()
    }

    /// A file of a kind that was uploaded; in the end they are discarded, and are nowhere.
    pub async fn file_of(&self, kind: ImportKind) -> String {
        let import = self.estate.import(&self.t, kind).await;
        import.map_or_else(uuid::Uuid::nil, |id| id.0).to_string()
    }
}
