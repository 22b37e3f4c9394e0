use super::*;
use crate::http::HttpTransport;
use crate::ports::{Clock as _, HandClock, MemoryKeyStore, NoObserver, SeededRandom};
use crate::tests::START;

const PIN: &str = "482916";
const NAME: &str = "test/lock";
const IDLE_MS: i64 = IDLE_MINUTES as i64 * 60_000;

struct Pocket {
    clock: Arc<HandClock>,
    keys: Arc<dyn KeyStore>,
}

impl Pocket {
    fn new() -> Self {
        Self { clock: Arc::new(HandClock::at(START)), keys: Arc::new(MemoryKeyStore::lasting()) }
    }

    /// The lock as a freshly started app finds it.
    async fn start(&self) -> AppLock {
        let ports = Ports {
            clock: self.clock.clone(),
            random: Arc::new(SeededRandom::new(3)),
            keys: self.keys.clone(),
            transport: Arc::new(HttpTransport::new("http://127.0.0.1:9", &[]).unwrap()),
            phases: Arc::new(NoObserver),
        };
        AppLock::load(&ports, &self.keys, NAME.into(), &Events::default()).await.unwrap()
    }

    async fn locked(&self) -> AppLock {
        let lock = self.start().await;
        lock.set(&Pin::read(PIN).unwrap(), None).await.unwrap();
        lock.lock_now();
        lock
    }
}

