use eframe::egui;
use std::path::PathBuf;

use super::shell::{App, Start};
use crate::exchange::sample::SampleError;
use crate::home::{Home, HomeError};

/// Why the window could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The window system gives no window.
    #[error("the window could not be opened: {0}")]
    Window(String),
    /// The system gives no threads.
    #[error("a thread could not be started: {0}")]
    Thread(#[from] std::io::Error),
    /// The user's folders.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// The sample study.
    #[error(transparent)]
    Sample(#[from] SampleError),
    /// The colours and sizes of this build cannot be read.
    #[error("the colours and sizes of this build cannot be read: {0}")]
    Tokens(#[from] serde_json::Error),
}

/// Opens the window on `project`, else on the project that was open last, else on the sample study, and returns when it is closed.
///
/// # Errors
/// [`RunError`] when there is no display or no thread.
pub fn run(home: Home, project: Option<PathBuf>) -> Result<(), RunError> {
    let start = Start::new(home, project, now)?;
    let viewport = egui::ViewportBuilder::default()
        .with_title("Themata")
        .with_app_id("themata")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([800.0, 560.0])
        .with_icon(icon());
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let made = Box::new(|cc: &eframe::CreationContext<'_>| Ok(Box::new(App::new(&cc.egui_ctx, start)?) as Box<dyn eframe::App>));
    eframe::run_native("Themata", options, made).map_err(|error| RunError::Window(error.to_string()))
}

fn icon() -> egui::IconData {
    // A picture that cannot be read leaves the system's own icon.
    eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon/icon-64.png")).unwrap_or_default()
}

fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
