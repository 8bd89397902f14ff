//! probe
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read(&path).unwrap();
        let config = tenon::Config { name: "probe".into(), module_path: "x::probe".into(), ..Default::default() };
        let start = std::time::Instant::now();
        let outcome = tenon::generate(tenon::Input { path: path.clone(), text, loader: None }, &config);
        let took = start.elapsed();
        for d in outcome.diagnostics.iter().take(20) { println!("{}", tenon::diag::render(d, &outcome.tree, tenon::diag::Style::Short)); }
        if let Some(api) = &outcome.api { println!("{path}: {} ops {} items in {took:?}", api.operations().count(), api.items.len());
          if std::env::var("DUMP").is_ok() { println!("{}", tenon::explain::explain(api, "")); } }
        for f in outcome.files.iter().flatten() { println!("  {} {}", f.path, f.text.lines().count()); 
          if let Ok(out) = std::env::var("OUT") { let p = std::path::Path::new(&out).join(&f.path); std::fs::create_dir_all(p.parent().unwrap()).unwrap(); std::fs::write(p, &f.text).unwrap(); } }
    }
}
