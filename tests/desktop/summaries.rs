//! What panels show, as plain values.

use expect_test::expect;
use shouye::model::Kind;
use shouye::scene::FeatureRef;
use shouye::session::state::{Drawer, Task};
use shouye::session::{AnalysisCommand, AppCommand};
use shouye::ui::screen::Screen;
use shouye::view::{Lang, Locale};

use crate::county;
use crate::walk::Desk;

fn screen(desk: &mut Desk) -> Screen {
    let now = county::clock().now();
    Screen::of(&desk.session().state, now)
}

#[test]
fn the_plan_as_tables() {
    let mut desk = Desk::open();
    desk.does(AppCommand::Open(Task::Evacuation));
    let lake = FeatureRef { kind: Kind::Waterbody, id: county::id(Kind::Waterbody, "l1") };
    desk.does(AnalysisCommand::AreaOf(lake));
    desk.does(AnalysisCommand::Plan);
    let mut text = String::new();
    for (lang, drawer) in
        [(Lang::Zh, Drawer::Shelters), (Lang::En, Drawer::Shelters), (Lang::Zh, Drawer::Unassigned)]
    {
        desk.does(AppCommand::Drawer(Some(drawer)));
        let table = screen(&mut desk).table.unwrap();
        text.push_str(&table.to_text(&Locale::new(lang)));
        text.push_str("\n\n");
    }
    expect![[r#"
        避难场所与负荷
        避难场所	容量	容量依据	已占用与预留	本方案安置	余量	可用性
        实验小学	450	台账填报	0	450	0	可用
        人民公园	200	按有效面积估算	0	200	0	可用
        老礼堂	900	台账填报	0	0	900	已停用

        Shelters and their load
        Shelter	Capacity	Basis	Occupied and reserved	By this plan	Left	Use
        实验小学	450	declared	0	450	0	usable
        人民公园	200	estimated from area	0	200	0	usable
        老礼堂	900	declared	0	0	900	closed

        还没有去处的人
        从	人数	原因与办法
        西洼村	50	可到达的避难场所已满，请增开场所或扩充容量

    "#]]
    .assert_eq(&text);
}

#[test]
fn the_layers_and_their_sources() {
    let mut desk = Desk::open();
    let layers = screen(&mut desk).layers;
    let zh = Locale::new(Lang::Zh);
    let lines: Vec<String> = layers
        .rows
        .iter()
        .map(|row| {
            let sources: Vec<String> =
                row.sources.messages().iter().map(|message| zh.text(message)).collect();
            format!("{} {} sample={} {}", row.kind, row.count, row.sample, sources.join("; "))
        })
        .collect();
    expect![[r#"
        settlement 4 sample=false 村（社区）：县应急局台账，2026-10-02（53 天前）
        shelter 3 sample=false 应急避难场所：县应急局台账，2026-10-02（53 天前）
        station 1 sample=true 救援站：示例数据，2026-10-02（53 天前）
        boundary 1 sample=false 行政边界：县应急局台账，2026-10-02（53 天前）
        township 1 sample=false 乡镇（街道）：县应急局台账，2026-10-02（53 天前）
        waterbody 1 sample=false 水域：县应急局台账，2026-10-02（53 天前）
        contact 1 sample=false 联系人：县应急局台账，2026-10-02（53 天前）"#]]
    .assert_eq(&lines.join("\n"));
}
