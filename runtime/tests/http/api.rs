//! A hand-made API in the shape of generated code.

use tenon_runtime::op::{
    BytesBody, Call, Core, Empty, Json, Operation, Outcome, Param, RawBody, RequestBody, Response,
    Rule, Security, Status, TextBody, Undocumented,
};
use tenon_runtime::{
    Api, Body, Credential, Fault, OAuth2, Scheme, ServerTemplate, Token, Variable,
};

pub static OAUTH: OAuth2 = OAuth2::new("Zoho-oauthtoken ").token_url("https://accounts.test/token");

pub static API: Api = Api::new("devices", "Devices", "1.2.3")
    .servers(&[ServerTemplate::new("Production", "https://{subdomain}.api.example.com")])
    .variables(&[Variable::required("subdomain")])
    .schemes(&[
        Scheme::new("bearerAuth", "bearer", Credential::Bearer),
        Scheme::new("basicAuth", "basic", Credential::Basic),
        Scheme::new("key", "api_key", Credential::Header { name: "X-Api-Key", prefix: "Token " }),
        Scheme::new("inQuery", "query_key", Credential::Query { name: "api key" }),
        Scheme::new("inCookie", "cookie_key", Credential::Cookie { name: "session" }),
        Scheme::new("zoho", "zoho", Credential::OAuth2(&OAUTH)),
        Scheme::new("digest", "digest", Credential::Transport),
        Scheme::new("mutualTls", "certificate", Credential::MutualTls),
    ]);

tenon_runtime::client! {
    /// Client of the devices API.
    Client, ClientBuilder, API
}

impl Client {
    pub fn devices(&self) -> Devices {
        Devices::new(self.core())
    }
}

impl ClientBuilder {
    pub fn subdomain(self, subdomain: impl Into<String>) -> Self {
        self.variable(0, subdomain.into())
    }

    pub fn bearer(self, token: impl Into<Token>) -> Self {
        self.credential(0, token.into())
    }

    pub fn basic(
        self,
        user: impl Into<String>,
        password: impl Into<tenon_runtime::Secret>,
    ) -> Self {
        self.credential(1, Token::basic(user, password))
    }

    pub fn api_key(self, key: impl Into<Token>) -> Self {
        self.credential(2, key.into())
    }

    pub fn query_key(self, key: impl Into<Token>) -> Self {
        self.credential(3, key.into())
    }

    pub fn cookie_key(self, key: impl Into<Token>) -> Self {
        self.credential(4, key.into())
    }

    pub fn zoho(self, token: impl Into<Token>) -> Self {
        self.credential(5, token.into())
    }

    pub fn certificate(
        self,
        certificates: impl Into<String>,
        key: impl Into<tenon_runtime::Secret>,
    ) -> Self {
        self.credential(7, Token::certificate(certificates, key))
    }

    pub fn only_server(self) -> Self {
        self.template(0)
    }
}

#[derive(Clone, Default)]
pub struct Device {
    pub id: i64,
    pub name: Option<String>,
}

tenon_runtime::object!(Device {
    required id: "id",
    optional name: "name" [MaxLength(8)],
});

#[derive(Clone, Debug)]
pub struct Devices {
    core: Core,
}

impl Devices {
    pub fn new(core: &Core) -> Self {
        Self { core: core.clone() }
    }

    pub fn get(&self, id: impl AsRef<str>) -> GetDevice {
        GetDevice { call: self.core.call(&GET).param(0, &id.as_ref()) }
    }

    pub fn create(&self, device: Device) -> CreateDevice {
        CreateDevice { call: self.core.call(&CREATE).json(&device) }
    }

    pub fn upload(&self, content_type: impl AsRef<str>, body: impl Into<Body>) -> Upload {
        let call = self.core.call(&UPLOAD).bytes(body);
        Upload { call: call.content_type(content_type.as_ref()) }
    }

    pub fn note(&self, text: impl Into<String>) -> Note {
        Note(self.core.call(&NOTE).text(text))
    }

    pub fn raw(&self) -> Download {
        Download { call: self.core.call(&RAW) }
    }

