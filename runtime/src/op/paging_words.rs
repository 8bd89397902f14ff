//! The words of [`operation!`](crate::operation!) for how a list is read page by page.

use super::{PageInput, Paging};
use crate::words::{Token, Words};

/// `(offset(2, 0) items("/data") total("/total"))`
pub(super) fn paging(words: &mut Words) -> Option<Paging> {
    let parts = words.group(part);
    let mut parts = parts.into_iter();
    let Part::Step(paging) = parts.next()? else { return None };
    Some(parts.fold(paging, |paging, part| match part {
        Part::Step(step) => step,
        Part::Items(pointer) => paging.items(pointer),
        Part::Total(pointer) => paging.total(pointer),
        Part::More(pointer) => paging.more(pointer),
    }))
}

/// What one word says, with what stands in brackets behind it.
enum Part {
    Step(Paging),
    Items(&'static str),
    Total(&'static str),
    More(&'static str),
}

/// What stands in brackets behind a word.
enum Value {
    /// A number, or a place in the reply or in the body.
    Plain(Token),
    /// A place in a parameter.
    Member(usize, &'static str),
}

fn part(words: &mut Words) -> Option<Part> {
    use Token::{Text, Word};
    use Value::Plain;

    let name = words.word()?;
    let values = words.group(value);
    Some(match (name, values.as_slice()) {
        ("offset", [input, Plain(Word(first))]) => {
            Part::Step(Paging::offset(sent(input)?, first.parse().ok()?))
        }
        ("number", [input, Plain(Word(first))]) => {
            Part::Step(Paging::number(sent(input)?, first.parse().ok()?))
        }
        ("cursor", [input, Plain(Text(next))]) => Part::Step(Paging::cursor(sent(input)?, next)),
        ("last_item", [input, Plain(Text(id))]) => Part::Step(Paging::last_item(sent(input)?, id)),
        ("address", [Plain(Text(next))]) => Part::Step(Paging::address(next)),
        ("link", [Plain(Text(relation))]) => Part::Step(Paging::link(relation)),
        ("items", [Plain(Text(pointer))]) => Part::Items(pointer),
        ("total", [Plain(Text(pointer))]) => Part::Total(pointer),
        ("more", [Plain(Text(pointer))]) => Part::More(pointer),
        _ => return None,
    })
}

/// `2`, `"/place"` or `[2, "/place"]`
fn value(words: &mut Words) -> Option<Value> {
    if !words.opens('[') {
        return words.value().map(Value::Plain);
    }
    let parts = words.group(Words::value);
    let [Token::Word(index), Token::Text(pointer)] = parts.as_slice() else { return None };
    Some(Value::Member(index.parse().ok()?, pointer))
}

/// The index of a parameter, a place in one, or a place in the body.
fn sent(value: &Value) -> Option<PageInput> {
    match value {
        Value::Plain(Token::Word(index)) => Some(PageInput::Param(index.parse().ok()?)),
        Value::Plain(Token::Text(pointer)) => Some(PageInput::Body(pointer)),
        Value::Plain(Token::Open(_) | Token::Close | Token::Comma) => None,
        Value::Member(index, pointer) => Some(PageInput::Member(*index, pointer)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::PageStep;

    fn read(words: &'static str) -> Option<Paging> {
        paging(&mut Words::new(words))
    }

    #[test]
    fn each_step_is_read() {
        let offset = read(stringify!((offset(2, 10) items("/data") total("/n")))).unwrap();
        let input = PageInput::Param(2);
        assert!(
            matches!(offset.step, PageStep::Offset { input: sent, first: 10 } if sent == input)
        );
        assert_eq!((offset.items, offset.total, offset.more), ("/data", Some("/n"), None));
        let number = read(stringify!((number(0, 1) more("/more")))).unwrap();
        assert!(matches!(number.step, PageStep::Number { first: 1, .. }));
        assert_eq!((number.items, number.total, number.more), ("", None, Some("/more")));
        let cursor = read(stringify!((cursor("/page/after", "/next")))).unwrap();
        let input = PageInput::Body("/page/after");
        let PageStep::Cursor { input: sent, next: "/next" } = cursor.step else { panic!() };
        assert_eq!(sent, input);
        let member = read(stringify!((cursor([1, "/after"], "/next")))).unwrap();
        let input = PageInput::Member(1, "/after");
        assert!(matches!(member.step, PageStep::Cursor { input: sent, .. } if sent == input));
        let last = read(stringify!((last_item(4, "/id")))).unwrap();
        assert!(matches!(last.step, PageStep::LastItem { id: "/id", .. }));
        let address = read(stringify!((address("/links/next")))).unwrap();
        assert!(matches!(address.step, PageStep::Address { next: "/links/next" }));
        let link = read(stringify!((link("next")))).unwrap();
        assert!(matches!(link.step, PageStep::Link { relation: "next" }));
    }

    #[test]
    fn without_a_step_there_is_no_paging() {
        assert!(read("(items(\"/data\"))").is_none());
        assert!(read("").is_none());
    }
}
