//! Path templates (OpenAPI 3.1, section 4.8.8.2), and what documents take into them from elsewhere:
//! expressions of RFC 6570, patterns of web frameworks and of Google's `http` rules, and a query.
//!
//! In goes a path, out come its pieces. A name that is declared as it stands in braces is that name;
//! decorations are taken off the others. They say how the value is written.

use super::model::Place;

/// A path, split at its parameters.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Template<'t> {
    /// The path itself.
    pub(crate) path: Vec<Piece<'t>>,
    /// What stands behind `?`, split at `&`.
    pub(crate) query: Option<Vec<Vec<Piece<'t>>>>,
    /// What stands behind, with its `#`. It is never sent.
    pub(crate) fragment: &'t str,
}

/// A piece of a template.
#[derive(Debug, PartialEq)]
pub(crate) enum Piece<'t> {
    /// Text that stands as it is.
    Text(&'t str),
    /// A parameter.
    Variable(Variable<'t>),
}

/// A parameter that a template names, and what its decoration says of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Variable<'t> {
    /// Name, without decorations.
    pub(crate) name: &'t str,
    /// Style of the expansion, where it isn't `simple`: `label`, `matrix`, or `fragment`, which no
    /// parameter has.
    pub(crate) style: Option<&'static str>,
    /// Items stand for themselves (RFC 6570, section 2.4.2).
    pub(crate) explode: bool,
    /// Reserved characters stay, the slash among them (RFC 6570, section 3.2.3).
    pub(crate) reserved: bool,
}

/// Reads a path. `has` tells which parameters are declared. A piece of the query that only repeats
/// what a parameter of the query writes by itself is left out.
pub(crate) fn read<'t>(path: &'t str, has: &dyn Fn(Place, &str) -> bool) -> Template<'t> {
    let mut template = Template::default();
    let mut rest = path;
    while !rest.is_empty() {
        let (text, tail) = rest.split_at(rest.find(['{', '#']).unwrap_or(rest.len()));
        template.text(text);
        if tail.starts_with('#') {
            template.fragment = tail;
            break;
        }
        let Some(inside) = inside(tail) else {
            // A brace that isn't closed is text.
            template.text(tail);
            break;
        };
        template.expression(inside, &|name| has(Place::Path, name));
        rest = &tail[inside.len() + 2..];
    }
    template.leave_out(has);
    template
}

