//! Pictures for the articles: a sky, a sun and hills, drawn pixel by pixel, so
//! that no picture file has to be kept. Chats show PNG, but no SVG.

/// Pixels across, and down: the shape that link cards like.
const SIZE: (u32, u32) = (600, 315);
/// Where the sun stands, and how large it is.
const SUN: (f64, f64, f64) = (465.0, 90.0, 46.0);

/// A picture with these colours of sky and ground, as PNG.
pub(super) fn draw((sky, ground): (u32, u32)) -> Result<Vec<u8>, png::EncodingError> {
    let (width, height) = SIZE;
    let pixels: Vec<u8> = (0..height)
        .flat_map(|y| (0..width).map(move |x| (f64::from(x), f64::from(y))))
        .flat_map(|(x, y)| {
            let [_, red, green, blue] = colour(x, y, sky, ground).to_be_bytes();
            [red, green, blue]
        })
        .collect();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header()?.write_image_data(&pixels)?;
    Ok(file)
}

fn colour(x: f64, y: f64, sky: u32, ground: u32) -> u32 {
    let far = 205.0 + 24.0 * (x / 85.0).sin();
    let near = 245.0 + 20.0 * (x / 120.0 + 2.0).sin();
    let (sun_x, sun_y, radius) = SUN;
    if y > near {
        shade(ground, 200)
    } else if y > far {
        ground
    } else if (x - sun_x).hypot(y - sun_y) < radius {
        0x00ff_fdf6
    } else {
        sky
    }
}

/// A colour darkened to so many parts of 255.
fn shade(colour: u32, parts: u32) -> u32 {
    let [_, red, green, blue] = colour
        .to_be_bytes()
        .map(|byte| u32::from(byte) * parts / 255);
    (red << 16) | (green << 8) | blue
}
