//! State, commands and jobs: the only place where thinking and disk meet.

pub mod watch;
pub mod whole_file;
pub mod workspace;

pub use workspace::{Workspace, WorkspaceError};
