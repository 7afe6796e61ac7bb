//! The user's own store: made from the demo county at the first start, whole or not at all.

use crate::support::{Home, Run, files_in, list};

#[test]
fn the_first_command_makes_the_demo_county() {
    let home = Home::fresh();
    let answer = home.json(&["layers"]);
    let layers = list(&answer["layers"]);
    assert!(layers.iter().any(|layer| layer["name"] == "shelter" && layer["sample"] == true));
    assert_eq!(files_in(&home.path("data")), ["county.gpkg"]);
}

#[test]
fn two_first_starts_at_once_both_answer() {
    let home = Home::fresh();
    let start = || {
        let mut command = home.command();
        command.args(["nearest", "--at", "116.489,35.733", "--kind", "hospital", "--json"]);
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        command.spawn().unwrap()
    };
    let both = [start(), start(), start()];
    let answers: Vec<Run> =
        both.into_iter().map(|child| Run::of(child.wait_with_output().unwrap())).collect();
    for run in &answers {
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(run.object()["queries"], answers[0].object()["queries"]);
    }
    assert_eq!(home.json(&["check"])["ok"], true);
    assert_eq!(files_in(&home.path("data")), ["county.gpkg"]);
}

#[cfg(unix)]
#[test]
fn a_data_folder_that_cannot_be_made_is_an_error_with_a_next_step() {
    let home = Home::fresh();
    home.write("data", "a file where the folder should be");
    assert_eq!(home.error(&["layers"]), "cannot_write");
    assert_eq!(files_in(&home.path(".")), ["data"]);
}
