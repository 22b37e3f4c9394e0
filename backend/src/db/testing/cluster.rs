//! The throw-away PostgreSQL cluster of a test process.
//!
//! A small shell watches over the server. It waits for the end of its standard input, which comes
//! when this process ends in whatever way; then it stops the server and removes the folder.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use postgres::{Client, NoTls};

const INSTALL: &str = "the tests need a PostgreSQL server's programs: apt-get install -y \
    --no-install-recommends postgresql (or name a server in CITIZEN_TEST_POSTGRES)";

/// `$1` is the folder of the programs. `initdb` refuses to run as root, so that this does not either.
const WATCH: &str = r#"
dir=$(mktemp -d /tmp/citizen-postgres.XXXXXX) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir"
if ! "$1/initdb" -D "$dir/data" -U citizen -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/log" 2>&1; then
    echo "initdb failed: $(tail -n 3 "$dir/log")"; exit 1
fi
"$1/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c full_page_writes=off \
    -c max_connections=300 </dev/null >"$dir/log" 2>&1 &
server=$!
until "$1/pg_isready" -q -h "$dir" -U citizen -d postgres; do
    if ! kill -0 $server 2>/dev/null; then echo "postgres failed: $(tail -n 3 "$dir/log")"; exit 1; fi
    sleep 0.05
done
echo "ready $dir"
cat >/dev/null
kill -QUIT $server
wait $server
"#;

/// The server of this process.
pub(super) struct Server {
    base: String,
    /// Held so that its standard input stays open.
    _watch: Option<Child>,
}

/// The one server; started at the first call.
pub(super) fn server() -> Result<&'static Server, String> {
    static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
    SERVER.get_or_init(Server::find_or_start).as_ref().map_err(Clone::clone)
}

impl Server {
    fn find_or_start() -> Result<Self, String> {
        match std::env::var("CITIZEN_TEST_POSTGRES") {
            Ok(base) if !base.is_empty() => Ok(Self { base, _watch: None }),
            _ => Self::start(),
        }
    }

    fn start() -> Result<Self, String> {
        let programs = programs().ok_or(INSTALL)?;
        let mut watch = as_nobody_special()?
            .args(["sh", "-c", WATCH, "sh"])
            .arg(&programs)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // Ctrl-C reaches the tests; the watch ends with them and cleans up.
            .process_group(0)
            .spawn()
            .map_err(|error| format!("{INSTALL}: {error}"))?;
        let mut said = String::new();
        if let Some(out) = watch.stdout.take() {
            BufReader::new(out).read_line(&mut said).map_err(|error| error.to_string())?;
        }
        let dir = said.trim().strip_prefix("ready ").ok_or(format!("no PostgreSQL server: {said}"))?;
        let base = format!("postgres://citizen@{}/postgres", dir.replace('/', "%2F"));
        Ok(Self { base, _watch: Some(watch) })
    }

    /// The address of one of its databases.
    pub(super) fn url(&self, database: &str) -> String {
        let cut = self.base.rfind('/').unwrap_or(self.base.len());
        let (server, _) = self.base.split_at(cut);
        format!("{server}/{database}")
    }

    /// Runs a statement in the server's own database. On a thread of its own: the driver blocks.
    pub(super) fn command(&self, sql: &str) -> Result<(), String> {
        let run = || {
            let mut client = Client::connect(&self.base, NoTls)?;
            client.batch_execute(sql)
        };
        std::thread::scope(|scope| scope.spawn(run).join())
            .map_err(|_| "the driver panicked".to_owned())?
            .map_err(|error| format!("{sql}: {error:?}"))
    }
}

/// The newest of Debian's versions, else what the PATH names.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = versions
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin")))
        })
        .filter(|(_, bin)| has_server(bin))
        .max();
    let path = std::env::var_os("PATH").unwrap_or_default();
    debian.map(|(_, bin)| bin).or_else(|| std::env::split_paths(&path).find(|bin| has_server(bin)))
}

fn has_server(bin: &Path) -> bool {
    ["initdb", "postgres", "pg_isready"].iter().all(|name| bin.join(name).is_file())
}

/// A command prefix that leaves root behind; Debian's package makes the user.
fn as_nobody_special() -> Result<Command, String> {
    let id = Command::new("id").arg("-u").output().map_err(|error| error.to_string())?;
    if id.stdout.trim_ascii() != b"0" {
        return Ok(Command::new("env"));
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]);
    Ok(command)
}
