//! What a layer holds, and what each of its columns means: by the aliases of the data tables.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::fault::ReadFault;
use crate::model::Kind;
use crate::model::field::normalised;

#[derive(Deserialize, Default)]
#[serde(default)]
struct HeadingFile {
    lon: Vec<String>,
    lat: Vec<String>,
    x: Vec<String>,
    y: Vec<String>,
    easting: Vec<String>,
    northing: Vec<String>,
    pair: Vec<String>,
    wkt: Vec<String>,
    sample: Vec<String>,
    id: Vec<String>,
    gcj02: Vec<String>,
    bd09: Vec<String>,
}

static HEADINGS: LazyLock<HeadingFile> = LazyLock::new(|| {
    // Part of the program; a unit test proves that it reads.
    toml::from_str(include_str!("../../assets/io/headings.toml")).unwrap_or_default()
});

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The canonical field at this place of the kind's table.
    Field(usize),
    /// Longitude.
    Lon,
    /// Latitude.
    Lat,
    /// Easting or northing: numbers decide.
    X,
    /// Northing or easting: numbers decide.
    Y,
    /// Easting for certain.
    Easting,
    /// Northing for certain.
    Northing,
    /// Both in one cell.
    Pair,
    /// A geometry as text.
    Wkt,
    /// Marks sample data.
    Sample,
    /// The record's own id, in files that Shouye wrote.
    OwnId,
    /// Unknown: kept under its own heading.
    Extra,
}

static PLACES: LazyLock<HashMap<String, Role>> = LazyLock::new(|| {
    let h = &*HEADINGS;
    let lists = [
        (&h.lon, Role::Lon),
        (&h.lat, Role::Lat),
        (&h.x, Role::X),
        (&h.y, Role::Y),
        (&h.easting, Role::Easting),
        (&h.northing, Role::Northing),
        (&h.pair, Role::Pair),
        (&h.wkt, Role::Wkt),
        (&h.sample, Role::Sample),
        (&h.id, Role::OwnId),
    ];
    lists
        .into_iter()
        .flat_map(|(words, role)| words.iter().map(move |w| (normalised(w), role)))
        .collect()
});

/// For every heading the kinds that have a field of their own under it.
static OWN_FIELDS: LazyLock<HashMap<String, Vec<Kind>>> = LazyLock::new(|| {
    let mut out: HashMap<String, Vec<Kind>> = HashMap::new();
    let common: Vec<&str> = Kind::Boundary.table_def().fields.iter().map(|f| &*f.name).collect();
    for kind in Kind::ALL {
        for field in kind.table_def().fields.iter().filter(|f| !common.contains(&&*f.name)) {
            for word in field.aliases.iter().chain([&field.name]) {
                let kinds = out.entry(normalised(word)).or_default();
                if !kinds.contains(kind) {
                    kinds.push(*kind);
                }
            }
        }
    }
    out
});

static COMMON_FIELDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let fields = &Kind::Boundary.table_def().fields;
    fields.iter().flat_map(|f| f.aliases.iter().chain([&f.name])).map(|w| normalised(w)).collect()
});

/// Whether a text is a heading of any field or position column.
pub fn known_heading(text: &str) -> bool {
    let word = normalised(text);
    !word.is_empty()
        && (PLACES.contains_key(&word)
            || OWN_FIELDS.contains_key(&word)
            || COMMON_FIELDS.contains(&word))
}

/// Which shift of web maps the words of a name speak of: `GCJ02` or `BD09`.
pub fn shift_words(text: &str) -> Option<&'static str> {
    let tokens = tokens(text);
    let plain = text.to_lowercase();
    let speaks = |words: &[String]| {
        words.iter().any(|w| if w.is_ascii() { tokens.contains(w) } else { plain.contains(&**w) })
    };
    if speaks(&HEADINGS.bd09) { Some("BD09") } else { speaks(&HEADINGS.gcj02).then_some("GCJ02") }
}

