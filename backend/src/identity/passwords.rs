//! Passwords: Argon2id, as many at a time as the machine has cores.

use std::sync::Arc;

use argon2::password_hash::phc::{PasswordHash, Salt};
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::clock::{Random, random_bytes};

/// The longest password in bytes.
const LONGEST: usize = 256;
/// The shortest password in characters.
const SHORTEST: usize = 8;
/// How many may wait for a turn; more would only time out.
const WAITING: usize = 256;
/// 19 MiB, two passes, one lane: the least that is advised for Argon2id.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// A password could not be hashed or compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Shorter than 8 characters or longer than 256 bytes.
    #[error("a password has at least 8 characters and at most 256 bytes")]
    Length,
    /// Too many wait already.
    #[error("too many passwords are being compared")]
    Busy,
    /// The hasher failed.
    #[error("a password could not be hashed")]
    Failed,
}

/// Hashes and compares passwords.
pub struct Passwords {
    turns: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// Compared with when there is no such account, so that the answer takes as long.
    nobody: String,
}

impl Passwords {
    /// As many at a time as `cores`; each takes 19 MiB.
    ///
    /// # Errors
    /// [`PasswordError::Failed`] if the hasher does not work at all.
    pub fn new(cores: usize, random: &dyn Random) -> Result<Self, PasswordError> {
        let unguessable: [u8; 32] = random_bytes(random);
        let nobody = hash(&unguessable, &random_bytes(random))?;
        Ok(Self {
            turns: Arc::new(Semaphore::new(cores.max(1))),
            waiting: Arc::new(Semaphore::new(WAITING)),
            nobody,
        })
    }

    /// Hashes a new password with a fresh salt.
    ///
    /// # Errors
    /// [`PasswordError`]
    pub async fn hash(&self, password: &str, random: &dyn Random) -> Result<String, PasswordError> {
        check_length(password)?;
        let password = normal(password);
        let salt = random_bytes(random);
        self.in_turn(move || hash(password.as_bytes(), &salt)).await?
    }

    /// Whether the password is the one that was hashed. Without a hash it takes as long and is not.
    ///
    /// # Errors
    /// [`PasswordError`]
    pub async fn fits(&self, password: &str, hashed: Option<String>) -> Result<bool, PasswordError> {
        let known = hashed.is_some();
        let hashed = hashed.unwrap_or_else(|| self.nobody.clone());
        let password = normal(password);
        // Too long a password fits nobody, but hashing stays cheap and the answer the same.
        let whole = password.len() <= LONGEST;
        let fits = self
            .in_turn(move || {
                let hash = PasswordHash::new(&hashed).map_err(|_| PasswordError::Failed)?;
                let tried = password.as_bytes().get(..LONGEST).unwrap_or(password.as_bytes());
                Ok::<_, PasswordError>(Argon2::default().verify_password(tried, &hash).is_ok())
            })
            .await??;
        Ok(fits && known && whole)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let place = Arc::clone(&self.waiting).try_acquire_owned().map_err(|_| PasswordError::Busy)?;
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| PasswordError::Busy)?;
        // The permits go with the work: a caller that hangs up does not stop it.
        let work = move || {
            let _held = (place, turn);
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| PasswordError::Failed)
    }
}

/// Whether a new password is neither too short nor too long.
pub(super) fn check_length(password: &str) -> Result<(), PasswordError> {
    let password = normal(password);
    let fits = password.chars().count() >= SHORTEST && password.len() <= LONGEST;
    fits.then_some(()).ok_or(PasswordError::Length)
}

/// One spelling for what different keyboards type: NFC.
fn normal(password: &str) -> Zeroizing<String> {
    Zeroizing::new(password.nfc().collect())
}

fn hash(password: &[u8], salt: &[u8; 16]) -> Result<String, PasswordError> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(|_| PasswordError::Failed)?;
    let salt = Salt::new(salt).map_err(|_| PasswordError::Failed)?;
    let hash: PasswordHash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(password, salt.as_ref())
        .map_err(|_| PasswordError::Failed)?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemRandom;

    #[tokio::test]
    async fn a_password_fits_in_either_normal_form_and_no_other_fits() {
        let passwords = Passwords::new(1, &SystemRandom).unwrap();
        let composed = "Thủy Nguyên 2024";
        let decomposed: String = composed.nfd().collect();
        let hashed = passwords.hash(composed, &SystemRandom).await.unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_eq!(passwords.fits(&decomposed, Some(hashed.clone())).await, Ok(true));
        assert_eq!(passwords.fits("Thuy Nguyen 2024", Some(hashed)).await, Ok(false));
        assert_eq!(passwords.fits(composed, None).await, Ok(false));
    }

    #[tokio::test]
    async fn a_password_beyond_the_limit_is_not_cut_to_fit() {
        let passwords = Passwords::new(1, &SystemRandom).unwrap();
        let longest = "a".repeat(LONGEST);
        let hashed = passwords.hash(&longest, &SystemRandom).await.unwrap();
        assert_eq!(passwords.fits(&format!("{longest}b"), Some(hashed)).await, Ok(false));
        assert_eq!(passwords.hash(&format!("{longest}b"), &SystemRandom).await, Err(PasswordError::Length));
    }

    #[tokio::test]
    async fn no_more_are_hashed_at_a_time_than_there_are_cores() {
        let passwords = Passwords::new(2, &SystemRandom).unwrap();
        let one = passwords.turns.acquire().await.unwrap();
        let two = passwords.turns.acquire().await.unwrap();
        let third = passwords.fits("mat khau thu ba", None);
        tokio::pin!(third);
        assert!(futures::poll!(&mut third).is_pending());
        drop((one, two));
        assert_eq!(third.await, Ok(false));
    }
}
