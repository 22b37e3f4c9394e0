//! The names under which an instance keeps its secrets.

use citizen_contract::ids::AccountId;

/// The folder and key name of the pair of files that is used while nobody is signed in.
pub const GUEST: &str = "guest";

/// Names that carry the instance, so that two instances on one device never share a secret.
#[derive(Debug, Clone)]
pub struct KeyNames {
    instance: String,
}

impl KeyNames {
    /// The names of an instance.
    #[must_use]
    pub fn of(instance: &str) -> Self {
        Self { instance: instance.to_owned() }
    }

    /// The session of whoever is signed in.
    #[must_use]
    pub fn session(&self) -> String {
        format!("{}/session", self.instance)
    }

    /// The lock of an account on this device; it stays when the account signs out.
    #[must_use]
    pub fn lock(&self, account: AccountId) -> String {
        format!("{}/{account}/lock", self.instance)
    }

    /// The secret with which citizen numbers become names of entries.
    #[must_use]
    pub fn number_secret(&self) -> String {
        format!("{}/number-secret", self.instance)
    }

    /// What lets somebody sign in here without a code; `tag` stands for their citizen number.
    #[must_use]
    pub fn known_device(&self, tag: &str) -> String {
        format!("{}/device/{tag}", self.instance)
    }

    /// The key of an account's databases; it stays when the account signs out.
    #[must_use]
    pub fn database(&self, account: Option<AccountId>) -> String {
        match account {
            Some(account) => format!("{}/{account}/database", self.instance),
            None => format!("{}/{GUEST}/database", self.instance),
        }
    }
}
