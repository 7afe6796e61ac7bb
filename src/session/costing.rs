//! The costing as it is edited in the settings.

use crate::base::Message;

/// What is open and typed in the table of speeds, factors and turnout times.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CostingState {
    /// The group that is open.
    pub open: Option<String>,
    /// The figure being typed, and the text.
    pub typed: Option<(String, String)>,
    /// Why what was typed for a figure is refused, and what it may be.
    pub refused: Option<(String, Message)>,
}
