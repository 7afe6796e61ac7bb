//! OSM XML, read tag by tag: no entity, no nesting and no length in it can make the reader grow.

use std::cell::Cell;
use std::io::{self, BufRead, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::element::{Member, Sort, Spot, Tags, Taker};
use crate::io::fault::ReadFault;

/// Bytes of one tag with all its attributes; the longest value has 255 characters.
const MAX_TAG: usize = 1 << 20;
/// Levels of nesting; the format has three.
const MAX_DEPTH: usize = 8;
/// Children of one element; the format allows 2000 nodes of a way and 32 000 members of a relation.
const MAX_CHILDREN: usize = 1 << 20;

/// Whether a text begins as OSM XML: its first element is called `osm`.
pub fn is_osm_xml(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let mut rest = text.trim_start_matches('\u{feff}');
    loop {
        let Some(tag) = rest.trim_start().strip_prefix('<') else { return false };
        let end = match tag {
            _ if tag.starts_with("!--") => "-->",
            _ if tag.starts_with('?') => "?>",
            _ => {
                let name = tag.strip_prefix("osm").and_then(|after| after.chars().next());
                return name.is_some_and(|c| c.is_whitespace() || c == '>' || c == '/');
            }
        };
        let Some((_, after)) = tag.split_once(end) else { return false };
        rest = after;
    }
}

/// Ends with an error where a single tag would fill the memory.
struct Measured<R> {
    inner: R,
    /// Bytes since the last tag.
    since: usize,
}

impl<R: BufRead> Read for Measured<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.since += length;
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Measured<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.since > MAX_TAG {
            return Err(io::Error::other(ReadFault::TooLarge { what: "XML > 1 MB".to_owned() }));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.since += amount;
        self.inner.consume(amount);
    }
}

/// Hands on everything the file holds; `read` counts the bytes of the file itself.
pub fn read_xml(
    content: impl BufRead,
    read: &Cell<u64>,
    taker: &mut dyn Taker,
) -> Result<(), ReadFault> {
    let mut reader = Reader::from_reader(Measured { inner: content, since: 0 });
    let mut pass = Pass {
        depth: 0,
        begun: false,
        open: None,
        tags: Vec::new(),
        refs: Vec::new(),
        members: Vec::new(),
    };
    let mut buffer = Vec::new();
    let mut count = 0_u32;
    loop {
        buffer.clear();
        reader.get_mut().since = 0;
        match reader.read_event_into(&mut buffer).map_err(fault)? {
            Event::Start(tag) => {
                pass.start(&tag)?;
                pass.depth += 1;
                if pass.depth > MAX_DEPTH {
                    return Err(broken("nested too deeply"));
                }
            }
            Event::Empty(tag) => {
                pass.start(&tag)?;
                if pass.depth == 1 {
                    pass.close(taker)?;
                }
            }
            Event::End(_) => {
                pass.depth = pass.depth.saturating_sub(1);
                if pass.depth == 1 {
                    pass.close(taker)?;
                }
            }
            Event::DocType(_) => return Err(broken("a document type")),
            Event::Eof => break,
            _ => {}
        }
        count = count.wrapping_add(1);
        if count.is_multiple_of(8192) {
            taker.progress(read.get())?;
        }
    }
    if pass.begun && pass.depth == 0 { Ok(()) } else { Err(broken("cut off")) }
}

fn broken(why: &str) -> ReadFault {
    ReadFault::damaged(0, format!("XML: {why}"))
}

fn fault(error: quick_xml::Error) -> ReadFault {
    match error {
        quick_xml::Error::Io(error) => ReadFault::io(&error),
        other => broken(&other.to_string()),
    }
}

/// The element that is open, with what it has so far.
struct Pass {
    depth: usize,
    begun: bool,
    open: Option<Open>,
    tags: Vec<(String, String)>,
    refs: Vec<i64>,
    members: Vec<(Sort, i64, String)>,
}

struct Open {
    sort: Sort,
    id: i64,
    spot: Option<Spot>,
}

