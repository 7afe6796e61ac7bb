//! What may be typed: the commands and their options, without their words.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::analysis::supplies::Season;
use crate::model::{HazardKind, Kind, StayClass};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "shouye", version, disable_help_subcommand = true)]
pub struct CommandLine {
    /// Which store; the user's own without it.
    #[arg(long, global = true, value_name = "FILE")]
    pub store: Option<PathBuf>,
    /// Language of words for people.
    #[arg(long, global = true, value_enum, default_value_t = Language::Zh, value_name = "LANG")]
    pub lang: Language,
    /// One JSON object instead of tables.
    #[arg(long, global = true)]
    pub json: bool,
    /// The hidden process that reads files for an import.
    #[arg(long, hide = true)]
    pub import_worker: bool,
    /// What to do; the desktop without it.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Language of words for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Makes a store.
    New(NewArgs),
    /// Lists canonical fields.
    Fields(FieldsArgs),
    /// Reads files into the store.
    Import(ImportArgs),
    /// Writes a layer to a file.
    Export(ExportArgs),
    /// Lists layers.
    Layers,
    /// Adds a record.
    Add(AddArgs),
    /// Changes a record.
    Set(SetArgs),
    /// What driving and walking cost.
    Costing(CostingArgs),
    /// Checks the store.
    Check,
    /// Copies the store.
    Backup(FileArgs),
    /// Puts a copy back.
    Restore(FileArgs),
    /// What is nearest.
    Nearest(NearestArgs),
    /// Who and what is in an area.
    Exposure(ExposureArgs),
    /// Who goes where.
    Evacuate(EvacuateArgs),
    /// The quickest way.
    Route(RouteArgs),
    /// How far one gets.
    Reach(ReachArgs),
    /// Times between many places.
    Matrix(MatrixArgs),
    /// Whom the first team reaches in time.
    Coverage(CoverageArgs),
    /// Who has no road left.
    Cutoff(CutoffArgs),
    /// Shelters held against the standards.
    Shelters(SheltersArgs),
    /// People against places.
    Balance(BalanceArgs),
    /// What the people of an area need.
    Demand(DemandArgs),
    /// How far the stocks go.
    Supplies(SuppliesArgs),
    /// Movements of stock.
    Stock(StockArgs),
    /// Comes later.
    Hazard(LaterArgs),
    /// Comes later.
    Impact(LaterArgs),
}

/// `new FILE [--empty]`
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The store to make.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Without the demo county.
    #[arg(long)]
    pub empty: bool,
}

/// `fields [KIND]`
#[derive(Debug, Args)]
pub struct FieldsArgs {
    /// Only this kind.
    #[arg(value_name = "KIND", value_parser = kind_parser(), ignore_case = true)]
    pub kind: Option<Kind>,
}

/// `import FILE… | --undo`
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The files, in order.
    #[arg(value_name = "FILE", required_unless_present = "undo")]
    pub files: Vec<PathBuf>,
    /// What its rows are.
    #[arg(long = "as", value_name = "KIND", value_parser = kind_parser(), ignore_case = true)]
    pub kind: Option<Kind>,
    /// Which layer or sheet of the file.
    #[arg(long, value_name = "SOURCE_LAYER")]
    pub layer: Option<String>,
    /// The file's coordinate reference system.
    #[arg(long, value_name = "CRS")]
    pub crs: Option<String>,
    /// The file's text encoding.
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Which column is which field.
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub column: Vec<String>,
    /// Only what lies there: an extent, or the county's boundary.
    #[arg(long, value_name = "EXTENT", allow_hyphen_values = true)]
    pub clip: Option<String>,
    /// The layer afterwards holds just this file.
    #[arg(long)]
    pub replace: bool,
    /// Only say what would happen.
    #[arg(long)]
    pub dry_run: bool,
    /// Take the last import back.
    #[arg(long, conflicts_with_all = ["files", "kind", "layer", "crs", "encoding", "column", "clip", "replace", "dry_run"])]
    pub undo: bool,
}

/// `export LAYER FILE`
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Name of the layer, or its kind.
    #[arg(value_name = "LAYER")]
    pub layer: String,
    /// Where to; the ending decides the format.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// `add KIND FIELD=VALUE… [--at LON,LAT | --area FILE]`
#[derive(Debug, Args)]
pub struct AddArgs {
    /// What it is.
    #[arg(value_name = "KIND", value_parser = kind_parser(), ignore_case = true)]
    pub kind: Kind,
    /// Its values.
    #[arg(value_name = "FIELD=VALUE")]
    pub values: Vec<String>,
    /// Where, as a point.
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true, conflicts_with = "area")]
    pub at: Option<String>,
    /// Where, as a shape.
    #[arg(long, value_name = "FILE")]
    pub area: Option<PathBuf>,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub why: Option<String>,
}

