//! The county's own figures of the costing.

use crate::base::Message;
use crate::session::Session;
use crate::session::command::CostingCommand;

impl Session {
    pub(in crate::session) fn apply_costing(&mut self, command: CostingCommand) {
        match command {
            CostingCommand::Unfold(group) => {
                let costing = &mut self.state.costing;
                costing.open = group;
                costing.typed = None;
                costing.refused = None;
            }
            CostingCommand::Type { key, text } => {
                self.state.costing.refused = None;
                self.state.costing.typed = Some((key, text));
            }
            CostingCommand::Put => self.put_figure(),
            CostingCommand::Reset(key) => self.set_figures(key.map(|key| vec![(key, None)])),
        }
    }

    /// Takes what was typed; what the figure cannot be stays in its field with the reason below.
    fn put_figure(&mut self) {
        let Some((key, text)) = self.state.costing.typed.clone() else { return };
        let figures = self.state.county.costing().table().figures();
        let Some(figure) = figures.into_iter().find(|figure| figure.key == key) else { return };
        match figure.read(&text) {
            Ok(value) if value == figure.value => self.state.costing.typed = None,
            Ok(value) => self.set_figures(Some(vec![(key, Some(value))])),
            Err(fault) => self.state.costing.refused = Some((key, fault.hint())),
        }
    }

    fn set_figures(&mut self, changes: Option<Vec<(String, Option<f64>)>>) {
        self.state.costing.typed = None;
        self.state.costing.refused = None;
        let who = self.who.clone();
        self.on_store(Message::new("job-costing"), move |keeper, _| {
            keeper.set_costing(changes.as_deref(), &who)
        });
    }
}
