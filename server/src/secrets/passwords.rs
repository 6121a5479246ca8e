//! Passwords: Argon2id, at most two at a time and beside the runtime, since each takes
//! 19 MiB and tens of milliseconds.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;
use tokio::sync::Semaphore;

/// Passwords that are worked on at once in one process.
const AT_ONCE: usize = 2;

/// What a password is compared with where there is none, so that it takes as long.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5$5y0mMDGqKnVmTkx3YyHtUXrOzXGPRqTTh1UTlCJhGZU";

/// Where passwords are hashed and compared.
#[derive(Clone, Debug)]
pub struct Passwords(Arc<Semaphore>);

/// A password could not be worked on.
#[derive(Debug, Error)]
pub enum PasswordError {
    /// Argon2 refused.
    #[error("a password could not be hashed: {0}")]
    Hash(argon2::password_hash::Error),
    /// The work was cut off.
    #[error("a password was not worked on to its end")]
    CutOff,
}

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Passwords {
    /// The hash of a password, with its parameters and this salt.
    pub async fn hash(
        &self,
        password: &SecretString,
        salt: [u8; 16],
    ) -> Result<String, PasswordError> {
        let password = password.clone();
        self.beside(move || {
            let hash: PasswordHash = Argon2::default()
                .hash_password_with_salt(password.expose_secret().as_bytes(), &salt)
                .map_err(PasswordError::Hash)?;
            Ok(hash.to_string())
        })
        .await?
    }

    /// Whether a password has this hash. Without one it takes as long, and it has not.
    pub async fn is(
        &self,
        password: &SecretString,
        hash: Option<&str>,
    ) -> Result<bool, PasswordError> {
        let password = password.clone();
        let exists = hash.is_some();
        let hash = hash.unwrap_or(NOBODYS).to_owned();
        let same = self
            .beside(move || {
                PasswordHash::new(&hash).is_ok_and(|hash| {
                    Argon2::default()
                        .verify_password(password.expose_secret().as_bytes(), &hash)
                        .is_ok()
                })
            })
            .await?;
        Ok(same && exists)
    }

    async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let turn = Arc::clone(&self.0).acquire_owned().await;
        let turn = turn.map_err(|_| PasswordError::CutOff)?;
        tokio::task::spawn_blocking(move || {
            // Held here: who asked may leave, and the work goes on.
            let _turn = turn;
            work()
        })
        .await
        .map_err(|_| PasswordError::CutOff)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_by_its_hash_and_another_is_not() {
        let passwords = Passwords::default();
        let right = SecretString::from("correct horse battery");
        let wrong = SecretString::from("correct horse batteri");
        let hash = passwords.hash(&right, [7; 16]).await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(passwords.is(&right, Some(&hash)).await.unwrap());
        assert!(!passwords.is(&wrong, Some(&hash)).await.unwrap());
        assert!(!passwords.is(&right, Some("no hash")).await.unwrap());
        assert!(!passwords.is(&right, None).await.unwrap());
    }

    #[test]
    fn where_there_is_no_password_something_is_compared_all_the_same() {
        assert!(PasswordHash::new(NOBODYS).is_ok());
    }
}
