//! Documents for people: orders, lists and briefs, in words, for paper and for spreadsheets.
//!
//! A document is built once, independent of any format; HTML, PDF and CSV show the same one.

mod brief;
mod document;
mod html;
pub mod map;
mod occasion;
mod opening;
mod orders;
pub mod pdf;
mod source;
mod spreadsheet;
mod words;

pub use brief::brief;
pub use document::{Align, Block, Column, Document, Signature, Table};
pub use html::html;
pub use occasion::{Movement, Occasion};
pub use opening::opening_list;
pub use orders::{Leg, legs, transfer_orders};
pub use pdf::{PdfFault, pdf};
pub use spreadsheet::csv;
pub use words::Words;
