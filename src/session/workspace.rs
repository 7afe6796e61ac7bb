//! The open county: its store and the picture taken of it, which changes with the store.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::home::data_folder;
use crate::base::{Clock, Feedback, Id, Message};
use crate::county::County;
use crate::io::{self, ImportAsk, ImportError, ImportReport};
use crate::model::{Kind, Value};
use crate::network::Costing;
use crate::store::{
    self, BatchSummary, Change, KEPT_BACKUPS, LayersAt, NewRecord, StockMovement, Store,
    StoreError, place,
};

/// Overrides the folder of the user's own store.
pub const HOME_VARIABLE: &str = "SHOUYE_HOME";

const STORE_FILE: &str = "county.gpkg";

/// Why there is no open county.
#[derive(Debug, thiserror::Error)]
pub enum WorkspaceError {
    /// The store says so.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The importer says so.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The system does not say where a user's data belong.
    #[error("no folder for the user's data")]
    NoHome,
    /// The folder of the store cannot be written.
    #[error("cannot make a store in {}: {source}", folder.display())]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

impl WorkspaceError {
    /// Word for programs.
    pub fn code(&self) -> &str {
        match self {
            Self::Store(error) => error.code(),
            Self::Import(error) => error.code(),
            Self::NoHome => "no_home",
            Self::Folder { .. } => "cannot_write",
        }
    }

    /// What happened.
    pub fn message(&self) -> Message {
        match self {
            Self::Store(error) => error.message(),
            Self::Import(error) => error.message(),
            Self::NoHome => Message::new("cli-no-home"),
            Self::Folder { folder, source } => Message::new("cli-folder-failed")
                .with("folder", folder.display().to_string())
                .with("reason", source.to_string()),
        }
    }

    /// What to do next.
    pub fn hint(&self) -> Option<Message> {
        match self {
            Self::Store(error) => error.hint(),
            Self::Import(error) => error.hint(),
            Self::NoHome => Some(Message::new("cli-no-home-hint")),
            Self::Folder { .. } => Some(Message::new("cli-folder-failed-hint")),
        }
    }
}

/// Where the user's own store is: in the system's data folder, or in `$SHOUYE_HOME`.
pub fn default_path() -> Result<PathBuf, WorkspaceError> {
    let named = std::env::var_os(HOME_VARIABLE).filter(|value| !value.is_empty());
    let folder = match named {
        Some(folder) => PathBuf::from(folder),
        None => data_folder(|name| std::env::var_os(name), std::env::home_dir())
            .ok_or(WorkspaceError::NoHome)?,
    };
    Ok(folder.join(STORE_FILE))
}

/// Opens the user's own store; at the first start it is made from the embedded demo county.
pub fn open_default_store(
    clock: Arc<dyn Clock>,
    feedback: &Feedback,
) -> Result<Store, WorkspaceError> {
    let file = default_path()?;
    if !file.exists() {
        match create_store(&file, false, Arc::clone(&clock), feedback) {
            // Somebody else's first start was quicker: theirs is as good as ours.
            Ok(()) | Err(WorkspaceError::Store(StoreError::Exists { .. })) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Store::open(&file, clock)?)
}

/// Makes a store from the embedded demo county, or an empty one.
///
/// It is made in a folder of its own beside `file` and moved into place when it is complete, so that
/// nobody ever sees half a store, and of two who make it at once one gets [`StoreError::Exists`].
pub fn create_store(
    file: &Path,
    empty: bool,
    clock: Arc<dyn Clock>,
    feedback: &Feedback,
) -> Result<(), WorkspaceError> {
    let folder = place::folder(file);
    let failed = |source| WorkspaceError::Folder { folder: folder.to_owned(), source };
    let exists = || WorkspaceError::Store(StoreError::Exists { file: file.to_owned() });
    if file.symlink_metadata().is_ok() {
        return Err(exists());
    }
    std::fs::create_dir_all(folder).map_err(failed)?;
    let workshop =
        tempfile::Builder::new().prefix(".shouye-new-").tempdir_in(folder).map_err(failed)?;
    let made = workshop.path().join(STORE_FILE);
    let mut store = Store::create(&made, clock)?;
    if !empty {
        io::load_demo(&mut store, feedback)?;
    }
    // Closing folds the write-ahead log into the file; only then it may be moved.
    drop(store);
    place::put_new(&made, file).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => exists(),
        _ => failed(error),
    })
}

