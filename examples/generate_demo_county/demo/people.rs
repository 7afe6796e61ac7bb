//! Two contacts for each village: the disaster informant (灾害信息员) and the responsible cadre (包保责任人).

use super::place::Builder;
use super::rng::Rng;
use super::row::{Row, Shape};
use super::sample::{Sample, mobile};

/// The contacts.
pub fn contacts(builder: &Builder, sample: &Sample) -> Vec<Row> {
    let mut rng = Rng::new("contacts");
    let mut rows = Vec::new();
    for village in &builder.county.villages {
        for (role, position) in
            [("informant", "村（居）委会委员"), ("responsible", "乡镇（街道）包保干部")]
        {
            let number = rows.len() + 1;
            rows.push(
                Row::new(Shape::None)
                    .text("settlement", &village.fact.code)
                    .text("role", role)
                    .text("name", sample.person(&mut rng))
                    .text("position", position)
                    .text("township", builder.township_name(village.township))
                    .text("phone", mobile(number))
                    .sample(),
            );
        }
    }
    rows
}
