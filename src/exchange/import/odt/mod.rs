//! OpenDocument texts, packed (.odt) or as one file (.fodt).

mod body;
mod lists;
mod styles;

use super::archive::Archive;
use super::blocks::{Flow, LeftOut, compose};
use super::draft::ImportError;
use super::read::Content;
use styles::Styles;

/// Reads an OpenDocument text.
///
/// # Errors
/// [`ImportError::Protected`] when it has a password, [`ImportError::BrokenFile`] when it is none or unpacks to more than a text of
/// the largest size would need.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Content, ImportError> {
    let broken = |reason: String| ImportError::BrokenFile { name: name.to_owned(), kind: "an OpenDocument text", reason };
    let (styles, document) = if bytes.starts_with(b"PK") {
        let mut archive = Archive::open(bytes).map_err(broken)?;
        let manifest = archive.text("META-INF/manifest.xml").map_err(broken)?.unwrap_or_default();
        if archive.has("encrypted-package") || manifest.contains(":encryption-data") {
            return Err(ImportError::Protected { name: name.to_owned() });
        }
        let styles = archive.text("styles.xml").map_err(broken)?.unwrap_or_default();
        let document = archive.text("content.xml").map_err(broken)?;
        (styles, document.ok_or_else(|| broken("there is no text in it".to_owned()))?)
    } else {
        (String::new(), String::from_utf8(bytes.to_vec()).map_err(|_| broken("its text is not UTF-8".to_owned()))?)
    };
    let (mut flow, mut left_out) = (Flow::default(), LeftOut::default());
    let mut known = Styles::default();
    known.read(&styles, &mut left_out);
    known.read(&document, &mut left_out);
    let has_text = body::read(&document, &known, &mut flow, &mut left_out).map_err(|error| broken(error.to_string()))?;
    if !has_text {
        return Err(broken("there is no text in it".to_owned()));
    }
    Ok(compose(flow, left_out.problems()))
}
