//! The header `Link` (RFC 8288): header values in, the address with a relation out.

use http::HeaderMap;
use http::header::LINK;

/// The target of the first link with this relation; links about another context are passed over.
pub(super) fn target(headers: &HeaderMap, relation: &str) -> Option<String> {
    let values = headers.get_all(LINK).iter();
    let values = values.filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
    values.flat_map(links).find(|link| link.is(relation)).map(|link| link.target.to_owned())
}

/// A link of a header value.
struct Link<'a> {
    target: &'a str,
    /// `rel`: the first one counts (RFC 8288, section 3.3).
    relations: Option<String>,
    /// `anchor`: the link is about something else than the reply (section 3.2).
    has_anchor: bool,
}

impl Link<'_> {
    /// Relations are separated by spaces, and compared without regard to case (section 2.1.1).
    fn is(&self, relation: &str) -> bool {
        let relations = self.relations.as_deref().unwrap_or_default();
        let mut relations = relations.split_ascii_whitespace();
        !self.has_anchor && relations.any(|one| one.eq_ignore_ascii_case(relation))
    }
}

/// The links of a header value (section 3, and appendix B.2 for how it is read).
fn links(value: &str) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    let mut rest = value;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((target, after)) = after.split_once('>') else { break };
        let mut link = Link { target: target.trim(), relations: None, has_anchor: false };
        rest = parameters(after, &mut |name, value| match name.to_ascii_lowercase().as_str() {
            "rel" => {
                link.relations.get_or_insert(value);
            }
            "anchor" => link.has_anchor = true,
            _ => {}
        });
        links.push(link);
    }
    links
}

/// Reads `;name=value` as long as there are such; what is left begins another link.
fn parameters<'a>(text: &'a str, each: &mut dyn FnMut(&str, String)) -> &'a str {
    let mut rest = text.trim_start();
    while let Some(after) = rest.strip_prefix(';') {
        let end = after.find(['=', ';', ',']).unwrap_or(after.len());
        let (name, after) = after.split_at(end);
        let (value, after) = match after.strip_prefix('=') {
            Some(after) => self::value(after.trim_start()),
            None => (String::new(), after),
        };
        each(name.trim(), value);
        rest = after.trim_start();
    }
    rest
}

/// A token or a quoted string (RFC 9110, section 5.6.4), and what follows it.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        let (value, rest) = text.split_at(end);
        return (value.trim().to_owned(), rest);
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, quoted.get(at + 1..).unwrap_or_default()),
            '\\' => value.extend(chars.next().map(|(_, c)| c)),
            c => value.push(c),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(values: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(LINK, value.parse().unwrap());
        }
        target(&headers, "next")
    }

    #[test]
    fn the_link_with_the_relation_is_found_among_others() {
        let github = "<https://a.example/x?page=1>; rel=\"prev\", \
                      <https://a.example/x?page=3>; rel=\"next\", <https://a.example/x>; rel=\"last\"";
        assert_eq!(next(&[github]).unwrap(), "https://a.example/x?page=3");
        assert_eq!(next(&["</a>; rel=last", "</b>;rel=next"]).unwrap(), "/b");
        assert_eq!(next(&["</a> ; REL = \"Prev NEXT\""]).unwrap(), "/a");
        assert_eq!(next(&["< /a >;rel=next"]).unwrap(), "/a");
        for none in
            ["", "</a>", "</a>; rel=prev", "</a>; rel=\"nextish\"", "</a; rel=next", "garbage"]
        {
            assert_eq!(next(&[none]), None, "{none}");
        }
        assert_eq!(next(&[]), None);
    }

    #[test]
    fn commas_semicolons_and_quotes_within_texts_separate_nothing() {
        let odd = "</a?x=1,2;3>; title=\"a \\\"b\\\", <c>; rel=next\"; rel=prev, </d,e>; \
                   title*=UTF-8''x; rel=\"next\"";
        assert_eq!(next(&[odd]).unwrap(), "/d,e");
        assert_eq!(next(&["</a>; title=\"open; rel=next"]), None);
        assert_eq!(next(&["</a>; crossorigin; rel=next"]).unwrap(), "/a");
    }

    #[test]
    fn the_first_rel_counts_and_an_anchor_is_about_something_else() {
        assert_eq!(next(&["</a>; rel=prev; rel=next"]), None);
        assert_eq!(next(&["</a>; rel=next; anchor=\"/other\", </b>; rel=next"]).unwrap(), "/b");
    }
}