async fn wrong(lock: &AppLock) -> (u32, i64) {
    match lock.open("913572").await {
        Err(LockError::Wrong { tries_left, wait_ms }) => (tries_left, wait_ms / 1000),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_pin_opens_and_another_start_is_locked_again() {
    let pocket = Pocket::new();
    let lock = pocket.locked().await;
    assert!(lock.is_locked());
    lock.open(PIN).await.unwrap();
    assert!(!lock.is_locked());
    let lock = pocket.start().await;
    assert!(lock.is_locked());
    lock.open(PIN).await.unwrap();
}

#[tokio::test]
async fn without_a_pin_nothing_locks() {
    let pocket = Pocket::new();
    let lock = pocket.start().await;
    lock.lock_now();
    lock.away();
    pocket.clock.advance(100 * 60_000);
    assert!(!lock.is_locked() && !lock.view().set);
}

#[tokio::test]
async fn wrong_pins_slow_down_by_the_table_and_end_in_signing_in() {
    let pocket = Pocket::new();
    let lock = pocket.locked().await;
    let mut told = Vec::new();
    for _ in 1..MOST_TRIES {
        let (left, wait_s) = wrong(&lock).await;
        told.push((left, wait_s));
        pocket.clock.advance(wait_s * 1000);
    }
    let waits = [0, 0, 30, 60, 300, 900, 1800, 3600, 7200];
    assert_eq!(told, (1..MOST_TRIES).rev().zip(waits).collect::<Vec<_>>());
    assert!(matches!(lock.open("913572").await, Err(LockError::SignInNeeded)));
    assert!(matches!(lock.open(PIN).await, Err(LockError::SignInNeeded)), "also with the right one");
    assert!(lock.view().sign_in_needed);
    let lock = pocket.start().await;
    assert!(matches!(lock.open(PIN).await, Err(LockError::SignInNeeded)), "also after a restart");
    lock.signed_in(false).await.unwrap();
    assert!(!lock.is_locked() && !lock.view().set, "the PIN that was not known is gone");
}

#[tokio::test]
async fn a_wait_is_honoured_over_restarts_and_a_clock_turned_back_does_not_shorten_it() {
    let pocket = Pocket::new();
    let lock = pocket.locked().await;
    for _ in 0..3 {
        wrong(&lock).await;
    }
    pocket.clock.advance(20_000);
    assert!(matches!(lock.open(PIN).await, Err(LockError::Wait { wait_ms: 10_000 })));
    pocket.clock.advance(-86_400_000);
    let lock = pocket.start().await;
    assert!(matches!(lock.open(PIN).await, Err(LockError::Wait { wait_ms: 10_000 })));
    assert_eq!(lock.view().open_at, Some(pocket.clock.now().plus_millis(10_000)));
    pocket.clock.advance(9_999);
    assert!(matches!(lock.open(PIN).await, Err(LockError::Wait { wait_ms: 1 })));
    pocket.clock.advance(1);
    lock.open(PIN).await.unwrap();
    lock.lock_now();
    assert_eq!(wrong(&lock).await, (9, 0), "the right PIN clears the count");
}

#[tokio::test]
async fn a_try_counts_even_if_the_process_ends_before_it_is_looked_at() {
    let pocket = Pocket::new();
    let lock = pocket.locked().await;
    // The first thing a try does is to write its count; broken off there, it has counted.
    {
        let mut trying = Box::pin(lock.open("913572"));
        while pocket.start().await.view().tries_left == MOST_TRIES {
            let polled = futures_poll(trying.as_mut()).await;
            assert!(polled.is_none() || pocket.start().await.view().tries_left < MOST_TRIES);
        }
    }
    assert_eq!(pocket.start().await.view().tries_left, MOST_TRIES - 1);
}

/// Lets a future go on for a moment.
async fn futures_poll<F: Future + Unpin>(mut future: F) -> Option<F::Output> {
    tokio::select! {
        biased;
        done = &mut future => Some(done),
        () = tokio::task::yield_now() => None,
    }
}

#[tokio::test]
async fn a_key_store_that_does_not_keep_the_count_looks_at_no_pin() {
    struct ReadOnly(Arc<dyn KeyStore>);
    impl KeyStore for ReadOnly {
        fn get(&self, name: &str) -> Result<Option<crate::ports::Secret>, crate::ports::KeyStoreError> {
            self.0.get(name)
        }
        fn set(&self, _: &str, _: &[u8]) -> Result<(), crate::ports::KeyStoreError> {
            Err(crate::ports::KeyStoreError::Refused)
        }
        fn delete(&self, _: &str) -> Result<(), crate::ports::KeyStoreError> {
            Err(crate::ports::KeyStoreError::Refused)
        }
    }
    let mut pocket = Pocket::new();
    pocket.locked().await;
    pocket.keys = Arc::new(ReadOnly(pocket.keys.clone()));
    let lock = pocket.start().await;
    assert!(matches!(lock.open(PIN).await, Err(LockError::Store(_))));
    assert!(lock.is_locked());
}

#[tokio::test]
async fn it_locks_when_nobody_touches_it_and_not_before() {
    let pocket = Pocket::new();
    let lock = pocket.locked().await;
    lock.open(PIN).await.unwrap();
    pocket.clock.advance(IDLE_MS - 1);
    lock.touch();
    pocket.clock.advance(IDLE_MS - 1);
    assert!(!lock.is_locked());
    pocket.clock.advance(1);
    assert!(lock.is_locked());
    lock.touch();
    assert!(lock.is_locked(), "a touch opens nothing");
}

#[tokio::test]
async fn it_locks_in_the_background_but_not_behind_a_camera() {
    let pocket = Pocket::new();
    let lock = pocket.locked().await;
    lock.open(PIN).await.unwrap();
    lock.away();
    pocket.clock.advance(AWAY_MS - 1);
    lock.back();
    pocket.clock.advance(2);
    assert!(!lock.is_locked());
    lock.away();
    pocket.clock.advance(AWAY_MS);
    lock.back();
    assert!(lock.is_locked());
}

#[tokio::test]
async fn a_clock_set_back_does_not_keep_it_open() {
    let pocket = Pocket::new();
    let lock = pocket.locked().await;
    lock.open(PIN).await.unwrap();
    pocket.clock.advance(-86_400_000);
    assert!(!lock.is_locked());
    pocket.clock.advance(IDLE_MS);
    assert!(lock.is_locked());
}

#[tokio::test]
async fn time_alone_locks_and_tells() {
    let pocket = Pocket::new();
    let lock = Arc::new(pocket.locked().await);
    lock.open(PIN).await.unwrap();
    let mut heard = lock.events.subscribe();
    let guard = tokio::spawn({
        let lock = lock.clone();
        async move { lock.lock_in_time().await }
    });
    tokio::task::yield_now().await;
    pocket.clock.advance(IDLE_MS);
    assert_eq!(heard.recv().await.unwrap(), CoreEvent::Session);
    assert!(lock.state().locked);
    guard.abort();
}

#[tokio::test]
async fn a_new_pin_needs_the_old_one_and_wrong_ones_count() {
    let pocket = Pocket::new();
    let lock = pocket.locked().await;
    lock.open(PIN).await.unwrap();
    let new = Pin::read("730518").unwrap();
    assert!(matches!(lock.set(&new, None).await, Err(LockError::Wrong { tries_left: 9, .. })));
    assert!(matches!(lock.remove("913572").await, Err(LockError::Wrong { tries_left: 8, .. })));
    lock.set(&new, Some(PIN)).await.unwrap();
    lock.lock_now();
    wrong(&lock).await;
    lock.open("730518").await.unwrap();
    lock.remove("730518").await.unwrap();
    assert!(!pocket.start().await.is_locked());
}

#[tokio::test]
async fn the_key_store_holds_no_pin_and_equal_pins_look_different() {
    let pocket = Pocket::new();
    let lock = pocket.locked().await;
    let entry = |pocket: &Pocket| pocket.keys.get(NAME).unwrap().unwrap();
    let first = entry(&pocket);
    assert!(!String::from_utf8_lossy(&first).contains(PIN));
    lock.set(&Pin::read(PIN).unwrap(), Some(PIN)).await.unwrap();
    assert_ne!(entry(&pocket), first);
}

#[tokio::test]
async fn a_damaged_entry_keeps_the_app_locked_until_somebody_signs_in() {
    let pocket = Pocket::new();
    pocket.keys.set(NAME, b"{\"salt\":").unwrap();
    let lock = pocket.start().await;
    assert!(matches!(lock.open(PIN).await, Err(LockError::SignInNeeded)));
    lock.signed_in(false).await.unwrap();
    assert!(!pocket.start().await.is_locked());
}

#[tokio::test]
async fn setting_the_clock_forward_ends_no_wait_while_the_device_stays_on() {
    let pocket = Pocket::new();
    let lock = pocket.locked().await;
    for _ in 0..5 {
        let (_, wait_s) = wrong(&lock).await;
        pocket.clock.advance(wait_s * 1000);
    }
    let (_, wait_s) = wrong(&lock).await;
    assert_eq!(wait_s, 900);
    let century = 100 * 365 * 86_400_000;
    for years in [century, -2 * century, century] {
        pocket.clock.set_by(years);
        assert!(matches!(lock.open(PIN).await, Err(LockError::Wait { wait_ms: 900_000 })));
        // The program ended and began again; the device did not.
        let again = pocket.start().await;
        assert!(matches!(again.open(PIN).await, Err(LockError::Wait { wait_ms: 900_000 })));
    }
    pocket.clock.advance(400_000);
    assert!(matches!(lock.open(PIN).await, Err(LockError::Wait { wait_ms: 500_000 })));
    // The device was started anew: only its clock is left, and it still gives no further try.
    pocket.clock.restart();
    pocket.clock.set_by(500_000);
    let lock = pocket.start().await;
    assert_eq!(wrong(&lock).await, (3, 1800));
}

#[tokio::test]
async fn the_person_chooses_after_how_many_minutes_it_locks() {
    let pocket = Pocket::new();
    let lock = pocket.start().await;
    lock.set(&Pin::read(PIN).unwrap(), None).await.unwrap();
    assert!(matches!(lock.lock_after(60).await, Err(LockError::Minutes)));
    lock.lock_after(1).await.unwrap();
    lock.set(&Pin::read("730518").unwrap(), Some(PIN)).await.unwrap();
    assert_eq!(lock.view().idle_minutes, 1, "another PIN, the same choice");
    pocket.clock.advance(59_999);
    assert!(!lock.is_locked());
    pocket.clock.advance(1);
    assert!(lock.is_locked());
    let lock = pocket.start().await;
    assert_eq!(lock.view().idle_minutes, 1, "kept over a restart");
    lock.open("730518").await.unwrap();
    lock.lock_after(15).await.unwrap();
    pocket.clock.advance(14 * 60_000);
    assert!(!lock.is_locked());
}