/// Puts a backup in the place of the store `to`, which need not be there or readable any more;
/// returns the size in bytes.
pub fn restore_store(
    backup: &Path,
    to: &Path,
    clock: Arc<dyn Clock>,
) -> Result<u64, WorkspaceError> {
    let folder = place::folder(to);
    std::fs::create_dir_all(folder)
        .map_err(|source| WorkspaceError::Folder { folder: folder.to_owned(), source })?;
    Ok(store::restore(backup, to, clock)?)
}

/// The open county. Knows nothing of threads: whoever needs the county longer keeps the `Arc`.
pub struct Workspace {
    store: Store,
    county: Arc<County>,
    /// [`Store::others`] before the county was read.
    others: i64,
}

impl Workspace {
    /// Takes the picture of an open store.
    pub fn new(store: Store, feedback: &Feedback) -> Result<Self, WorkspaceError> {
        let others = store.others()?;
        let county = Arc::new(store.read_county(feedback)?);
        Ok(Self { store, county, others })
    }

    /// Opens the user's own store, made from the demo county at the first start.
    pub fn open_default(
        clock: Arc<dyn Clock>,
        feedback: &Feedback,
    ) -> Result<Self, WorkspaceError> {
        Self::new(open_default_store(clock, feedback)?, feedback)
    }

    /// Opens a named store.
    pub fn open(
        path: &Path,
        clock: Arc<dyn Clock>,
        feedback: &Feedback,
    ) -> Result<Self, WorkspaceError> {
        Self::new(Store::open(path, clock)?, feedback)
    }