/// Words of a file or layer name: `geonames_cities500` gives `geonames`, `cities`, `500`; the whole
/// pieces between signs come too.
fn tokens(name: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for piece in name.to_lowercase().split(|c: char| !c.is_alphanumeric()) {
        let mut word = String::new();
        for c in piece.chars() {
            let turn =
                word.chars().last().is_some_and(|l| l.is_ascii_digit() != c.is_ascii_digit());
            if turn {
                out.push(std::mem::take(&mut word));
            }
            word.push(c);
        }
        if word.len() < piece.len() {
            out.push(piece.to_owned());
        }
        out.push(word);
    }
    out.retain(|word| !word.is_empty());
    out
}

/// The shapes a layer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeClass {
    /// Points, or columns with coordinates.
    Point,
    /// Lines.
    Line,
    /// Areas.
    Polygon,
}

impl ShapeClass {
    fn word(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Line => "line",
            Self::Polygon => "polygon",
        }
    }
}

/// What a layer holds, from its names (most telling first), its headings and its shapes.
/// `None` if nothing tells, or two kinds fit equally well.
pub fn recognise_kind(
    names: &[&str],
    columns: &[String],
    shape: Option<ShapeClass>,
) -> Option<Kind> {
    let mut scores: BTreeMap<Kind, f64> = BTreeMap::new();
    for kind in Kind::ALL {
        let geometry = &kind.table_def().geometry;
        let fits = match shape {
            Some(shape) => geometry.iter().any(|g| g == shape.word()),
            None => true,
        };
        if !fits {
            continue;
        }
        let mut score = 0.0;
        for (at, name) in names.iter().enumerate() {
            score += name_score(*kind, name) / (at + 1) as f64;
        }
        for column in columns {
            if let Some(kinds) = OWN_FIELDS.get(&normalised(column))
                && kinds.contains(kind)
            {
                score += 1.0 / kinds.len() as f64;
            }
        }
        // Plain tables have no place; a layer without one is likelier a plain table.
        if geometry.is_empty() == shape.is_none() {
            score += 0.1;
        }
        scores.insert(*kind, score);
    }
    let mut ranked: Vec<(Kind, f64)> = scores.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    let best = ranked.first()?;
    let clear = ranked.get(1).is_none_or(|second| best.1 - second.1 > 0.05);
    (best.1 >= 0.55 && clear).then_some(best.0)
}

fn name_score(kind: Kind, name: &str) -> f64 {
    if Kind::parse(name) == Some(kind) {
        return 10.0;
    }
    let words = tokens(name);
    let plain = normalised(name);
    let by_key = words.iter().any(|word| {
        let single = word.strip_suffix('s').unwrap_or(word);
        Kind::parse(word) == Some(kind) || Kind::parse(single) == Some(kind)
    });
    let aliases = kind.table_def().aliases.iter().map(|alias| normalised(alias));
    let longest = aliases
        .filter(
            |alias| {
                if alias.is_ascii() { words.contains(alias) } else { plain.contains(&**alias) }
            },
        )
        .map(|alias| if alias.is_ascii() { 4 } else { alias.chars().count() })
        .max();
    match longest {
        Some(length) => 3.0 + 0.2 * length as f64,
        None if by_key => 3.8,
        None => 0.0,
    }
}

/// Which column means what, for one kind. Columns may still be added while rows are read.
#[derive(Clone, Debug)]
pub struct ColumnPlan {
    kind: Kind,
    /// Field by normalised heading, with its rank: the canonical name first, then the aliases in order.
    words: HashMap<String, (usize, usize)>,
    asked: Vec<(Role, String)>,
    roles: Vec<Role>,
    /// Fields that already have their column.
    taken: HashSet<usize>,
}

