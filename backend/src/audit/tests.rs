//! Every kind of tampering with the log is found; a name never gets in.

use citizen_contract::audit::AuditAct;
use citizen_contract::ids::UnitId;

use super::{Entry, Subject, checkpoint, record};
use crate::db::WriteError;
use crate::db::testing::each_engine;
use crate::params;
use crate::testing::{Person, World};
use crate::verify::{Finding, run};

fn entry(world: &World, act: AuditAct, detail: &[&str]) -> Entry {
    Entry {
        at: world.now(),
        actor: Some(Person::Chief.account()),
        act,
        subject: Some(Subject::account(Person::Handler.account())),
        unit: Some(UnitId("u67e91d3e0212".to_owned())),
        detail: detail.iter().map(|code| (*code).to_owned()).collect(),
    }
}

/// A world whose log has four entries, the first three of them under a checkpoint.
async fn kept(world: &World) {
    let acts =
        [AuditAct::AccountAdded, AuditAct::AccountLocked, AuditAct::AccountUnlocked, AuditAct::PasswordReset];
    for (at, act) in acts.into_iter().enumerate() {
        let entry = entry(world, act, &["handler@u67e91d3e0212"]);
        world.write(move |tx| record(tx, &entry)).await;
        if at == 2 {
            let (signer, now) = (world.backend.signer.clone(), world.now());
            assert!(world.write(move |tx| checkpoint(tx, &signer, now)).await);
        }
    }
    let sound = run(&world.backend.db, &world.backend.signer.key_list().unwrap()).await.unwrap();
    assert_eq!((sound.audited, sound.findings.as_slice()), (4, [].as_slice()));
}

async fn tampered(sql: &'static [&'static str], expected: &'static [Finding]) {
    each_engine(async |db| {
        let world = World::over(db).await;
        kept(&world).await;
        for statement in sql.iter().copied() {
            assert!(world.write(move |tx| tx.execute(statement, params![])).await > 0, "{statement}");
        }
        let found = run(&world.backend.db, &world.backend.signer.key_list().unwrap()).await.unwrap();
        assert_eq!(found.findings, expected, "{sql:?}");
    })
    .await;
}

#[tokio::test]
async fn a_changed_entry_is_named() {
    tampered(&["UPDATE audit SET at = at + 1 WHERE seq = 2"], &[Finding::AuditChanged { seq: 2 }]).await;
    tampered(&["UPDATE audit SET actor = NULL WHERE seq = 1"], &[Finding::AuditChanged { seq: 1 }]).await;
    tampered(&["UPDATE audit SET detail = '' WHERE seq = 4"], &[Finding::AuditChanged { seq: 4 }]).await;
}

#[tokio::test]
async fn a_deleted_entry_is_named_also_the_last_signed_one_with_a_mended_end() {
    tampered(&["DELETE FROM audit WHERE seq = 2"], &[Finding::AuditDeleted { seq: 2 }]).await;
    tampered(&["DELETE FROM audit WHERE seq = 4"], &[Finding::AuditDeleted { seq: 4 }]).await;
    tampered(
        &[
            "DELETE FROM audit WHERE seq >= 3",
            "UPDATE audit_head SET entries = 2, head = (SELECT hash FROM audit WHERE seq = 2)",
        ],
        &[Finding::AuditDeleted { seq: 3 }],
    )
    .await;
}

#[tokio::test]
async fn a_chain_written_anew_is_betrayed_by_its_checkpoint() {
    tampered(
        &["UPDATE audit SET hash = (SELECT hash FROM audit WHERE seq = 1) WHERE seq = 3"],
        &[
            Finding::AuditChanged { seq: 3 },
            Finding::AuditRewritten { seq: 3 },
            Finding::AuditChanged { seq: 4 },
        ],
    )
    .await;
}

#[tokio::test]
async fn many_at_once_make_one_chain() {
    each_engine(async |db| {
        let world = World::over(db).await;
        let writes = (0..24).map(|_| {
            let entry = entry(&world, AuditAct::SignedIn, &[]);
            world.write(move |tx| record(tx, &entry))
        });
        futures::future::join_all(writes).await;
        let found = run(&world.backend.db, &world.backend.signer.key_list().unwrap()).await.unwrap();
        assert_eq!((found.audited, found.findings.as_slice()), (24, [].as_slice()));
    })
    .await;
}

#[tokio::test]
async fn nothing_but_codes_gets_in() {
    each_engine(async |db| {
        let world = World::over(db).await;
        for words in ["Nguyễn Văn Mẫu", "031090000001", "a b", ""] {
            let entry = entry(&world, AuditAct::AccountAdded, &[words]);
            let refused = world.backend.db.write(move |tx| record(tx, &entry)).await;
            assert!(refused.map_err(WriteError::flatten).is_err(), "{words}");
        }
    })
    .await;
}
