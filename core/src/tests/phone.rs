//! A phone: files of one account, its session and its worker.

use std::path::Path;
use std::sync::Arc;

use citizen_contract::command::{CommandBody, Place, Submit};
use citizen_contract::ids::CommandId;
use citizen_contract::time::UtcMillis;

use super::FakeBackend;
use crate::events::Events;
use crate::http::HttpTransport;
use crate::identity::{Here, KeyNames, Session, SignedIn, sign_in};
use crate::outbox::attachments::NewAttachment;
use crate::outbox::enqueue::{NewCommand, enqueue};
use crate::outbox::list::{self, Item};
use crate::outbox::{MIGRATIONS, OutboxError};
use crate::ports::{HandClock, KeyStore, MemoryKeyStore, NoObserver, Ports, Random, SeededRandom};
use crate::store::{AccountStore, DatabaseKey, Schemas};
use crate::worker::{Engine, EngineParts, Next};

pub struct Phone {
    dir: tempfile::TempDir,
    pub clock: Arc<HandClock>,
    pub ports: Ports,
    pub store: AccountStore,
    pub session: Arc<Session>,
    pub engine: Engine,
    pub root: ed25519_dalek::VerifyingKey,
}

pub const START: UtcMillis = UtcMillis(1_712_000_000_000);

impl Phone {
    /// A phone on which somebody is signed in.
    pub async fn of(backend: &FakeBackend) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(HandClock::at(START));
        let keys: Arc<dyn KeyStore> = Arc::new(MemoryKeyStore::lasting());
        let ports = Ports {
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(7)),
            keys: keys.clone(),
            transport: Arc::new(HttpTransport::new(&backend.base_url, &[]).unwrap()),
            phases: Arc::new(NoObserver),
        };
        let store = open(dir.path());
        let names = KeyNames::of("test");
        let here = Here { ports: &ports, keys: &keys, names: &names, device_name: "máy thử" };
        let signed_in = sign_in(here, "031099000001", "mật khẩu mẫu").await.unwrap();
        let SignedIn::Session(session) = signed_in else { panic!("no code was to be asked for") };
        let session = Arc::new(*session);
        let root = backend.root();
        let engine = engine(&ports, &store, &session, root);
        Self { dir, clock, ports, store, session, engine, root }
    }

    /// Another worker on the same files.
    pub fn second_worker(&self) -> Engine {
        engine(&self.ports, &self.store, &self.session, self.root)
    }

    /// Steps until the worker wants to wait, and says until when.
    pub async fn settle(&self) -> UtcMillis {
        for _ in 0..200 {
            if let Next::At(at) = self.engine.step().await.unwrap() {
                return at;
            }
        }
        panic!("the worker never rests");
    }

    /// Lets the longest backoff pass and settles again.
    pub async fn later(&self) {
        self.clock.advance(3_600_000);
        self.settle().await;
    }

    pub fn queue(&self, body: CommandBody, photos: Vec<NewAttachment>) -> CommandId {
        self.try_queue(body, photos).unwrap()
    }

    /// Queues an act of somebody who saw the report at this revision.
    pub fn queue_on(&self, body: CommandBody, seen: u64) -> CommandId {
        let now = self.ports.clock.now();
        let id = self.ports.random.command_id(now);
        let command = NewCommand { id, body, seen_revision: Some(seen), form: None, photos: Vec::new(), now };
        enqueue(&self.store.outbox, &NoObserver, &command).unwrap();
        id
    }

    pub fn try_queue(&self, body: CommandBody, photos: Vec<NewAttachment>) -> Result<CommandId, OutboxError> {
        let now = self.ports.clock.now();
        let id = self.ports.random.command_id(now);
        let command = NewCommand { id, body, seen_revision: None, form: Some("{}".into()), photos, now };
        enqueue(&self.store.outbox, &NoObserver, &command)?;
        Ok(id)
    }

    /// Changes a byte of a photo on the disk.
    pub fn damage(&self, photo: &NewAttachment) {
        let read = |tx: &rusqlite::Transaction<'_>| -> Result<(String, usize), OutboxError> {
            let sql = "SELECT sealed_file, sealed_start FROM attachments WHERE id = ?1";
            Ok(tx.query_row(sql, [photo.id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?)
        };
        let (file, start) = self.store.outbox.read(read).unwrap();
        let path = self.dir.path().join("outbox.db-sealed").join(file);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[start + 7] ^= 1;
        std::fs::write(path, bytes).unwrap();
    }

    pub fn item(&self, id: CommandId) -> Item {
        list::one(&self.store.outbox, id).unwrap()
    }
}

fn engine(
    ports: &Ports,
    store: &AccountStore,
    session: &Arc<Session>,
    root: ed25519_dalek::VerifyingKey,
) -> Engine {
    Engine::new(EngineParts {
        ports: ports.clone(),
        store: store.clone(),
        session: Some(session.clone()),
        root,
        search_text: |_, _| String::new(),
        events: Events::default(),
    })
}

pub fn open(dir: &Path) -> AccountStore {
    let key = DatabaseKey::random(&SeededRandom::new(1));
    let schemas = Schemas { outbox: MIGRATIONS, cache: crate::sync::MIGRATIONS };
    AccountStore::open(dir, &key, schemas, true, START).unwrap().store
}

pub fn submit(words: &str) -> CommandBody {
    let place = Place { unit_id: None, words: "trước cổng chợ".into(), position: None };
    CommandBody::Submit(Submit { category: "duong-sa".into(), words: words.into(), place, public: true })
}

/// A photo of so many bytes.
pub fn photo(random: &dyn Random, size: usize) -> NewAttachment {
    let mut bytes = vec![0; size];
    random.fill(&mut bytes);
    let id = random.attachment_id(START);
    let sha256 = citizen_contract::hash::ContentHash::of(&bytes);
    NewAttachment { id, media_type: "image/jpeg", bytes, sha256, captured_at: None, captured_where: None }
}
