//! `certbot certificates`, see `certbot(1)`. It writes its own log in `/var/log/letsencrypt`, which
//! root alone may. It would ask an issuer whether a certificate is revoked; without a network it
//! does not.

use chrono::{DateTime, Utc};

use super::{CertbotCertificate, CertbotCertificates};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant, arguments::NoArgs};

pub(super) const VARIANT: Variant<NoArgs, CertbotCertificates> = Variant {
    name: "certificates",
    needs: Needs::programs(&["certbot", "unshare"]).as_root(),
    source: |_| {
        let words = ["--net", "certbot", "certificates"];
        Source::Command(Command::new("unshare").words(&words))
    },
    reads: &["certbot certificates"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<CertbotCertificates>, ParseError> {
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut understood = false;
    let mut in_invalid = false;
    let parsed = raw.read_lines(CertbotCertificates::default(), |answer, line| {
        let is_rule = line.starts_with("- - -");
        if is_rule || line.starts_with("Saving debug log to ") {
            return Some(());
        }
        if line == "No certificates found." || line == "No certs found." {
            understood = true;
            return Some(());
        }
        if matches!(
            line,
            "Found the following certs:" | "Found the following matching certs:"
        ) {
            understood = true;
            in_invalid = false;
            return Some(());
        }
        if line == "The following renewal configurations were invalid:" {
            understood = true;
            in_invalid = true;
            return Some(());
        }
        if in_invalid {
            let file = line.strip_prefix("  ")?.trim();
            answer.invalid_files.push(file.to_owned());
            return Some(());
        }
        let (key, value) = line.strip_prefix("  ")?.trim_start().split_once(": ")?;
        let value = value.trim();
        if key == "Certificate Name" {
            answer.certificates.push(CertbotCertificate {
                name: value.to_owned(),
                ..CertbotCertificate::default()
            });
            return Some(());
        }
        field(answer.certificates.last_mut()?, key, value)
    });
    if !understood {
        let unknown = || ParseError::shape("no list as certbot prints it");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}

fn field(certificate: &mut CertbotCertificate, key: &str, value: &str) -> Option<()> {
    match key {
        "Serial Number" => certificate.serial_number = Some(value.to_owned()),
        "Key Type" => certificate.key_type = Some(value.to_owned()),
        // Since version 5 they may be addresses too.
        "Domains" | "Identifiers" => {
            let words = value.split([' ', ',']).filter(|word| !word.is_empty());
            certificate.domains = words.map(str::to_owned).collect();
        }
        "Expiry Date" => {
            let (moment, state) = value.split_once(" (")?;
            let moment = DateTime::parse_from_str(moment, "%Y-%m-%d %H:%M:%S%:z").ok()?;
            certificate.expires_at = Some(moment.with_timezone(&Utc));
            let (state, about) = state.strip_suffix(')')?.split_once(": ")?;
            match state {
                "VALID" => certificate.is_valid = true,
                "INVALID" => {
                    certificate.problems = about.split(", ").map(str::to_owned).collect();
                }
                _ => return None,
            }
        }
        "Certificate Path" => certificate.certificate_path = Some(value.to_owned()),
        "Private Key Path" => certificate.private_key_path = Some(value.to_owned()),
        _ => return None,
    }
    Some(())
}
