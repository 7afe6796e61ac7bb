//! The window: draws views, sends commands, decides nothing.

pub mod map;
pub mod theme;
