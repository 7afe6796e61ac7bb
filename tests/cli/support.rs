//! Runs the program in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// A folder with a user's own data folder in it, and nothing from the outside world.
pub struct Home {
    folder: TempDir,
}

/// What a run said.
pub struct Run {
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// Exit code.
    pub code: i32,
}

impl Home {
    /// An empty folder: the next command is a first start.
    pub fn fresh() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder whose user already has the demo county, copied from one made once.
    pub fn with_demo() -> Self {
        static DEMO: OnceLock<(Home, Vec<u8>)> = OnceLock::new();
        let (_, bytes) = DEMO.get_or_init(|| {
            let home = Home::fresh();
            home.json(&["new", "demo.gpkg"]);
            let bytes = std::fs::read(home.path("demo.gpkg")).unwrap();
            (home, bytes)
        });
        let home = Self::fresh();
        std::fs::create_dir_all(home.path("data")).unwrap();
        std::fs::write(home.path("data/county.gpkg"), bytes).unwrap();
        home
    }

    /// A folder whose user has an empty store.
    pub fn with_empty_store() -> Self {
        let home = Self::fresh();
        std::fs::create_dir_all(home.path("data")).unwrap();
        home.json(&["new", "data/county.gpkg", "--empty"]);
        home
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Reads a JSON file of the folder.
    pub fn read_json(&self, name: &str) -> Value {
        serde_json::from_str(&std::fs::read_to_string(self.path(name)).unwrap()).unwrap()
    }

    /// The program, ready to be run in this folder.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shouye"));
        command
            .current_dir(self.folder.path())
            .env("SHOUYE_HOME", self.path("data"))
            .env("USER", "duty")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .stdin(Stdio::null());
        command
    }

    /// Runs the program.
    pub fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command().args(args).output().unwrap())
    }

    /// Runs the program for people; it has to succeed. The words it said.
    pub fn text(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!(run.code, 0, "{args:?}\n{}\n{}", run.stdout, run.stderr);
        run.stdout
    }

    /// Runs the program with `--json`; it has to succeed and print one object.
    pub fn json(&self, args: &[&str]) -> Value {
        self.json_with(args, 0)
    }

    /// Runs the program with `--json`; it has to end with this code and print one object.
    pub fn json_with(&self, args: &[&str], code: i32) -> Value {
        let run = self.run(&[args, &["--json"]].concat());
        assert_eq!(run.code, code, "{args:?}\n{}\n{}", run.stdout, run.stderr);
        run.object()
    }

    /// Runs the program with `--json`; it has to fail with exit code 1 (2 for `usage`). The error's code.
    pub fn error(&self, args: &[&str]) -> String {
        let run = self.run(&[args, &["--json"]].concat());
        let object = run.object();
        let error = object["error"].as_object().unwrap_or_else(|| panic!("{args:?}: {object}"));
        assert_eq!(error.keys().collect::<Vec<_>>(), ["code", "message", "hint"]);
        let word = error["code"].as_str().unwrap().to_owned();
        assert!(!error["message"].as_str().unwrap().is_empty());
        assert_eq!(run.code, if word == "usage" { 2 } else { 1 }, "{args:?}: {object}");
        // People read the same thing on one line.
        assert_eq!(run.stderr.trim_end().lines().count(), 1, "{}", run.stderr);
        word
    }
}

impl Run {
    /// Collects what a finished program said.
    pub fn of(output: Output) -> Self {
        Self {
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().unwrap(),
        }
    }

    /// The one JSON object on standard output.
    pub fn object(&self) -> Value {
        let value: Value = serde_json::from_str(&self.stdout)
            .unwrap_or_else(|e| panic!("{e}\n{}\n{}", self.stdout, self.stderr));
        assert!(value.is_object(), "{value}");
        value
    }
}

/// The keys of an object, in their order.
pub fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap_or_else(|| panic!("{value}")).keys().map(String::as_str).collect()
}

/// The elements of an array.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value}"))
}

/// The object without `timing`, the only part that may differ between two runs.
pub fn timeless(mut value: Value) -> String {
    if let Some(object) = value.as_object_mut() {
        object.remove("timing");
    }
    value.to_string()
}

/// `timing` and `sources` are there and have their fields.
pub fn assert_grounded(answer: &Value) {
    assert_eq!(keys(&answer["timing"]), ["load_ms", "solve_ms"]);
    for figure in ["load_ms", "solve_ms"] {
        assert!(answer["timing"][figure].as_f64().unwrap() >= 0.0);
    }
    for source in list(&answer["sources"]) {
        assert_eq!(keys(source), ["layer", "source", "as_of", "sample"]);
        assert!(source["layer"].is_string() && source["sample"].is_boolean());
    }
}

/// A rectangle in degrees as a GeoJSON file.
pub fn rectangle(min: [f64; 2], max: [f64; 2]) -> String {
    let ring = [[min[0], min[1]], [max[0], min[1]], [max[0], max[1]], [min[0], max[1]], min];
    serde_json::json!({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    ]})
    .to_string()
}

/// Names of the files in a folder, sorted.
pub fn files_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