/// `set ID FIELD=VALUE… | --undo`
#[derive(Debug, Args)]
pub struct SetArgs {
    /// Which record.
    #[arg(value_name = "ID", required_unless_present = "undo")]
    pub id: Option<String>,
    /// The new values; nothing behind the sign means no data.
    #[arg(value_name = "FIELD=VALUE", required_unless_present = "undo")]
    pub values: Vec<String>,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub why: Option<String>,
    /// Take the last change back.
    #[arg(long, conflicts_with_all = ["id", "values", "why"])]
    pub undo: bool,
}

/// `costing [set KEY=VALUE… | reset [KEY]…]`
#[derive(Debug, Args)]
pub struct CostingArgs {
    /// What to change; only shown without it.
    #[command(subcommand)]
    pub change: Option<CostingChange>,
}

/// Changes of the costing.
#[derive(Debug, Subcommand)]
pub enum CostingChange {
    /// Puts the county's own figures in the place of the usual ones.
    Set {
        /// The new values; nothing behind the sign means as usual.
        #[arg(value_name = "KEY=VALUE", required = true)]
        values: Vec<String>,
    },
    /// Makes figures as usual again.
    Reset {
        /// Which ones; all of them without it.
        #[arg(value_name = "KEY")]
        keys: Vec<String>,
    },
}

/// `backup FILE`, `restore FILE`
#[derive(Debug, Args)]
pub struct FileArgs {
    /// The copy.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// By distance, or by time and how one travels.
#[derive(Debug, Args)]
pub struct CostArgs {
    /// Rank by distance or time.
    #[arg(long, value_enum, default_value_t = By::Distance, value_name = "BY")]
    pub by: By,
    /// How one travels, by time.
    #[command(flatten)]
    pub travel: TravelArgs,
}

/// How one travels.
#[derive(Debug, Args)]
pub struct TravelArgs {
    /// Vehicle.
    #[arg(long, value_name = "NAME")]
    pub vehicle: Option<String>,
    /// Closed roads.
    #[arg(long, value_name = "FILE")]
    pub closed: Option<PathBuf>,
    /// By night.
    #[arg(long)]
    pub night: bool,
    /// In heavy rain.
    #[arg(long)]
    pub rain: bool,
    /// On snow or ice.
    #[arg(long)]
    pub snow: bool,
}

/// `route`
#[derive(Debug, Args)]
pub struct RouteArgs {
    /// Where it begins.
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    pub from: String,
    /// Where it ends.
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    pub to: String,
    /// How one travels.
    #[command(flatten)]
    pub travel: TravelArgs,
}

/// `reach`
#[derive(Debug, Args)]
pub struct ReachArgs {
    /// Where it begins.
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    pub from: String,
    /// How long.
    #[arg(long, value_name = "MINUTES", value_delimiter = ',', default_value = "5,10,15", value_parser = clap::value_parser!(u32).range(1..=1440))]
    pub minutes: Vec<u32>,
    /// How one travels.
    #[command(flatten)]
    pub travel: TravelArgs,
}

/// `matrix`
#[derive(Debug, Args)]
pub struct MatrixArgs {
    /// Where one begins.
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// Where one ends.
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
    /// How one travels.
    #[command(flatten)]
    pub travel: TravelArgs,
}

/// `coverage`
#[derive(Debug, Args)]
pub struct CoverageArgs {
    /// Who comes.
    #[arg(long, value_name = "KIND", value_parser = kind_parser(), ignore_case = true, default_value = "station")]
    pub kind: Kind,
    /// How soon.
    #[arg(long, value_name = "MINUTES", value_delimiter = ',', default_value = "5,15,30", value_parser = clap::value_parser!(u32).range(1..=1440))]
    pub minutes: Vec<u32>,
    /// Which of them.
    #[arg(long = "where", value_name = "CONDITION")]
    pub conditions: Vec<String>,
    /// What one more would add.
    #[arg(long)]
    pub one_more: bool,
    /// How one travels.
    #[command(flatten)]
    pub travel: TravelArgs,
}

/// `cutoff`
#[derive(Debug, Args)]
pub struct CutoffArgs {
    /// Also which bridge would cut off more.
    #[arg(long)]
    pub bridges: bool,
    /// Also which stretch of road would cut off more.
    #[arg(long)]
    pub roads: bool,
    /// How one travels.
    #[command(flatten)]
    pub travel: TravelArgs,
}

/// What is least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Straight distance.
    Distance,
    /// Travel time.
    Time,
}