/// What stands in the braces that a text begins with. Braces in them are those of a pattern.
fn inside(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return text.get(1..at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    text.find('}').and_then(|end| text.get(1..end))
}

impl<'t> Template<'t> {
    /// The parameters, in order; one that is named twice is there twice.
    pub(crate) fn variables(&self) -> impl Iterator<Item = Variable<'t>> {
        let query = self.query.iter().flatten().flatten();
        self.path.iter().chain(query).filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Variable(variable) => Some(*variable),
        })
    }

    /// Everything in order, as one list.
    pub(crate) fn pieces(self) -> Vec<Piece<'t>> {
        let mut pieces = self.path;
        for (index, item) in self.query.into_iter().flatten().enumerate() {
            pieces.push(Piece::Text(if index == 0 { "?" } else { "&" }));
            pieces.extend(item);
        }
        pieces.push(Piece::Text(self.fragment));
        pieces
    }

    /// Leaves out the fixed pieces of the query that a parameter writes by itself, as `writes` tells of
    /// a name and a value.
    pub(crate) fn without(mut self, writes: &dyn Fn(&str, &str) -> bool) -> Self {
        let is_written = |item: &Vec<Piece<'t>>| match item.as_slice() {
            [Piece::Text(text)] => text.split_once('=').is_some_and(|(k, v)| writes(k, v)),
            _ => false,
        };
        self.query =
            self.query.map(|items| items.into_iter().filter(|it| !is_written(it)).collect());
        self.query = self.query.filter(|items: &Vec<_>| !items.is_empty());
        self
    }

    fn text(&mut self, text: &'t str) {
        let query = match (&mut self.query, text.split_once('?')) {
            (Some(_), _) => text,
            (None, None) => return self.path.push(Piece::Text(text)),
            (None, Some((path, query))) => {
                self.path.push(Piece::Text(path));
                self.query = Some(vec![Vec::new()]);
                query
            }
        };
        for (index, text) in query.split('&').enumerate() {
            if index > 0 {
                self.query_item(Vec::new());
            }
            if !text.is_empty() {
                self.push(Piece::Text(text));
            }
        }
    }

    fn push(&mut self, piece: Piece<'t>) {
        match self.query.as_mut().and_then(|items| items.last_mut()) {
            Some(item) => item.push(piece),
            None => self.path.push(piece),
        }
    }

    fn query_item(&mut self, item: Vec<Piece<'t>>) {
        self.query.get_or_insert_default().push(item);
    }

    /// RFC 6570, section 3.2.1 and appendix A.
    fn expression(&mut self, text: &'t str, is_declared: &dyn Fn(&str) -> bool) {
        if is_declared(text) {
            let takes_rest = text.ends_with(['+', '*']) || text.ends_with("...");
            let reserved = text.starts_with(['+', '*']) || takes_rest;
            let variable = Variable { name: text, reserved, ..Variable::default() };
            return self.push(Piece::Variable(variable));
        }
        // Dots by themselves are no label, but the rest of the path, which has no name.
        let is_dots = text.chars().all(|c| c == '.');
        let operator = text.chars().next().filter(|first| !is_dots && "+#./;?&".contains(*first));
        let list = if operator.is_some() { &text[1..] } else { text };
        // A comma of a pattern separates nothing.
        let is_one = list.contains([':', '=']);
        let separator = if is_one { '\0' } else { ',' };
        for (index, item) in list.split(separator).enumerate() {
            let variable = variable(item, operator);
            match operator {
                Some('?' | '&') => {
                    let name = [Piece::Text(variable.name), Piece::Text("=")];
                    self.query_item(Vec::from(name));
                }
                Some('/') => self.push(Piece::Text("/")),
                Some('.' | ';') => {}
                _ if index > 0 => self.push(Piece::Text(",")),
                _ => {}
            }
            self.push(Piece::Variable(variable));
        }
    }

    fn leave_out(&mut self, has: &dyn Fn(Place, &str) -> bool) {
        let Some(items) = &mut self.query else { return };
        items.retain(|item| {
            let [texts @ .., Piece::Variable(variable)] = item.as_slice() else { return true };
            let key: String = texts
                .iter()
                .map(|piece| match piece {
                    Piece::Text(text) => *text,
                    Piece::Variable(_) => "{}",
                })
                .collect();
            let name = variable.name;
            let is_own = key.strip_suffix('=') == Some(name);
            !is_own || has(Place::Path, name) || !has(Place::Query, name)
        });
        if items.is_empty() {
            self.query = None;
        }
    }
}

/// A name with its modifiers: `*` explodes, `+` takes the rest of the path (as of API gateways), as
/// do `...` and a `*` before it (of web frameworks), `?` may be left out (of those, and not here);
/// behind `:` or `=` stands a pattern.
fn variable(item: &str, operator: Option<char>) -> Variable<'_> {
    let (name, pattern) = match item.find([':', '=']) {
        Some(at) => (&item[..at], &item[at + 1..]),
        None => (item, ""),
    };
    let start = name.trim_start_matches('*');
    let takes_rest = start.len() < name.len();
    let without_dots = start.strip_suffix("...").filter(|name| !name.is_empty());
    let takes_rest = takes_rest || start.ends_with("...");
    let start = without_dots.unwrap_or(start);
    let bare = start.trim_end_matches(['*', '+', '?']);
    let modifiers = &start[bare.len()..];
    let explode = modifiers.contains('*');
    Variable {
        name: bare.trim(),
        style: match operator {
            Some('.') => Some("label"),
            Some(';') => Some("matrix"),
            // A fragment, which isn't sent.
            Some('#') => Some("fragment"),
            _ => None,
        },
        explode,
        reserved: match operator {
            None => explode || takes_rest || modifiers.contains('+') || spans(pattern),
            Some(operator) => operator == '+',
        },
    }
}

