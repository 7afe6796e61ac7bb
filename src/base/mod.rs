//! Ground floor: ids, units, the clock, feedback and messages.

pub mod clock;
pub mod feedback;
pub mod guard;
pub mod id;
pub mod lang;
pub mod message;
pub mod unit;

pub use clock::{Clock, FixedClock, SystemClock, Timestamp};
pub use feedback::{Cancelled, Feedback};
pub use guard::{guard, unguard};
pub use id::Id;
pub use lang::Lang;
pub use message::{Arg, Message};
pub use unit::{Metres, Persons};
