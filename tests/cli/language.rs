//! Words for people in Chinese, which comes first, and in English.

use crate::support::Home;

fn han(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

const COMMANDS: [&str; 12] = [
    "new", "fields", "import", "export", "layers", "set", "check", "backup", "restore", "nearest",
    "exposure", "evacuate",
];

#[test]
fn help_is_chinese_unless_english_is_asked_for() {
    let home = Home::fresh();
    for command in COMMANDS {
        let chinese = home.text(&[command, "--help"]);
        assert!(han(&chinese), "{chinese}");
        let english = home.text(&[command, "--help", "--lang", "en"]);
        assert!(!han(&english), "{english}");
        // A message without words would show its id.
        assert!(!chinese.contains("cli-") && !english.contains("cli-"), "{chinese}{english}");
    }
    let all = home.text(&["--help"]);
    for command in COMMANDS {
        assert!(all.contains(command), "{command}");
    }
    assert!(home.text(&["--version"]).contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn answers_and_errors_speak_the_chosen_language() {
    let home = Home::with_demo();
    let near = ["nearest", "--at", "116.489,35.733", "--kind", "shelter", "-k", "1"];
    assert!(home.text(&near).contains("示例数据"));
    assert!(home.text(&[&near[..], &["--lang", "en"]].concat()).contains("sample data"));
    assert!(han(&home.run(&["layers", "--store", "x"]).stderr));
    assert!(!han(&home.run(&["layers", "--store", "x", "--lang=en"]).stderr));
    assert!(!han(&home.run(&["nearest", "--lang", "en"]).stderr));
    for lang in ["zh", "en"] {
        for args in [&["layers"][..], &["check"], &["fields"], &near] {
            let said = home.text(&[args, &["--lang", lang]].concat());
            for id in ["cli-", "kind-", "layer-", "check-"] {
                assert!(!said.contains(id) || args == ["fields"], "{args:?} {lang}: {said}");
            }
        }
    }
}

#[test]
fn tables_are_aligned_by_display_width() {
    let home = Home::with_empty_store();
    home.write("s.csv", "名称,经度,纬度,容纳人数\n人民公园,116.5,35.7,10\nPark,116.51,35.7,10\n");
    home.json(&["import", "s.csv", "--as", "shelter"]);
    let text = home.text(&["nearest", "--at", "116.5,35.7", "--kind", "shelter"]);
    let wide = |line: &str, to: &str| {
        let before = &line[..line.find(to).unwrap()];
        before.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>()
    };
    let park = text.lines().find(|line| line.contains("人民公园")).unwrap();
    let plain = text.lines().find(|line| line.contains("Park")).unwrap();
    assert_eq!(wide(park, "116.500000"), wide(plain, "116.510000"), "{text}");
}
