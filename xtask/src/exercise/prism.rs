//! Prism: a mock server that isn't ours. It validates requests against the document, and answers
//! with its examples.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::{crates, process};

/// The package, with its version.
const PACKAGE: &str = "@stoplight/prism-cli";

/// The last version for Node 18 and 20.
const VERSION: &str = "5.14.2";

/// Time that it has to read the document.
const PATIENCE: Duration = Duration::from_secs(60);

/// A script that ends with its standard input: however this program ends, so does the server.
const SCRIPT: &str = "process.stdin.resume().on('end', () => process.exit(0)); \
    process.argv.splice(1, 0, 'prism'); require(process.env.TENON_PRISM);";

/// A server that runs until it is dropped.
#[derive(Debug)]
pub(super) struct Prism {
    /// Its address.
    pub(super) address: String,
    _process: process::Owned,
}

impl Prism {
    /// Starts the server for a document; what it says goes to the file `log`.
    pub(super) fn start(document: &Path, log: &Path) -> anyhow::Result<Self> {
        let program = installed()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log_file = std::fs::File::create(log)?;
        let mut command = Command::new("node");
        command.args(["-e", SCRIPT, "--", "mock", "--host", "127.0.0.1", "--port"]);
        command.arg(port.to_string()).arg(document.canonicalize()?);
        command.env("TENON_PRISM", program).env("NO_COLOR", "1");
        command.stdin(Stdio::piped()).stderr(log_file.try_clone()?).stdout(log_file);
        let child = process::grouped(&mut command).spawn().context("cannot start node")?;
        let mut process = process::Owned(child);
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect(address).is_err() {
            if process.0.try_wait()?.is_some() || Instant::now() > end {
                let said = std::fs::read_to_string(log).unwrap_or_default();
                let said = said.lines().rfind(|line| line.contains(char::is_alphabetic));
                anyhow::bail!("Prism doesn't start: {}", said.unwrap_or("it says nothing"));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(Self { address: format!("http://{address}"), _process: process })
    }
}

/// Its program, in a folder of its own below the target folder; installed when it isn't there.
fn installed() -> anyhow::Result<PathBuf> {
    let folder = crates::target()?.join(format!("prism-{VERSION}"));
    let program = folder.join("node_modules").join(PACKAGE).join("dist").join("index.js");
    if program.is_file() {
        return Ok(program);
    }
    std::fs::create_dir_all(&folder)?;
    let status = Command::new("npm")
        .args(["install", "--silent", "--no-audit", "--no-fund", "--prefix"])
        .arg(&folder)
        .arg(format!("{PACKAGE}@{VERSION}"))
        .stdin(Stdio::null())
        .status()
        .context("cannot start npm: Prism needs Node.js")?;
    anyhow::ensure!(status.success(), "npm can't install {PACKAGE}@{VERSION}");
    Ok(program)
}
