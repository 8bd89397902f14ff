//! The table of codes: what kinds of things there are to say.
//!
//! A code is stable: it is searched for, and committed lists name it. The first two digits are the
//! stage: 01 reading files, 02 reading the description, 03 lints, 04 lowering, 05 configuration.
//! The letter says nothing about severity, which may differ by place.

macro_rules! codes {
    ($($(#[doc = $explanation:literal])+ $variant:ident = $id:literal, $title:literal;)*) => {
        /// Kind of a diagnostic.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $explanation])+ $variant,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            /// Stable id, such as `T0203`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$variant => $id,)* }
            }

            /// A few words.
            pub fn title(self) -> &'static str {
                match self { $(Code::$variant => $title,)* }
            }

            /// What it means and why it matters, in a sentence or two.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => concat!($($explanation, "\n"),+),)* }
            }
        }
    };
}

codes! {
    /// The file is larger than 100 MB. No description of an API is; a wrong path may be.
    FileTooLarge = "T0101", "file too large";
    /// The file isn't UTF-8, the one encoding that OpenAPI documents have in practice.
    NotUtf8 = "T0102", "not UTF-8";
    /// The file is UTF-16, which some editors write unasked. Save it as UTF-8. A document of somebody
    /// else's is read.
    Utf16 = "T0103", "file is UTF-16";
    /// There is nothing in the file but white space and comments.
    EmptyFile = "T0104", "empty file";
    /// A NUL character stands in the file: it is binary, or damaged.
    NulCharacter = "T0105", "NUL character";
    /// The file isn't YAML. What follows the place can't be read.
    YamlSyntax = "T0106", "YAML syntax";
    /// The file isn't JSON. What follows the place can't be read, unless the document is somebody else's
    /// and all that is wrong are comments and commas behind a last item, or the file is YAML.
    JsonSyntax = "T0107", "JSON syntax";
    /// Lists and maps are nested deeper than 512 levels, counted through YAML aliases.
    TooDeep = "T0108", "nesting too deep";
    /// A map states a key twice. Where one value is empty, the other holds. Otherwise it is an error:
    /// maps without a common key are read on with as one, of other values the first is; some readers
    /// would take the last.
    DuplicateKey = "T0109", "duplicate key";
    /// A key of a map is a list or a map. JSON has no such keys, and neither has OpenAPI.
    KeyNotText = "T0110", "key is not text";
    /// A YAML file holds several documents. Only the first is read.
    SeveralDocuments = "T0111", "several documents in a file";
    /// The value of a merge key `<<` is neither a map nor a list of maps.
    BadMerge = "T0112", "merge key without a map";
    /// A YAML alias stands inside the node that it names.
    RecursiveAlias = "T0113", "alias of itself";
    /// YAML aliases multiply the document beyond any honest size.
    AliasBomb = "T0114", "aliases expand too far";
    /// A file that a reference names can't be loaded.
    FileNotLoaded = "T0115", "file not loaded";
    /// A line inside of brackets or quotes stands further left than YAML 1.2 allows. Most readers
    /// take it, and so does this one.
    LooseIndent = "T0116", "indented too little";

    /// The document has neither `openapi` nor `swagger` at its top.
    NotOpenApi = "T0201", "not an OpenAPI document";
    /// The document states a version other than Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2.
    UnknownVersion = "T0202", "unknown version";
    /// A `$ref` leads to nothing.
    UnknownRef = "T0203", "unknown reference";
    /// References lead back to themselves without ever reaching a description.
    RefCycle = "T0204", "references in a circle";
    /// A field holds a value of the wrong kind, such as a list where a map belongs.
    WrongKind = "T0205", "wrong kind of value";
    /// A field that has to be there isn't.
    MissingField = "T0206", "missing field";
    /// A reference names an address on the network. Nothing is fetched.
    NetworkRef = "T0207", "reference to the network";
    /// Two operations have the same `operationId`.
    DuplicateOperationId = "T0208", "duplicate operationId";
    /// The path names a parameter that no one declares: its value could not be given.
    UndeclaredPathParameter = "T0209", "undeclared path parameter";
    /// A path parameter is declared that the path doesn't name. It is left out.
    UnusedPathParameter = "T0210", "path parameter not in the path";
    /// A parameter is declared twice, by name and place. The first holds.
    DuplicateParameter = "T0211", "duplicate parameter";
    /// A key of `responses` is neither a status, a range such as `4XX`, nor `default`.
    BadStatus = "T0212", "not a status";
    /// `type` names none of the seven types of JSON Schema. One that is nearly theirs, or another
    /// language's, is read as what it means; with any other, any value is taken.
    UnknownType = "T0213", "unknown type";
    /// An operation asks for a security scheme that isn't declared. The alternative is left out.
    UndeclaredScheme = "T0214", "undeclared security scheme";
    /// A field has a value that the specification doesn't know.
    UnknownValue = "T0215", "unknown value";
    /// A keyword beside `$ref` is ignored, as OpenAPI 3.0 and Swagger 2.0 have it.
    IgnoredSibling = "T0216", "ignored beside $ref";
    /// A `collectionFormat` has no counterpart in OpenAPI 3. Values are joined by commas.
    CollectionFormat = "T0217", "collectionFormat not expressible";
    /// A path parameter isn't marked as required. It is required all the same.
    OptionalPathParameter = "T0218", "optional path parameter";
    /// The document isn't accepted by the strict model of OpenAPI 3.0.
    NotStrict = "T0219", "not strict OpenAPI 3.0";
    /// A Swagger 2.0 operation has several bodies, or a body and form fields. Values are read as
    /// properties of one body; otherwise the first holds.
    SeveralBodies = "T0220", "several bodies";
    /// A key of `paths` doesn't begin with a slash.
    PathWithoutSlash = "T0221", "path without a slash";
    /// A parameter has no schema. Any text is taken.
    NoSchema = "T0222", "parameter without a schema";
    /// A `$ref` leads to something else than what belongs there.
    WrongTarget = "T0223", "reference to something else";
    /// A component has a name with other characters than letters, digits, `.`, `-` and `_`.
    ComponentName = "T0224", "name of a component";
    /// A parameter is described by a schema and by content, or by content of several media types.
    SeveralSchemas = "T0225", "parameter described twice";
    /// An object has a field that its kind doesn't have: its name is misspelled, it stands a level too
    /// high or too low, or it belongs to another version.
    UnknownField = "T0229", "unknown field";

    /// An operation has no `operationId`: its method is named after the HTTP method and the path, and
    /// gets another name when the path changes.
    NoOperationId = "T0301", "no operationId";
    /// The `operationId`s of two operations consist of the same words, so that one of the methods has
    /// to be called otherwise.
    OperationIdCase = "T0302", "operationIds of the same words";
    /// An operation has no summary: its method has no first line of documentation.
    NoSummary = "T0303", "no summary";
    /// An operation has no description.
    NoDescription = "T0304", "no description";
    /// An operation has no tag: it is grouped by its path.
    NoTag = "T0305", "no tag";
    /// An operation has a tag that `tags` doesn't declare: its group has no description.
    UndeclaredTag = "T0306", "undeclared tag";
    /// No operation has a tag that `tags` declares.
    UnusedTag = "T0307", "unused tag";
    /// An operation doesn't say, by `x-source`, which page of the vendor documents it.
    NoSource = "T0308", "no x-source";
    /// An operation documents no reply of success.
    NoSuccess = "T0309", "no reply of success";
    /// An operation documents no reply of failure: the errors of its method have no type.
    NoErrorReply = "T0310", "no reply of failure";
    /// A `GET`, `HEAD` or `TRACE` has a body, which servers may ignore or refuse (RFC 9110, section 9.3).
    BodyOfGet = "T0311", "body of a GET";
    /// A reply whose status excludes a body has one (RFC 9110, sections 15.3.5 and 15.4.5).
    BodyOfEmpty = "T0312", "body of an empty reply";
    /// A deprecated operation doesn't say what to use in its place.
    NoReplacement = "T0313", "deprecated without a replacement";
    /// A header parameter looks like an idempotency key, which `x-idempotency-key` would send by
    /// itself, so that the call can be tried again.
    IdempotencyKey = "T0314", "undeclared idempotency key";
    /// Neither the operation nor the document says which credentials a call needs.
    NoSecurity = "T0315", "no security";
    /// An operation asks for a scope that no flow of the scheme declares.
    UndeclaredScope = "T0316", "undeclared scope";
    /// An address to which credentials go isn't `https`.
    InsecureUrl = "T0317", "address without TLS";
    /// The document names no server: each user of the client has to.
    NoServer = "T0321", "no server";
    /// The address of a server ends with a slash, and paths begin with one.
    ServerSlash = "T0322", "server ends with a slash";
    /// The address of a server is a placeholder.
    ServerPlaceholder = "T0323", "placeholder server";
    /// A variable of a server isn't used, or its default isn't one of its values.
    ServerVariable = "T0324", "server variable";
    /// A path isn't a template: braces don't pair, or it holds a query or white space.
    PathTemplate = "T0331", "malformed path";
    /// Two paths differ in the names of their parameters only, which the specification forbids.
    IdenticalPaths = "T0332", "identical paths";
    /// A request may match two paths, neither of which is the more concrete one.
    AmbiguousPaths = "T0333", "ambiguous paths";
    /// A path ends with a slash, and most paths of the document don't.
    PathSlash = "T0334", "path ends with a slash";
    /// `info` has no description.
    NoInfoDescription = "T0341", "no description of the API";
    /// `info` has no contact.
    NoContact = "T0342", "no contact";
    /// `info` has no licence.
    NoLicense = "T0343", "no licence";
    /// A name or value begins or ends with white space.
    OuterSpace = "T0344", "white space at the ends";
    /// A text for people is empty.
    EmptyText = "T0345", "empty text";
    /// A parameter has no description.
    NoParameterDescription = "T0346", "parameter without a description";
    /// A tag has no description: its group of methods has no documentation.
    NoTagDescription = "T0347", "tag without a description";
    /// An array doesn't say what its items are: they are any JSON.
    MissingItems = "T0351", "array without items";
    /// `nullable` holds only beside a `type` (OpenAPI 3.0.3, section 4.7.24.1). It is honoured here;
    /// other tools ignore it.
    NullableWithoutType = "T0352", "nullable without a type";
    /// A listed value is of another type than `type` states.
    EnumType = "T0353", "value of another type";
    /// A nullable enumeration doesn't list `null`, which JSON Schema then refuses.
    EnumNull = "T0354", "nullable enum without null";
    /// A list names something twice.
    ListedTwice = "T0355", "listed twice";
    /// A lower limit is above the upper one: no value satisfies both.
    LimitOrder = "T0356", "limits out of order";
    /// A keyword says nothing about values of the stated type.
    KeywordType = "T0357", "keyword of another type";
    /// A default isn't a value that its schema allows.
    DefaultMismatch = "T0358", "default not allowed";
    /// An example isn't what its schema describes.
    InvalidExample = "T0361", "invalid example";
    /// A body has no example, neither by itself nor by its schema.
    NoExample = "T0362", "no example";
    /// A date is written otherwise than RFC 3339 has it. It is read all the same; other tools refuse it.
    DateForm = "T0363", "date not as RFC 3339 has it";
    /// A pattern can take exponential time on a text that nearly matches.
    SlowPattern = "T0364", "catastrophic pattern";
    /// A JSON body has no schema: it is any JSON.
    NoBodySchema = "T0365", "body without a schema";
    /// An alternative doesn't describe, or doesn't require, the property that tells which one it is.
    DiscriminatorProperty = "T0366", "discriminator property";
    /// Nothing refers to a component.
    UnusedComponent = "T0367", "unused component";
    /// A link names an operation that there isn't.
    LinkTarget = "T0368", "unknown operation of a link";
    /// Every example of a text is a date, and `format` doesn't say so.
    UndeclaredDate = "T0369", "undeclared date";
    /// A list could be read page by page, and `x-pagination` doesn't say so.
    UndeclaredPages = "T0370", "undeclared pages";
    /// An example is given in two ways that exclude each other.
    ExampleTwice = "T0371", "example given twice";
    /// A keyword of a schema belongs to another version of OpenAPI than the document states.
    KeywordVersion = "T0372", "keyword of another version";

    /// The parts of an `allOf` contradict each other, so that no value satisfies all of them.
    AllOfConflict = "T0401", "conflicting allOf";
    /// Something has no counterpart in the client; what is generated instead holds every value.
    Degraded = "T0402", "not expressible";
    /// `required` names a property that `properties` doesn't describe.
    UndeclaredRequired = "T0403", "required but not described";
    /// An enumeration lists a value twice.
    DuplicateValue = "T0404", "value listed twice";
    /// There are more or fewer names than values.
    NamesMismatch = "T0405", "names don't match values";
    /// A validation keyword has a value that it can't have, such as an `enum` none of whose values is
    /// of the type.
    InvalidRule = "T0406", "invalid rule";
    /// A pattern isn't a regular expression of ECMA-262.
    InvalidPattern = "T0407", "invalid pattern";
    /// Nothing in a value says which alternative of a union it is.
    AmbiguousUnion = "T0408", "ambiguous union";
    /// A discriminator maps a value to something that isn't an alternative, or no value to one that is
    /// known by neither a constant nor a name.
    DiscriminatorMapping = "T0409", "discriminator mapping";
    /// Two things would have the same Rust name.
    NameClash = "T0410", "name clash";
    /// A parameter that the client writes without being told: a header that media types or security
    /// schemes stand for, as OpenAPI has it, the credential of a security scheme, or a header that
    /// follows from the body and the connection, such as `Content-Length`.
    ReservedParameter = "T0411", "reserved parameter";
    /// A style that this kind of parameter can't have.
    InvalidStyle = "T0412", "invalid style";
    /// A media type of a body that the client doesn't use, because there is another.
    UnusedMedia = "T0413", "unused media type";
    /// A server's address names a variable that isn't declared.
    UndeclaredVariable = "T0414", "undeclared server variable";
    /// An extension of this generator has a value that it can't have.
    InvalidExtension = "T0415", "invalid extension";
    /// A key in `Authorization` is described with a word before it, which the document has no place for.
    KeyPrefix = "T0416", "prefix of a key";
    /// An example or a default isn't of the format or the pattern that its place states, or a rule
    /// admits nothing of the format. `format` only annotates, so the example or the rule holds: the
    /// place takes any text, or a wider number. A pattern that refuses an example isn't checked.
    ExampleFormat = "T0421", "example or rule against its format";
    /// A schema without `type` speaks of one kind of values, and an example or a default is another.
    /// Such keywords say nothing about values of other kinds, so the example holds: any value is
    /// taken.
    ExampleKind = "T0422", "example of another kind";

    /// The project file, `specs/tenon.yaml`, doesn't say what it has to.
    ProjectFile = "T0501", "project file";
    /// An overlay isn't what OpenAPI Overlay 1.0 describes, or can't be applied as it is written.
    Overlay = "T0511", "invalid overlay";
    /// The target of an overlay's action isn't a JSONPath (RFC 9535).
    OverlayTarget = "T0512", "not a JSONPath";
    /// An action of an overlay matches nothing. The document changed, or the target is wrong.
    OverlayUnmatched = "T0513", "overlay action without a match";
    /// An overlay says that it extends another document than the one it is applied to.
    OverlayExtends = "T0514", "overlay of another document";
    /// A pattern that selects operations matches none, or all of them are left out.
    Selection = "T0521", "selection without a match";
}

impl Code {
    /// Whether what is read after an error of this kind is still most of what the document says:
    /// a reference that leads nowhere is any value, an undeclared parameter is a text.
    pub fn is_recoverable(self) -> bool {
        match self {
            Code::DuplicateKey | Code::FileNotLoaded => true,
            Code::NotOpenApi | Code::UnknownVersion | Code::NotStrict => false,
            _ => self.id().starts_with("T02"),
        }
    }

    /// Whether a part of the document is not known because of it: what it refers to isn't there.
    pub fn is_gap(self) -> bool {
        use Code::{FileNotLoaded, NetworkRef, RefCycle, UnknownRef, WrongTarget};
        matches!(self, FileNotLoaded | NetworkRef | RefCycle | UnknownRef | WrongTarget)
    }
}
