//! Puts a finished file in its place, so that a power cut finds the old one or the new one, never half of it.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::TempPath;

/// The folder a file lies in.
pub fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// An empty file in the same folder, gone again unless it is put in place.
pub fn beside(file: &Path) -> io::Result<TempPath> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".shouye-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the user's mask decides. The default would hide it from colleagues.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    Ok(builder.tempfile_in(folder(file))?.into_temp_path())
}

/// Puts a finished file where `file` is to be, over an older one if there is one.
pub fn put(made: &Path, file: &Path) -> io::Result<()> {
    settle(made, file, || fs::rename(made, file))
}

/// Puts a finished file where none may be yet, else `AlreadyExists`. `made` may stay as a second name.
pub fn put_new(made: &Path, file: &Path) -> io::Result<()> {
    settle(made, file, || match fs::hard_link(made, file) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // File systems without links (FAT on a USB stick) can at least rename.
        Err(_) if file.symlink_metadata().is_err() => fs::rename(made, file),
        Err(_) => Err(io::ErrorKind::AlreadyExists.into()),
    })
}

/// First the bytes, then the name, then the folder that holds the name.
fn settle(made: &Path, file: &Path, name: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    // Opened for writing: some systems refuse to synchronise a file that is open for reading.
    File::options().write(true).open(made)?.sync_all()?;
    name()?;
    if cfg!(unix) { File::open(folder(file))?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_or_not_as_asked_and_nothing_else_stays() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("plan.geojson");
        let make = |text: &str| {
            let made = beside(&file).unwrap();
            fs::write(&made, text).unwrap();
            made
        };
        put_new(&make("first"), &file).unwrap();
        let refused = put_new(&make("second"), &file).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&file).unwrap(), "first");
        put(&make("third"), &file).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "third");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
        assert!(beside(&home.path().join("no/such/file")).is_err());
    }
}
