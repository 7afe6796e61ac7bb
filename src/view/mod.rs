//! What each panel and table shows, as plain values, and the words for it.

pub mod label;
pub mod locale;

pub use locale::{Lang, Locale};
