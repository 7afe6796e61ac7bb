//! What a county is made of: kinds, their fields, and the features that carry them.

pub mod feature;
pub mod field;
pub mod key;
pub mod kind;
pub mod settlement;
pub mod shelter;
pub mod value;

pub use feature::{Attributes, Feature, Provenance};
pub use field::{Choice, Field, FieldType, KindTable};
pub use kind::Kind;
pub use settlement::Settlement;
pub use shelter::{CapacityBasis, HazardKind, Shelter, StayClass};
pub use value::Value;
