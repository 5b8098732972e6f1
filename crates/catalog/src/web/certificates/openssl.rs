//! `openssl(1)`: `x509` with any of its options, and what `s_client -showcerts`, `storeutl` and
//! `pkcs7 -print_certs` print of certificates.

use super::{CertificateAt, CertificateList, reader::Reader};
use crate::{Command, Needs, ParseError, Parsed, RawOutput, Source, Variant};

/// Words of OpenSSL for a file that is none.
const NO_CERTIFICATE: &[&str] = &[
    "unable to load certificate",
    "Could not read certificate",
    "Could not find certificate",
    "Unable to load certificate",
    "No such file or directory",
];

pub(super) const VARIANT: Variant<CertificateAt, CertificateList> = Variant {
    name: "openssl",
    needs: Needs::programs(&["openssl"]),
    source: |args| {
        let command = Command::new("openssl").words(&["x509", "-noout", "-text", "-fingerprint"]);
        Source::Command(command.words(&["-sha256", "-in"]).value(&args.path))
    },
    reads: &["openssl x509|s_client|storeutl|pkcs7|crl2pkcs7"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<CertificateList>, ParseError> {
    let complaint = raw.error_text();
    let is_none = NO_CERTIFICATE.iter().any(|words| complaint.contains(words));
    // s_client ends with 1 where the other side is gone, whatever it told before.
    if raw.exit_code != Some(0) && is_none && !complaint.contains("Permission denied") {
        let line = complaint
            .lines()
            .find(|line| NO_CERTIFICATE.iter().any(|words| line.contains(words)));
        return Err(ParseError::Unavailable(
            line.unwrap_or_default().trim().to_owned(),
        ));
    }
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let mut reader = Reader::default();
    let answer = CertificateList {
        certificates: Vec::new(),
    };
    let parsed = raw.read_lines(answer, |answer, line| {
        reader.read(&mut answer.certificates, line)
    });
    if parsed.value.certificates.is_empty() {
        let unknown = || ParseError::shape("no certificate as openssl prints it");
        return Err(raw.complaint().unwrap_or_else(unknown));
    }
    Ok(parsed)
}
