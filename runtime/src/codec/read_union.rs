//! Unions from JSON text: which variants to try, and the fault when none fits.
//!
//! A table and one function per variant come in, the first value that fits goes out. Only the call of the functions
//! depends on the type; choosing, ranking them and wording the fault are compiled once.

use std::cmp::Reverse;

use jiter::Peek;

use super::canonical;
use super::decoder::Decoder;
use super::fault::Fault;
use super::table::{Pick, Union};

/// The most variants whose faults a message repeats.
const TOLD: usize = 3;

/// The most characters of one variant's fault.
const LONGEST: usize = 160;

/// What reads one variant.
type Arm<'a, T> = &'a dyn Fn(&mut Decoder<'_>) -> Result<T, Fault>;

/// The arms that a value may be, in the order in which they are tried.
struct Candidates {
    arms: Vec<usize>,
    /// The one that declares a property of the value, and none of the others does: when none fits, the fault is its own.
    likely: Option<usize>,
}

impl From<Vec<usize>> for Candidates {
    fn from(arms: Vec<usize>) -> Candidates {
        Candidates { arms, likely: None }
    }
}

impl Candidates {
    /// These, then those of `others`.
    fn then(mut self, others: Candidates) -> Candidates {
        self.arms.extend(others.arms);
        self.likely = self.likely.or(others.likely);
        self
    }
}

impl<'j> Decoder<'j> {
    /// Reads a union: narrows the variants by the table's picks, then takes the first that decodes.
    ///
    /// # Errors
    ///
    /// The [`Fault`] of the variant when only one is possible, or one alone declares a property that is there;
    /// otherwise one that says what each lacks.
    pub fn union<T>(&mut self, table: &'static Union, arms: &[Arm<'_, T>]) -> Result<T, Fault> {
        let mut read = None;
        let chosen = self.choose(table, arms.len(), &mut |json, index| match arms.get(index) {
            Some(arm) => match arm(json) {
                Ok(value) => {
                    read = Some(value);
                    Ok(())
                }
                Err(fault) => Err(fault),
            },
            None => Err(json.unexpected(table.name)),
        });
        match (chosen, read) {
            (Ok(()), Some(value)) => Ok(value),
            (Ok(()), None) => Err(self.unexpected(table.name)),
            (Err(fault), _) => Err(fault),
        }
    }

    /// Finds the arm out of so many that the value at the cursor is, and has it read.
    fn choose(
        &mut self,
        table: &'static Union,
        arms: usize,
        read: &mut dyn FnMut(&mut Self, usize) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let candidates = self.candidates(table, arms)?;
        if let [only] = candidates.arms.as_slice() {
            let value = read(self, *only);
            self.tag = None;
            return value;
        }
        let (start, likely) = (self.mark(), candidates.likely);
        let (mut faults, mut within_bounds) = (Vec::new(), Ok(()));
        for index in candidates.arms {
            match read(self, index) {
                Ok(()) => return Ok(()),
                Err(fault) => faults.push((index, fault)),
            }
            within_bounds = self.back(&start);
            if within_bounds.is_err() {
                break;
            }
        }
        match faults.iter().find(|(index, _)| Some(*index) == likely) {
            Some((_, fault)) => Err(fault.clone()),
            None => within_bounds.and_then(|()| Err(self.no_variant(table, &faults))),
        }
    }

    /// The arms to try, in order.
    fn candidates(&mut self, table: &'static Union, arms: usize) -> Result<Candidates, Fault> {
        let named = arms.min(table.arms.len());
        self.narrow(table.picks, (0..named).collect(), (arms > named).then_some(named))
    }

    /// The arms out of `left` that the picks leave, in order; `other` is the one of tags that aren't listed.
    fn narrow(
        &mut self,
        picks: &'static [Pick],
        mut left: Vec<usize>,
        other: Option<usize>,
    ) -> Result<Candidates, Fault> {
        let mut picks = picks.iter();
        while let Some(pick) = picks.next() {
            let picked = match pick {
                Pick::Tag { property, values } => {
                    match (self.tag(property, values)?.as_slice(), other) {
                        ([only], _) => return Ok(vec![*only].into()),
                        ([], Some(other)) => return Ok(vec![other].into()),
                        ([], None) => {}
                        (several, _) => left.retain(|arm| several.contains(arm)),
                    }
                    continue;
                }
                Pick::Names(known) => {
                    self.rank(known, &mut left)?;
                    continue;
                }
                // The value is none of those which close what it isn't, unless it is none of the others either: what
                // the server has more of is no reason to refuse it.
                Pick::Closed(closed) => {
                    let (open, shut) = self.admitting(closed, &left)?;
                    if !open.is_empty() && !shut.is_empty() {
                        let first = self.narrow(picks.as_slice(), open, other)?;
                        return Ok(first.then(self.narrow(picks.as_slice(), shut, other)?));
                    }
                    continue;
                }
                // The others may hold it as a property that they don't declare.
                Pick::Property(properties) => {
                    let (likely, null) = self.owners(properties, &left)?;
                    if let Some(first) = likely.or(null) {
                        left.sort_by_key(|arm| *arm != first);
                        return Ok(Candidates { arms: left, likely });
                    }
                    continue;
                }
                Pick::JsonType(types) => self.of_type(types, &left)?,
                Pick::Values(values) => self.listing(values, &left)?,
                Pick::Constant(constants) => self.holding(constants, &left)?,
            };
            match picked.as_slice() {
                [] => {}
                [_] => return Ok(picked.into()),
                _ => left = picked,
            }
        }
        Ok(left.into())
    }

    /// The arms out of `left` that the first property belongs to which is there, and to the first that is `null`: many
    /// a server writes `null` for what a value doesn't have.
    fn owners(
        &mut self,
        properties: &[(&str, usize)],
        left: &[usize],
    ) -> Result<(Option<usize>, Option<usize>), Fault> {
        let there =
            self.properties(&mut |name| properties.iter().any(|(wanted, _)| *wanted == name))?;
        let owner = |is_null: bool| {
            let is_there = |wanted: &str| {
                there.iter().any(|(name, json)| name == wanted && (*json == b"null") == is_null)
            };
            let first = properties.iter().find(|(name, arm)| left.contains(arm) && is_there(name));
            first.map(|(_, arm)| *arm)
        };
        Ok((owner(false), owner(true)))
    }

    /// The arms out of `left` that may have all properties of the value, and those which may not.
    fn admitting(
        &mut self,
        closed: &[(&[&str], usize)],
        left: &[usize],
    ) -> Result<(Vec<usize>, Vec<usize>), Fault> {
        let mut shut = vec![false; closed.len()];
        self.properties(&mut |name| {
            for (shut, (names, _)) in shut.iter_mut().zip(closed) {
                *shut |= !names.contains(&name);
            }
            false
        })?;
        let is_shut = |arm: usize| {
            closed.iter().zip(&shut).any(|((_, listed), shut)| *listed == arm && *shut)
        };
        Ok(left.iter().partition(|arm| !is_shut(**arm)))
    }

    /// The arms out of `left` that the value is of the JSON type of; none when it doesn't decide.
    fn of_type(&mut self, types: &[(&str, usize)], left: &[usize]) -> Result<Vec<usize>, Fault> {
        let kind = json_type(self.peek()?);
        let matching = types.iter().filter(|(name, arm)| Some(*name) == kind && left.contains(arm));
        Ok(matching.map(|(_, arm)| *arm).collect())
    }

    /// The arm out of `left` that lists the value.
    fn listing(&mut self, values: &[(&str, usize)], left: &[usize]) -> Result<Vec<usize>, Fault> {
        // Enums list scalars.
        if matches!(self.peek()?, Peek::Object | Peek::Array) {
            return Ok(Vec::new());
        }
        let start = self.mark();
        let json = self.raw()?;
        self.back(&start)?;
        let listed = values
            .iter()
            .find(|(value, arm)| left.contains(arm) && canonical::equal(json, value.as_bytes()));
        Ok(listed.map(|(_, arm)| *arm).into_iter().collect())
    }

    /// The arm out of `left` whose constant the value holds.
    fn holding(
        &mut self,
        constants: &[(&str, &str, usize)],
        left: &[usize],
    ) -> Result<Vec<usize>, Fault> {
        let there =
            self.properties(&mut |name| constants.iter().any(|(wanted, _, _)| *wanted == name))?;
        let first = constants.iter().find(|(wanted, constant, arm)| {
            let holds = |(name, value): &(String, &[u8])| {
                name == wanted && canonical::equal(value, constant.as_bytes())
            };
            left.contains(arm) && there.iter().any(holds)
        });
        Ok(first.map(|(_, _, arm)| *arm).into_iter().collect())
    }

    /// Puts the listed arms in the order of how many of the value's properties each knows, the most first. Arms that
    /// aren't listed keep their places.
    fn rank(&mut self, known: &[(&[&str], usize)], left: &mut [usize]) -> Result<(), Fault> {
        let mut counts = vec![0_usize; known.len()];
        self.properties(&mut |name| {
            for (count, (names, _)) in counts.iter_mut().zip(known) {
                *count += usize::from(names.contains(&name));
            }
            false
        })?;
        let count = |arm: usize| {
            counts
                .iter()
                .zip(known)
                .find(|(_, (_, listed))| *listed == arm)
                .map(|(count, _)| *count)
        };
        let mut ranked: Vec<usize> =
            left.iter().copied().filter(|arm| count(*arm).is_some()).collect();
        ranked.sort_by_key(|arm| Reverse(count(*arm)));
        let places = left.iter_mut().filter(|arm| count(**arm).is_some());
        places.zip(ranked).for_each(|(place, arm)| *place = arm);
        Ok(())
    }

    /// The arms of the value of `property`: of its text, where it is a string, else of how it is written.
    fn tag(
        &mut self,
        property: &'static str,
        values: &[(&str, usize)],
    ) -> Result<Vec<usize>, Fault> {
        let there = self.properties(&mut |name| name == property)?;
        let Some((_, value)) = there.last() else { return Ok(Vec::new()) };
        let mut string = Decoder::new(value);
        let Some(tag) = string.str().ok().or_else(|| std::str::from_utf8(value).ok()) else {
            return Ok(Vec::new());
        };
        let tagged = values.iter().filter(|(listed, _)| *listed == tag);
        let arms: Vec<usize> = tagged.map(|(_, arm)| *arm).collect();
        // An arm with several tags would not know which one it came with.
        let is_own = |arm: usize| values.iter().filter(|(_, other)| *other == arm).count() == 1;
        self.tag = matches!(arms.as_slice(), [arm] if is_own(*arm)).then_some(property);
        Ok(arms)
    }

    /// The wanted properties of the object at the cursor, which stays where it is. None when it isn't an object.
    fn properties(
        &mut self,
        wanted: &mut dyn FnMut(&str) -> bool,
    ) -> Result<Vec<(String, &'j [u8])>, Fault> {
        let mut found = Vec::new();
        if self.peek()? != Peek::Object {
            return Ok(found);
        }
        let start = self.mark();
        self.entries(&mut |name, json| {
            if wanted(name) {
                found.push((name.to_owned(), json));
            }
        })?;
        self.back(&start)?;
        Ok(found)
    }

    /// Reads an object as the names and texts of its properties.
    pub(super) fn entries(&mut self, entry: &mut dyn FnMut(&str, &'j [u8])) -> Result<(), Fault> {
        if self.peek()? != Peek::Object {
            return Err(self.unexpected("object"));
        }
        self.enter()?;
        let mut key = self.jiter.known_object().map(|key| key.map(str::to_owned));
        while let Some(name) = key.map_err(|error| self.syntax(&error))? {
            let json = self.raw().map_err(|fault| fault.in_key(&name))?;
            entry(&name, json);
            key = self.jiter.next_key().map(|key| key.map(str::to_owned));
        }
        self.leave();
        Ok(())
    }

    /// The fault that no variant fits, with what the first of them lacked.
    fn no_variant(&self, table: &'static Union, faults: &[(usize, Fault)]) -> Fault {
        let told: Vec<String> = faults
            .iter()
            .take(TOLD)
            .map(|(index, fault)| {
                let arm = table.arms.get(*index).copied().unwrap_or("Unknown");
                shorten(format!(
                    "{arm} needs {} at {} (found {})",
                    fault.expected, fault.path, fault.found
                ))
            })
            .collect();
        let more = if faults.len() > TOLD { "; …" } else { "" };
        let fault = self.unexpected("");
        let found = format!("{}: {}{more}", fault.found, told.join("; "));
        let expected = shorten(format!("{} ({})", table.name, table.arms.join(" or ")));
        fault.with_found(found).with_expected(expected)
    }
}

/// Nested unions repeat each other's faults, so each is cut.
fn shorten(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

fn json_type(peek: Peek) -> Option<&'static str> {
    match peek {
        Peek::Null => Some("null"),
        Peek::True | Peek::False => Some("boolean"),
        Peek::String => Some("string"),
        Peek::Array => Some("array"),
        Peek::Object => Some("object"),
        peek if peek.is_num() => Some("number"),
        _ => None,
    }
}
