//! Turn restrictions: from which road by way of which node onto which road one must not, or only may, turn.

use super::element::{Member, Sort, Tags};

/// A restriction that can be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The ways one comes from; more than one only where entering is forbidden from several.
    pub from: Vec<i64>,
    /// The ways one goes to.
    pub to: Vec<i64>,
    /// The node where they meet.
    pub via: i64,
    /// One may turn only there, instead of not there.
    pub only: bool,
    /// Vehicles it does not concern, as the tag lists them.
    pub exempt: Option<String>,
}

/// What a relation says about turning.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A restriction.
    Turn(Turn),
    /// One by way of a road, for some hours or for some vehicles: not kept.
    Unsupported,
    /// One without its members.
    Incomplete,
}

/// Whether a relation is a turn restriction.
pub fn is_restriction(tags: Tags<'_>) -> bool {
    let word = tags.get("type").unwrap_or_default();
    word == "restriction" || word.starts_with("restriction:")
}

/// Reads the relation.
pub fn read(members: &[Member<'_>], tags: Tags<'_>) -> Reading {
    let hours = ["day_on", "day_off", "hour_on", "hour_off"];
    // `restriction:hgv` and `restriction:conditional` concern some vehicles or hours.
    let Some(word) = tags.get("restriction").filter(|_| tags.is("type", "restriction")) else {
        return Reading::Unsupported;
    };
    if tags.first(&hours).is_some() {
        return Reading::Unsupported;
    }
    let only = match word {
        _ if word.starts_with("no_") => false,
        _ if word.starts_with("only_") => true,
        _ => return Reading::Unsupported,
    };
    let ways = |role: &str| -> Vec<i64> {
        let own = members.iter().filter(|m| m.role == role && m.sort == Sort::Way);
        own.map(|member| member.id).collect()
    };
    let via: Vec<&Member<'_>> = members.iter().filter(|m| m.role == "via").collect();
    let (from, to) = (ways("from"), ways("to"));
    let via = match via[..] {
        [only] if only.sort == Sort::Node => only.id,
        [] => return Reading::Incomplete,
        _ => return Reading::Unsupported,
    };
    if from.is_empty() || to.is_empty() {
        return Reading::Incomplete;
    }
    Reading::Turn(Turn { from, to, via, only, exempt: tags.get("except").map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMBERS: [Member<'_>; 3] = [
        Member { sort: Sort::Way, id: 1, role: "from" },
        Member { sort: Sort::Node, id: 9, role: "via" },
        Member { sort: Sort::Way, id: 2, role: "to" },
    ];

    #[test]
    fn only_plain_restrictions_are_kept() {
        let read = |tags: &[(&str, &str)]| {
            let tags: Vec<_> = [("type", "restriction")].iter().chain(tags).copied().collect();
            super::read(&MEMBERS, Tags(&tags))
        };
        let turn = Turn { from: vec![1], to: vec![2], via: 9, only: false, exempt: None };
        assert_eq!(read(&[("restriction", "no_left_turn")]), Reading::Turn(turn.clone()));
        let only = Turn { only: true, exempt: Some("psv".to_owned()), ..turn };
        assert_eq!(
            read(&[("restriction", "only_straight_on"), ("except", "psv")]),
            Reading::Turn(only)
        );
        assert_eq!(read(&[("restriction:hgv", "no_left_turn")]), Reading::Unsupported);
        assert_eq!(
            read(&[("restriction:conditional", "no_left_turn @ (07:00)")]),
            Reading::Unsupported
        );
        assert_eq!(
            read(&[("restriction", "no_left_turn"), ("hour_on", "7")]),
            Reading::Unsupported
        );
        let tags = [("type", "restriction"), ("restriction", "no_u_turn")];
        let via = Member { sort: Sort::Way, id: 3, role: "via" };
        assert_eq!(super::read(&[MEMBERS[0], via, MEMBERS[2]], Tags(&tags)), Reading::Unsupported);
        assert_eq!(super::read(&MEMBERS[..2], Tags(&tags)), Reading::Incomplete);
    }
}
