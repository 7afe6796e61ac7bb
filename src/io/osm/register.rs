//! Elements by their number, in whatever order the file has them: sorted arrays instead of a tree.

use crate::io::fault::ReadFault;

/// Elements of one sort. Of several with one number the last counts.
pub struct Register<T> {
    ids: Vec<i64>,
    values: Vec<T>,
    /// Where in the file each stood; `None` while the file is sorted.
    ordinals: Option<Vec<u32>>,
    ascending: bool,
    most: usize,
}

impl<T: Copy> Register<T> {
    /// An empty one that will take no more than `most`.
    pub fn new(most: usize) -> Self {
        Self { ids: Vec::new(), values: Vec::new(), ordinals: None, ascending: true, most }
    }

    /// The place in the file of the element that is added next.
    pub fn next_ordinal(&self) -> u32 {
        u32::try_from(self.ids.len()).unwrap_or(u32::MAX)
    }

    /// Adds an element; gives its place in the file.
    pub fn push(&mut self, id: i64, value: T) -> Result<u32, ReadFault> {
        let ordinal = self.next_ordinal();
        if self.ids.len() >= self.most {
            return Err(ReadFault::TooLarge { what: format!("OSM > {}", self.most) });
        }
        self.ascending &= self.ids.last().is_none_or(|last| *last < id);
        self.ids.push(id);
        self.values.push(value);
        Ok(ordinal)
    }

    /// Sorts what came unsorted; gives the number of elements that a later one of the same number replaces.
    pub fn finish(&mut self) -> usize {
        if self.ascending {
            return 0;
        }
        let count = self.ids.len();
        let mut order: Vec<u32> = (0..).take(count).collect();
        order.sort_unstable_by_key(|at| (self.ids[*at as usize], *at));
        let last = |pair: (usize, &u32)| {
            let (at, own) = pair;
            let next = order.get(at + 1);
            let replaced = next.is_some_and(|n| self.ids[*n as usize] == self.ids[*own as usize]);
            (!replaced).then_some(*own)
        };
        let kept: Vec<u32> =
            order.iter().enumerate().filter_map(|(at, own)| last((at, own))).collect();
        self.ids = kept.iter().map(|at| self.ids[*at as usize]).collect();
        self.values = kept.iter().map(|at| self.values[*at as usize]).collect();
        self.ordinals = Some(kept);
        self.ascending = true;
        count - self.ids.len()
    }

    /// The element with a number.
    #[inline]
    pub fn get(&self, id: i64) -> Option<T> {
        self.ids.binary_search(&id).ok().map(|at| self.values[at])
    }

    /// Whether the element that stood there is the one that counts.
    pub fn is_current(&self, id: i64, ordinal: u32) -> bool {
        match &self.ordinals {
            None => true,
            Some(all) => self.ids.binary_search(&id).is_ok_and(|at| all[at] == ordinal),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_a_number_counts_in_any_order() {
        let mut register = Register::new(10);
        let ids = [5, -3, i64::MAX, 5, i64::MIN];
        for (value, id) in ids.into_iter().enumerate() {
            register.push(id, value).unwrap();
        }
        assert_eq!(register.finish(), 1);
        assert_eq!((register.get(5), register.get(-3), register.get(0)), (Some(3), Some(1), None));
        assert_eq!(register.get(i64::MAX), Some(2));
        assert!(register.is_current(5, 3) && !register.is_current(5, 0));
        assert_eq!(register.ids, [i64::MIN, -3, 5, i64::MAX]);
        for id in 0..5 {
            register.push(id, 0).unwrap();
        }
        assert!(register.push(9, 0).is_ok() && register.push(10, 0).is_err());
    }
}
