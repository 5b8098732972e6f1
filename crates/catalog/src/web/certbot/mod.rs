//! `web.certbot`: the certificates that Certbot keeps.

mod certificates;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Capability, Query, Variant, arguments::NoArgs};

/// The certificates of Certbot.
pub struct Certbot;

/// The answer of `web.certbot`, see `certbot(1)`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CertbotCertificates {
    /// The certificates; empty: it keeps none.
    pub certificates: Vec<CertbotCertificate>,
    /// The files that tell how to renew a certificate and are broken; empty: none is.
    pub invalid_files: Vec<String>,
}

/// A certificate that Certbot keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CertbotCertificate {
    /// Its name at Certbot.
    pub name: String,
    /// Its number at the issuer, hexadecimal; `null`: not told (before 1.0).
    pub serial_number: Option<String>,
    /// `RSA` or `ECDSA`; `null`: not told.
    pub key_type: Option<String>,
    /// The host names it is for.
    pub domains: Vec<String>,
    /// The last moment it is good; `null`: not told.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether Certbot takes it for valid.
    pub is_valid: bool,
    /// Why it does not: `EXPIRED`, `REVOKED`, `TEST_CERT`; empty: it does.
    pub problems: Vec<String>,
    /// The file with it and those above it; `null`: not told.
    pub certificate_path: Option<String>,
    /// The file with its key; `null`: not told.
    pub private_key_path: Option<String>,
}

impl Query for Certbot {
    const ID: &'static str = "web.certbot";
    const TITLE: &'static str = "Certificates that Certbot keeps";
    const CAPABILITY: Capability = Capability::SystemRead;
    type Args = NoArgs;
    type Answer = CertbotCertificates;
    const VARIANTS: &'static [Variant<NoArgs, CertbotCertificates>] = &[certificates::VARIANT];
}
