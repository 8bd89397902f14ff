//! A text that a regular expression matches: ECMA-262, as far as documents use it.
//!
//! What repeats is repeated as little as can be, and what is chosen is the first choice. What looks
//! ahead is passed over: the validator tells whether the text will do. What looks or refers back has
//! no text.

use std::iter::Peekable;
use std::str::Chars;

/// How much longer than the shortest a text may be tried.
const LONGEST: usize = 256;

/// A text that the pattern matches, of at least and at most so many characters.
pub(super) fn text(pattern: &str, least: usize, most: usize) -> Option<String> {
    let mut reader = Reader { chars: pattern.chars().peekable() };
    let choice = reader.choice()?;
    if reader.chars.next().is_some() {
        return None;
    }
    let open_start = !pattern.starts_with('^');
    (0..LONGEST).find_map(|more| {
        let mut text = String::new();
        choice.write(more, &mut text);
        // Where nothing holds the ends, other text may stand there.
        while open_start && text.chars().count() < least {
            text.insert(0, 'a');
        }
        let length = text.chars().count();
        (least..=most).contains(&length).then_some(text)
    })
}

/// A part of a pattern.
#[derive(Debug)]
enum Part {
    Letter(char),
    Group(Choice),
    /// A part, its fewest repetitions and its most.
    Repeated(Box<Part>, usize, usize),
    /// An end of the text or of a word.
    Edge,
}

/// Alternatives: only the first is used.
#[derive(Debug)]
struct Choice(Vec<Part>);

impl Choice {
    fn write(&self, more: usize, text: &mut String) {
        for part in &self.0 {
            part.write(more, text);
        }
    }
}

impl Part {
    fn write(&self, more: usize, text: &mut String) {
        match self {
            Self::Letter(letter) => text.push(*letter),
            Self::Group(choice) => choice.write(more, text),
            Self::Repeated(part, least, most) => {
                for _ in 0..(*least + more).min(*most) {
                    part.write(0, text);
                }
            }
            Self::Edge => {}
        }
    }
}

struct Reader<'a> {
    chars: Peekable<Chars<'a>>,
}

