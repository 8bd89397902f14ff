//! A project of two APIs in a folder of its own, and the program run on it.

#![allow(dead_code, reason = "each file of tests uses some of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const PROJECT: &str = "\
crate: example-clients
output: ../generated
apis:
  - name: pets
    spec: pets/openapi.yaml
  - name: tools
    spec: tools/openapi.yaml
";

const DOCUMENT: &str = "\
openapi: 3.0.3
info:
  title: TITLE API
  version: '1'
servers:
  - url: https://example.com
paths:
  /things/{id}:
    get:
      operationId: getThing
      summary: Reads a thing
      tags: [Things]
      parameters:
        - name: id
          in: path
          required: true
          schema:
            type: string
      responses:
        '200':
          description: The thing.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Thing'
components:
  schemas:
    Thing:
      type: object
      properties:
        name:
          type: string
          maxLength: 10
";

/// A project in a folder that goes away with it.
pub(crate) struct Project {
    folder: TempDir,
}

impl Project {
    /// A project whose code is not generated yet.
    pub(crate) fn new() -> Self {
        let project = Self { folder: TempDir::new().unwrap() };
        project.write("specs/tenon.yaml", PROJECT);
        for (name, title) in [("pets", "Pets"), ("tools", "Tools")] {
            project.write(&format!("specs/{name}/openapi.yaml"), document(title));
        }
        project
    }

    /// A project whose code is generated.
    pub(crate) fn generated() -> Self {
        let project = Self::new();
        let run = project.xtask(&["generate"]);
        assert!(run.status.success(), "{}", text(&run.stderr));
        project
    }

    /// A path in the project.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file of the project.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The program, to run on the project.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(arguments).current_dir(self.folder.path()).env_remove("NO_COLOR");
        if matches!(arguments.first(), Some(&"generate" | &"coverage" | &"lint"))
            && !arguments.contains(&"--spec")
        {
            command.arg("--project").arg(self.path("specs/tenon.yaml"));
        }
        command
    }

    /// What a run of the program gives.
    pub(crate) fn xtask(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Every file below a folder of the project, by relative path.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        walk(&self.path(folder), &self.path(folder), &mut found);
        found
    }
}

/// A document with this title.
pub(crate) fn document(title: &str) -> String {
    DOCUMENT.replace("TITLE", title)
}

/// Bytes that the program printed.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, found);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}
