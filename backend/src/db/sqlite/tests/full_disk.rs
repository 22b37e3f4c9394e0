//! A disk that is really full when the group commits: this test runs itself again in a mount
//! namespace of its own, on a small file system in memory.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{TABLE, hold, insert, queue, rows, write};
use crate::db::{Db, DbUrl, StorageFault, WriteError};
use crate::params;

const SMALL_DISK: &str = "CITIZEN_TEST_SMALL_DISK";

#[tokio::test]
async fn a_full_disk_at_commit_is_acknowledged_to_nobody_and_room_heals_it() {
    if let Some(disk) = std::env::var_os(SMALL_DISK) {
        return on_a_small_disk(Path::new(&disk)).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let (_, module) = module_path!().split_once("::").unwrap();
    let test = format!("{module}::a_full_disk_at_commit_is_acknowledged_to_nobody_and_room_heals_it");
    let mount = format!("mount -t tmpfs -o size=4m tmpfs \"${SMALL_DISK}\" && exec \"$@\"");
    let ended = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", &mount, "sh"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", &test, "--nocapture"])
        .env(SMALL_DISK, folder.path())
        .output()
        .expect("the test needs unshare: apt-get install -y util-linux");
    let said = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success(), "{said}{}", String::from_utf8_lossy(&ended.stderr));
    assert!(said.contains("1 passed"), "the inner test did not run: {said}");
}

async fn on_a_small_disk(disk: &Path) {
    let db = Db::open(&DbUrl::sqlite(disk.join("backend.db"))).unwrap();
    db.migrate(&[TABLE]).await.unwrap();
    write(&db, |tx| insert(tx, 1)).await.unwrap();

    fill(&disk.join("filler"));
    let (go, held) = hold(&db).await;
    let through = Arc::new(AtomicBool::new(false));
    let much = {
        let through = Arc::clone(&through);
        // Small enough to stay in the page cache, so that the statement succeeds and COMMIT does not.
        let words = "ngập ".repeat(80_000);
        queue(&db, move |tx| {
            tx.execute("INSERT INTO rows (n, words) VALUES (2, ?1)", params![&words])?;
            through.store(true, Ordering::SeqCst);
            Ok(2)
        })
    };
    let little = queue(&db, |tx| insert(tx, 3));
    go.send(()).unwrap();
    let full = WriteError::Storage(StorageFault::Full.into());
    assert_eq!(held.await.unwrap(), Err(full.clone()));
    assert_eq!(much.await, Err(full.clone()));
    assert_eq!(little.await, Err(full));
    assert!(through.load(Ordering::SeqCst), "it failed before COMMIT");
    assert_eq!(rows(&db).await, [1]);

    std::fs::remove_file(disk.join("filler")).unwrap();
    assert_eq!(write(&db, |tx| insert(tx, 4)).await, Ok(4));
    assert_eq!(rows(&db).await, [1, 4]);
}

/// Takes all the room that is left.
fn fill(path: &Path) {
    let mut filler = std::fs::File::create(path).unwrap();
    while std::io::Write::write_all(&mut filler, &[0; 4096]).is_ok() {}
}
