//! Changes of records.

use crate::base::Message;
use crate::session::Session;
use crate::session::command::EditCommand;

impl Session {
    pub(in crate::session) fn apply_edit(&mut self, command: EditCommand) {
        match command {
            EditCommand::Set { id, field, value } => {
                if let Some(card) = &mut self.state.card {
                    card.typed = None;
                }
                let who = self.who.clone();
                self.on_store(Message::new("job-set"), move |keeper, _| {
                    keeper.set(id, &[(field, value)], &who)
                });
            }
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
}