impl Pass {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadFault> {
        let name = tag.name();
        match (self.depth, name.as_ref()) {
            (0, "osm") if !self.begun => self.begun = true,
            (0, _) => return Err(broken("not one element osm")),
            (1, "node") => self.element(Sort::Node, tag)?,
            (1, "way") => self.element(Sort::Way, tag)?,
            (1, "relation") => self.element(Sort::Relation, tag)?,
            (2, "tag") if self.open.is_some() => {
                let (mut key, mut value) = (None, None);
                attributes(tag, |name, text| match name {
                    "k" => key = Some(text.to_owned()),
                    "v" => value = Some(text.to_owned()),
                    _ => {}
                })?;
                if let (Some(key), Some(value)) = (key, value) {
                    self.tags.push((key, value));
                }
            }
            (2, "nd") if self.open.is_some() => {
                let mut node = None;
                attributes(tag, |name, text| {
                    if name == "ref" {
                        node = text.parse().ok();
                    }
                })?;
                self.refs.push(node.ok_or_else(|| broken("nd without ref"))?);
            }
            (2, "member") if self.open.is_some() => self.member(tag)?,
            _ => {}
        }
        if self.tags.len() + self.refs.len() + self.members.len() > MAX_CHILDREN {
            return Err(ReadFault::TooLarge { what: format!("XML > {MAX_CHILDREN}") });
        }
        Ok(())
    }

    fn element(&mut self, sort: Sort, tag: &BytesStart<'_>) -> Result<(), ReadFault> {
        let (mut id, mut lon, mut lat, mut gone) = (None, None, None, false);
        attributes(tag, |name, text| match name {
            "id" => id = text.parse::<i64>().ok(),
            "lon" => lon = text.parse::<f64>().ok(),
            "lat" => lat = text.parse::<f64>().ok(),
            // Histories and editors keep what was deleted.
            "visible" => gone |= text == "false",
            "action" => gone |= text == "delete",
            _ => {}
        })?;
        let id = id.ok_or_else(|| broken("an element without id"))?;
        let spot = lon.zip(lat).and_then(|(lon, lat)| Spot::from_degrees(lon, lat));
        self.tags.clear();
        self.refs.clear();
        self.members.clear();
        self.open = (!gone).then_some(Open { sort, id, spot });
        Ok(())
    }

    fn member(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadFault> {
        let (mut sort, mut id, mut role) = (None, None, String::new());
        attributes(tag, |name, text| match name {
            "type" => {
                sort = match text {
                    "node" => Some(Sort::Node),
                    "way" => Some(Sort::Way),
                    "relation" => Some(Sort::Relation),
                    _ => None,
                };
            }
            "ref" => id = text.parse().ok(),
            "role" => text.clone_into(&mut role),
            _ => {}
        })?;
        let (sort, id) = sort.zip(id).ok_or_else(|| broken("a member that is nothing"))?;
        self.members.push((sort, id, role));
        Ok(())
    }

    fn close(&mut self, taker: &mut dyn Taker) -> Result<(), ReadFault> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let tags: Vec<(&str, &str)> = self.tags.iter().map(|(k, v)| (&**k, &**v)).collect();
        match open.sort {
            Sort::Node => taker.node(open.id, open.spot, Tags(&tags)),
            Sort::Way => taker.way(open.id, &self.refs, Tags(&tags)),
            Sort::Relation => {
                let members = self.members.iter();
                let members: Vec<Member<'_>> =
                    members.map(|(sort, id, role)| Member { sort: *sort, id: *id, role }).collect();
                taker.relation(open.id, &members, Tags(&tags))
            }
        }
    }
}

/// Every attribute of a tag, with the five entities of XML and numbers put back.
fn attributes(tag: &BytesStart<'_>, mut see: impl FnMut(&str, &str)) -> Result<(), ReadFault> {
    let mut attributes = tag.attributes();
    for attribute in attributes.with_checks(false) {
        let attribute = attribute.map_err(|e| broken(&e.to_string()))?;
        let value =
            quick_xml::escape::unescape(&attribute.value).map_err(|e| broken(&e.to_string()))?;
        see(attribute.key.as_ref(), &value);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_element_tells() {
        for yes in [
            "<osm>",
            "\u{feff}<?xml version='1.0'?>\n<!-- <kml> -->\n<osm version=\"0.6\">",
            "  <osm/>",
        ] {
            assert!(is_osm_xml(yes.as_bytes()), "{yes}");
        }
        for no in ["<osmChange>", "<kml><osm>", "osm", "<!-- <osm>", "<?xml?>", ""] {
            assert!(!is_osm_xml(no.as_bytes()), "{no}");
        }
    }
}
