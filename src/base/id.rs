//! Record ids: name-based UUIDs, so that two machines importing the same ledger agree.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Identifies one record for good, independent of the layer's row number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(Uuid);

impl Id {
    /// A version 8 UUID (RFC 9562, section 5.8) derived from the kind's key and the record's natural key.
    ///
    /// ```
    /// use shouye::base::Id;
    /// assert_eq!(Id::from_natural_key("shelter", "370830-7"), Id::from_natural_key("shelter", "370830-7"));
    /// assert_ne!(Id::from_natural_key("shelter", "7"), Id::from_natural_key("school", "7"));
    /// ```
    pub fn from_natural_key(kind: &str, key: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(kind.as_bytes());
        hasher.update(&[0]);
        hasher.update(key.as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// Reads the hyphenated form; `None` if `text` is not a UUID.
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::try_parse(text).ok().map(Self)
    }

    /// The sixteen bytes, most significant first.
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// The id with these sixteen bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_version_8_and_survive_text() {
        let id = Id::from_natural_key("shelter", "公园");
        assert_eq!(id.0.get_version_num(), 8);
        assert_eq!(Id::parse(&id.to_string()), Some(id));
        assert_eq!(Id::parse("no id"), None);
    }
}