impl ColumnPlan {
    /// Decides the roles of the columns. `asked` are pairs of field and column that win over headings.
    pub fn new(
        kind: Kind,
        columns: &[String],
        asked: &[(String, String)],
    ) -> Result<Self, ReadFault> {
        let mut words = HashMap::new();
        for (at, field) in kind.table_def().fields.iter().enumerate() {
            let all = std::iter::once(&field.name).chain(&field.aliases);
            for (rank, word) in all.enumerate() {
                words.entry(normalised(word)).or_insert((at, rank));
            }
        }
        let mut plan =
            Self { kind, words, asked: Vec::new(), roles: Vec::new(), taken: HashSet::new() };
        for (field, column) in asked {
            let role = plan.role_named(field)?;
            let found = columns
                .iter()
                .find(|c| *c == column)
                .or_else(|| columns.iter().find(|c| normalised(c) == normalised(column)));
            let found = found.ok_or_else(|| ReadFault::ColumnMissing {
                column: column.clone(),
                columns: columns.join(", "),
            })?;
            plan.asked.push((role, found.clone()));
            if let Role::Field(at) = role {
                plan.taken.insert(at);
            }
        }
        plan.assign(columns);
        Ok(plan)
    }

    fn role_named(&self, field: &str) -> Result<Role, ReadFault> {
        let fields = &self.kind.table_def().fields;
        if let Some(at) = fields.iter().position(|f| f.name == field) {
            return Ok(Role::Field(at));
        }
        PLACES.get(&normalised(field)).copied().ok_or_else(|| ReadFault::FieldMissing {
            field: field.to_owned(),
            kind: self.kind.key().to_owned(),
        })
    }

    /// Gives roles to all columns that have none yet; among several for one field the best heading wins.
    fn assign(&mut self, columns: &[String]) {
        let fresh = &columns[self.roles.len()..];
        let mut best: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let first = self.roles.len();
        for (at, column) in fresh.iter().enumerate() {
            let word = normalised(column);
            let asked = self.asked.iter().find(|(_, c)| c == column).map(|(role, _)| *role);
            let role = asked.or_else(|| PLACES.get(&word).copied()).unwrap_or(Role::Extra);
            self.roles.push(role);
            if asked.is_some() {
                continue;
            }
            let meant = self.words.get(&word).or_else(|| self.cut(column, columns));
            if let Some((field, rank)) = meant
                && !self.taken.contains(field)
            {
                let known = best.entry(*field).or_insert((*rank, first + at));
                if *rank < known.0 {
                    *known = (*rank, first + at);
                }
            }
        }
        for (field, (_, at)) in best {
            self.roles[at] = Role::Field(field);
            self.taken.insert(field);
        }
    }

    /// The field whose heading dBase has cut off: its columns have names of at most ten bytes, in
    /// GBK five Chinese characters, in UTF-8 three. Only where all columns are that short and one
    /// field alone begins like this.
    fn cut(&self, column: &str, columns: &[String]) -> Option<&(usize, usize)> {
        let gbk =
            |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
        let full = gbk(column) >= 9 || column.len() >= 9;
        let short = columns.iter().all(|c| gbk(c) <= 10 || c.len() <= 10);
        if !full || !short || column.is_ascii() && column.len() < 10 {
            return None;
        }
        let word = normalised(column);
        let mut found = self.words.iter().filter(|(alias, _)| alias.starts_with(&word));
        let first = found.next()?;
        found.all(|(_, (field, _))| *field == first.1.0).then_some(first.1)
    }

    /// The kind it is for.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The role of a column.
    pub fn role(&self, column: u32) -> Role {
        self.roles.get(column as usize).copied().unwrap_or(Role::Extra)
    }

    /// Takes notice of columns that came up since.
    pub fn extend(&mut self, columns: &[String]) {
        if columns.len() > self.roles.len() {
            self.assign(columns);
        }
    }

    /// The first column with this role.
    pub fn find(&self, role: Role) -> Option<u32> {
        self.roles.iter().position(|r| *r == role).and_then(|at| u32::try_from(at).ok())
    }

