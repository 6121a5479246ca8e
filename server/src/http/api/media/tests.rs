//! Pictures over HTTP: kept, shown, refused.

use std::io::Cursor;

use entity::enums::Role;
use image::{ImageFormat, RgbImage};
use reqwest::Method;
use server_api::media::Media;
use server_api::page::Page;
use server_api::problem::Code;

use crate::test_support::server::{Answer, Session, TestServer};
use crate::test_support::{Kind, TestApp, on_both};

fn png(side: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::new(side, side)
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

async fn upload(who: &Session, alt: &str, file: Vec<u8>) -> Answer {
    let request = who.request(Method::POST, "/media").query(&[("alt", alt)]);
    Answer::to(request.header("content-type", "image/png").body(file)).await
}

async fn look(server: &TestServer, url: &str) -> Answer {
    let path = url.split_once("/media/").map(|(_, rest)| rest).unwrap();
    let url = format!("{}/media/{path}", server.public);
    Answer::to(server.http.get(url)).await
}

#[tokio::test]
async fn a_picture_is_kept_once_and_shown_to_whoever_knows_it() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Curator]).await;
        let server = t.server().await;
        let curator = server.member(&t.token(&actor).await);
        let answer = upload(&curator, " A black square ", png(600)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let kept: Media = answer.json();
        assert_eq!((kept.width, kept.alt.as_str()), (600, "A black square"));
        let again: Media = upload(&curator, "Another word for it", png(600))
            .await
            .json();
        assert_eq!(again.alt, "Another word for it", "the words just typed win");
        let renamed = Media {
            alt: again.alt.clone(),
            ..kept
        };
        assert_eq!(again, renamed, "the same file is the same picture");
        let kept = renamed;
        let list: Page<Media> = curator.get("/media").await.json();
        assert_eq!(list.items, std::slice::from_ref(&kept));

        let whole = look(&server, &kept.url).await;
        assert_eq!(whole.status, 200);
        assert_eq!(i64::try_from(whole.body.len()).unwrap(), kept.bytes);
        for (name, value) in [
            ("content-type", "image/png"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "sandbox; default-src 'none'"),
            ("cross-origin-resource-policy", "cross-origin"),
            ("cache-control", "public, max-age=31536000, immutable"),
        ] {
            assert_eq!(whole.headers[name], value, "{name}");
        }
        let small = look(&server, &kept.thumbnail_url).await;
        assert_eq!(image::load_from_memory(&small.body).unwrap().width(), 480);
        for path in [
            "/media/nothing",
            "/media/00000000-0000-7000-8000-000000000000",
        ] {
            assert_eq!(look(&server, path).await.status, 404);
        }
        let form = serde_json::json!({
            "title": "News", "image_url": kept.url, "image_alt": kept.alt
        });
        assert_eq!(curator.post("/posts", &form).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_picture_too_large_or_without_words_is_refused() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Curator]).await;
        let server = t.server().await;
        let curator = server.member(&t.token(&actor).await);
        for (file, reason) in [
            (b"<script>alert(1)</script>".to_vec(), "is no PNG"),
            (Vec::new(), "is no PNG"),
            (png(20)[..40].to_vec(), "is damaged"),
        ] {
            let problem = upload(&curator, "A square", file).await.problem();
            assert_eq!(problem.fields[0].field, "file");
            assert!(problem.fields[0].reason.contains(reason));
        }
        for alt in ["", "  ", &"a".repeat(1_001)] {
            let problem = upload(&curator, alt, png(20)).await.problem();
            assert_eq!(problem.fields[0].field, "alt");
        }
        let long = upload(&curator, "A square", vec![0; 8 * 1024 * 1024 + 1]).await;
        assert_eq!(
            (long.status, long.problem().code),
            (413, Code::BodyTooLarge)
        );
        let approver = t.actor_in(&actor.organization, &[Role::Approver]).await;
        let approver = server.member(&t.token(&approver).await);
        assert_eq!(upload(&approver, "A square", png(20)).await.status, 403);
        assert_eq!(
            upload(&server.anonymous(), "A square", png(20))
                .await
                .status,
            401
        );
        assert_eq!(approver.get("/media").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn another_organization_has_its_own_picture_of_the_same_file() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        let mut ids = Vec::new();
        for _ in 0..2 {
            let actor = t.actor(&[Role::Curator]).await;
            let curator = server.member(&t.token(&actor).await);
            let kept: Media = upload(&curator, "A square", png(20)).await.json();
            let list: Page<Media> = curator.get("/media").await.json();
            assert_eq!(list.items.len(), 1);
            ids.push(kept.id);
        }
        assert_ne!(ids[0], ids[1]);
    })
    .await;
}

/// A picture that does not get smaller, and is another for each seed.
fn noise(seed: u32) -> Vec<u8> {
    let mut state = seed;
    let picture = RgbImage::from_fn(400, 400, |_, _| {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        image::Rgb([next(), next(), next()])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn an_organizations_pictures_take_no_more_room_than_they_may() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let t = TestApp::configured(kind, "[web]\npictures_megabytes = 1").await;
        let server = t.server().await;
        let actor = t.actor(&[Role::Curator]).await;
        let curator = server.member(&t.token(&actor).await);
        for seed in [1, 2] {
            assert_eq!(upload(&curator, "Noise", noise(seed)).await.status, 200);
        }
        let problem = upload(&curator, "Noise", noise(3)).await.problem();
        assert_eq!(problem.code, Code::InvalidField);
        assert_eq!(problem.fields[0].field, "file");
        assert!(problem.fields[0].reason.contains("1 megabytes together"));
        // What is there stays, and others have room of their own.
        assert_eq!(upload(&curator, "Noise", noise(2)).await.status, 200);
        let other = t.actor(&[Role::Curator]).await;
        let other = server.member(&t.token(&other).await);
        assert_eq!(upload(&other, "Noise", noise(3)).await.status, 200);
    }
}
