//! What the tests of several floors need, and the tests of whole behaviours too.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The folder of published reports, which lies beside the project and is no part of it; says so where it is missing.
pub fn reports() -> Option<PathBuf> {
    shared("reports")
}

/// What lies in the folder beside the project under this name; says so where it is missing.
pub fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    // Past the harness, which keeps what tests print, so that a test that was passed over is seen to be.
    let mut out = std::io::stderr().lock();
    writeln!(out, "skipped: there is no {}", path.display()).unwrap();
    None
}
