//! How full whole villages can make a shelter.

/// Steps beyond which an exact count is not worth the while.
const STEPS: u64 = 4_000_000;

/// The most people, no more than `room`, that some of these villages make together.
///
/// Exact by trying all sums at once (Bellman 1957); where that would take too long it is `room`.
pub(super) fn fullest(villages: impl Iterator<Item = u64>, room: u64) -> u64 {
    let villages: Vec<u64> = villages.filter(|&people| people > 0 && people <= room).collect();
    let all = villages.iter().fold(0_u64, |sum, people| sum.saturating_add(*people));
    if all <= room {
        return all;
    }
    let words = room / 64 + 1;
    if words.saturating_mul(villages.len() as u64) > STEPS {
        return room;
    }
    // Bit n is set when n people can be made.
    let mut sums = vec![0_u64; words as usize];
    sums[0] = 1;
    for people in villages {
        let (whole, bits) = ((people / 64) as usize, people % 64);
        for at in (whole..sums.len()).rev() {
            let mut shifted = sums[at - whole] << bits;
            if bits > 0 && at > whole {
                shifted |= sums[at - whole - 1] >> (64 - bits);
            }
            sums[at] |= shifted;
        }
    }
    (0..=room).rev().find(|n| sums[(n / 64) as usize] >> (n % 64) & 1 == 1).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fullest_shelter_is_a_sum_of_villages() {
        assert_eq!(fullest([30, 50, 70].into_iter(), 100), 100);
        assert_eq!(fullest([30, 50, 70].into_iter(), 99), 80);
        assert_eq!(fullest([30, 50, 70].into_iter(), 29), 0);
        assert_eq!(fullest([30, 50, 70].into_iter(), 1000), 150);
        assert_eq!(fullest([64, 128, 65].into_iter(), 200), 193);
        assert_eq!(fullest(std::iter::empty(), 5), 0);
    }

    #[test]
    fn every_sum_of_small_cases_is_tried() {
        let mut seed = 7_u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % below
        };
        for _ in 0..200 {
            let villages: Vec<u64> = (0..next(9)).map(|_| next(150)).collect();
            let room = next(500);
            let best = (0_u32..1 << villages.len())
                .map(|set| {
                    let taken = villages.iter().enumerate().filter(|(n, _)| set >> n & 1 == 1);
                    taken.map(|(_, people)| people).sum::<u64>()
                })
                .filter(|sum| *sum <= room)
                .max();
            assert_eq!(Some(fullest(villages.iter().copied(), room)), best);
        }
    }
}
