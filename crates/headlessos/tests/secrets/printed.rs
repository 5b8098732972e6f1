//! What holds a secret shows nothing of it: not in its debugging form, which a panic may print, and it
//! has no other.

use std::{
    fmt::{Debug, Display},
    panic::{AssertUnwindSafe, catch_unwind},
};

use engine::{AdministratorSwitch, Answer};
use secrecy::SecretString;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::{Planted, program::Json};

/// Fits once for each of what a type must not be able to do, and once for all types: where a type can do
/// one of it, it is not clear which of them is meant, and this file does not compile.
trait Closed<Ability> {
    fn is_closed() {}
}
impl<T: ?Sized> Closed<()> for T {}
struct Shown;
impl<T: ?Sized + Display> Closed<Shown> for T {}
struct Serialised;
impl<T: ?Sized + serde::Serialize> Closed<Serialised> for T {}
struct Read;
impl<T: ?Sized + AsRef<str>> Closed<Read> for T {}

const _: fn() = <SecretString as Closed<_>>::is_closed;
const _: fn() = <Answer as Closed<_>>::is_closed;
const _: fn() = <AdministratorSwitch as Closed<_>>::is_closed;

#[test]
fn a_panic_with_what_holds_a_secret_prints_none() {
    let planted = Planted::new("secret");
    let secret = planted.text.as_str();
    is_not_printed(&planted, &SecretString::from(secret));
    let answer: Answer = read(json!({ "kind": "secret", "secret": secret }));
    is_not_printed(&planted, &answer);
    let answers: Answer = read(json!({ "kind": "secrets", "secrets": [secret, secret] }));
    is_not_printed(&planted, &answers);
    let switch: AdministratorSwitch = read(json!({ "on": true, "secret": secret }));
    is_not_printed(&planted, &switch);
}

fn read<T: DeserializeOwned>(json: Json) -> T {
    serde_json::from_value(json).unwrap()
}

fn is_not_printed(planted: &Planted, holder: &(impl Debug + ?Sized)) {
    for shown in [format!("{holder:?}"), format!("{holder:#?}")] {
        let panicked = catch_unwind(AssertUnwindSafe(|| panic!("{shown}")));
        let payload = panicked.unwrap_err();
        let words = payload.downcast_ref::<String>().unwrap();
        assert!(!words.contains(&planted.text), "{words}");
        assert!(words.contains("REDACTED"), "{words}");
    }
}
