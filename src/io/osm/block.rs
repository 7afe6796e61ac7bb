//! One block of a PBF file: a table of texts, then nodes, ways and relations that point into it.

use super::element::{Member, Sort, Spot, Tags, Taker};
use super::wire::{Wire, broken};
use crate::io::fault::ReadFault;

/// Memory that is used again for every block.
#[derive(Default)]
pub struct Scratch {
    refs: Vec<i64>,
}

/// Hands on everything a block holds.
pub fn read_block(
    bytes: &[u8],
    scratch: &mut Scratch,
    taker: &mut dyn Taker,
) -> Result<(), ReadFault> {
    let mut block = Block { texts: Vec::new(), granularity: 100, lat: 0, lon: 0 };
    let mut groups = Vec::new();
    let mut wire = Wire::new(bytes);
    // The scale of the coordinates may stand behind the groups.
    while let Some((field, datum)) = wire.field()? {
        match field {
            1 => block.texts = texts(datum.bytes()?)?,
            2 => groups.push(datum.bytes()?),
            17 => block.granularity = datum.signed()?,
            19 => block.lat = datum.signed()?,
            20 => block.lon = datum.signed()?,
            _ => {}
        }
    }
    let mut tags = Vec::new();
    for group in groups {
        let mut wire = Wire::new(group);
        while let Some((field, datum)) = wire.field()? {
            match field {
                1 => block.node(datum.bytes()?, &mut tags, taker)?,
                2 => block.dense(datum.bytes()?, &mut tags, taker)?,
                3 => block.way(datum.bytes()?, &mut tags, &mut scratch.refs, taker)?,
                4 => block.relation(datum.bytes()?, &mut tags, taker)?,
                _ => {}
            }
        }
    }
    Ok(())
}

/// The table of texts. What is not UTF-8 becomes a sign that no tag has.
fn texts(bytes: &[u8]) -> Result<Vec<&str>, ReadFault> {
    let mut out = Vec::new();
    let mut wire = Wire::new(bytes);
    while let Some((field, datum)) = wire.field()? {
        if field == 1 {
            out.push(std::str::from_utf8(datum.bytes()?).unwrap_or("\u{fffd}"));
        }
    }
    Ok(out)
}

struct Block<'a> {
    texts: Vec<&'a str>,
    granularity: i64,
    lat: i64,
    lon: i64,
}

type TagList<'a> = Vec<(&'a str, &'a str)>;