/// `nearest`
#[derive(Debug, Args)]
pub struct NearestArgs {
    /// One place.
    #[arg(
        long,
        value_name = "LON,LAT",
        allow_hyphen_values = true,
        required_unless_present = "points",
        conflicts_with = "points"
    )]
    pub at: Option<String>,
    /// Many places.
    #[arg(long, value_name = "FILE")]
    pub points: Option<PathBuf>,
    /// What to look for.
    #[arg(long, value_name = "KIND", value_parser = kind_parser(), ignore_case = true)]
    pub kind: Kind,
    /// How many.
    #[arg(short, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub k: u32,
    /// How far at most.
    #[arg(long, value_name = "METRES", allow_hyphen_values = true)]
    pub within: Option<String>,
    /// Conditions.
    #[arg(long = "where", value_name = "CONDITION")]
    pub conditions: Vec<String>,
    /// By what.
    #[command(flatten)]
    pub cost: CostArgs,
    /// The answer as GeoJSON points.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `exposure`
#[derive(Debug, Args)]
pub struct ExposureArgs {
    /// The danger area.
    #[arg(long, value_name = "FILE", required_unless_present = "at", conflicts_with_all = ["at", "within"])]
    pub area: Option<PathBuf>,
    /// Centre of a circle.
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true, requires = "within")]
    pub at: Option<String>,
    /// Its radius.
    #[arg(long, value_name = "METRES", allow_hyphen_values = true, requires = "at")]
    pub within: Option<String>,
}

/// `evacuate`
#[derive(Debug, Args)]
pub struct EvacuateArgs {
    /// The danger area.
    #[arg(long, value_name = "FILE")]
    pub area: PathBuf,
    /// What people are moved away from.
    #[arg(long, value_name = "HAZARD", value_parser = hazard_parser())]
    pub hazard: Option<HazardKind>,
    /// How long they stay.
    #[arg(long, value_name = "STAY", default_value = "short", value_parser = stay_parser())]
    pub stay: StayClass,
    /// Villages are not split.
    #[arg(long)]
    pub keep_together: bool,
    /// By what.
    #[command(flatten)]
    pub cost: CostArgs,
    /// Nobody goes farther.
    #[arg(long, value_name = "METRES", allow_hyphen_values = true)]
    pub max: Option<String>,
    /// The plan as GeoJSON lines.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// The plan as documents; the ending decides the format.
    #[arg(long, value_name = "FILE")]
    pub print: Option<PathBuf>,
    /// Which document; all of them without it.
    #[arg(long, value_enum, value_name = "DOCUMENT", requires = "print")]
    pub document: Option<Paper>,
    /// How people get there.
    #[command(flatten)]
    pub movement: MovementArgs,
}

/// The movement of an evacuation.
#[derive(Debug, Args)]
pub struct MovementArgs {
    /// Also who leaves when.
    #[arg(long)]
    pub movement: bool,
    /// Buses at hand.
    #[arg(long, value_name = "N", requires = "movement")]
    pub buses: Option<u32>,
    /// Seats of a bus.
    #[arg(long, value_name = "N", requires = "movement")]
    pub seats: Option<u32>,
    /// Who has a car of their own.
    #[arg(long, value_name = "SHARE", requires = "movement", allow_hyphen_values = true)]
    pub car_share: Option<f64>,
    /// Until everybody is warned.
    #[arg(long, value_name = "MINUTES", requires = "movement", allow_hyphen_values = true)]
    pub notify_min: Option<f64>,
    /// Until half are ready.
    #[arg(long, value_name = "MINUTES", requires = "movement", allow_hyphen_values = true)]
    pub prepare_min: Option<f64>,
    /// When the danger comes.
    #[arg(long, value_name = "TIME", requires = "movement", allow_hyphen_values = true)]
    pub danger: Option<String>,
}

/// `shelters`
#[derive(Debug, Args)]
pub struct SheltersArgs {
    /// Checked for this stay; as their own class without it.
    #[arg(long, value_name = "STAY", value_parser = stay_parser())]
    pub stay: Option<StayClass>,
    /// A danger area.
    #[arg(long, value_name = "FILE")]
    pub area: Option<PathBuf>,
    /// Where the wind comes from.
    #[arg(long, value_name = "DEGREES", allow_hyphen_values = true)]
    pub wind: Option<String>,
}

/// `balance`
#[derive(Debug, Args)]
pub struct BalanceArgs {
    /// How long people stay.
    #[arg(long, value_name = "STAY", default_value = "short", value_parser = stay_parser())]
    pub stay: StayClass,
}

