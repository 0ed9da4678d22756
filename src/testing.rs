//! What the tests of several floors need, and the tests of whole behaviours too.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The folder of published reports, which lies beside the project and is no part of it; says so where it is missing.
pub fn reports() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports");
    if folder.is_dir() {
        return Some(folder);
    }
    // Past the harness, which keeps what tests print, so that a test that was passed over is seen to be.
    writeln!(std::io::stderr(), "skipped: there is no {}", folder.display()).unwrap();
    None
}
