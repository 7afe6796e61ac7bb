//! Files beside the store, with the store's own errors.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::error::StoreError;
use super::place;
pub(super) use super::place::folder;

/// A write-ahead log and its index begin with as many bytes.
const LOG_ROOM: u64 = 64 << 10;

/// `county.gpkg` with `-wal` is `county.gpkg-wal`.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Whether the file is there and not empty.
pub(super) fn has_content(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|facts| facts.len() > 0)
}

/// An empty file in the same folder, gone again unless it is placed.
pub(super) fn beside(path: &Path) -> Result<TempPath, StoreError> {
    place::beside(path).map_err(|source| StoreError::disk(path, source))
}

/// Puts a finished file where none may be yet.
pub(super) fn place_new(made: TempPath, path: &Path) -> Result<(), StoreError> {
    place::put_new(&made, path).map_err(|source| StoreError::disk(path, source))
}

/// Puts a finished file in place, over an older one if there is one.
pub(super) fn place(made: TempPath, path: &Path) -> Result<(), StoreError> {
    place::put(&made, path).map_err(|source| StoreError::disk(path, source))
}

/// Whether the disk of a file has no room left for a log.
pub(super) fn is_full(path: &Path) -> bool {
    #[cfg(unix)]
    return rustix::fs::statvfs(folder(path))
        .is_ok_and(|disk| disk.f_bavail.saturating_mul(disk.f_frsize) < LOG_ROOM);
    #[cfg(not(unix))]
    false
}

/// The file as a SQLite URI that takes no locks and makes no files.
pub(super) fn immutable_uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    let text = path.to_string_lossy().replace('\\', "/");
    // `C:/…` becomes `/C:/…`.
    if text.as_bytes().get(1) == Some(&b':') {
        uri.push('/');
    }
    for byte in text.bytes() {
        match byte {
            b'?' | b'#' | b'%' => uri.push_str(&format!("%{byte:02X}")),
            // Multi-byte characters stand as they are, percent-encoded byte by byte.
            0x80.. => uri.push_str(&format!("%{byte:02X}")),
            _ => uri.push(char::from(byte)),
        }
    }
    uri.push_str("?immutable=1");
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_hides_what_sqlite_would_read_as_its_own() {
        assert_eq!(
            immutable_uri(Path::new("/a b/县?#%.gpkg")),
            "file:/a b/%E5%8E%BF%3F%23%25.gpkg?immutable=1"
        );
        assert_eq!(immutable_uri(Path::new("C:\\x.gpkg")), "file:/C:/x.gpkg?immutable=1");
    }
}
