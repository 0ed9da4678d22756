use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::console::Console;
use super::error::CliError;
use super::export::{refuse_overwriting, spare};
use super::opening::now;
use crate::analysis::matrix::Filter;
use crate::exchange::export::{About, Form, in_the_way};
use crate::exchange::measuring::Shape;
use crate::exchange::picture::{DPI, Picture, write_picture};
use crate::project::Project;
use crate::study::Study;

/// What can be drawn is drawn to a file.
#[derive(Debug, Args)]
pub(super) struct Pictured {
    /// Draw it to this file: .svg, which needs no font, or .png. The figures are not printed then.
    #[arg(long, value_name = "FILE")]
    pub picture: Option<PathBuf>,
    /// Dots an inch of a .png.
    #[arg(long, value_name = "DOTS", default_value_t = DPI, value_parser = clap::value_parser!(u16).range(36..=1200), requires = "picture")]
    pub dpi: u16,
    /// Write over a picture that is there already; a read-only one stays all the same.
    #[arg(long, requires = "picture")]
    pub force: bool,
}

/// How a table of figures is drawn, as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TableShape(pub Shape);

impl ValueEnum for TableShape {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Shape::Heat), Self(Shape::Bars)]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let (name, help) = match self.0 {
            Shape::Heat => ("heat", "A table whose cells are the darker the more is in them"),
            Shape::Bars | Shape::Network => ("bars", "A panel of bars for each column"),
        };
        Some(clap::builder::PossibleValue::new(name).help(help))
    }
}

impl Pictured {
    /// Looks whether the picture may be written there, before it is made.
    pub fn check(&self, project: &Project) -> Result<(), CliError> {
        let Some(path) = &self.picture else { return Ok(()) };
        refuse_overwriting(project.path(), path)?;
        let form = Form::of(path, "a picture", Form::OF_PICTURES)?;
        spare(self.force, in_the_way(path, form).into_iter().next())
    }

    /// Writes the picture of what `filter` leaves, and tells where it is.
    pub fn write(&self, study: &Study, filter: &Filter, picture: &Picture, console: &mut Console) -> Result<(), CliError> {
        self.write_over(&About::new(study, "", filter, now()).under_picture(), picture, console)
    }

    /// Writes the picture over these lines, and tells where it is.
    pub fn write_over(&self, below: &[String], picture: &Picture, console: &mut Console) -> Result<(), CliError> {
        let Some(path) = &self.picture else { return Ok(()) };
        let printed = write_picture(path, picture, below, self.dpi)?;
        if let Some(boxes) = printed.boxes_say() {
            Console::say(format!("{boxes}."));
        }
        let (width, height) = printed.size;
        console.line(format!("{} in {}, {width} × {height} mm", picture.title, printed.file.display()))
    }
}