    /// The picture of the county at the store's present version.
    pub fn county(&self) -> &Arc<County> {
        &self.county
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The store, for what does not touch layers: settings and saved plans.
    pub fn store_mut(&mut self) -> &mut Store {
        &mut self.store
    }

    /// What the county is called: the name of its boundary.
    pub fn title(&self) -> Option<&str> {
        let names = self.county.features(Kind::Boundary).iter().map(|row| row.name.as_str());
        names.into_iter().find(|name| !name.is_empty())
    }

    /// The kinds whose answers rest on sample data (示例数据).
    pub fn sample_kinds(&self) -> Vec<Kind> {
        self.county.layers().filter(|layer| layer.is_sample()).map(|layer| layer.kind()).collect()
    }

    /// Changes a record; the changes made come back.
    pub fn set(
        &mut self,
        id: Id,
        changes: &[(String, Option<Value>)],
        who: &str,
        why: Option<&str>,
    ) -> Result<Vec<Change>, WorkspaceError> {
        let kind = self.county.feature(id).map(|feature| feature.kind);
        back_up(&self.store);
        let made = self.store.set(id, changes, who, why)?;
        match kind {
            Some(kind) => self.refresh(&[kind])?,
            None => self.reload(&Feedback::default())?,
        }
        Ok(made)
    }

    /// Adds a record; its id and its fields come back.
    pub fn add(
        &mut self,
        record: &NewRecord,
        who: &str,
        why: Option<&str>,
    ) -> Result<(Id, Vec<Change>), WorkspaceError> {
        back_up(&self.store);
        let made = self.store.add(record, who, why)?;
        self.refresh(&[record.kind])?;
        Ok(made)
    }

    /// Records a movement of stock; the quantities that changed come back.
    pub fn move_stock(
        &mut self,
        ask: &StockMovement,
        who: &str,
    ) -> Result<Vec<(Id, Change)>, WorkspaceError> {
        back_up(&self.store);
        let made = self.store.move_stock(ask, who)?;
        self.refresh(&[Kind::Stock])?;
        Ok(made)
    }

    /// Takes the last change of a record back, or its addition; `None` if there is none.
    pub fn undo_set(&mut self, who: &str) -> Result<Option<(Id, Vec<Change>)>, WorkspaceError> {
        let undone = self.store.undo_set(who)?;
        if let Some((id, _)) = &undone {
            match self.county.feature(*id).map(|feature| feature.kind) {
                Some(kind) => self.refresh(&[kind])?,
                None => self.reload(&Feedback::default())?,
            }
        }
        Ok(undone)
    }

    /// Sets figures of the costing, or makes them as usual again (`None`); without any changes, all.
    pub fn set_costing(
        &mut self,
        changes: Option<&[(String, Option<f64>)]>,
        who: &str,
    ) -> Result<(), WorkspaceError> {
        let costing = set_costing(&mut self.store, changes, who)?;
        self.take_costing(costing)
    }

    fn take_costing(&mut self, costing: Costing) -> Result<(), WorkspaceError> {
        let version = self.store.version()?;
        if self.store.others()? != self.others {
            return self.reload(&Feedback::default());
        }
        self.county = Arc::new(self.county.with_costing(version, costing));
        Ok(())
    }

    /// Imports a file; the layers it fills are read again.
    pub fn import(
        &mut self,
        ask: &ImportAsk,
        who: &str,
        feedback: &Feedback,
    ) -> Result<Vec<ImportReport>, WorkspaceError> {
        let reports = import(&mut self.store, ask, who, feedback)?;
        if !ask.dry_run {
            let mut kinds: Vec<Kind> = reports.iter().map(|report| report.kind).collect();
            kinds.sort_unstable();
            kinds.dedup();
            self.refresh(&kinds)?;
        }
        Ok(reports)
    }

    /// Takes the last import back; `None` if there is none.
    pub fn undo_import(&mut self, who: &str) -> Result<Option<BatchSummary>, WorkspaceError> {
        let undone = self.store.undo_import(who)?;
        if let Some(batch) = &undone {
            self.refresh(&batch.kinds)?;
        }
        Ok(undone)
    }

    /// Reads everything again if somebody else has changed the store; says whether.
    pub fn refresh_if_changed(&mut self, feedback: &Feedback) -> Result<bool, WorkspaceError> {
        if self.store.others()? == self.others {
            return Ok(false);
        }
        self.reload(feedback)?;
        Ok(true)
    }

    fn reload(&mut self, feedback: &Feedback) -> Result<(), WorkspaceError> {
        self.others = self.store.others()?;
        self.county = Arc::new(self.store.read_county(feedback)?);
        Ok(())
    }

    /// Reads the layers of an own change again, or everything if others have made changes besides.
    fn refresh(&mut self, kinds: &[Kind]) -> Result<(), WorkspaceError> {
        let LayersAt { version, layers } = self.store.read_layers(kinds)?;
        if self.store.others()? != self.others {
            return self.reload(&Feedback::default());
        }
        let mut county = County::clone(&self.county);
        for (kind, rows) in layers {
            county = county.with_layer(version, kind, rows);
        }
        self.county = Arc::new(county);
        Ok(())
    }
}

/// Imports a file into a store that need not be read into a county, after the day's backup.
pub fn import(
    store: &mut Store,
    ask: &ImportAsk,
    who: &str,
    feedback: &Feedback,
) -> Result<Vec<ImportReport>, WorkspaceError> {
    if !ask.dry_run {
        back_up(store);
    }
    Ok(io::import(store, ask, who, feedback)?)
}

/// Makes the road net of a store and keeps it there, so that later questions need not make it. Whatever
/// stands in the way, they still can.
pub fn keep_net(store: &mut Store, feedback: &Feedback) {
    let county = store.read_county(feedback);
    if let Some(bytes) = county.ok().and_then(|county| county.net_to_keep()) {
        let _made_again_by_each_question = store.keep_net(&bytes);
    }
}

/// Changes the costing of a store that need not be read into a county, after the day's backup: figures
/// are set or as usual again (`None`); without any changes all are as usual.
pub fn set_costing(
    store: &mut Store,
    changes: Option<&[(String, Option<f64>)]>,
    who: &str,
) -> Result<Costing, WorkspaceError> {
    back_up(store);
    Ok(match changes {
        Some(changes) => store.set_costing(changes, who)?,
        None => store.reset_costing()?,
    })
}

/// A backup before the day's first change. A day without one is better than one without the change.
fn back_up(store: &Store) {
    let _at_the_next_change = store.back_up_today(KEPT_BACKUPS);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{FixedClock, Timestamp};
    use crate::model::{Attributes, Feature, Provenance};
    use crate::store::ImportBatch;

    fn clock() -> Arc<dyn Clock> {
        Arc::new(FixedClock::at(Timestamp(1_790_000_000_000)))
    }

    fn row(kind: Kind, name: &str) -> Feature {
        Feature {
            id: Id::from_natural_key(kind.key(), name),
            kind,
            code: Some(name.to_owned()),
            name: name.to_owned(),
            geometry: Some(geo_types::Point::new(116.5, 35.7).into()),
            attributes: Attributes::default(),
            extra: Vec::new(),
            provenance: Provenance::default(),
        }
    }

    fn put(store: &mut Store, kind: Kind, name: &str) {
        let batch = ImportBatch {
            kind,
            source: "test".to_owned(),
            replace: false,
            who: "test".to_owned(),
            demo: false,
        };
        let mut transaction = store.import(batch).unwrap();
        transaction.put(&row(kind, name)).unwrap();
        transaction.commit().unwrap();
    }

    fn school_and_hospital(folder: &Path) -> Workspace {
        let file = folder.join("county.gpkg");
        create_store(&file, true, clock(), &Feedback::default()).unwrap();
        let mut store = Store::open(&file, clock()).unwrap();
        put(&mut store, Kind::School, "S");
        put(&mut store, Kind::Hospital, "H");
        Workspace::new(store, &Feedback::default()).unwrap()
    }

    #[test]
    fn a_change_reads_only_its_own_layer_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = school_and_hospital(folder.path());
        let before = Arc::clone(workspace.county());
        let id = Id::from_natural_key("school", "S");
        let note = |workspace: &Workspace| {
            workspace.county().feature(id).unwrap().text("note").map(str::to_owned)
        };
        let changes = [("note".to_owned(), Some(Value::from("gate closed")))];
        let made = workspace.set(id, &changes, "test", None).unwrap();
        assert_eq!(made.len(), 1);
        assert_eq!(note(&workspace).as_deref(), Some("gate closed"));
        let same = |kind| {
            let (old, new) = (before.layer(kind).unwrap(), workspace.county().layer(kind).unwrap());
            std::ptr::eq(old, new)
        };
        assert_eq!((same(Kind::School), same(Kind::Hospital)), (false, true));
        assert_eq!(workspace.county().version(), workspace.store().version().unwrap());
        workspace.undo_set("test").unwrap();
        assert_eq!(note(&workspace), None);
    }

