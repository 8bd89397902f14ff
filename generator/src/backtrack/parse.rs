//! A pattern of ECMA-262 as what it repeats: sets of characters in order, in alternatives, in loops.
//!
//! Assertions are read as nothing. Back references and what depends on Unicode's tables give none:
//! nothing is said of such a pattern.

/// A part of a pattern.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// One character of a set.
    Set(Set),
    /// One after the other.
    Sequence(Vec<Part>),
    /// One of these.
    Choice(Vec<Part>),
    /// Once or not at all.
    Maybe(Box<Part>),
    /// Any number of times, at least once.
    Loop(Box<Part>),
}

/// Ranges of characters, each with its last one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Set(pub(super) Vec<(u32, u32)>);

impl Set {
    /// A character that both sets hold.
    pub(super) fn common(&self, other: &Set) -> Option<char> {
        let pairs = self.0.iter().flat_map(|a| other.0.iter().map(move |b| (a, b)));
        let common = pairs.filter_map(|(a, b)| {
            let (first, last) = (a.0.max(b.0), a.1.min(b.1));
            (first <= last).then(|| (first..=last).find_map(char::from_u32)).flatten()
        });
        // A letter says more in a message than a control character.
        common.min_by_key(|c| (!c.is_ascii_alphanumeric(), !c.is_ascii_graphic(), *c))
    }

    fn negated(mut self) -> Set {
        self.0.sort_unstable();
        let (mut rest, mut next) = (Vec::new(), 0);
        for (first, last) in self.0 {
            if first > next {
                rest.push((next, first - 1));
            }
            next = next.max(last + 1);
        }
        if next <= LAST {
            rest.push((next, LAST));
        }
        Set(rest)
    }
}

/// The last character of Unicode.
const LAST: u32 = 0x10_ffff;

/// The longest pattern that is looked at, and the deepest nesting.
const LONGEST: usize = 2000;
const DEEPEST: usize = 50;

/// A repetition of at least this many times is like one without an end.
const MANY: u32 = 10;

