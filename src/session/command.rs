//! Everything that may happen in the window: one closed enum per subject.

use std::path::PathBuf;

use geo_types::{Coord, LineString, MultiPolygon};

use super::closures::ClosureForm;
use super::evacuation::EvacuationForm;
use super::import::ImportForm;
use super::nearest::NearestForm;
use super::prefs::{KeptView, Light};
use super::roads::{RoadQuestion, RouteEnd};
use super::search::Hit;
use super::state::{Drawer, FileWish, Task, Tool};
use crate::base::{Id, Lang, Metres};
use crate::model::{Kind, Value};
use crate::network::Conditions;
use crate::scene::FeatureRef;

/// What a panel, a shortcut or the map asks for. Applied after drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// The map and what shows on it.
    Map(MapCommand),
    /// Files and the store.
    Data(DataCommand),
    /// The commander's questions.
    Analysis(AnalysisCommand),
    /// Questions of the roads.
    Roads(RoadsCommand),
    /// Figures of the costing.
    Costing(CostingCommand),
    /// Closing roads.
    Closures(ClosuresCommand),
    /// Changes of records.
    Edit(EditCommand),
    /// The window itself.
    App(AppCommand),
}

/// The map and what shows on it.
#[derive(Clone, Debug, PartialEq)]
pub enum MapCommand {
    /// A click at a place, perhaps on a feature.
    Click {
        /// Where, in degrees.
        at: Coord<f64>,
        /// What is there.
        hit: Option<FeatureRef>,
    },
    /// A drawing was finished.
    Drawn {
        /// The polygon in degrees.
        polygons: MultiPolygon<f64>,
        /// Its radius, if it is a circle.
        radius: Option<Metres>,
    },
    /// A line was finished.
    DrawnLine(LineString<f64>),
    /// A drawing was given up.
    CancelDrawing,
    /// Takes a tool into the hand.
    UseTool(Tool),
    /// Shows or hides a kind.
    SetVisible(Kind, bool),
    /// Marks a feature in tables and on the map.
    Select(Option<FeatureRef>),
    /// Opens the card of a feature.
    Identify(FeatureRef),
    /// Moves to a feature and marks it.
    Show(FeatureRef),
    /// Moves to a place, in degrees, of a feature that is marked.
    LookAt(FeatureRef, Coord<f64>),
    /// Moves to a place that was searched for.
    GoTo(Hit),
    /// Shows the whole county.
    FitAll,
    /// Shows all of a kind.
    FitLayer(Kind),
    /// Shows the whole answer.
    FitAnswer,
    /// The view moved; kept between runs.
    KeepView(KeptView),
}

/// Files and the store.
#[derive(Clone, Debug, PartialEq)]
pub enum DataCommand {
    /// Opens the user's own store.
    OpenDefault,
    /// Opens a store.
    Open(PathBuf),
    /// Makes a store and opens it.
    New {
        /// Where.
        path: PathBuf,
        /// Without the demo county.
        empty: bool,
    },
    /// Shows the system's file dialog.
    ChooseFile {
        /// What for.
        wish: FileWish,
        /// The dialog's title, in the user's language.
        title: String,
        /// The name proposed for a new file.
        name: String,
    },
    /// Writes a table as text to a file that is asked for.
    SaveText {
        /// The text.
        text: String,
        /// The dialog's title, in the user's language.
        title: String,
        /// The name proposed for the file.
        name: String,
    },
    /// A path was typed.
    TypePath(FileWish, String),
    /// A path was typed where the window had asked for it; `None` = given up.
    AnswerPath(Option<String>),
    /// Does with a file what the wish says.
    UseFile(FileWish, PathBuf),
    /// The import form changed: the preview is made again.
    ImportForm(ImportForm),
    /// Imports the previewed file.
    Import,
    /// Puts the preview or report away.
    CloseImport,
    /// Asks whether the last import is to be taken back.
    AskUndoImport,
    /// Takes the last import back, which brought this file.
    UndoImport(String),
    /// Looks whether another program has changed the store.
    Follow,
    /// Which layer the export form names.
    ExportKind(Kind),
}

/// The commander's questions.
#[derive(Clone, Debug, PartialEq)]
pub enum AnalysisCommand {
    /// The nearest form changed; asks at once when it is complete.
    Nearest(NearestForm),
    /// The evacuation form changed.
    Evacuation(EvacuationForm),
    /// Takes a feature's outline as danger area.
    AreaOf(FeatureRef),
    /// Puts the danger area and the plan away.
    ClearArea,
    /// Shows the form again, to change the conditions.
    Unfold,
    /// Makes the plan.
    Plan,
    /// The name under which the plan is to be saved.
    NamePlan(String),
    /// Saves the plan; asks first if another one has the name.
    SavePlan,
    /// Saves the plan in the place of another one.
    ReplacePlan(String),
    /// Opens a saved plan.
    LoadPlan(String),
    /// Deletes a saved plan.
    DeletePlan(String),
    /// The words to search for changed.
    Search(String),
}