/// Whether a pattern takes slashes: `projects/*`, `**`, `.*`, and `path`, as converters are called.
fn spans(pattern: &str) -> bool {
    pattern.contains('/') || ["**", ".*", ".+", "path"].contains(&pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(path: &str, declared: &[(Place, &str)]) -> String {
        let template = read(path, &|place, name| declared.contains(&(place, name)));
        let piece = |piece: Piece<'_>| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Variable(it) => {
                let reserved = if it.reserved { " reserved" } else { "" };
                let explode = if it.explode { " explode" } else { "" };
                format!(
                    "<{}{}{reserved}{explode}>",
                    it.name,
                    it.style.map_or(String::new(), |it| format!(" {it}"))
                )
            }
        };
        template.pieces().into_iter().map(piece).collect()
    }

    #[test]
    fn decorations_are_taken_off_and_say_how_a_value_is_written() {
        for (path, expected) in [
            ("/a/{b}/c{d}", "/a/<b>/c<d>"),
            ("/a/{+b}", "/a/<b reserved>"),
            ("/a/{b*}", "/a/<b reserved explode>"),
            ("/a/{b+}", "/a/<b reserved>"),
            ("/a/{*b}/{**c}", "/a/<b reserved>/<c reserved>"),
            ("/a/{b...}/{...}", "/a/<b reserved>/<... reserved>"),
            ("/a/{b=c/*/d/*}:e", "/a/<b reserved>:e"),
            ("/a/{b=*}", "/a/<b>"),
            ("/a/{b:.*}", "/a/<b reserved>"),
            ("/a{;b,c*}", "/a<b matrix><c matrix explode>"),
            ("/a{.b}", "/a<b label>"),
            ("/a{/b,c}", "/a/<b>/<c>"),
            ("/a/{b,c}", "/a/<b>,<c>"),
            ("/a/{#b}", "/a/<b fragment>"),
            ("/a/{ b }", "/a/<b>"),
            ("/a/{b?}/c", "/a/<b>/c"),
            ("/a/{b:[0-9]{1,3}}/c", "/a/<b>/c"),
            ("/a/{}", "/a/<>"),
        ] {
            assert_eq!(written(path, &[]), expected, "{path}");
        }
    }

    #[test]
    fn a_name_that_is_declared_keeps_its_decoration() {
        let declared = [(Place::Path, "b*"), (Place::Path, "c,d"), (Place::Path, "e:f")];
        assert_eq!(written("/{b*}/{c,d}/{e:f}", &declared), "/<b* reserved>/<c,d>/<e:f>");
    }

    #[test]
    fn a_query_is_split_and_parameters_of_the_query_write_themselves() {
        let query = [(Place::Query, "b"), (Place::Query, "c")];
        assert_eq!(written("/a?x=1&b={b}&y#z{b}", &query), "/a?x=1&y#z{b}");
        assert_eq!(written("/a?b={b}", &query), "/a");
        assert_eq!(written("/a{?b,c*}", &query), "/a");
        assert_eq!(written("/a{?b,d}", &query), "/a?d=<d>");
        assert_eq!(written("/a?x=1{&d}", &query), "/a?x=1&d=<d>");
        assert_eq!(written("/a?y={b}", &query), "/a?y=<b>");
        assert_eq!(written("/a?f=i:{i}", &[(Place::Path, "i")]), "/a?f=i:<i>");
        assert_eq!(written("/a?", &[]), "/a?");
    }

    #[test]
    fn braces_that_do_not_pair_are_text() {
        assert_eq!(written("/a/{b", &[]), "/a/{b");
        assert_eq!(written("/a/{b{c}/d", &[]), "/a/<b{c>/d");
        assert_eq!(written("/a}/{b}", &[]), "/a}/<b>");
    }
}
