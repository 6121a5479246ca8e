//! What writing leaves: former versions, remarks, views, pictures, rules.

use entity::enums::PostState;
use server::service::{content_rules, media, posts, saved_views};
use server::test_support::TestApp;

use super::Estate;

impl Estate {
    /// A draft that was written twice, a remark, a view and rules.
    pub(super) async fn work_on_drafts(&self, t: &TestApp) {
        let (app, owner) = (&t.app, &self.owner().actor);
        let draft = self.post(t, PostState::Draft).await;
        let words = self.draft("Draft, once more");
        let saved = posts::update_post(app, owner, draft, None, words).await;
        saved.expect("a second version");
        let remark = format!("A remark of {}", self.word);
        let noted = posts::add_note(app, owner, draft, &remark).await;
        noted.expect("a note");
        let named = (&*format!("View of {}", self.word), "state=draft");
        let kept = saved_views::save_view(app, owner, named).await;
        kept.expect("a view");
        let alt = format!("A dot of {}", self.word);
        let kept = media::upload(app, owner, &alt, dot()).await;
        kept.expect("a picture");
        let rules = content_rules::Rules {
            blocked: vec![format!("never say {}", self.word)],
            review_hours: 24,
            ..content_rules::Rules::default()
        };
        let written = content_rules::update_rules(app, owner, None, rules).await;
        written.expect("rules");
    }
}

/// A picture of one pixel.
fn dot() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 1, 1);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a head");
    writer.write_image_data(&[0; 3]).expect("a pixel");
    writer.finish().expect("an end");
    bytes
}
