//! The page of `diff --format html`, opened in a browser, clicked through and read.
//!
//! Needs `chromedriver` and the Chromium that belongs to it, so it is built with the feature
//! `browser` only.

// Helpers of tests panic as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod driver;

use std::path::PathBuf;

use driver::Browser;
use serde_json::json;
use tenon::diff::render::{Compared, Form, render};
use tenon::diff::{Settings, Version, diff};
use tenon::{Config, Input};

const AUDIT: &str = include_str!("audit.js");

/// Keys, as WebDriver writes them.
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

fn version(path: &str, text: &str) -> Version<'static> {
    let input =
        Input { path: path.to_owned(), text: text.into(), overlays: Vec::new(), loader: None };
    let config =
        Config { name: "lamps".to_owned(), module_path: "lamps".to_owned(), ..Config::default() };
    Version { input, config }
}

fn page() -> String {
    let old = version("old/lamps.yaml", include_str!("old.yaml"));
    let new = version("new/lamps.yaml", include_str!("new.yaml"));
    let report = diff(old, new, &Settings::default());
    render(&[Compared { name: "lamps".to_owned(), report }], Form::Html)
}

/// The page in a browser.
fn opened(name: &str) -> Browser {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.html"));
    std::fs::write(&path, page()).unwrap();
    let browser = Browser::start(name);
    browser.screen(1280, "light");
    browser.open(&format!("file://{}", path.display()));
    browser
}

/// Codes of the findings that can be seen.
fn codes(browser: &Browser) -> Vec<String> {
    let script = "return [...document.querySelectorAll('article.finding:not([hidden]) .code')] \
                  .filter((it) => it.checkVisibility()).map((it) => it.textContent)";
    serde_json::from_value(browser.run(script)).unwrap()
}

fn focused(browser: &Browser) -> String {
    let script = "return document.activeElement.querySelector('.code')?.textContent \
                  ?? document.activeElement.id";
    browser.run(script).as_str().unwrap().to_owned()
}

#[test]
fn filters_show_the_findings_that_are_asked_for() {
    let browser = opened("filters");
    let all = codes(&browser);
    for code in ["operation-removed", "operation-added", "request-parameter-became-required"] {
        assert!(all.iter().any(|it| it == code), "{code}: {all:?}");
    }
    let shown = || browser.run("return document.getElementById('shown').textContent");
    assert_eq!(shown(), format!("{0} of {0} findings shown", all.len()));

    browser.click("input[name=wire][value=safe]");
    let breaking = codes(&browser);
    assert_eq!(breaking, ["request-parameter-became-required", "operation-removed"]);
    assert_eq!(shown(), format!("2 of {} findings shown", all.len()));
    let groups = browser.run(
        "return [...document.querySelectorAll('section.group')].filter((it) => \
         it.checkVisibility()).length",
    );
    assert_eq!(groups, 2);

    browser.click("input[name=wire][value=breaks]");
    assert_eq!(codes(&browser), Vec::<String>::new());
    browser.click("button[type=reset]");
    assert_eq!(codes(&browser), all);

    browser.click("input[name=rust][value=major]");
    browser.click("input[name=rust][value=patch]");
    let minor = codes(&browser);
    assert!(minor.contains(&"operation-added".to_owned()), "{minor:?}");
    let others = browser.run(
        "return document.querySelectorAll('article:not([hidden]):not([data-rust=minor])').length",
    );
    assert_eq!(others, 0);
    browser.click("button[type=reset]");
    browser.click("input[name=level][value=info]");
    browser.click("input[name=level][value=warning]");
    let errors = codes(&browser);
    assert!(errors.len() < all.len() && errors.contains(&"operation-removed".to_owned()));

    browser.click("button[type=reset]");
    browser.click("#search");
    browser.press("SWITCH");
    assert_eq!(codes(&browser), ["operation-added"]);
    assert_eq!(browser.log(), Vec::<String>::new());
}