impl Reader<'_> {
    fn choice(&mut self) -> Option<Choice> {
        let mut first = None;
        let mut parts = Vec::new();
        loop {
            match self.chars.peek() {
                None | Some(')') => break,
                Some('|') => {
                    self.chars.next();
                    first.get_or_insert_with(|| std::mem::take(&mut parts));
                    parts.clear();
                }
                Some(_) => {
                    let part = self.part()?;
                    parts.push(self.repeated(part)?);
                }
            }
        }
        Some(Choice(first.unwrap_or(parts)))
    }

    fn part(&mut self) -> Option<Part> {
        Some(match self.chars.next()? {
            '^' | '$' => Part::Edge,
            '.' => Part::Letter('a'),
            '(' => {
                if self.chars.next_if_eq(&'?').is_some() {
                    match self.chars.next()? {
                        ':' => {}
                        // A named group; a look behind has `=` or `!` there.
                        '<' => {
                            self.chars.next_if(|c| c.is_alphabetic())?;
                            self.chars.by_ref().find(|c| *c == '>')?;
                        }
                        // What has to follow or must not: whether it does is seen afterwards.
                        '=' | '!' => {
                            self.choice()?;
                            self.chars.next_if_eq(&')')?;
                            return Some(Part::Edge);
                        }
                        _ => return None,
                    }
                }
                let choice = self.choice()?;
                self.chars.next_if_eq(&')')?;
                Part::Group(choice)
            }
            '[' => Part::Letter(self.class()?),
            '\\' => match self.chars.next()? {
                'b' | 'B' => Part::Edge,
                '1'..='9' => return None,
                other => Part::Letter(self.escape(other)?),
            },
            letter => Part::Letter(letter),
        })
    }

    /// One letter that an escape stands for.
    fn escape(&mut self, letter: char) -> Option<char> {
        Some(match letter {
            'd' => '1',
            'w' | 'D' | 'S' => 'a',
            's' => ' ',
            'W' => '-',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' | 'x' => {
                let braced = self.chars.next_if_eq(&'{').is_some();
                let mut digits = String::new();
                let most = if letter == 'x' { 2 } else { 4 };
                while digits.len() < if braced { 6 } else { most } {
                    let Some(digit) = self.chars.next_if(char::is_ascii_hexdigit) else { break };
                    digits.push(digit);
                }
                if braced {
                    self.chars.next_if_eq(&'}')?;
                }
                char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
            }
            'p' | 'P' => {
                self.chars.next_if_eq(&'{')?;
                let name: String = self.chars.by_ref().take_while(|c| *c != '}').collect();
                match name.as_str() {
                    _ if letter == 'P' => '-',
                    "L" | "Letter" | "Ll" | "Alphabetic" => 'a',
                    "Lu" => 'A',
                    "N" | "Nd" => '1',
                    _ => return None,
                }
            }
            other => other,
        })
    }

    /// One letter of a class in brackets.
    fn class(&mut self) -> Option<char> {
        let negated = self.chars.next_if_eq(&'^').is_some();
        let mut ranges: Vec<(char, char)> = Vec::new();
        loop {
            let start = match self.chars.next()? {
                ']' => break,
                '\\' => {
                    let escaped = self.chars.next()?;
                    ranges.extend(match escaped {
                        'w' => vec![('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')],
                        'd' => vec![('0', '9')],
                        'S' => vec![('!', '~')],
                        _ => Vec::new(),
                    });
                    self.escape(escaped)?
                }
                letter => letter,
            };
            let mut rest = self.chars.clone();
            let is_range = rest.next() == Some('-') && rest.next().is_some_and(|c| c != ']');
            let end = if is_range {
                self.chars.next();
                match self.chars.next()? {
                    '\\' => {
                        let escaped = self.chars.next()?;
                        self.escape(escaped)?
                    }
                    letter => letter,
                }
            } else {
                start
            };
            ranges.push((start, end));
        }
        let holds = |c: char| ranges.iter().any(|(start, end)| (*start..=*end).contains(&c));
        let usual = ('a'..='z').chain('0'..='9').chain('A'..='Z').chain(' '..='~');
        let mut usual = usual.filter(|c| holds(*c) != negated);
        usual.next().or_else(|| ranges.first().map(|range| range.0).filter(|_| !negated))
    }

    fn repeated(&mut self, part: Part) -> Option<Part> {
        let (least, most) = match self.chars.peek() {
            Some('*') => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            Some('?') => (0, 1),
            Some('{') => match self.bounds() {
                Some(bounds) => bounds,
                None => return Some(part),
            },
            _ => return Some(part),
        };
        self.chars.next();
        self.chars.next_if_eq(&'?');
        Some(Part::Repeated(Box::new(part), least, most))
    }

    /// `{1}`, `{1,}`, `{1,2}`, up to the closing brace; nothing else begins with a brace.
    fn bounds(&mut self) -> Option<(usize, usize)> {
        let inner: String = self.chars.clone().skip(1).take_while(|c| *c != '}').collect();
        let (least, most) = match inner.split_once(',') {
            None => (inner.parse().ok()?, inner.parse().ok()?),
            Some((least, "")) => (least.parse().ok()?, usize::MAX),
            Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
        };
        for _ in 0..=inner.chars().count() {
            self.chars.next();
        }
        Some((least, most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_match_their_patterns() {
        for (pattern, expected) in [
            ("^[0-9a-f]{4}$", "aaaa"),
            ("^(?:get|put)-\\d+$", "get-1"),
            ("^[A-Z]{2,3}_x?$", "AA_"),
            ("^\\S+@\\S+\\.[^\\s.]+$", "a@a.a"),
            ("^[^/]+$", "a"),
            ("^[\\w-]+$", "a"),
            ("^\\u0041\\x42\\/$", "AB/"),
            ("^(?<year>\\d{4})-(\\d{2})$", "1111-11"),
            ("x{,2}", "x{,2}"),
            ("", ""),
        ] {
            assert_eq!(text(pattern, 0, 1000).as_deref(), Some(expected), "{pattern}");
        }
    }

    #[test]
    fn lengths_are_kept() {
        assert_eq!(text("^a+$", 5, 10).as_deref(), Some("aaaaa"));
        assert_eq!(text("b", 3, 3).as_deref(), Some("aab"));
        assert_eq!(text("^a{2}$", 5, 10), None);
    }

    #[test]
    fn what_looks_back_has_no_text() {
        assert_eq!(text("^(?!x)[a-z]+$", 3, 9).as_deref(), Some("aaa"));
        for pattern in ["(a)\\1", "(?<=a)b", "(", "["] {
            assert_eq!(text(pattern, 0, 1000), None, "{pattern}");
        }
    }
}