/// Questions of the roads.
#[derive(Clone, Debug, PartialEq)]
pub enum RoadsCommand {
    /// Opens a question.
    Question(RoadQuestion),
    /// Travels with a vehicle.
    Vehicle(String),
    /// Travels by night, in rain, on snow.
    Conditions(Conditions),
    /// Asks who is covered by a kind.
    Kind(Kind),
    /// Lists who is not reached within so many minutes.
    Limit(u32),
    /// The next click on the map chooses this place.
    Pick(RouteEnd),
    /// There and back.
    Swap,
    /// Chooses one of the ways.
    Choose(usize),
    /// Shows what is wrong with the net, or puts it away.
    Net(bool),
    /// Asks again.
    Ask,
    /// Asks for what takes longer: one more station, or the bridges that matter.
    More,
}

/// Figures of the costing.
#[derive(Clone, Debug, PartialEq)]
pub enum CostingCommand {
    /// Opens a group of figures, or none.
    Unfold(Option<String>),
    /// What is typed into the field of a figure.
    Type {
        /// Which figure.
        key: String,
        /// The text.
        text: String,
    },
    /// Takes what was typed.
    Put,
    /// Makes a figure as usual again, or all of them.
    Reset(Option<String>),
}

/// Closing roads.
#[derive(Clone, Debug, PartialEq)]
pub enum ClosuresCommand {
    /// Opens the section; any question of the roads closes it.
    Open,
    /// The form changed.
    Form(ClosureForm),
    /// Lifts a closure, or opens a closed road or bridge.
    Lift(FeatureRef),
}

/// Changes of records.
#[derive(Clone, Debug, PartialEq)]
pub enum EditCommand {
    /// Sets a field of a record.
    Set {
        /// Which record.
        id: Id,
        /// Which field.
        field: String,
        /// Its new value; `None` = no data.
        value: Option<Value>,
    },
    /// Sets a field of a shelter although more people are in it than it has places for.
    SetOver {
        /// Which record.
        id: Id,
        /// Which field.
        field: String,
        /// Its new value.
        value: Option<Value>,
        /// How many more people than places.
        over: u64,
    },
    /// What is typed into a field of the card.
    Type {
        /// Which field.
        field: String,
        /// The text.
        text: String,
    },
    /// Takes the last change back.
    Undo,
}

/// The window itself.
#[derive(Clone, Debug, PartialEq)]
pub enum AppCommand {
    /// Opens a task.
    Open(Task),
    /// Shows or hides the task panel.
    TogglePanel,
    /// Shows a wide table at the bottom, or none.
    Drawer(Option<Drawer>),
    /// Changes the language.
    Language(Lang),
    /// Changes the colours.
    Light(Light),
    /// Steps to the next colours.
    NextLight,
    /// Everything larger, or back.
    ToggleVehicle,
    /// Puts the first-start hint away for good.
    DismissHint,
    /// Asks before doing something that cannot be undone.
    Confirm(Box<Command>),
    /// The answer to that.
    Confirmed(bool),
    /// Stops a job.
    CancelJob(u64),
    /// Puts notices away up to a number.
    PutAwayNotices(u64),
    /// Takes one notice away for good.
    ClearNotice(u64),
    /// Something was copied to the clipboard.
    Copied(String),
}

impl From<MapCommand> for Command {
    fn from(command: MapCommand) -> Self {
        Self::Map(command)
    }
}

impl From<DataCommand> for Command {
    fn from(command: DataCommand) -> Self {
        Self::Data(command)
    }
}

impl From<AnalysisCommand> for Command {
    fn from(command: AnalysisCommand) -> Self {
        Self::Analysis(command)
    }
}

impl From<RoadsCommand> for Command {
    fn from(command: RoadsCommand) -> Self {
        Self::Roads(command)
    }
}

impl From<CostingCommand> for Command {
    fn from(command: CostingCommand) -> Self {
        Self::Costing(command)
    }
}

impl From<ClosuresCommand> for Command {
    fn from(command: ClosuresCommand) -> Self {
        Self::Closures(command)
    }
}

impl From<EditCommand> for Command {
    fn from(command: EditCommand) -> Self {
        Self::Edit(command)
    }
}

impl From<AppCommand> for Command {
    fn from(command: AppCommand) -> Self {
        Self::App(command)
    }
}
