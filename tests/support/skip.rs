//! Says that a test is left out, past the test runner: what a passing test prints it keeps to itself.

use std::io::Write;

/// Tells why.
pub fn skipped(why: impl std::fmt::Display) {
    // Without anybody to tell, the test is left out all the same.
    let _nobody_listens = writeln!(std::io::stderr(), "skipped: {why}");
}
