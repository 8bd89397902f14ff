//! What is shown, where, and with which colours.
//!
//! Diagnostics go to standard error for people and to standard output for machines. With
//! `--message-format json` standard output carries nothing but JSON, one object a line; what is
//! meant for people goes to standard error then.

use std::io::{IsTerminal, Write};

use clap::{Args, ValueEnum};
use serde_json::json;
use tenon::diag::{self, Diagnostic, Style};
use tenon::output::Stale;
use tenon::source::Tree;

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct Look {
    /// How diagnostics are written
    #[arg(long, global = true, help_heading = "Output", value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(crate) message_format: Format,
    /// When to use colours
    #[arg(long, global = true, help_heading = "Output", value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Like a compiler's, with the lines they are about
    Text,
    /// `file:line:column: error[T0203]: message`
    Short,
    /// One JSON object a line, on standard output
    Json,
    /// Annotations for GitHub Actions
    Github,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    fn applies_to(self, stream: &impl IsTerminal) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                stream.is_terminal()
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        }
    }
}

impl Color {
    /// Whether standard output is coloured.
    pub(crate) fn is_on(self) -> bool {
        self.applies_to(&std::io::stdout())
    }
}

impl Look {
    /// Whether standard output belongs to a machine.
    fn is_json(&self) -> bool {
        self.message_format == Format::Json
    }

    /// Shows diagnostics of one document.
    pub(crate) fn diagnostics(&self, diagnostics: &[Diagnostic], tree: &Tree) {
        let style = match self.message_format {
            Format::Text => Style::Text { color: self.color.applies_to(&std::io::stderr()) },
            Format::Short => Style::Short,
            Format::Json => Style::Json,
            Format::Github => Style::Github,
        };
        let text = diag::render_all(diagnostics, tree, style);
        match self.message_format {
            Format::Text | Format::Short => error(&text),
            Format::Json | Format::Github => print(&text),
        }
    }

    /// Shows why a command could not do its work.
    pub(crate) fn failure(&self, failure: &anyhow::Error) {
        let message = format!("{failure:#}");
        match self.message_format {
            Format::Text => {
                let [on, off] = if self.color.applies_to(&std::io::stderr()) {
                    ["\x1b[1;31m", "\x1b[0m"]
                } else {
                    [""; 2]
                };
                error(&format!("{on}error{off}: {message}\n"));
            }
            Format::Short => error(&format!("error: {message}\n")),
            Format::Json => {
                print(&format!("{}\n", json!({ "severity": "error", "message": message })))
            }
            Format::Github => print(&format!("::error::{}\n", github_text(&message))),
        }
    }

    /// Shows a line that tells how things went.
    pub(crate) fn line(&self, line: &str) {
        if self.is_json() { error(&format!("{line}\n")) } else { print(&format!("{line}\n")) }
    }

    /// Shows what a command was asked to print.
    pub(crate) fn result(&self, text: &str) {
        print(text);
    }

    /// Shows a file that is not what it should be; `root` is the folder its path is relative to.
    pub(crate) fn stale(&self, root: &str, stale: &Stale) {
        let path = format!("{root}/{}", stale.change.path);
        match self.message_format {
            Format::Text => {
                print(&painted(&stale.diff(root), self.color.applies_to(&std::io::stdout())))
            }
            Format::Short => print(&format!("{path}: stale\n")),
            Format::Json => {
                let message = json!({ "severity": "error", "message": "stale", "file": path, "diff": stale.diff(root) });
                print(&format!("{message}\n"));
            }
            Format::Github => {
                print(&format!("::error file={path}::stale: run `cargo xtask generate`\n"))
            }
        }
    }
}

/// `1 file`, `2 files`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A diff in the colours of git.
fn painted(diff: &str, color: bool) -> String {
    let paint = |line: &str| {
        let code = match line.as_bytes().first() {
            _ if !color => return format!("{line}\n"),
            _ if line.starts_with("---") || line.starts_with("+++") => "1",
            Some(b'@') => "36",
            Some(b'-') => "31",
            Some(b'+') => "32",
            _ => return format!("{line}\n"),
        };
        format!("\x1b[{code}m{line}\x1b[0m\n")
    };
    diff.lines().map(paint).collect()
}

/// A message as a workflow command of GitHub Actions takes it.
fn github_text(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Writes to standard output; a reader that went away (`| head`) is no failure.
fn print(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

fn error(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_is_painted_by_line() {
        let diff = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new\n same\n";
        assert_eq!(painted(diff, false), diff);
        assert!(painted(diff, true).contains("\x1b[31m-old\x1b[0m\n\x1b[32m+new\x1b[0m\n same\n"));
    }
}