    /// Any operation; its reply is JSON.
    pub fn any(&self, operation: Operation) -> Any {
        Any { call: self.core.call(leak(operation)) }
    }
}

fn leak(operation: Operation) -> &'static Operation {
    Box::leak(Box::new(operation))
}

#[derive(Debug)]
#[must_use]
pub struct GetDevice {
    call: Call,
}
tenon_runtime::endpoint!(GetDevice: Json<Device>, GetDeviceError);

impl GetDevice {
    pub fn fields(self, fields: &[&str]) -> Self {
        Self { call: self.call.param(1, &fields) }
    }

    pub fn limit(self, limit: i64) -> Self {
        Self { call: self.call.param(2, &limit) }
    }

    pub fn trace(self, trace: impl AsRef<str>) -> Self {
        Self { call: self.call.param(3, &trace.as_ref()) }
    }

    pub fn theme(self, theme: impl AsRef<str>) -> Self {
        Self { call: self.call.param(4, &theme.as_ref()) }
    }
}

static GET: Operation = Operation::new("getDevice", "GET", "/devices/{id}")
    .params(&[
        Param::path("id"),
        Param::query("fields").explode(false),
        Param::query("limit").rules(&[Rule::Maximum("300")]),
        Param::header("X-Trace"),
        Param::cookie("theme"),
    ])
    .responses(&[
        Response::json(Status::Code(200), "application/json", 0),
        Response::json(Status::Code(404), "application/json", 0).error(),
        Response::empty(Status::Code(401), 1).error(),
        Response::json(Status::Range(5), "application/problem+json", 2).error(),
    ])
    .security(&[&[Security::new(0, &[])], &[Security::new(1, &[]), Security::new(2, &[])]])
    .idempotent();

/// The documented errors of `getDevice`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum GetDeviceError {
    NotFound(Device),
    Unauthorized,
    Server(tenon_runtime::Json),
}

impl Outcome for GetDeviceError {
    type Value = Self;

    fn read(case: usize, body: &RawBody<'_>) -> Result<Self, Fault> {
        match case {
            0 => body.json().map(Self::NotFound),
            1 => Ok(Self::Unauthorized),
            _ => body.json().map(Self::Server),
        }
    }
}

#[derive(Debug)]
pub struct CreateDevice {
    call: Call,
}
tenon_runtime::endpoint!(CreateDevice: Json<Device>, Json<Device>);

static CREATE: Operation = Operation::new("createDevice", "POST", "/devices")
    .body(RequestBody::json("application/json").required())
    .responses(&[
        Response::json(Status::Code(201), "application/json", 0),
        Response::json(Status::Code(409), "application/json", 0).error(),
    ]);

#[derive(Debug)]
pub struct Upload {
    call: Call,
}
tenon_runtime::endpoint!(Upload: Empty, Undocumented);

static UPLOAD: Operation = Operation::new("upload", "PUT", "/files")
    .body(RequestBody::any_bytes("*/*").required())
    .responses(&[Response::empty(Status::Code(204), 0)])
    .idempotent();

/// A tuple struct, as generated code has it.
#[derive(Debug)]
pub struct Note(Call);

tenon_runtime::endpoint!(Note.0: TextBody, Undocumented);

static NOTE: Operation = Operation::new("note", "POST", "/note")
    .body(RequestBody::text("text/plain"))
    .responses(&[Response::text(Status::Code(200), "text/plain", 0)]);

#[derive(Debug)]
pub struct Download {
    call: Call,
}
tenon_runtime::endpoint!(Download: BytesBody, Undocumented);

static RAW: Operation = Operation::new("raw", "GET", "/raw")
    .responses(&[Response::bytes(Status::Code(200), "application/octet-stream", 0)])
    .idempotent();

#[derive(Debug)]
pub struct Any {
    pub call: Call,
}
tenon_runtime::endpoint!(Any: Json<tenon_runtime::Json>, Undocumented);

/// The one response of an operation made for [`Devices::any`].
pub static OK: &[Response] = &[Response::json(Status::Code(200), "application/json", 0)];
