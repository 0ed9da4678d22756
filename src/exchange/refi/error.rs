use std::io;

use thiserror::Error;

/// Why a project of another program cannot be read. Nothing has been changed by trying.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The file itself cannot be read.
    #[error("{name} could not be read ({reason}). Check that it is there and that you may read it.")]
    Unreadable {
        /// Name of the file.
        name: String,
        /// What the system says.
        reason: io::Error,
    },
    /// It is neither an archive nor XML of the standard.
    #[error(
        "{name} is not a REFI-QDA file: it is neither a project archive (.qdpx) nor XML of the standard. Export the project as QDPX again."
    )]
    NoRefi {
        /// Name of the file.
        name: String,
    },
    /// The archive is cut off or damaged.
    #[error("{name} is damaged: {member} cannot be unpacked ({reason}). Copy or export it again.")]
    Broken {
        /// Name of the file.
        name: String,
        /// What in it, or “the archive”.
        member: String,
        /// What is wrong.
        reason: String,
    },
    /// A part of the archive needs a password.
    #[error("{name} is locked with a password ({member}). Export it without one.")]
    Locked {
        /// Name of the file.
        name: String,
        /// What in it.
        member: String,
    },
    /// The archive holds no project.
    #[error("{name} holds no project: there is no .qde file in the archive. Export the project as QDPX again.")]
    NoProject {
        /// Name of the file.
        name: String,
    },
    /// The archive holds several projects.
    #[error("{name} holds more than one project ({}). Pack each into an archive of its own.", .members.join(", "))]
    SeveralProjects {
        /// Name of the file.
        name: String,
        /// What was found.
        members: Vec<String>,
    },
    /// Something unpacks to more than it may.
    #[error("{member} in {name} unpacks to more than {megabytes} MB, which no project of this kind needs. It was not read.")]
    TooLarge {
        /// Name of the file.
        name: String,
        /// What in it.
        member: String,
        /// The limit.
        megabytes: u64,
    },
    /// Something that is asked for is not in the archive.
    #[error("There is no file {member} in {name}.")]
    NoMember {
        /// Name of the file.
        name: String,
        /// What was asked for.
        member: String,
    },
    /// The XML is in no encoding that can be read.
    #[error("The XML in {name} is not in the encoding it says (UTF-8 where it says nothing). Export the project again.")]
    NotText {
        /// Name of the file.
        name: String,
    },
    /// The XML is not well-formed and could not be repaired.
    #[error("The XML in {name} is damaged in line {line}, column {column}: {reason}. Export the project again, or mend that line.")]
    NotWellFormed {
        /// Name of the file.
        name: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong.
        reason: String,
    },
    /// The XML defines entities, by which a small file can grow without limit.
    #[error(
        "The XML in {name} defines entities of its own (line {line}). No project needs them, and they are not read; remove the DOCTYPE."
    )]
    Entities {
        /// Name of the file.
        name: String,
        /// Line, from 1.
        line: usize,
    },
    /// Elements lie too deep in one another.
    #[error("The XML in {name} nests elements more than {deepest} deep (line {line}). No codebook needs that; it was not read.")]
    TooDeep {
        /// Name of the file.
        name: String,
        /// Line, from 1.
        line: usize,
        /// The limit.
        deepest: usize,
    },
    /// The XML is well-formed and something else.
    #[error("The XML in {name} begins with <{root}>, not with <Project> or <CodeBook>. It is not of the REFI-QDA standard.")]
    OtherXml {
        /// Name of the file.
        name: String,
        /// Its root element.
        root: String,
    },
}
