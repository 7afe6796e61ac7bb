//! Changes of records.

use crate::base::{Id, Message};
use crate::model::{Kind, Shelter, StayClass, Value};
use crate::session::Session;
use crate::session::command::EditCommand;

/// More people than this at once into a shelter that is too full already: asked again.
const FEW: u64 = 10;

impl Session {
    pub(in crate::session) fn apply_edit(&mut self, command: EditCommand) {
        match command {
            EditCommand::Set { id, field, value } => {
                match self.too_many(id, &field, value.as_ref()) {
                    Some(over) => {
                        let sure = EditCommand::SetOver { id, field, value, over };
                        self.state.confirm = Some(sure.into());
                    }
                    None => self.set(id, field, value),
                }
            }
            EditCommand::SetOver { id, field, value, .. } => self.set(id, field, value),
            EditCommand::Type { field, text } => {
                if let Some(card) = &mut self.state.card {
                    card.typed = Some((field, text));
                }
            }
            EditCommand::Undo => {
                let who = self.who.clone();
                self.on_store(Message::new("job-undo"), move |keeper, _| keeper.undo(&who));
            }
        }
    }

    fn set(&mut self, id: Id, field: String, value: Option<Value>) {
        if let Some(card) = &mut self.state.card {
            card.typed = None;
        }
        let who = self.who.clone();
        self.on_store(Message::new("job-set"), move |keeper, _| {
            keeper.set(id, &[(field, value)], &who)
        });
    }

    /// How many people a shelter would have beyond its places after a change that is worth asking about:
    /// the first one too many, and any large step after that.
    fn too_many(&self, id: Id, field: &str, value: Option<&Value>) -> Option<u64> {
        let row = self.state.county.layer(Kind::Shelter)?.by_id(id)?;
        let shelter = Shelter::of(row);
        let (capacity, _) = shelter.capacity(StayClass::default())?;
        let (occupied, reserved) = (shelter.occupied().0, shelter.reserved().0);
        let new = match value? {
            Value::Integer(n) => u64::try_from(*n).ok()?,
            _ => return None,
        };
        let (old, others) = match field {
            "occupied" => (occupied, reserved),
            "reserved" => (reserved, occupied),
            _ => return None,
        };
        let over = (new + others).checked_sub(capacity.0).filter(|over| *over > 0)?;
        let was_over = old + others > capacity.0;
        let step = new.checked_sub(old).filter(|step| *step > 0)?;
        (!was_over || step > FEW).then_some(over)
    }
}
