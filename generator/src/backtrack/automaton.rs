//! The ways through the loops of a pattern.
//!
//! Each set of a pattern is a position; after a character one is at a position, and may go on to
//! those that follow (Glushkov's automaton). A text of length n can be matched in exponentially many
//! ways exactly when some position leads back to itself by one text in two ways: when, walking two
//! positions side by side over the same characters, one gets from a pair of equal ones to a pair of
//! different ones and back. The same step taken by two different constructs is two ways as well.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::parse::{Part, Set};

/// The most positions that are looked at: pairs of them are walked.
const MOST: usize = 64;

/// The most pairs that are looked at over all.
const STEPS: usize = 2_000_000;

/// Two positions, and whether they ever were different ones on the way.
type Pair = (usize, usize, bool);

/// For each pair the one before it, and the character between them.
type Steps = BTreeMap<Pair, (Pair, char)>;

/// A text that leads through a loop in two ways.
pub(super) fn ambiguous_loop(pattern: &Part) -> Option<String> {
    let mut automaton = Automaton::default();
    automaton.add(pattern)?;
    automaton.doubled().or_else(|| automaton.forked())
}

#[derive(Default)]
struct Automaton {
    sets: Vec<Set>,
    /// For each position those that may come next, and whether two constructs lead there.
    next: Vec<BTreeMap<usize, bool>>,
}

/// Where a part begins and ends.
struct Ends {
    first: Vec<usize>,
    last: Vec<usize>,
    nullable: bool,
}

impl Automaton {
    fn add(&mut self, part: &Part) -> Option<Ends> {
        match part {
            Part::Set(set) => {
                let position = self.sets.len();
                if position == MOST {
                    return None;
                }
                self.sets.push(set.clone());
                self.next.push(BTreeMap::new());
                Some(Ends { first: vec![position], last: vec![position], nullable: false })
            }
            Part::Sequence(parts) => {
                let mut all = Ends { first: Vec::new(), last: Vec::new(), nullable: true };
                for part in parts {
                    let ends = self.add(part)?;
                    self.join(&all.last, &ends.first);
                    if all.nullable {
                        all.first.extend(&ends.first);
                    }
                    if !ends.nullable {
                        all.last.clear();
                    }
                    all.last.extend(&ends.last);
                    all.nullable &= ends.nullable;
                }
                Some(all)
            }
            Part::Choice(arms) => {
                let mut all = Ends { first: Vec::new(), last: Vec::new(), nullable: false };
                for arm in arms {
                    let ends = self.add(arm)?;
                    all.first.extend(ends.first);
                    all.last.extend(ends.last);
                    all.nullable |= ends.nullable;
                }
                Some(all)
            }
            Part::Maybe(part) => Some(Ends { nullable: true, ..self.add(part)? }),
            Part::Loop(part) => {
                let ends = self.add(part)?;
                self.join(&ends.last, &ends.first);
                Some(ends)
            }
        }
    }

    fn join(&mut self, from: &[usize], to: &[usize]) {
        for from in from {
            for to in to {
                let next = &mut self.next[*from];
                next.entry(*to).and_modify(|doubled| *doubled = true).or_insert(false);
            }
        }
    }

    /// A step that two constructs take, in a loop.
    fn doubled(&self) -> Option<String> {
        for (from, next) in self.next.iter().enumerate() {
            for (to, _) in next.iter().filter(|(_, doubled)| **doubled) {
                if let Some(path) = self.path(*to, from) {
                    let chars = path.iter().filter_map(|at| self.sets[*at].common(&self.sets[*at]));
                    return Some(chars.collect());
                }
            }
        }
        None
    }

    /// The positions on a shortest way, with both ends.
    fn path(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        let mut before: BTreeMap<usize, usize> = BTreeMap::new();
        let mut waiting = VecDeque::from([from]);
        let mut seen = BTreeSet::from([from]);
        while let Some(at) = waiting.pop_front() {
            if at == to {
                let mut path = vec![at];
                while let Some(previous) = path.last().and_then(|at| before.get(at)) {
                    path.push(*previous);
                }
                path.reverse();
                return Some(path);
            }
            for next in self.next[at].keys() {
                if seen.insert(*next) {
                    before.insert(*next, at);
                    waiting.push_back(*next);
                }
            }
        }
        None
    }

    /// Two ways from a position back to itself.
    fn forked(&self) -> Option<String> {
        let mut left = STEPS;
        (0..self.sets.len()).find_map(|start| self.forked_at(start, &mut left))
    }

    /// Pairs are walked with a mark: whether they ever were of two different positions.
    fn forked_at(&self, start: usize, left: &mut usize) -> Option<String> {
        let goal = (start, start, true);
        let mut before = Steps::new();
        let mut waiting = VecDeque::from([(start, start, false)]);
        while let Some(state @ (a, b, forked)) = waiting.pop_front() {
            for (x, y) in self.next[a].keys().flat_map(|x| self.next[b].keys().map(move |y| (x, y)))
            {
                *left = left.checked_sub(1)?;
                let next = (*x, *y, forked || x != y);
                let Some(c) = self.sets[*x].common(&self.sets[*y]) else { continue };
                if before.contains_key(&next) {
                    continue;
                }
                before.insert(next, (state, c));
                if next == goal {
                    return Some(told(&before, goal));
                }
                waiting.push_back(next);
            }
        }
        None
    }
}

/// The text on the way to the goal.
fn told(before: &Steps, goal: Pair) -> String {
    let (mut text, mut at) = (Vec::new(), goal);
    while let Some((previous, c)) = before.get(&at) {
        text.push(*c);
        at = *previous;
        if !at.2 && at.0 == goal.0 && at.1 == goal.1 {
            break;
        }
    }
    text.iter().rev().collect()
}
