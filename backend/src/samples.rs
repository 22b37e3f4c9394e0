//! The sample people of a profile: for trying out, never in a real deployment.

use crate::identity::{AddAccount, AddAccountError, Identity, PasswordOrigin, add_account};

/// The sample people were not added.
#[derive(Debug, thiserror::Error)]
pub enum SamplesError {
    /// One of them.
    #[error("the sample person {key}: {error}")]
    Person {
        /// Which.
        key: String,
        /// Why.
        error: AddAccountError,
    },
}

/// Adds the sample people of the backend's profile; those who are there stay. Answers how many are new.
///
/// # Errors
/// [`SamplesError`]
pub async fn add(identity: &Identity) -> Result<usize, SamplesError> {
    let mut added = 0;
    for person in &identity.backend.profile.samples {
        let account = AddAccount {
            number: person.citizen_id.clone(),
            password: person.password.clone(),
            display_name: person.display_name.clone(),
            job_title: person.job_title.clone(),
            home_unit: person.home_unit.clone(),
            roles: person.roles.clone(),
            origin: PasswordOrigin::Sample,
        };
        match add_account(identity, account).await {
            Ok(_) => added += 1,
            Err(AddAccountError::Taken) => {}
            Err(error) => return Err(SamplesError::Person { key: person.key.clone(), error }),
        }
    }
    Ok(added)
}