impl<'a> Block<'a> {
    fn text(&self, at: u64) -> Result<&'a str, ReadFault> {
        let text = usize::try_from(at).ok().and_then(|at| self.texts.get(at));
        text.copied().ok_or_else(|| broken("a text that there is not"))
    }

    fn spot(&self, lon: i64, lat: i64) -> Option<Spot> {
        let nano =
            |offset: i64, value: i64| offset.checked_add(self.granularity.checked_mul(value)?);
        Spot::from_nano(nano(self.lon, lon)?, nano(self.lat, lat)?)
    }

    fn tags(&self, keys: &[u8], values: &[u8], tags: &mut TagList<'a>) -> Result<(), ReadFault> {
        tags.clear();
        let (mut keys, mut values) = (Wire::new(keys), Wire::new(values));
        while !keys.is_empty() {
            tags.push((self.text(keys.varint()?)?, self.text(values.varint()?)?));
        }
        Ok(())
    }

    fn node(
        &self,
        bytes: &[u8],
        tags: &mut TagList<'a>,
        taker: &mut dyn Taker,
    ) -> Result<(), ReadFault> {
        let (mut id, mut lat, mut lon) = (0, 0, 0);
        let (mut keys, mut values): (&[u8], &[u8]) = (&[], &[]);
        let mut wire = Wire::new(bytes);
        while let Some((field, datum)) = wire.field()? {
            match field {
                1 => id = datum.zigzag()?,
                2 => keys = datum.bytes()?,
                3 => values = datum.bytes()?,
                8 => lat = datum.zigzag()?,
                9 => lon = datum.zigzag()?,
                _ => {}
            }
        }
        self.tags(keys, values, tags)?;
        taker.node(id, self.spot(lon, lat), Tags(tags))
    }

    /// Nodes as differences to the one before; the tags of all in one list with a 0 behind each node's.
    fn dense(
        &self,
        bytes: &[u8],
        tags: &mut TagList<'a>,
        taker: &mut dyn Taker,
    ) -> Result<(), ReadFault> {
        let none: &[u8] = &[];
        let (mut ids, mut lats, mut lons, mut list) =
            (Wire::new(none), Wire::new(none), Wire::new(none), Wire::new(none));
        let mut wire = Wire::new(bytes);
        while let Some((field, datum)) = wire.field()? {
            match field {
                1 => ids = Wire::new(datum.bytes()?),
                8 => lats = Wire::new(datum.bytes()?),
                9 => lons = Wire::new(datum.bytes()?),
                10 => list = Wire::new(datum.bytes()?),
                _ => {}
            }
        }
        let (mut id, mut lat, mut lon) = (0_i64, 0_i64, 0_i64);
        while let Some(step) = ids.zigzag()? {
            let (Some(up), Some(right)) = (lats.zigzag()?, lons.zigzag()?) else {
                return Err(broken("nodes without places"));
            };
            id = id.wrapping_add(step);
            lat = lat.wrapping_add(up);
            lon = lon.wrapping_add(right);
            tags.clear();
            while !list.is_empty() {
                match list.varint()? {
                    0 => break,
                    key => tags.push((self.text(key)?, self.text(list.varint()?)?)),
                }
            }
            taker.node(id, self.spot(lon, lat), Tags(tags))?;
        }
        Ok(())
    }

    fn way(
        &self,
        bytes: &[u8],
        tags: &mut TagList<'a>,
        refs: &mut Vec<i64>,
        taker: &mut dyn Taker,
    ) -> Result<(), ReadFault> {
        let mut id = 0;
        let (mut keys, mut values): (&[u8], &[u8]) = (&[], &[]);
        refs.clear();
        let mut wire = Wire::new(bytes);
        while let Some((field, datum)) = wire.field()? {
            match field {
                1 => id = datum.signed()?,
                2 => keys = datum.bytes()?,
                3 => values = datum.bytes()?,
                8 => {
                    let mut list = Wire::new(datum.bytes()?);
                    let mut at = 0_i64;
                    while let Some(step) = list.zigzag()? {
                        at = at.wrapping_add(step);
                        refs.push(at);
                    }
                }
                _ => {}
            }
        }
        self.tags(keys, values, tags)?;
        taker.way(id, refs, Tags(tags))
    }

    fn relation(
        &self,
        bytes: &[u8],
        tags: &mut TagList<'a>,
        taker: &mut dyn Taker,
    ) -> Result<(), ReadFault> {
        let mut id = 0;
        let none: &[u8] = &[];
        let (mut keys, mut values) = (none, none);
        let (mut roles, mut ids, mut sorts) = (Wire::new(none), Wire::new(none), Wire::new(none));
        let mut wire = Wire::new(bytes);
        while let Some((field, datum)) = wire.field()? {
            match field {
                1 => id = datum.signed()?,
                2 => keys = datum.bytes()?,
                3 => values = datum.bytes()?,
                8 => roles = Wire::new(datum.bytes()?),
                9 => ids = Wire::new(datum.bytes()?),
                10 => sorts = Wire::new(datum.bytes()?),
                _ => {}
            }
        }
        let mut members = Vec::new();
        let mut member = 0_i64;
        while let Some(step) = ids.zigzag()? {
            member = member.wrapping_add(step);
            let sort = match sorts.varint()? {
                0 => Sort::Node,
                1 => Sort::Way,
                2 => Sort::Relation,
                _ => return Err(broken("a member that is nothing")),
            };
            members.push(Member { sort, id: member, role: self.text(roles.varint()?)? });
        }
        self.tags(keys, values, tags)?;
        taker.relation(id, &members, Tags(tags))
    }
}