    /// What people see: the field's name, `lon`, `lat`, `wkt` …
    pub fn word(&self, column: u32) -> Option<String> {
        let word = match self.role(column) {
            Role::Field(at) => return Some(self.kind.table_def().fields.get(at)?.name.clone()),
            Role::Lon => "lon",
            Role::Lat => "lat",
            Role::X => "x",
            Role::Y => "y",
            Role::Easting => "easting",
            Role::Northing => "northing",
            Role::Pair => "lonlat",
            Role::Wkt => "wkt",
            Role::Sample => "sample",
            Role::OwnId => "shouye_id",
            Role::Extra => return None,
        };
        Some(word.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(words: &[&str]) -> Vec<String> {
        words.iter().map(|w| (*w).to_owned()).collect()
    }

    #[test]
    fn kinds_are_recognised_by_names_and_headings() {
        let point = Some(ShapeClass::Point);
        let of =
            |name: &str, columns: &[&str], shape| recognise_kind(&[name], &strings(columns), shape);
        assert_eq!(of("台账", &["名称", "容纳人数", "适用灾种"], point), Some(Kind::Shelter));
        assert_eq!(of("jp_emergency_115402", &["NO"], point), Some(Kind::Shelter));
        assert_eq!(of("geonames_cities500_world", &["population"], point), Some(Kind::Settlement));
        assert_eq!(of("各村避难场所", &[], point), Some(Kind::Shelter));
        assert_eq!(of("care_home", &[], point), Some(Kind::CareHome));
        assert_eq!(of("cn_faults_1to4M", &[], Some(ShapeClass::Line)), Some(Kind::Fault));
        assert_eq!(of("物资台账", &["物资编码", "数量", "单位"], None), Some(Kind::Stock));
        assert_eq!(of("parcels", &["name"], Some(ShapeClass::Polygon)), None);
        assert_eq!(of("sheet1", &["a", "b"], None), None);
    }

    #[test]
    fn the_best_heading_of_a_field_wins_and_the_others_stay_extra() {
        let columns = strings(&["NO", "共通ID", "名称", "name", "经度", "lat", "洪水"]);
        let plan = ColumnPlan::new(Kind::Shelter, &columns, &[]).unwrap();
        let words: Vec<Option<String>> = (0..7).map(|c| plan.word(c)).collect();
        let of = |w: &str| Some(w.to_owned());
        assert_eq!(words, [None, of("code"), None, of("name"), of("lon"), of("lat"), None]);
    }

    #[test]
    fn headings_cut_by_dbase_are_completed() {
        let word = |column: &str, others: &[&str]| {
            let columns: Vec<String> =
                std::iter::once(column).chain(others.iter().copied()).map(str::to_owned).collect();
            ColumnPlan::new(Kind::Shelter, &columns, &[]).unwrap().word(0)
        };
        let of = |word: &str| Some(word.to_owned());
        assert_eq!(word("有效避难面", &["名称"]), of("effective_area_out_m2"));
        assert_eq!(word("容纳人", &["名称"]), of("capacity"));
        assert_eq!(word("容纳人", &["名称", "可容纳人数与安置条件说明"]), None, "not a cut table");
        assert_eq!(word("容", &["名称"]), None, "too short to have been cut");
    }

    #[test]
    fn what_people_say_wins_over_headings() {
        let columns = strings(&["人数", "容纳人数"]);
        let asked = [("capacity".to_owned(), "人数".to_owned())];
        let plan = ColumnPlan::new(Kind::Shelter, &columns, &asked).unwrap();
        assert_eq!((plan.word(0), plan.word(1)), (Some("capacity".to_owned()), None));
        let missing = [("capacity".to_owned(), "座位".to_owned())];
        let fault = ColumnPlan::new(Kind::Shelter, &columns, &missing).unwrap_err();
        assert_eq!(fault.code(), "column_not_found");
        let unknown = [("wings".to_owned(), "人数".to_owned())];
        let fault = ColumnPlan::new(Kind::Shelter, &columns, &unknown).unwrap_err();
        assert_eq!(fault.code(), "unknown_field");
    }

    #[test]
    fn names_may_speak_of_shifted_coordinates() {
        assert_eq!(shift_words("370830_county_echarts2018_gcj02"), Some("GCJ02"));
        assert_eq!(shift_words("高德经度"), Some("GCJ02"));
        assert_eq!(shift_words("bd09_lng"), Some("BD09"));
        assert_eq!(shift_words("shelters"), None);
    }
}