/// The parts of a pattern; none when nothing can be said of it.
pub(super) fn parse(pattern: &str) -> Option<Part> {
    if pattern.len() > LONGEST {
        return None;
    }
    let mut parser = Parser { chars: pattern.chars().collect(), at: 0, depth: 0 };
    let part = parser.choice()?;
    (parser.at == parser.chars.len()).then_some(part)
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn eat(&mut self, text: &str) -> bool {
        let is_next =
            text.chars().enumerate().all(|(i, c)| self.chars.get(self.at + i) == Some(&c));
        self.at += if is_next { text.chars().count() } else { 0 };
        is_next
    }

    fn choice(&mut self) -> Option<Part> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut arms = vec![self.sequence()?];
        while self.eat("|") {
            arms.push(self.sequence()?);
        }
        self.depth -= 1;
        Some(if arms.len() == 1 { arms.remove(0) } else { Part::Choice(arms) })
    }

    fn sequence(&mut self) -> Option<Part> {
        let mut parts = Vec::new();
        while self.peek().is_some_and(|c| c != '|' && c != ')') {
            let part = self.atom()?;
            parts.push(self.quantified(part)?);
        }
        Some(Part::Sequence(parts))
    }

    fn atom(&mut self) -> Option<Part> {
        let nothing = Part::Sequence(Vec::new());
        match self.next()? {
            '^' | '$' => Some(nothing),
            '.' => Some(Part::Set(Set(vec![(10, 10), (13, 13)]).negated())),
            '[' => self.class().map(Part::Set),
            '(' => self.group(),
            '\\' if self.eat("b") || self.eat("B") => Some(nothing),
            '\\' => self.escape().map(Part::Set),
            '*' | '+' | '?' => None,
            c => Some(Part::Set(one(c))),
        }
    }

    fn group(&mut self) -> Option<Part> {
        let is_assertion = ["?=", "?!", "?<=", "?<!"].iter().any(|mark| self.eat(mark));
        if !is_assertion && self.eat("?<") {
            while self.next()? != '>' {}
        } else if !is_assertion {
            self.eat("?:");
        }
        let part = self.choice()?;
        if !self.eat(")") {
            return None;
        }
        Some(if is_assertion { Part::Sequence(Vec::new()) } else { part })
    }

    fn quantified(&mut self, part: Part) -> Option<Part> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.braces() {
                Some(limits) => limits,
                // A brace that repeats nothing is a character, which `atom` has to see.
                None => return Some(part),
            },
            _ => return Some(part),
        };
        self.at += 1;
        self.eat("?");
        let is_loop = most.is_none_or(|most: u32| most >= MANY && most > least);
        let part = if is_loop { Part::Loop(Box::new(part)) } else { part };
        Some(if least == 0 { Part::Maybe(Box::new(part)) } else { part })
    }

    /// `{2}`, `{2,}`, `{2,5}`; leaves the position at the closing brace.
    fn braces(&mut self) -> Option<(u32, Option<u32>)> {
        let end = self.chars[self.at..].iter().position(|c| *c == '}')? + self.at;
        let inside: String = self.chars[self.at + 1..end].iter().collect();
        let limits = match inside.split_once(',') {
            None => {
                let count = inside.parse().ok()?;
                (count, Some(count))
            }
            Some((least, "")) => (least.parse().ok()?, None),
            Some((least, most)) => (least.parse().ok()?, Some(most.parse().ok()?)),
        };
        self.at = end;
        Some(limits)
    }

    fn class(&mut self) -> Option<Set> {
        let is_negated = self.eat("^");
        let mut set = Set::default();
        while !self.eat("]") {
            let first = self.member()?;
            let is_range = self.peek() == Some('-') && self.chars.get(self.at + 1) != Some(&']');
            if !is_range {
                set.0.extend(first.0);
                continue;
            }
            self.at += 1;
            let last = self.member()?;
            match (first.0.as_slice(), last.0.as_slice()) {
                ([(a, b)], [(c, d)]) if a == b && c == d && a <= c => set.0.push((*a, *c)),
                // `[\w-.]`: the hyphen is one.
                _ => set.0.extend(first.0.into_iter().chain(one('-').0).chain(last.0)),
            }
        }
        Some(if is_negated { set.negated() } else { set })
    }

    fn member(&mut self) -> Option<Set> {
        match self.next()? {
            '\\' if self.eat("b") => Some(one('\u{8}')),
            '\\' => self.escape(),
            c => Some(one(c)),
        }
    }

    fn escape(&mut self) -> Option<Set> {
        let digits = || Set(vec![(48, 57)]);
        let words = || Set(vec![(48, 57), (65, 90), (95, 95), (97, 122)]);
        let spaces =
            || Set(vec![(9, 13), (32, 32), (160, 160), (0x2000, 0x200a), (0xfeff, 0xfeff)]);
        Some(match self.next()? {
            'd' => digits(),
            'D' => digits().negated(),
            'w' => words(),
            'W' => words().negated(),
            's' => spaces(),
            'S' => spaces().negated(),
            't' => one('\t'),
            'n' => one('\n'),
            'r' => one('\r'),
            'f' => one('\u{c}'),
            'v' => one('\u{b}'),
            '0' => one('\0'),
            'x' => self.hex(2)?,
            'u' if self.eat("{") => {
                let mut code = 0_u32;
                while !self.eat("}") {
                    code = code.checked_mul(16)?.checked_add(self.next()?.to_digit(16)?)?;
                }
                Set(vec![(code, code)])
            }
            'u' => self.hex(4)?,
            // A property of Unicode, or a back reference.
            'p' | 'P' | 'k' | 'c' | '1'..='9' => return None,
            c => one(c),
        })
    }

    fn hex(&mut self, digits: usize) -> Option<Set> {
        let mut code = 0;
        for _ in 0..digits {
            code = code * 16 + self.next()?.to_digit(16)?;
        }
        Some(Set(vec![(code, code)]))
    }
}

fn one(c: char) -> Set {
    Set(vec![(u32::from(c), u32::from(c))])
}