/// `demand`
#[derive(Debug, Args)]
pub struct DemandArgs {
    /// The danger area.
    #[arg(long, value_name = "FILE")]
    pub area: PathBuf,
    /// When.
    #[arg(long, value_enum, default_value_t = When::Night, value_name = "TIME")]
    pub time: When,
}

/// Time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// By day.
    Day,
    /// By night.
    Night,
}

/// `supplies --people N | --area FILE`
#[derive(Debug, Args)]
pub struct SuppliesArgs {
    /// How many people.
    #[arg(long, value_name = "N", allow_hyphen_values = true, required_unless_present = "area", conflicts_with = "area", value_parser = clap::value_parser!(u64).range(0..=100_000_000))]
    pub people: Option<u64>,
    /// For how many days.
    #[arg(long, value_name = "N", allow_hyphen_values = true, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub days: u32,
    /// By which norm.
    #[arg(long, value_name = "NORM", default_value = "county")]
    pub norm: String,
    /// In which season.
    #[arg(long, value_name = "SEASON", value_parser = season_parser())]
    pub season: Option<Season>,
    /// The people of an area, in the shelters of its evacuation plan.
    #[arg(long, value_name = "FILE")]
    pub area: Option<PathBuf>,
    /// How the trucks travel.
    #[command(flatten)]
    pub travel: TravelArgs,
}

/// `stock`
#[derive(Debug, Args)]
pub struct StockArgs {
    /// What happened.
    #[command(subcommand)]
    pub command: StockCommand,
}

/// What happens to stock.
#[derive(Debug, Subcommand)]
pub enum StockCommand {
    /// Lists stock lines.
    List {
        /// Only of this warehouse.
        #[arg(value_name = "WAREHOUSE")]
        warehouse: Option<String>,
    },
    /// The ledger.
    Ledger {
        /// Only of this stock line.
        #[arg(value_name = "ID")]
        id: Option<String>,
    },
    /// Stock that came in.
    In(MoveArgs),
    /// Stock handed out.
    Out(MoveArgs),
    /// Stock that goes to another warehouse.
    Transfer {
        /// What and how much.
        #[command(flatten)]
        what: MoveArgs,
        /// Where to.
        #[arg(long, value_name = "WAREHOUSE")]
        to: String,
    },
    /// What was counted.
    Count(MoveArgs),
    /// What is spoilt or lost.
    Loss(MoveArgs),
    /// Takes the last change back.
    Undo,
}

/// A movement of stock.
#[derive(Debug, Args)]
pub struct MoveArgs {
    /// Which stock line.
    #[arg(value_name = "ID")]
    pub id: String,
    /// How much, in the line's unit.
    #[arg(value_name = "QUANTITY", allow_hyphen_values = true)]
    pub quantity: String,
    /// Number of the document.
    #[arg(long, value_name = "NUMBER")]
    pub document: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub why: Option<String>,
}

/// A document about a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Paper {
    /// 人员转移指令, one per township.
    Orders,
    /// 避难场所启用清单.
    Opening,
    /// 指挥员简报, with a map.
    Brief,
}

/// A command that a later version brings takes whatever it is given.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub struct LaterArgs {
    /// Anything.
    #[arg(value_name = "ARGUMENT", trailing_var_arg = true, allow_hyphen_values = true)]
    pub rest: Vec<std::ffi::OsString>,
}

fn kind_parser() -> impl TypedValueParser<Value = Kind> {
    // A layer's name, `care_home`, does as well as its kind.
    PossibleValuesParser::new(
        Kind::ALL.iter().map(|kind| PossibleValue::new(kind.key()).alias(kind.table())),
    )
    .map(|key| Kind::parse(&key).unwrap_or(Kind::Settlement))
}

fn hazard_parser() -> impl TypedValueParser<Value = HazardKind> {
    PossibleValuesParser::new(HazardKind::ALL.iter().map(|hazard| hazard.key()))
        .map(|key| HazardKind::parse(&key).unwrap_or(HazardKind::Flood))
}

fn season_parser() -> impl TypedValueParser<Value = Season> {
    PossibleValuesParser::new(Season::ALL.iter().map(|season| season.key()))
        .map(|key| Season::parse(&key).unwrap_or_default())
}

fn stay_parser() -> impl TypedValueParser<Value = StayClass> {
    PossibleValuesParser::new(StayClass::ALL.iter().map(|stay| stay.key()))
        .map(|key| StayClass::parse(&key).unwrap_or_default())
}
