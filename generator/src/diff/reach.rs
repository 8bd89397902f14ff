//! Which operations a change reaches, and in which directions.

use super::finding::Direction;
use super::walk::{ANY, Change, REPLY, REQUEST, Source, Walk};
use std::collections::{BTreeSet, VecDeque};

/// The operations that lead to each pair.
pub(super) struct Reach {
    /// Two bits for each call: it sends, it receives.
    bits: Vec<Vec<u64>>,
}

impl Reach {
    /// Follows every pair to the operations above it.
    pub(super) fn of(walk: &Walk<'_, '_>) -> Reach {
        let words = (walk.calls.len() * 2).div_ceil(64);
        let mut bits = vec![vec![0_u64; words]; walk.pairs.len()];
        let mut below: Vec<Vec<(usize, u8)>> = vec![Vec::new(); walk.pairs.len()];
        let mut open = VecDeque::new();
        for (at, pair) in walk.pairs.iter().enumerate() {
            for (source, _) in &pair.above {
                match source {
                    Source::Pair(above, directions) => below[*above].push((at, *directions)),
                    Source::Call(call, directions) => set(&mut bits[at], *call, *directions),
                    Source::About(_) => {}
                }
            }
            if bits[at].iter().any(|word| *word != 0) {
                open.push_back(at);
            }
        }
        while let Some(at) = open.pop_front() {
            let own = bits[at].clone();
            for (next, directions) in &below[at] {
                if add(&mut bits[*next], &own, *directions) && !open.contains(next) {
                    open.push_back(*next);
                }
            }
        }
        Reach { bits }
    }

    /// The directions in which a change travels, and the operations that it reaches.
    pub(super) fn change(&self, change: &Change) -> (Direction, BTreeSet<usize>) {
        let (mut directions, mut calls) = (0, BTreeSet::new());
        for source in &change.sources {
            match source {
                Source::Call(call, way) => {
                    calls.insert(*call);
                    directions |= way;
                }
                Source::About(call) => {
                    calls.insert(*call);
                }
                Source::Pair(pair, mask) => {
                    for (call, way) in calls_of(&self.bits[*pair]) {
                        calls.insert(call);
                        directions |= way & mask;
                    }
                }
            }
        }
        (direction(directions), calls)
    }
}

fn direction(bits: u8) -> Direction {
    match bits & ANY {
        REQUEST => Direction::Request,
        REPLY => Direction::Reply,
        ANY => Direction::Both,
        _ => Direction::None,
    }
}

fn set(bits: &mut [u64], call: usize, directions: u8) {
    let at = call * 2;
    bits[at / 64] |= u64::from(directions) << (at % 64);
}

/// Adds what comes from above in these directions; whether that is new.
fn add(bits: &mut [u64], above: &[u64], directions: u8) -> bool {
    let mask = match directions & ANY {
        REQUEST => 0x5555_5555_5555_5555,
        REPLY => 0xaaaa_aaaa_aaaa_aaaa,
        ANY => u64::MAX,
        _ => 0,
    };
    let mut is_new = false;
    for (own, above) in bits.iter_mut().zip(above) {
        let both = *own | (above & mask);
        is_new |= both != *own;
        *own = both;
    }
    is_new
}

fn calls_of(bits: &[u64]) -> impl Iterator<Item = (usize, u8)> {
    bits.iter().enumerate().filter(|(_, word)| **word != 0).flat_map(|(at, word)| {
        (0..32).filter_map(move |call| {
            let way = ((word >> (call * 2)) & 3) as u8;
            (way != 0).then_some((at * 32 + call, way))
        })
    })
}
