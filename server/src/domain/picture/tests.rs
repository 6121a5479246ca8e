//! Pictures of each kind, and what only looks like one.

use std::sync::LazyLock;

use image::{Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn opaque(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_pixel(width, height, Rgb([200, 30, 60])).into()
}

/// A JPEG that says by whom and where it was taken, and which way it was held.
fn telling(orientation: u8) -> Vec<u8> {
    let plain = encoded(&opaque(40, 20), ImageFormat::Jpeg);
    // TIFF, big endian: orientation, then the maker's name.
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    exif.extend([0x01, 0x0f, 0, 2, 0, 0, 0, 4]);
    exif.extend(b"ADA\0");
    exif.extend([0, 0, 0, 0]);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend(length);
    bytes.extend(exif);
    bytes.extend(&plain[2..]);
    bytes
}

#[test]
fn each_kind_is_kept_as_what_suits_it() {
    let clear: DynamicImage = RgbaImage::from_pixel(30, 20, Rgba([1, 2, 3, 40])).into();
    for (bytes, expected) in [
        (encoded(&opaque(30, 20), ImageFormat::Png), "image/png"),
        (encoded(&opaque(30, 20), ImageFormat::Jpeg), "image/jpeg"),
        (encoded(&opaque(30, 20), ImageFormat::WebP), "image/jpeg"),
        (encoded(&clear, ImageFormat::WebP), "image/png"),
        (encoded(&clear, ImageFormat::Png), "image/png"),
        (encoded(&clear, ImageFormat::Gif), "image/png"),
    ] {
        let picture = read(&bytes).unwrap();
        assert_eq!((picture.width, picture.height), (30, 20));
        assert_eq!(picture.media_type, expected);
        let again = image::load_from_memory(&picture.content).unwrap();
        assert_eq!(again.width(), 30);
    }
}

#[test]
fn what_is_large_is_made_smaller_and_has_a_thumbnail() {
    let picture = read(&encoded(&opaque(3_000, 1_500), ImageFormat::Jpeg)).unwrap();
    assert_eq!((picture.width, picture.height), (2_400, 1_200));
    let small = image::load_from_memory(&picture.thumbnail).unwrap();
    assert_eq!((small.width(), small.height()), (480, 240));
}

#[test]
fn a_picture_is_turned_upright_and_forgets_who_took_it() {
    let bytes = telling(6);
    assert!(bytes.windows(3).any(|three| three == b"ADA"));
    let picture = read(&bytes).unwrap();
    assert_eq!(
        (picture.width, picture.height),
        (20, 40),
        "it stood on its side"
    );
    for kept in [&picture.content, &picture.thumbnail] {
        assert!(!kept.windows(4).any(|four| four == b"Exif"));
        assert!(!kept.windows(3).any(|three| three == b"ADA"));
    }
}

#[test]
fn what_is_no_picture_is_refused() {
    for bytes in [
        &b""[..],
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7",
        b"BM\x00\x00\x00\x00",
        b"II*\x00",
    ] {
        assert_eq!(read(bytes), Err(PictureFault::NoPicture), "{bytes:?}");
    }
    let whole = encoded(&opaque(300, 200), ImageFormat::Png);
    assert_eq!(read(&whole[..whole.len() / 2]), Err(PictureFault::Damaged));
    assert_eq!(read(&whole[..20]), Err(PictureFault::Damaged));
    let long = vec![0; BYTES + 1];
    assert_eq!(read(&long), Err(PictureFault::TooLong(BYTES + 1)));
}

/// The head of a PNG that claims to be so large, and has next to nothing in it.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(&opaque(1, 1), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc32fast::hash(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

#[test]
fn a_bomb_is_refused_by_its_measure_before_it_unfolds() {
    for (width, height) in [
        (100_000, 100_000),
        (12_001, 1),
        (1, 12_001),
        (12_000, 12_000),
    ] {
        let refused = read(&bomb(width, height));
        assert_eq!(refused, Err(PictureFault::TooLarge(width, height)));
    }
}

/// As many inputs as everything hostile is tried with, or what `PROPTEST_CASES` says where that is
/// more.
fn many() -> ProptestConfig {
    ProptestConfig::with_cases(ProptestConfig::default().cases.max(10_000))
}

/// A good picture of each kind: small, and written once, so that so many can be read.
static SMALL: LazyLock<[Vec<u8>; 4]> = LazyLock::new(|| {
    [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::WebP,
        ImageFormat::Gif,
    ]
    .map(|format| encoded(&opaque(12, 9), format))
});

proptest! {
    #![proptest_config(many())]

    #[test]
    fn hostile_bytes_behind_a_good_beginning_never_panic(
        kind in 0..4_usize,
        cut in 0..400_usize,
        noise in proptest::collection::vec((0..600_usize, any::<u8>()), 0..12),
    ) {
        let mut bytes = SMALL[kind].clone();
        for (at, byte) in noise {
            if let Some(place) = bytes.get_mut(12 + at) {
                *place = byte;
            }
        }
        let keep = bytes.len().saturating_sub(cut).max(8);
        bytes.truncate(keep);
        let _ = read(&bytes);
    }
}
