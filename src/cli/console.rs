use std::io::{self, BufWriter, StdoutLock, Write};

use serde_json::Value;

use super::error::CliError;

/// Where results and messages go.
pub(super) struct Console {
    out: BufWriter<StdoutLock<'static>>,
}

impl Console {
    pub fn new() -> Self {
        Self { out: BufWriter::new(io::stdout().lock()) }
    }

    /// A line of the result.
    pub fn line(&mut self, line: impl AsRef<str>) -> Result<(), CliError> {
        Ok(writeln!(self.out, "{}", line.as_ref())?)
    }

    /// The result as JSON.
    pub fn json(&mut self, value: &Value) -> Result<(), CliError> {
        let text = serde_json::to_string_pretty(value)?;
        self.line(text)
    }

    /// The result as bytes.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        Ok(self.out.write_all(bytes)?)
    }

    /// A message beside the result. That it cannot be said is no reason not to go on.
    pub fn say(message: impl AsRef<str>) {
        let _ = writeln!(io::stderr(), "{}", message.as_ref());
    }

    pub fn finish(&mut self) -> Result<(), CliError> {
        Ok(self.out.flush()?)
    }
}
