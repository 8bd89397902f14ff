//! The forms that diagnostics are rendered in.
#![allow(clippy::expect_used, clippy::panic, reason = "a helper of a test may fail it")]

use tenon::diag::{At, Code, Severity, Sink, Style, render, render_all};
use tenon::source::{FileId, Tree, parse};

const TEXT: &str = "openapi: 3.1.0\r\ninfo:\r\n  title: Ünïcode, 100 %\r\n  version: '1'\r\n";

fn tree() -> (Tree, Sink) {
    let mut sink = Sink::new();
    let tree = parse("a,b.yaml", TEXT.as_bytes().to_vec(), &mut sink);
    (tree, sink)
}

fn some() -> (Tree, Sink) {
    let (tree, mut sink) = tree();
    let node = |pointer| tree.find(FileId::MAIN, pointer).expect(pointer);
    sink.note(Code::MissingField, None, "about nothing in particular");
    sink.warning(Code::WrongKind, At::Key(node("/info/version")), "second line\nof 5 %")
        .help("do this: that");
    sink.error(Code::UnknownValue, node("/info/title"), "first")
        .label(node("/openapi"), "because of this")
        .label(node("/info"), "and this");
    sink.error(Code::UnknownValue, node("/info/title"), "first");
    sink.note(Code::EmptyFile, At::File(FileId::MAIN), "about the file");
    (tree, sink)
}

#[test]
fn text_is_like_a_compilers_sorted_and_without_repeats() {
    let (tree, sink) = some();
    let style = Style::Text { color: false };
    insta::assert_snapshot!(render_all(sink.diagnostics(), &tree, style));
}

#[test]
fn short_is_a_line_each() {
    let (tree, sink) = some();
    insta::assert_snapshot!(render_all(sink.diagnostics(), &tree, Style::Short));
}

#[test]
fn json_is_an_object_each() {
    let (tree, sink) = some();
    let text = render_all(sink.diagnostics(), &tree, Style::Json);
    for line in text.lines() {
        serde_json::from_str::<serde_json::Value>(line).expect("JSON");
    }
    insta::assert_snapshot!(text);
}

#[test]
fn github_escapes_what_its_commands_mean() {
    let (tree, sink) = some();
    insta::assert_snapshot!(render_all(sink.diagnostics(), &tree, Style::Github));
}

#[test]
fn colours_are_only_there_when_asked_for() {
    let (tree, sink) = some();
    let color = |color| render(&sink.diagnostics()[2], &tree, Style::Text { color });
    assert!(color(true).contains('\u{1b}'));
    assert!(!color(false).contains('\u{1b}'));
}

#[test]
fn a_very_long_line_is_quoted_in_part() {
    let title = "é".repeat(100_000);
    let text = format!("{{\"openapi\": \"{title}\", \"info\": 5}}");
    let mut sink = Sink::new();
    let tree = parse("a.json", text.into_bytes(), &mut sink);
    let node = tree.find(FileId::MAIN, "/info").expect("info");
    sink.error(Code::WrongKind, node, "a number");
    insta::assert_snapshot!(render_all(sink.diagnostics(), &tree, Style::Text { color: false }));
}

#[test]
fn thousands_of_diagnostics_cost_one_pass() {
    let mut text = String::from("list:\n");
    text.extend((0..50_000).map(|n| format!("- item {n}\n")));
    let mut sink = Sink::new();
    let tree = parse("a.yaml", text.into_bytes(), &mut sink);
    let list = tree.find(FileId::MAIN, "/list").expect("list");
    for item in &tree.items(list)[49_000..] {
        sink.warning(Code::WrongKind, *item, "one of many");
    }
    let text = render_all(sink.diagnostics(), &tree, Style::Short);
    assert_eq!(text.lines().count(), 1000);
    assert!(text.starts_with("a.yaml:49002:3: "), "{}", &text[..40]);
}

#[test]
fn past_a_thousand_of_a_kind_the_rest_is_counted() {
    let mut sink = Sink::new();
    for index in 0..1500 {
        sink.warning(Code::WrongKind, At::File(FileId::MAIN), format!("{index}")).help("really");
    }
    assert_eq!(sink.diagnostics().len(), 1000);
    assert_eq!(sink.counts().collect::<Vec<_>>(), [(Code::WrongKind, Severity::Warning, 1500)]);
    assert!(!sink.has_errors());
    let last = sink.into_diagnostics().pop().expect("a last one");
    assert_eq!(last.message, "500 more of this kind");
    assert_eq!(last.at, Some(At::File(FileId::MAIN)));
    assert_eq!(last.help.as_deref(), Some("mend those that are shown, and look again"));
}

#[test]
fn what_was_said_of_a_place_is_not_said_again() {
    let mut sink = Sink::new();
    for _ in 0..3 {
        sink.warning(Code::WrongKind, At::File(FileId::MAIN), "twice").help("really");
        sink.warning(Code::WrongKind, None, "twice").help("really");
    }
    assert_eq!(sink.counts().collect::<Vec<_>>(), [(Code::WrongKind, Severity::Warning, 2)]);
    assert_eq!(sink.diagnostics().len(), 2);
}

#[test]
fn a_lenient_sink_warns_of_what_can_be_read_on_from() {
    let mut sink = Sink::lenient();
    sink.error(Code::UnknownRef, None, "unknown");
    assert!(!sink.has_errors());
    assert_eq!(sink.diagnostics()[0].severity, Severity::Warning);
    sink.note(Code::ComponentName, None, "odd");
    assert_eq!(sink.diagnostics()[1].severity, Severity::Note);
    sink.error(Code::JsonSyntax, None, "broken");
    assert!(sink.has_errors());
}

#[test]
fn of_notes_that_say_the_same_the_first_are_drawn() {
    let mut sink = Sink::new();
    let tree = parse("a.yaml", b"[1, 2, 3, 4, 5, 6]".to_vec(), &mut sink);
    for item in tree.items(tree.root()) {
        sink.note(Code::ComponentName, *item, "odd");
        sink.warning(Code::WrongKind, *item, "wrong");
    }
    let text = render_all(sink.diagnostics(), &tree, Style::Text { color: false });
    assert_eq!(text.matches("odd").count(), 3);
    assert_eq!(text.matches("= note: 3 more say the same").count(), 1);
    assert_eq!(text.matches("wrong").count(), 6);
    let text = render_all(sink.diagnostics(), &tree, Style::Short);
    assert_eq!(text.matches("odd").count(), 6);
}

#[test]
fn a_span_inside_of_a_character_shows_the_character() {
    let (tree, mut sink) = tree();
    let umlaut = TEXT.find('Ü').expect("an umlaut");
    let at = At::Span { file: FileId::MAIN, start: umlaut + 1, end: umlaut + 1 };
    sink.error(Code::NotStrict, at, "here");
    let text = render_all(sink.diagnostics(), &tree, Style::Text { color: false });
    assert!(text.contains("--> a,b.yaml:3:10"), "{text}");
}
