//! Closing roads: what the hand marks becomes a record, and what closes or opens by itself is noticed.

use crate::base::{Id, Message};
use crate::model::{Kind, Value};
use crate::session::Session;
use crate::session::closures::{Marked, next_turn};
use crate::session::command::{ClosuresCommand, EditCommand};
use crate::session::nearest::Measure;
use crate::session::notice::Level;
use crate::session::state::Task;

impl Session {
    pub(in crate::session) fn apply_closures(&mut self, command: ClosuresCommand) {
        match command {
            ClosuresCommand::Open => {
                self.state.closures.open = true;
                self.state.selected = None;
            }
            ClosuresCommand::Form(form) => self.state.closures.form = form.fitted(),
            ClosuresCommand::Lift(feature) => {
                let status = if feature.kind == Kind::Closure { "lifted" } else { "open" };
                let value = Some(Value::from(status));
                let field = "status".to_owned();
                self.apply_edit(EditCommand::Set { id: feature.id, field, value });
            }
        }
        self.state.tool = self.tool_of_task();
    }

    /// Whether what the hand marks on the map is closed.
    pub(in crate::session) fn is_closing(&self) -> bool {
        self.state.task == Task::Roads && self.state.closures.open
    }

    /// Closes what was marked, as the form says.
    pub(in crate::session) fn close_marked(&mut self, marked: Marked) {
        let form = self.state.closures.form.clone();
        let (who, now) = (self.who.clone(), self.clock.now());
        self.on_store(Message::new("job-close"), move |keeper, _| {
            keeper.close(&form, marked, &who, now)
        });
    }

    /// A closure was recorded.
    pub(in crate::session) fn closure_added(&mut self, id: Id) {
        let row = self.state.county.layer(Kind::Closure).and_then(|layer| layer.by_id(id));
        let name = row.map(|row| row.name.clone()).filter(|name| !name.is_empty());
        let message = match name {
            Some(name) => Message::new("closure-added").with("name", name),
            None => Message::new("closure-added-unnamed"),
        };
        self.notify(Level::Done, message, None, None);
        // The next one is another place and gets its own name.
        self.state.closures.form.name.clear();
    }

    /// Notes when a closure of the county begins or ends next.
    pub(in crate::session) fn note_next_turn(&mut self) {
        self.state.closures.next_turn = next_turn(&self.state.county, self.clock.now());
    }

    /// A closure may have begun or ended since: what depends on it is asked again.
    pub(in crate::session) fn follow_clock(&mut self) {
        let now = self.clock.now();
        if self.state.closures.next_turn.is_none_or(|turn| turn > now) {
            return;
        }
        self.note_next_turn();
        self.state.revision += 1;
        let question = self.state.roads.form.question;
        let asked = self.state.roads.answer().is_some();
        self.state.roads.answers.retain(|other, _| *other == question);
        if asked {
            self.ask_roads();
        }
        if self.state.nearest_answer.is_some() && self.state.nearest.measure == Measure::Time {
            self.ask_nearest(self.state.nearest.clone());
        }
        self.prepare_scene();
    }
}
