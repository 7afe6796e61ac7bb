//! Relief supplies: what people need, what is there, how far it goes, and who has it in time.

mod allocate;
mod cover;
mod depot;
mod item;
mod lasting;
mod milli;
mod norm;
mod relief;
mod stock;
mod table;
#[cfg(test)]
mod trial;
mod truck;

pub use cover::{ItemCover, Supplies, SuppliesAsk, supplies};
pub use item::Item;
pub use milli::Milli;
pub use norm::{Basis, Norm, NormFault, NormFaultKind, NormLine, NormTable, Season};
pub use relief::{Goods, NoRelief, PlaceRelief, Relief, ReliefAsk, ReliefPlace, Shipment, relief};
pub use stock::{Holding, NotCounted, Stock, StockNote};
pub use table::{Issue, ReliefTable};
