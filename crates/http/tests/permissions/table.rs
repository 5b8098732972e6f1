//! What each operation of the API takes: one row for each, and for each kind of job on files.
//!
//! Invariant: the rows of queries and feeds come from the catalog; each of the others says what it takes,
//! or that it takes nothing, and why.

use catalog::{Capability, FEEDS, QUERIES};

use Capability::{FilesRead, FilesWrite, SystemRead, TerminalOpen};

/// One operation.
pub(crate) struct Row {
    pub(crate) method: &'static str,
    /// As in the document.
    pub(crate) path: String,
    /// Behind the path, for example `?path=/a`.
    pub(crate) query: &'static str,
    pub(crate) body: &'static str,
    pub(crate) needs: Needs,
}

/// What an operation takes.
pub(crate) enum Needs {
    /// These, to be done at all.
    All(Vec<Capability>),
    /// Nothing: it touches no server, or only ends what goes on there.
    Nothing,
}

const LOOK: &[Capability] = &[SystemRead];
const READ: &[Capability] = &[FilesRead];
const CHANGE: &[Capability] = &[FilesRead, FilesWrite];
const TERMINAL: &[Capability] = &[TerminalOpen];

const FILE: &str = "?path=/etc/a";
const PATH: &str = r#"{"path":"/etc/a"}"#;
const NONE: &str = "{}";
const NEW_TERMINAL: &str = r#"{"columns":80,"rows":24}"#;
const FORWARD: &str = r#"{"to":{"kind":"port","host":"localhost","port":9}}"#;
const SOCKS: &str = r#"{"to":{"kind":"socks"}}"#;
const SEARCH: &str = r#"{"path":"/etc","name":"","hidden":true,"limit":10}"#;
const SEARCH_TEXT: &str = r#"{"path":"/etc","name":"","hidden":true,"limit":10,
    "content":{"text":"x","regex":false,"anyCase":false}}"#;
const KEY: &str = r#"{"text":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJK9GKzJHHFNCNP5bNzOmrSBKPnwNTEDKXEdjCAxTxFp"}"#;

