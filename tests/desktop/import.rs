//! A ledger dropped onto the window: preview, correction, report, and the way back.

use shouye::model::Kind;
use shouye::session::state::{FileWish, Task};
use shouye::session::{AppCommand, DataCommand};

use crate::walk::Desk;

const LEDGER: &str = "名称,经度,纬度,容纳人数,备用列\n\
    新建体育馆,116.551,35.701,1200,甲\n\
    没有坐标的礼堂,,,300,乙\n\
    第二中学,116.556,35.706,800,丙\n";

fn dropped(name: &str, text: &[u8]) -> Desk {
    let mut desk = Desk::open();
    let file = desk.folder.path().join(name);
    std::fs::write(&file, text).unwrap();
    desk.does(DataCommand::UseFile(FileWish::Import, file));
    desk
}

#[test]
fn a_ledger_is_looked_into_imported_and_taken_back() {
    let mut desk = dropped("避难场所.csv", LEDGER.as_bytes());
    assert_eq!(desk.session().state.task, Task::Data);
    desk.must_show(&["避难场所.csv", "共 3 行", "容量（安置人数）", "原样保留", "新建体育馆"]);
    assert_eq!(desk.session().state.county.features(Kind::Shelter).len(), 3);
    // Before anything is written it is known what would be.
    desk.must_show(&["可导入", "不能导入", "第 3 行：没有坐标"]);
    desk.click("共 3 行，看前几行");
    desk.must_show(&["第二中学"]);
    desk.click("导入");
    assert_eq!(desk.session().state.county.features(Kind::Shelter).len(), 5);
    desk.must_show(&["已导入 2 条，1 条未导入", "没有坐标"]);
    desk.click("撤销最近一次导入");
    desk.must_show(&["撤销导入“避难场所.csv”？"]);
    desk.click("撤销导入");
    assert_eq!(desk.session().state.county.features(Kind::Shelter).len(), 3);
    // What the import had said does not hold any more.
    assert!(!desk.shows("1 条未导入"), "{:?}", desk.words());
}

#[test]
fn a_file_without_a_recognised_kind_asks_for_it() {
    let text = LEDGER.replace("容纳人数", "核定数");
    let mut desk = dropped("一览表.csv", text.as_bytes());
    desk.must_show(&["请在下面选择类别"]);
    let mut form = desk.session().state.import.form.clone().unwrap();
    form.kind = Some(Kind::Shelter);
    form.set_column("核定数", Some("capacity"));
    desk.does(DataCommand::ImportForm(form));
    assert!(!desk.shows("请在下面选择类别"));
    desk.does(DataCommand::Import);
    let county = desk.session().state.county.clone();
    let gym = county.features(Kind::Shelter).iter().find(|row| row.name == "新建体育馆").unwrap();
    assert_eq!(gym.count("capacity"), Some(1200));
    assert_eq!(gym.extra[0].0, "备用列");
}

#[test]
fn a_file_that_is_no_data_is_refused_in_words() {
    let mut desk = dropped("photo.csv", &[0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 1, 2, 3]);
    let state = &desk.session().state;
    assert!(state.import.fault.is_some() || state.import.preview.is_some());
    assert_eq!(state.county.features(Kind::Shelter).len(), 3);
    let mut desk = dropped("nothing.csv", b"");
    desk.must_show(&["nothing.csv 是空的"]);
    desk.click("取消");
    assert!(desk.session().state.import.form.is_none());
}

#[test]
fn replacing_a_layer_asks_first_and_real_rows_push_samples_out() {
    let text = "名称,经度,纬度,层级,人数\n北关救援站,116.553,35.712,乡镇站,18\n";
    let mut desk = dropped("救援站.csv", text.as_bytes());
    let mut form = desk.session().state.import.form.clone().unwrap();
    form.replace = true;
    desk.does(DataCommand::ImportForm(form));
    desk.click("导入");
    desk.must_show(&["整层替换？原来的记录会全部换成这个文件的内容"]);
    desk.must_show(&["替换整层"]);
    desk.click("不，返回");
    assert_eq!(desk.session().state.county.features(Kind::Station)[0].name, "消防救援站");
    let mut form = desk.session().state.import.form.clone().unwrap();
    form.replace = false;
    desk.does(DataCommand::ImportForm(form));
    desk.click("导入");
    let stations = desk.session().state.county.features(Kind::Station).to_vec();
    assert_eq!(stations.len(), 1);
    assert_eq!(stations[0].name, "北关救援站");
    desk.must_show(&["已有真实数据，1 条示例数据不再参与计算"]);
    desk.does(AppCommand::Open(Task::Layers));
    assert!(!desk.shows("含示例数据"));
}

#[test]
fn a_sample_notice_goes_when_the_import_is_taken_back() {
    let text = "名称,经度,纬度,层级,人数\n北关救援站,116.553,35.712,乡镇站,18\n";
    let mut desk = dropped("救援站.csv", text.as_bytes());
    desk.click("导入");
    desk.must_show(&["条示例数据不再参与计算"]);
    desk.does(DataCommand::AskUndoImport);
    desk.click("撤销导入");
    assert!(!desk.shows("条示例数据不再参与计算"), "{:?}", desk.words());
}

#[test]
fn a_file_of_which_nothing_is_fit_cannot_be_imported() {
    let text = "名称,经度,纬度,容纳人数\n甲,,,300\n乙,,,200\n丙,,,100\n";
    let mut desk = dropped("避难场所.csv", text.as_bytes());
    desk.must_show(&["没有一行能导入", "3 行：没有坐标（第 2、3、4 行）"]);
    desk.click("导入");
    assert!(desk.session().state.import.reports.is_none());
}

#[test]
fn a_missing_file_keeps_its_path_to_be_put_right() {
    let mut desk = Desk::open();
    desk.does(AppCommand::Open(Task::Data));
    let missing = desk.folder.path().join("避难场所.csv");
    let typed = missing.display().to_string();
    desk.does(DataCommand::TypePath(FileWish::Import, typed.clone()));
    desk.does(DataCommand::UseFile(FileWish::Import, missing));
    desk.must_show(&["找不到文件", &typed]);
    assert!(!desk.shows("识别结果"));
    desk.click("取消");
    desk.must_show(&[&typed]);
}

#[test]
fn a_stopped_import_says_that_nothing_has_changed() {
    let mut text = "名称,经度,纬度,容纳人数\n".to_owned();
    for at in 0..3000 {
        text.push_str(&format!("场所{at},116.55,35.70,100\n"));
    }
    let mut desk = dropped("避难场所.csv", text.as_bytes());
    desk.session().apply(DataCommand::Import.into());
    let jobs = &desk.session().state.jobs;
    let ticket = jobs.iter().find(|job| job.label.id == "job-import").unwrap().ticket;
    desk.does(AppCommand::CancelJob(ticket));
    desk.must_show(&["已取消导入，数据未变"]);
    assert_eq!(desk.session().state.county.features(Kind::Shelter).len(), 3);
}
