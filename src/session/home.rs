//! The user: where each system wants their data to be, and who they are.

use std::ffi::OsString;
use std::path::PathBuf;

/// The folder of the user's own store, by environment variables and the home folder; `None` if the
/// system does not say.
///
/// Linux: `$XDG_DATA_HOME/shouye` or `~/.local/share/shouye` (XDG Base Directory Specification);
/// macOS: `~/Library/Application Support/shouye`; Windows: `%APPDATA%\\shouye\\data`.
pub(super) fn data_folder(
    variable: impl Fn(&str) -> Option<OsString>,
    home: Option<PathBuf>,
) -> Option<PathBuf> {
    // The specification: a relative path is to be ignored.
    let named = |name| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = home.filter(|home| !home.as_os_str().is_empty());
    if cfg!(windows) {
        Some(named("APPDATA")?.join("shouye").join("data"))
    } else if cfg!(target_os = "macos") {
        Some(home?.join("Library").join("Application Support").join("shouye"))
    } else {
        let base = match named("XDG_DATA_HOME") {
            Some(base) => base,
            None => home?.join(".local").join("share"),
        };
        Some(base.join("shouye"))
    }
}

#[cfg(all(test, not(windows), not(target_os = "macos")))]
mod tests {
    use super::*;

    #[test]
    fn the_variable_goes_before_the_home_folder() {
        let folder = |named: Option<&str>, home: Option<&str>| {
            let named = named.map(OsString::from);
            let variable = |name: &str| named.clone().filter(|_| name == "XDG_DATA_HOME");
            data_folder(variable, home.map(PathBuf::from))
        };
        let path = |text: &str| Some(PathBuf::from(text));
        assert_eq!(folder(None, Some("/home/li")), path("/home/li/.local/share/shouye"));
        assert_eq!(folder(Some("/data"), Some("/home/li")), path("/data/shouye"));
        assert_eq!(folder(Some("/data"), None), path("/data/shouye"));
        for useless in ["", "data"] {
            assert_eq!(
                folder(Some(useless), Some("/home/li")),
                path("/home/li/.local/share/shouye")
            );
        }
        assert_eq!(folder(None, None), None);
        assert_eq!(folder(None, Some("")), None);
    }
}

/// Stands in the change table where the system does not say who works on it.
pub const NOBODY: &str = "local";

/// Who changes records, as far as the system says: the user's login name.
pub fn login_name() -> String {
    ["USER", "USERNAME", "LOGNAME"]
        .iter()
        .find_map(|name| std::env::var_os(name).map(OsString::into_string))
        .and_then(Result::ok)
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| NOBODY.to_owned())
}