/// Below `/api/servers/{server}`.
const OF_SERVER: &[(&str, &str, &str, &str, &[Capability])] = &[
    ("post", "/administrator", "", r#"{"on":true}"#, LOOK),
    ("post", "/administrator", "", r#"{"on":false}"#, LOOK),
    ("post", "/diagnosis", "", NONE, LOOK),
    ("post", "/terminals", "", NEW_TERMINAL, TERMINAL),
    ("post", "/forwards", "", FORWARD, TERMINAL),
    ("post", "/forwards", "", SOCKS, TERMINAL),
    ("post", "/authorized-keys", "", KEY, CHANGE),
    ("post", "/files/home", "", NONE, READ),
    ("post", "/files/list", "", r#"{"path":"/etc"}"#, READ),
    ("post", "/files/info", "", r#"{"paths":["/etc/a"]}"#, READ),
    ("post", "/files/space", "", PATH, READ),
    ("get", "/files/content", FILE, "", READ),
    ("get", "/files/text", FILE, "", READ),
    ("post", "/files/measure", "", r#"{"paths":["/etc"]}"#, READ),
    ("post", "/files/search", "", SEARCH, READ),
    ("post", "/files/search", "", SEARCH_TEXT, READ),
    ("get", "/files/archive", FILE, "", READ),
    ("post", "/files/trash", "", NONE, READ),
    ("post", "/files/versions", "", PATH, READ),
    ("get", "/files/versions", "?path=/etc/a&id=1", "", READ),
    ("post", "/files/versions/forget", "", PATH, READ),
    ("put", "/files/text", FILE, "text", CHANGE),
    ("post", "/files/folders", "", PATH, CHANGE),
    ("post", "/files/files", "", PATH, CHANGE),
    (
        "post",
        "/files/links",
        "",
        r#"{"path":"/etc/l","target":"a"}"#,
        CHANGE,
    ),
    (
        "post",
        "/files/rename",
        "",
        r#"{"from":"/etc/a","to":"/etc/b"}"#,
        CHANGE,
    ),
    ("post", "/files/upload", "", "", CHANGE),
    (
        "post",
        "/files/upload-state",
        "",
        r#"{"path":"/etc/u","sizeBytes":1,"modifiedAt":null}"#,
        CHANGE,
    ),
];

/// Jobs, with the place of the server's id.
const JOBS: &[(&str, &[Capability])] = &[
    (
        r#"{"kind":"copy","server":"ID","paths":["/etc/a"],"toServer":"ID","toFolder":"/tmp"}"#,
        CHANGE,
    ),
    (
        r#"{"kind":"copy","server":"ID","paths":["/etc/a"],"toServer":"other","toFolder":"/tmp"}"#,
        READ,
    ),
    (
        r#"{"kind":"copy","server":"other","paths":["/etc/a"],"toServer":"ID","toFolder":"/tmp"}"#,
        CHANGE,
    ),
    (
        r#"{"kind":"move","server":"ID","paths":["/etc/a"],"toServer":"ID","toFolder":"/tmp"}"#,
        CHANGE,
    ),
    (
        r#"{"kind":"move","server":"ID","paths":["/etc/a"],"toServer":"other","toFolder":"/tmp"}"#,
        CHANGE,
    ),
    (
        r#"{"kind":"delete","server":"ID","paths":["/etc/a"],"confirm":"web"}"#,
        CHANGE,
    ),
    (
        r#"{"kind":"trash","server":"ID","paths":["/etc/a"]}"#,
        CHANGE,
    ),
    (
        r#"{"kind":"restore","server":"ID","trashed":["/etc/a"]}"#,
        CHANGE,
    ),
    (
        r#"{"kind":"emptyTrash","server":"ID","trashed":["/etc/a"],"confirm":"web"}"#,
        CHANGE,
    ),
    (
        r#"{"kind":"attributes","server":"ID","paths":["/etc/a"],"recursive":false,"fileMode":384}"#,
        CHANGE,
    ),
];

/// Of a terminal that is open.
const OF_TERMINAL: &[(&str, &str, &str)] = &[
    ("post", "/clear", NONE),
    ("get", "/text", ""),
    ("get", "/process", ""),
    ("post", "/recording", r#"{"recording":true}"#),
    ("post", "/recording", r#"{"recording":false}"#),
    ("post", "/restart", NONE),
];

/// What takes no permission, with the reason.
const FREE: &[(&str, &str, &str)] = &[
    ("post", "/api/session", "the program itself"),
    ("get", "/api/status", "the program itself"),
    ("get", "/api/openapi.json", "the program itself"),
    ("get", "/api/catalog", "the program itself"),
    ("get", "/api/servers", "profiles, on this computer"),
    ("post", "/api/servers", "profiles, on this computer"),
    ("get", "/api/servers/{server}", "profiles, on this computer"),
    (
        "patch",
        "/api/servers/{server}",
        "profiles, on this computer; it is what grants",
    ),
    (
        "delete",
        "/api/servers/{server}",
        "profiles, on this computer; the name is asked for",
    ),
    (
        "post",
        "/api/servers/{server}/connect",
        "refused in the server's state, see `connecting`",
    ),
    ("post", "/api/servers/{server}/disconnect", "it ends"),
    (
        "post",
        "/api/servers/{server}/answers",
        "a question of a connection that was granted",
    ),
    (
        "delete",
        "/api/servers/{server}/secrets",
        "this computer's keychain; it ends",
    ),
    (
        "post",
        "/api/servers/{server}/save",
        "profiles, on this computer",
    ),
    (
        "post",
        "/api/servers/{server}/duplicate",
        "profiles, on this computer",
    ),
    ("put", "/api/servers/order", "profiles, on this computer"),
    (
        "post",
        "/api/servers/reachability",
        "each is left alone that does not grant it, see `connecting`",
    ),
    ("post", "/api/servers/import", "profiles, on this computer"),
    ("get", "/api/servers/export", "profiles, on this computer"),
    (
        "get",
        "/api/servers/{server}/forwards",
        "what the program has open",
    ),
    (
        "delete",
        "/api/servers/{server}/forwards/{forward}",
        "it ends",
    ),
    ("get", "/api/terminals", "what the program has open"),
    ("delete", "/api/terminals/{terminal}", "it ends"),
    (
        "get",
        "/api/terminals/{terminal}/socket",
        "closed with 4403, see `withdrawn` in the engine's tests",
    ),
    ("get", "/api/recordings", "files of this computer"),
    (
        "get",
        "/api/recordings/{recording}",
        "files of this computer",
    ),
    (
        "delete",
        "/api/recordings/{recording}",
        "files of this computer",
    ),
    ("get", "/api/snippets", "this computer"),
    ("put", "/api/snippets", "this computer"),
    ("get", "/api/file-jobs", "what the program has under way"),
    ("delete", "/api/file-jobs/{job}", "it forgets what is over"),
    (
        "post",
        "/api/file-jobs/{job}/control",
        "each step of a job is granted anew",
    ),
    (
        "post",
        "/api/file-jobs/{job}/answer",
        "each step of a job is granted anew",
    ),
    ("get", "/api/model", "no server"),
    ("put", "/api/model/key", "no server"),
    ("delete", "/api/model/key", "no server"),
    ("post", "/api/model/test", "no server"),
    ("get", "/api/stats/llm", "no server"),
    ("get", "/api/keys", "this computer"),
    ("post", "/api/keys", "this computer"),
    ("get", "/api/activity", "this computer's own journal"),
    ("get", "/api/activity/export", "this computer's own journal"),
    ("get", "/api/activity/verify", "this computer's own journal"),
    (
        "get",
        "/api/servers/{server}/receipt",
        "this computer's own journal",
    ),
    ("get", "/api/session/identity", "who may use the program"),
    ("post", "/api/session/activity", "who may use the program"),
    ("post", "/api/session/lock", "who may use the program"),
    ("post", "/api/session/proof", "who may use the program"),
    ("get", "/api/sessions", "who may use the program"),
    ("post", "/api/sessions/address", "who may use the program"),
    ("delete", "/api/sessions/address", "who may use the program"),
    ("delete", "/api/sessions/others", "who may use the program"),
    (
        "delete",
        "/api/sessions/{session}",
        "who may use the program",
    ),
    ("get", "/api/preferences", "this computer"),
    ("put", "/api/preferences", "this computer"),
    (
        "get",
        "/api/live",
        "each subscription is granted, see `subscribing`",
    ),
];

/// All rows.
pub(crate) fn rows() -> Vec<Row> {
    let row = |method, path: String, query, body, needs: &[Capability]| Row {
        method,
        path,
        query,
        body,
        needs: Needs::All(needs.to_vec()),
    };
    let mut rows = Vec::new();
    for query in QUERIES {
        let path = format!("/api/servers/{{server}}/queries/{}", query.id());
        let needs = [query.capability()];
        let by_model = r#"{"raw":true,"byModel":true}"#;
        rows.push(row("post", path.clone(), "", by_model, &needs));
        rows.push(row("post", format!("{path}/fixture"), "", NONE, &needs));
    }
    for feed in FEEDS {
        let path = format!("/api/servers/{{server}}/feeds/{}", feed.id());
        rows.push(row("post", path, "", NONE, &[feed.capability()]));
    }
    for (method, path, query, body, needs) in OF_SERVER {
        let path = format!("/api/servers/{{server}}{path}");
        rows.push(row(method, path, query, body, needs));
    }
    for (body, needs) in JOBS {
        rows.push(row("post", "/api/file-jobs".to_owned(), "", body, needs));
    }
    for (method, path, body) in OF_TERMINAL {
        let path = format!("/api/terminals/{{terminal}}{path}");
        rows.push(row(method, path, "", body, TERMINAL));
    }
    rows.extend(FREE.iter().map(|(method, path, _why)| Row {
        method,
        path: (*path).to_owned(),
        query: "",
        body: "",
        needs: Needs::Nothing,
    }));
    rows
}
