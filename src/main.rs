//! Opens the window.

fn main() -> Result<(), themata::app::RunError> {
    themata::app::run(themata::home::Home::find()?, std::env::args_os().nth(1).map(Into::into))
}
