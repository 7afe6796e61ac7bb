//! Layers, export, tables, and what goes wrong with files.

use shouye::model::Kind;
use shouye::session::state::{Drawer, FileWish, Task};
use shouye::session::{AppCommand, DataCommand};

use crate::walk::Desk;

#[test]
fn a_layer_hides_and_opens_as_a_table() {
    let mut desk = Desk::open();
    desk.must_show(&["应急避难场所", "3 条", "县应急局台账 · 2026-10-02", "示例数据"]);
    desk.click("应急避难场所");
    assert!(!desk.session().state.scene.as_ref().unwrap().is_visible(Kind::Shelter));
    desk.does(AppCommand::Drawer(Some(Drawer::Layer(Kind::Settlement))));
    desk.must_show(&["西洼村", "岗上村", "600 人"]);
    desk.click("关闭表格");
    assert_eq!(desk.session().state.drawer, None);
}

#[test]
fn a_layer_is_exported_to_a_typed_path() {
    let mut desk = Desk::open();
    desk.does(AppCommand::Open(Task::Data));
    let file = desk.folder.path().join("shelters.csv");
    desk.does(DataCommand::UseFile(FileWish::Export, file.clone()));
    desk.must_show(&["已导出 3 条"]);
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("人民公园") && text.contains("实验小学"));
}

#[test]
fn a_table_is_saved_as_csv_with_harmless_cells() {
    let mut desk = Desk::open();
    desk.session().state.text_to_save = Some("\u{feff}\"名称\"\r\n\"'=1+1\"\r\n".to_owned());
    let file = desk.folder.path().join("table");
    desk.does(DataCommand::UseFile(FileWish::SaveText, file.clone()));
    let text = std::fs::read_to_string(file.with_extension("csv")).unwrap();
    assert!(text.starts_with('\u{feff}'));
}

#[test]
fn a_file_that_is_no_store_is_refused_in_words_and_the_open_one_stays() {
    let mut desk = Desk::open();
    let file = desk.folder.path().join("letter.gpkg");
    std::fs::write(&file, "Dear Sir").unwrap();
    desk.does(DataCommand::Open(file));
    desk.must_show(&["letter.gpkg", "示范县", "已保存"]);
}

#[test]
fn a_new_empty_store_says_what_to_do_next() {
    let mut desk = Desk::open();
    let file = desk.folder.path().join("new.gpkg");
    desk.does(DataCommand::New { path: file.clone(), empty: true });
    assert_eq!(desk.session().state.store.path, Some(file));
    desk.does(AppCommand::Open(Task::Layers));
    desk.must_show(&["数据库是空的"]);
    desk.does(AppCommand::Open(Task::Nearest));
    desk.must_show(&["没有“应急避难场所”的数据"]);
}
