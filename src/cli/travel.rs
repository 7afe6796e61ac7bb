//! How one travels, from the command line: vehicle, conditions, closed roads.

use super::args::TravelArgs;
use super::console::Console;
use super::fault::Fault;
use crate::analysis::roads::{Travel, TravelFault};
use crate::base::Message;
use crate::io;
use crate::network::Conditions;

/// Reads how one travels; barriers count as they are at this moment.
pub fn travel(ask: &TravelArgs, console: &Console) -> Result<Travel, Fault> {
    let at = console.clock.now();
    let closed = match &ask.closed {
        Some(file) => io::read_barriers(file, at)?,
        None => Vec::new(),
    };
    let conditions = Conditions { night: ask.night, rain: ask.rain, snow: ask.snow };
    Ok(Travel { vehicle: ask.vehicle.clone(), conditions, at: Some(at), closed })
}

/// By distance nobody travels: a vehicle or a closed road would be silently without effect.
pub fn unused(ask: &TravelArgs) -> Result<(), Fault> {
    let given = [
        (ask.vehicle.is_some(), "--vehicle"),
        (ask.closed.is_some(), "--closed"),
        (ask.night, "--night"),
        (ask.rain, "--rain"),
        (ask.snow, "--snow"),
    ];
    match given.into_iter().find(|(given, _)| *given) {
        Some((_, option)) => {
            Err(Fault::usage(Message::new("cli-travel-by-time").with("option", option))
                .hint(Message::new("cli-travel-by-time-hint")))
        }
        None => Ok(()),
    }
}

impl From<TravelFault> for Fault {
    fn from(fault: TravelFault) -> Self {
        let message = fault.message();
        match fault {
            TravelFault::NoRoads => {
                Self::new("no_roads", message).hint(Message::new("roads-none-hint"))
            }
            TravelFault::NoVehicle { .. } => Self::usage(message),
        }
    }
}
