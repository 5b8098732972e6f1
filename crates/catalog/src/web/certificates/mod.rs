//! `web.certificates`: the X.509 certificate in a file, for whom it is and how long it is good.

mod name;
mod openssl;
mod reader;
mod values;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::RemotePath};

/// The certificate in a file.
pub struct Certificates;

/// The arguments of `web.certificates`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificateAt {
    /// The file, in PEM form. Of several certificates in it the first is told, the server's own.
    pub path: RemotePath,
}

/// The answer of `web.certificates`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CertificateList {
    /// The certificates, those of a chain from the server's own upwards.
    pub certificates: Vec<Certificate>,
}

/// A certificate, see `openssl-x509(1)`. What a command was not asked for is `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    /// For whom it is, in the order it was printed in: `C=DE, O=Lab, CN=example.org`.
    pub subject: Option<String>,
    /// The common name in the subject; `null`: it has none.
    pub common_name: Option<String>,
    /// Who signed it, likewise.
    pub issuer: Option<String>,
    /// The common name of who signed it.
    pub issuer_common_name: Option<String>,
    /// Its number at the issuer, hexadecimal capitals: `04ABCDEF0123`.
    pub serial_number: Option<String>,
    /// The moment it becomes good.
    pub not_before: Option<DateTime<Utc>>,
    /// The last moment it is good.
    pub not_after: Option<DateTime<Utc>>,
    /// The names it is for, host names and addresses as they are, others with their kind
    /// (`email:a@b.example`); empty: none, `null`: not told.
    pub names: Option<Vec<String>>,
    /// The SHA-256 of the whole, hexadecimal capitals with colons.
    pub fingerprint_sha256: Option<String>,
    /// `RSA`, `EC`, `ED25519`, `ED448`, `DSA`, or the tool's own word for another.
    pub key_type: Option<String>,
    /// The length of its key in bits; `null`: its kind has but one, or not told.
    pub key_bits: Option<u32>,
    /// The curve of an EC key: `P-256`, `secp256k1`.
    pub key_curve: Option<String>,
    /// How it was signed: `sha256WithRSAEncryption`.
    pub signature_algorithm: Option<String>,
    /// Whether it may sign others; `null`: it does not say, or not told.
    pub is_ca: Option<bool>,
}

impl Query for Certificates {
    const ID: &'static str = "web.certificates";
    const TITLE: &'static str = "The certificate in a file";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = CertificateAt;
    type Answer = CertificateList;
    const VARIANTS: &'static [Variant<CertificateAt, CertificateList>] = &[openssl::VARIANT];
}
