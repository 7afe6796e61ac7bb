//! The window itself: tasks, panels, language, colours, confirmations.

use crate::base::Message;
use crate::session::Session;
use crate::session::command::AppCommand;
use crate::session::notice::Level;
use crate::session::state::{Drawer, Task};

impl Session {
    pub(in crate::session) fn apply_app(&mut self, command: AppCommand) {
        let state = &mut self.state;
        match command {
            AppCommand::Open(task) => {
                // What was marked goes with its card, or with its task.
                if state.task != task || state.card.is_some() {
                    state.selected = None;
                    // A layer's table belongs to no question; the others go with theirs.
                    if !matches!(state.drawer, Some(Drawer::Layer(_))) {
                        state.drawer = None;
                    }
                }
                state.task = task;
                state.card = None;
                state.prefs.panel_open = true;
                let tool = self.tool_of_task();
                self.state.tool = tool;
                if task == Task::Roads {
                    self.begin_roads();
                }
            }
            AppCommand::TogglePanel => state.prefs.panel_open = !state.prefs.panel_open,
            AppCommand::Drawer(drawer) => state.drawer = drawer,
            AppCommand::Language(lang) => state.prefs.lang = lang,
            AppCommand::Light(light) => state.prefs.light = light,
            AppCommand::NextLight => state.prefs.light = state.prefs.light.next(),
            AppCommand::ToggleVehicle => state.prefs.vehicle = !state.prefs.vehicle,
            AppCommand::DismissHint => state.prefs.hint_dismissed = true,
            AppCommand::Confirm(command) => state.confirm = Some(*command),
            AppCommand::Confirmed(yes) => {
                if let Some(command) = state.confirm.take()
                    && yes
                {
                    self.apply(command);
                }
            }
            AppCommand::CancelJob(ticket) => {
                if let Some(job) = state.jobs.iter().find(|job| job.ticket == ticket) {
                    job.feedback.cancel();
                }
            }
            AppCommand::PutAwayNotices(number) => state.notices.put_away(number),
            AppCommand::ClearNotice(number) => state.notices.clear(number),
            AppCommand::Copied(text) => {
                let message = Message::new("copied").with("text", text);
                self.notify(Level::Done, message, None, None);
            }
        }
    }
}
