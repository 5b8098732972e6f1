//! Secrets that outlive a question: in the operating system's keychain where there is one (Secret
//! Service, macOS Keychain, Windows Credential Manager), else in memory until the program ends.
//!
//! Invariant: a secret is kept under all that it is for, so that what is changed about where it
//! goes never gets the old one; it leaves only as a [`SecretString`].

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use secrecy::{ExposeSecret as _, SecretString};

/// What the entries of this program are called in the keychain.
const SERVICE: &str = "HeadlessOS";
/// A keychain that is locked asks its user, who may not be there.
const PATIENCE: Duration = Duration::from_secs(60);
/// To see whether there is one at all nobody is asked.
const GLANCE: Duration = Duration::from_secs(3);

/// Where secrets are kept. Cheap to share by reference; calls may take as long as a person takes to
/// unlock the keychain.
pub struct Keychain {
    system: Option<Arc<dyn Vault>>,
    memory: Mutex<HashMap<String, SecretString>>,
}

/// Where a secret is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// In the operating system's keychain: it outlives the program.
    Keychain,
    /// In this program's memory.
    Memory {
        /// Why not in the keychain, in a sentence.
        why: String,
    },
}

/// Why the keychain did not do what was asked, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the keychain of this computer cannot be used: {0}")]
pub struct Unusable(String);

impl Unusable {
    /// For this reason: words that may stand behind a colon.
    #[must_use]
    pub fn because(reason: &str) -> Self {
        Self(reason.to_owned())
    }
}

/// The calls of a keychain; they block.
pub trait Vault: Send + Sync {
    /// Whether there is one at all; it may be locked all the same.
    ///
    /// # Errors
    /// There is none.
    fn check(&self) -> Result<(), Unusable>;

    /// The secret of this name; `None`: there is none.
    ///
    /// # Errors
    /// It could not be asked.
    fn get(&self, name: &str) -> Result<Option<SecretString>, Unusable>;

    /// Keeps a secret under this name instead of what was there.
    ///
    /// # Errors
    /// It could not be asked.
    fn set(&self, name: &str, secret: &SecretString) -> Result<(), Unusable>;

    /// Forgets the secret of this name; none is fine.
    ///
    /// # Errors
    /// It could not be asked.
    fn remove(&self, name: &str) -> Result<(), Unusable>;
}

impl Keychain {
    /// The operating system's keychain, with this program's memory behind it.
    #[must_use]
    pub fn system() -> Self {
        Self::over(Arc::new(Native))
    }

    /// A keychain of another kind, with this program's memory behind it.
    #[must_use]
    pub fn over(vault: Arc<dyn Vault>) -> Self {
        Self {
            system: Some(vault),
            memory: Mutex::default(),
        }
    }

    /// This program's memory alone.
    #[must_use]
    pub fn in_memory() -> Self {
        Self {
            system: None,
            memory: Mutex::default(),
        }
    }

    /// Whether there is a keychain; it may be locked all the same.
    ///
    /// # Errors
    /// There is none, or it does not answer.
    pub async fn check(&self) -> Result<(), Unusable> {
        let vault = self.vault()?;
        within(GLANCE, move || vault.check()).await
    }

    /// The secret of this name in the keychain itself; `None`: there is none. What is in memory
    /// does not count.
    ///
    /// # Errors
    /// The keychain could not be asked.
    pub async fn find(&self, name: &str) -> Result<Option<SecretString>, Unusable> {
        let (vault, name) = (self.vault()?, name.to_owned());
        within(PATIENCE, move || vault.get(&name)).await
    }

    /// Keeps the secret under this name in the keychain itself, or nowhere.
    ///
    /// # Errors
    /// The keychain could not be asked.
    pub async fn keep(&self, name: &str, secret: SecretString) -> Result<(), Unusable> {
        let (vault, name) = (self.vault()?, name.to_owned());
        within(PATIENCE, move || vault.set(&name, &secret)).await
    }

    fn vault(&self) -> Result<Arc<dyn Vault>, Unusable> {
        let unused = || Unusable::because("it is not used");
        self.system.clone().ok_or_else(unused)
    }

    /// The secret of this name, and where it is; `None`: there is none.
    ///
    /// # Errors
    /// It is not in memory, and the keychain could not be asked.
    pub async fn get(&self, name: &str) -> Result<Option<(SecretString, Kept)>, Unusable> {
        if let Some(secret) = self.lock().get(name).cloned() {
            let why = "there is no keychain on this computer that could be used".to_owned();
            return Ok(Some((secret, Kept::Memory { why })));
        }
        let Some(vault) = self.system.clone() else {
            return Ok(None);
        };
        let name = name.to_owned();
        let secret = within(PATIENCE, move || vault.get(&name)).await?;
        Ok(secret.map(|secret| (secret, Kept::Keychain)))
    }

    /// Keeps the secret under this name instead of what was there: in the keychain if that can be
    /// used, else in memory.
    pub async fn set(&self, name: &str, secret: SecretString) -> Kept {
        let why = match self.system.clone() {
            None => Unusable("it is not used".to_owned()),
            Some(vault) => {
                let (key, value) = (name.to_owned(), secret.clone());
                match within(PATIENCE, move || vault.set(&key, &value)).await {
                    Ok(()) => {
                        self.lock().remove(name);
                        return Kept::Keychain;
                    }
                    Err(why) => why,
                }
            }
        };
        self.lock().insert(name.to_owned(), secret);
        Kept::Memory {
            why: why.to_string(),
        }
    }