#[test]
fn all_of_it_is_reached_by_keys() {
    let browser = opened("keys");
    let all = codes(&browser);
    browser.press("j");
    assert_eq!(focused(&browser), all[0]);
    browser.press("j");
    assert_eq!(focused(&browser), all[1]);
    browser.press("k");
    assert_eq!(focused(&browser), all[0]);
    let outline = "return getComputedStyle(document.activeElement).outlineStyle";
    assert_eq!(browser.run(outline), "solid");

    browser.press("/");
    assert_eq!(focused(&browser), "search");
    browser.press("jk");
    assert_eq!(browser.run("return document.getElementById('search').value"), "jk");
    browser.press(ESCAPE);
    browser.click("button[type=reset]");
    browser.click("#keys");
    browser.press("/");
    assert_eq!(focused(&browser), "keys");

    // From a finding: its link, and the parts that open.
    browser.run("document.querySelector('article').focus()");
    browser.press(TAB);
    assert_eq!(browser.run("return document.activeElement.tagName"), "A");
    assert_eq!(browser.run(outline), "solid");
    browser.press(TAB);
    let open = "return document.activeElement.parentElement.open";
    assert_eq!(browser.run("return document.activeElement.tagName"), "SUMMARY");
    assert_eq!(browser.run(open), true);
    browser.press(ENTER);
    assert_eq!(browser.run(open), false);
    let parts = "return [...document.querySelectorAll('.part')].map((it) => it.open)\
                 .reduce((n, it) => n + it, 0)";
    browser.click("#close");
    assert_eq!(browser.run(parts), 0);
    browser.click("#open");
    let count = browser.run("return document.querySelectorAll('.part').length");
    assert_eq!(browser.run(parts), count);
    assert_eq!(browser.log(), Vec::<String>::new());
}

#[test]
fn it_is_read_in_light_and_dark_and_on_a_telephone() {
    let browser = opened("looks");
    browser.click("#open");
    let back = "return getComputedStyle(document.body).backgroundColor";
    let over = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    for (width, scheme, color) in [
        (1280, "light", "rgb(255, 255, 255)"),
        (1280, "dark", "rgb(20, 23, 26)"),
        (375, "light", "rgb(255, 255, 255)"),
        (375, "dark", "rgb(20, 23, 26)"),
    ] {
        browser.screen(width, scheme);
        assert_eq!(browser.run("return innerWidth"), width);
        assert_eq!(browser.run(back), color);
        assert_eq!(browser.run(over), 0, "{width}");
        assert_eq!(browser.run(AUDIT), json!([]), "{width} {scheme}");
    }
    // What is the same on both sides is there once where they stand one above the other.
    let same = "return document.querySelector('.same .new').checkVisibility()";
    assert_eq!(browser.run(same), false);
    browser.screen(1280, "light");
    assert_eq!(browser.run(same), true);
    assert_eq!(browser.log(), Vec::<String>::new());
}

#[test]
fn text_of_documents_is_shown_and_never_run() {
    let browser = opened("text");
    browser.click("#open");
    assert_eq!(browser.run("return window.taken === undefined"), true);
    assert_eq!(browser.run("return document.scripts.length"), 1);
    assert_eq!(browser.run("return document.images.length"), 0);
    let text = browser.run("return document.getElementById('findings').textContent");
    let text = text.as_str().unwrap();
    assert!(text.contains("<script>window.taken = 1</script>"));
    assert!(text.contains("<img src=x onerror='window.taken = 3'>"));
    let marked = "return [...document.querySelectorAll('.changed')].map((it) => it.innerText)\
                  .filter((it) => it.includes('limit')).join()";
    assert!(browser.run(marked).as_str().unwrap().contains("required: true"));
    let asked = browser.run("return performance.getEntriesByType('resource').map((it) => it.name)");
    assert!(asked.as_array().unwrap().iter().all(|it| it == "data:,"), "{asked}");
    assert_eq!(browser.log(), Vec::<String>::new());
}

#[test]
fn without_its_script_all_of_it_can_be_read() {
    let browser = opened("plain");
    browser.command("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    browser.command("Page.reload", &json!({}));
    browser.command("Emulation.setScriptExecutionDisabled", &json!({ "value": false }));
    assert_eq!(browser.run("return document.getElementById('filters').hidden"), true);
    assert!(!codes(&browser).is_empty());
    browser.click("article details:last-of-type summary");
    assert_eq!(browser.log(), Vec::<String>::new());
}
