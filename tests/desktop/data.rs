//! Layers, export, tables, and what goes wrong with files.

use shouye::model::Kind;
use shouye::session::state::{Drawer, FileWish, Task};
use shouye::session::{AppCommand, DataCommand};

use crate::walk::Desk;

#[test]
fn a_layer_hides_and_opens_as_a_table() {
    let mut desk = Desk::open();
    desk.must_show(&["应急避难场所", "3 条", "2026-10-02 · 县应急局台账", "示例数据"]);
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

#[test]
fn without_a_file_dialog_every_wish_gets_a_path_field() {
    let mut desk = Desk::open();
    let wishes = [FileWish::Open, FileWish::NewEmpty, FileWish::Import, FileWish::SaveText];
    for wish in wishes {
        desk.session().state.path_ask = Some((wish, String::new()));
        desk.does(DataCommand::TypePath(wish, "/nowhere/x".to_owned()));
        desk.must_show(&["本机没有文件对话框，请在下面输入完整路径", "/nowhere/x"]);
        desk.click("取消");
        assert_eq!(desk.session().state.path_ask, None);
    }
    let file = desk.folder.path().join("empty.gpkg");
    desk.session().state.path_ask = Some((FileWish::NewEmpty, file.display().to_string()));
    desk.does(AppCommand::Open(Task::Layers));
    desk.click("使用");
    assert_eq!(desk.session().state.store.path, Some(file));
}

#[test]
fn a_heading_sorts_its_table_and_what_has_no_data_stands_last() {
    let mut desk = Desk::open();
    desk.does(AppCommand::Drawer(Some(Drawer::Layer(Kind::Shelter))));
    let order = |desk: &Desk| -> Vec<usize> {
        let words = desk.words();
        let names = ["实验小学", "人民公园", "老礼堂"];
        names.map(|name| words.iter().rposition(|word| word == name).unwrap()).to_vec()
    };
    let sorted = |order: Vec<usize>| {
        let mut by_place: Vec<usize> = (0..order.len()).collect();
        by_place.sort_by_key(|at| order[*at]);
        by_place
    };
    desk.click("容量（安置人数）");
    // The largest first: the hall, the school; the park has no declared figure.
    assert_eq!(sorted(order(&desk)), [2, 0, 1]);
    desk.click("容量（安置人数）");
    assert_eq!(sorted(order(&desk)), [0, 2, 1]);
}

#[test]
fn a_table_goes_with_the_task_it_belongs_to() {
    let mut desk = Desk::open();
    desk.does(AppCommand::Open(Task::Nearest));
    desk.does(AppCommand::Drawer(Some(Drawer::Nearest)));
    desk.does(AppCommand::Open(Task::Evacuation));
    assert_eq!(desk.session().state.drawer, None);
}

#[test]
fn all_layers_hide_and_show_at_once() {
    let mut desk = Desk::open();
    desk.click("全部隐藏");
    desk.must_show(&["所有图层都隐藏了"]);
    desk.click("全部显示");
    assert!(desk.session().state.prefs.hidden.is_empty());
}
