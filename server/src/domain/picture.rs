//! Pictures that people upload: told by their bytes, measured before they are unfolded, turned
//! upright, and written anew, so that nothing of where and by whom they were taken goes on.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use thiserror::Error;

/// Bytes of a picture, as it comes and as it is kept.
pub const BYTES: usize = 8 * 1024 * 1024;
/// Pixels of a picture that is unfolded: what a telephone takes today, and some more.
const PIXELS: u64 = 50_000_000;
/// Pixels of a side.
const SIDE: u32 = 12_000;
/// Bytes that unfolding may take: eight a pixel.
const MEMORY: u64 = PIXELS * 8;
/// The longer side of what is kept: twice as wide as any card shows it.
const KEPT_SIDE: u32 = 2_400;
/// The longer side of a thumbnail.
const THUMBNAIL_SIDE: u32 = 480;
/// How well photographs are kept, of 100.
const QUALITY: u8 = 85;

/// Why a file is no picture for us, in words for a curator.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PictureFault {
    /// Its bytes begin like none of the kinds that are read.
    #[error("is no PNG, JPEG, WebP or GIF")]
    NoPicture,
    /// It has too many bytes.
    #[error("has {0} bytes, at most {BYTES} are allowed")]
    TooLong(usize),
    /// It would unfold to too many pixels.
    #[error("is {0} × {1} pixels, which is too large")]
    TooLarge(u32, u32),
    /// It breaks off, or contradicts itself.
    #[error("is damaged")]
    Damaged,
}

/// A picture as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// What it is, such as `image/png`.
    pub media_type: &'static str,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its bytes.
    pub content: Vec<u8>,
    /// The bytes of a smaller one of the same kind.
    pub thumbnail: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Picture")
            .field("media_type", &self.media_type)
            .field("width", &self.width)
            .field("height", &self.height)
            .finish_non_exhaustive()
    }
}

/// How a picture is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    /// Exactly, and where it is transparent.
    Png,
    /// Nearly, and in few bytes.
    Jpeg,
}

/// Reads what was uploaded. This is work: it belongs on a thread of its own.
pub fn read(bytes: &[u8]) -> Result<Picture, PictureFault> {
    if bytes.len() > BYTES {
        return Err(PictureFault::TooLong(bytes.len()));
    }
    let format = sniff(bytes).ok_or(PictureFault::NoPicture)?;
    let (width, height) = reader(bytes, format)
        .into_dimensions()
        .map_err(|_| PictureFault::Damaged)?;
    if width == 0 || height == 0 {
        return Err(PictureFault::Damaged);
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > SIDE || height > SIDE || pixels > PIXELS {
        return Err(PictureFault::TooLarge(width, height));
    }
    let image = unfold(bytes, format)?;
    let image = if image.width().max(image.height()) > KEPT_SIDE {
        image.resize(KEPT_SIDE, KEPT_SIDE, FilterType::Triangle)
    } else {
        image
    };
    let kept = match format {
        ImageFormat::Png | ImageFormat::Gif => Kept::Png,
        _ if image.color().has_alpha() => Kept::Png,
        _ => Kept::Jpeg,
    };
    let small = if image.width().max(image.height()) > THUMBNAIL_SIDE {
        image.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE)
    } else {
        image.clone()
    };
    let mut picture = Picture {
        media_type: kept.media_type(),
        width: image.width(),
        height: image.height(),
        content: write(&image, kept)?,
        thumbnail: write(&small, kept)?,
    };
    // A photograph that came as PNG may be more than is kept of anything.
    if picture.content.len() > BYTES {
        picture.media_type = Kept::Jpeg.media_type();
        picture.content = write(&image, Kept::Jpeg)?;
        picture.thumbnail = write(&small, Kept::Jpeg)?;
    }
    Ok(picture)
}

/// The kind that the first bytes tell, whatever the file is called.
fn sniff(bytes: &[u8]) -> Option<ImageFormat> {
    let format = image::guess_format(bytes).ok()?;
    let is_read = [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::WebP,
        ImageFormat::Gif,
    ]
    .contains(&format);
    is_read.then_some(format)
}

fn reader(bytes: &[u8], format: ImageFormat) -> ImageReader<Cursor<&[u8]>> {
    let mut limits = Limits::default();
    limits.max_image_width = None;
    limits.max_image_height = None;
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    reader
}

/// The first picture of the file, upright.
fn unfold(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, PictureFault> {
    let mut decoder = reader(bytes, format)
        .into_decoder()
        .map_err(|_| PictureFault::Damaged)?;
    let orientation = decoder.orientation().map_err(|_| PictureFault::Damaged)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| PictureFault::Damaged)?;
    image.apply_orientation(orientation);
    Ok(image)
}

impl Kept {
    fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

/// The pixels alone: what else the file said is not written again.
fn write(image: &DynamicImage, kept: Kept) -> Result<Vec<u8>, PictureFault> {
    let mut bytes = Cursor::new(Vec::new());
    let written = match kept {
        Kept::Png if image.color().has_alpha() => {
            DynamicImage::from(image.to_rgba8()).write_to(&mut bytes, ImageFormat::Png)
        }
        Kept::Png => DynamicImage::from(image.to_rgb8()).write_to(&mut bytes, ImageFormat::Png),
        Kept::Jpeg => {
            let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
            image.to_rgb8().write_with_encoder(encoder)
        }
    };
    written.map_err(|_| PictureFault::Damaged)?;
    Ok(bytes.into_inner())
}

#[cfg(test)]
mod tests;
