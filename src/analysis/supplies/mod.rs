//! Relief supplies: what people need, what is there, how far it goes, and who has it in time.

mod cover;
mod item;
mod milli;
mod norm;
mod stock;
mod table;
#[cfg(test)]
mod trial;

pub use cover::{ItemCover, Supplies, SuppliesAsk, supplies};
pub use item::Item;
pub use milli::Milli;
pub use norm::{Basis, Norm, NormFault, NormFaultKind, NormLine, NormTable, Season};
pub use stock::{Holding, NotCounted, Stock, StockNote};
pub use table::{Issue, ReliefTable};
