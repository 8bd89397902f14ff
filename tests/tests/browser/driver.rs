//! A browser, driven by WebDriver (W3C Recommendation): JSON over HTTP to `chromedriver`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// What the browser is started with. It runs as root too, and asks nothing of the network.
const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
];

/// A session with a page open. It ends when it is dropped.
pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
    profile: PathBuf,
}

impl Browser {
    /// Starts the driver and a browser.
    pub(crate) fn start(name: &str) -> Browser {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let profile = folder.join(format!("browser-{name}-{}", std::process::id()));
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver starts");
        let port = port(driver.stdout.take().unwrap());
        let mut flags: Vec<String> = FLAGS.map(str::to_owned).to_vec();
        flags.push(format!("--user-data-dir={}", profile.display()));
        let mut browser = Browser { driver, port, session: String::new(), profile };
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "args": flags },
            "goog:loggingPrefs": { "browser": "ALL" },
        }}});
        let begun = browser.ask("POST", "/session", &wanted);
        browser.session = begun["sessionId"].as_str().expect("a session").to_owned();
        browser
    }

    /// Opens an address.
    pub(crate) fn open(&self, url: &str) {
        self.post("/url", &json!({ "url": url }));
    }

    /// What a function body gives, run in the page.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Clicks on the element that a selector finds first.
    pub(crate) fn click(&self, selector: &str) {
        let element = self.post("/element", &json!({ "using": "css selector", "value": selector }));
        let id = element.as_object().and_then(|it| it.values().next()).and_then(Value::as_str);
        let id = id.unwrap_or_else(|| panic!("{selector}: {element}"));
        self.post(&format!("/element/{id}/click"), &json!({}));
    }

    /// Presses keys, one after the other, on what has the focus.
    pub(crate) fn press(&self, keys: &str) {
        let steps: Vec<Value> = keys
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key })))
            .collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": steps });
        self.post("/actions", &json!({ "actions": [keyboard] }));
    }

    /// Takes the screen for one of this width, with dark colours or light ones.
    pub(crate) fn screen(&self, width: u32, scheme: &str) {
        let metrics =
            json!({ "width": width, "height": 812, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.command("Emulation.setDeviceMetricsOverride", &metrics);
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.command("Emulation.setEmulatedMedia", &json!({ "features": features }));
    }

    /// What was logged since it was asked last, by the page and by the browser about it.
    pub(crate) fn log(&self) -> Vec<String> {
        let entries = self.post("/se/log", &json!({ "type": "browser" }));
        entries.as_array().expect("a log").iter().map(Value::to_string).collect()
    }

    /// A command of the Chrome DevTools Protocol.
    pub(crate) fn command(&self, name: &str, params: &Value) -> Value {
        self.post("/goog/cdp/execute", &json!({ "cmd": name, "params": params }))
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.ask("POST", &format!("/session/{}{path}", self.session), body)
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let reply = self.send(method, path, body).unwrap_or_else(|err| panic!("{path}: {err}"));
        let value = reply["value"].clone();
        assert!(value.get("error").is_none(), "{path} {body}: {value}");
        value
    }

    /// One request on a connection of its own.
    fn send(&self, method: &str, path: &str, body: &Value) -> std::io::Result<Value> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let body = body.to_string();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.port,
            body.len()
        )?;
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        let mut line = String::new();
        while reader.read_line(&mut line)? > 2 {
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().map_err(std::io::Error::other)?;
            }
            line.clear();
        }
        let mut text = vec![0; length];
        reader.read_exact(&mut text)?;
        Ok(serde_json::from_slice(&text)?)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The browser is the driver's child, and ends with the session.
        if !self.session.is_empty() {
            let _ = self.send("DELETE", &format!("/session/{}", self.session), &json!({}));
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// The port that the driver says it listens on.
fn port(stdout: std::process::ChildStdout) -> u16 {
    let mut reader = BufReader::new(stdout);
    let mut said = String::new();
    while reader.read_line(&mut said).unwrap() > 0 {
        // The first line tells the port that was asked for.
        let port = said.trim_end().trim_end_matches('.').rsplit_once("successfully on port ");
        if let Some(port) = port.and_then(|(_, port)| port.parse().ok()) {
            // It goes on talking, and must not wait for someone who listens.
            std::thread::spawn(move || std::io::copy(&mut reader, &mut std::io::sink()));
            return port;
        }
    }
    panic!("chromedriver names no port: {said}");
}