    /// Forgets the secret of this name; none is fine.
    ///
    /// # Errors
    /// The keychain could not be asked; what was in memory is gone all the same.
    pub async fn remove(&self, name: &str) -> Result<(), Unusable> {
        let was_in_memory = self.lock().remove(name).is_some();
        let Some(vault) = self.system.clone() else {
            return Ok(());
        };
        let key = name.to_owned();
        match within(PATIENCE, move || vault.remove(&key)).await {
            // It was in memory because there is no keychain.
            Err(_) if was_in_memory => Ok(()),
            other => other,
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, SecretString>> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn within<T: Send + 'static>(
    patience: Duration,
    ask: impl FnOnce() -> Result<T, Unusable> + Send + 'static,
) -> Result<T, Unusable> {
    match tokio::time::timeout(patience, tokio::task::spawn_blocking(ask)).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(failed)) => Err(Unusable(failed.to_string())),
        Err(_) => Err(Unusable("it did not answer; it may be locked".to_owned())),
    }
}

/// The operating system's own.
struct Native;

impl Native {
    fn entry(name: &str) -> Result<keyring::v1::Entry, Unusable> {
        Native.check()?;
        keyring::v1::Entry::new(SERVICE, name).map_err(|error| unusable(&error))
    }
}

fn unusable(error: &keyring::v1::Error) -> Unusable {
    match error {
        keyring::v1::Error::NoStorageAccess(_) => {
            Unusable::because("it is locked and was not unlocked")
        }
        error => Unusable(error.to_string()),
    }
}

impl Vault for Native {
    fn check(&self) -> Result<(), Unusable> {
        let status = keyring::v1::Entry::store_status();
        status.as_ref().map(|_| ()).map_err(unusable)
    }

    fn get(&self, name: &str) -> Result<Option<SecretString>, Unusable> {
        match Self::entry(name)?.get_password() {
            Ok(secret) => Ok(Some(SecretString::from(secret))),
            Err(keyring::v1::Error::NoEntry) => Ok(None),
            Err(error) => Err(unusable(&error)),
        }
    }

    fn set(&self, name: &str, secret: &SecretString) -> Result<(), Unusable> {
        let entry = Self::entry(name)?;
        let kept = entry.set_password(secret.expose_secret());
        kept.map_err(|error| unusable(&error))
    }

    fn remove(&self, name: &str) -> Result<(), Unusable> {
        match Self::entry(name)?.delete_credential() {
            Ok(()) | Err(keyring::v1::Error::NoEntry) => Ok(()),
            Err(error) => Err(unusable(&error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A keychain that works, or is never there.
    struct Fake(Option<Mutex<HashMap<String, SecretString>>>);

    impl Fake {
        fn all(&self) -> Result<MutexGuard<'_, HashMap<String, SecretString>>, Unusable> {
            let absent = || Unusable("no daemon".to_owned());
            self.0
                .as_ref()
                .map(|all| all.lock().unwrap())
                .ok_or_else(absent)
        }
    }

    impl Vault for Fake {
        fn check(&self) -> Result<(), Unusable> {
            self.all().map(drop)
        }
        fn get(&self, name: &str) -> Result<Option<SecretString>, Unusable> {
            Ok(self.all()?.get(name).cloned())
        }
        fn set(&self, name: &str, secret: &SecretString) -> Result<(), Unusable> {
            self.all()?.insert(name.to_owned(), secret.clone());
            Ok(())
        }
        fn remove(&self, name: &str) -> Result<(), Unusable> {
            self.all()?.remove(name);
            Ok(())
        }
    }

    fn over(fake: Fake) -> Keychain {
        Keychain::over(Arc::new(fake))
    }

    async fn text(keychain: &Keychain, name: &str) -> Option<String> {
        let found = keychain.get(name).await.ok()?;
        found.map(|(secret, _)| secret.expose_secret().to_owned())
    }

    #[tokio::test]
    async fn a_secret_is_kept_in_the_keychain_where_there_is_one() {
        let keychain = over(Fake(Some(Mutex::default())));
        assert_eq!(keychain.set("a", "one".into()).await, Kept::Keychain);
        assert_eq!(text(&keychain, "a").await.as_deref(), Some("one"));
        assert!(keychain.lock().is_empty());
        keychain.remove("a").await.unwrap();
        assert_eq!(text(&keychain, "a").await, None);
    }

    #[tokio::test]
    async fn without_a_keychain_it_stays_in_memory_and_says_why() {
        let keychain = over(Fake(None));
        let Kept::Memory { why } = keychain.set("a", "one".into()).await else {
            panic!("there is no keychain");
        };
        assert!(why.contains("no daemon"), "{why}");
        assert_eq!(text(&keychain, "a").await.as_deref(), Some("one"));
        keychain.remove("a").await.unwrap();
        assert!(keychain.get("a").await.is_err());
    }

    #[tokio::test]
    async fn what_is_for_the_keychain_alone_is_never_in_memory() {
        let absent = over(Fake(None));
        assert!(absent.check().await.is_err());
        assert!(absent.keep("a", "one".into()).await.is_err());
        assert!(absent.lock().is_empty());
        let unused = Keychain::in_memory();
        assert!(unused.keep("a", "one".into()).await.is_err());
        assert!(unused.find("a").await.is_err());

        let present = over(Fake(Some(Mutex::default())));
        assert_eq!(present.check().await, Ok(()));
        present.keep("a", "one".into()).await.unwrap();
        let found = present.find("a").await.unwrap().unwrap();
        assert_eq!(found.expose_secret(), "one");
        assert!(present.find("b").await.unwrap().is_none());
    }
}