    #[test]
    fn a_county_reckons_with_its_own_figures() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = school_and_hospital(folder.path());
        let before = workspace.county().version();
        let trunk = |value| [("speed.trunk".to_owned(), value)];
        workspace.set_costing(Some(&trunk(Some(55.0))), "li").unwrap();
        assert!(workspace.county().version() > before);
        let own = workspace.county().costing().own().to_vec();
        assert_eq!((own[0].value, own[0].who.as_str()), (55.0, "li"));
        assert_eq!(own[0].at, clock().now());
        // Another program sees the same, and a change of a record keeps it.
        let other = Workspace::new(
            Store::open(workspace.store().path(), clock()).unwrap(),
            &Feedback::default(),
        );
        assert_eq!(other.unwrap().county().costing(), workspace.county().costing());
        put(workspace.store_mut(), Kind::Hospital, "I");
        workspace.refresh(&[Kind::Hospital]).unwrap();
        assert_eq!(workspace.county().costing().own(), own);
        let refused = workspace.set_costing(Some(&trunk(Some(-5.0))), "li");
        assert_eq!(refused.unwrap_err().code(), "bad_value");
        assert_eq!(workspace.county().costing().own(), own);
        workspace.set_costing(None, "li").unwrap();
        assert!(workspace.county().costing().own().is_empty());
    }

    #[test]
    fn an_import_taken_back_leaves_the_county() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = school_and_hospital(folder.path());
        let undone = workspace.undo_import("test").unwrap().unwrap();
        assert_eq!(undone.kind, Kind::Hospital);
        assert!(workspace.county().layer(Kind::Hospital).is_none());
        assert!(workspace.county().layer(Kind::School).is_some());
    }

    #[test]
    fn an_own_change_brings_what_others_wrote_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = school_and_hospital(folder.path());
        let mut other = Store::open(workspace.store().path(), clock()).unwrap();
        put(&mut other, Kind::Hospital, "I");
        let id = Id::from_natural_key("school", "S");
        let changes = [("note".to_owned(), Some(Value::from("gate closed")))];
        workspace.set(id, &changes, "test", None).unwrap();
        assert_eq!(workspace.county().features(Kind::Hospital).len(), 2);
        assert_eq!(workspace.county().version(), workspace.store().version().unwrap());
    }

    #[test]
    fn what_another_program_writes_is_seen_when_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = school_and_hospital(folder.path());
        assert!(!workspace.refresh_if_changed(&Feedback::default()).unwrap());
        let mut other = Store::open(workspace.store().path(), clock()).unwrap();
        put(&mut other, Kind::School, "T");
        assert!(workspace.refresh_if_changed(&Feedback::default()).unwrap());
        assert_eq!(workspace.county().features(Kind::School).len(), 2);
    }

    #[test]
    fn a_store_is_never_overwritten_and_nothing_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/b/county.gpkg");
        create_store(&file, true, clock(), &Feedback::default()).unwrap();
        let again = create_store(&file, true, clock(), &Feedback::default());
        assert_eq!(again.unwrap_err().code(), "exists");
        assert_eq!(std::fs::read_dir(file.parent().unwrap()).unwrap().count(), 1);
    }
}
