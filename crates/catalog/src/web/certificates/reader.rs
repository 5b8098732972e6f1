//! The lines that OpenSSL prints of certificates.
//!
//! What an extension holds cannot pass for a field: fields count only where they are set in as far
//! as OpenSSL sets them in.

use super::{
    Certificate,
    name::name,
    values::{key_type, moment, serial},
};

/// What the lines are part of.
#[derive(Clone, Copy, Default, PartialEq)]
enum Part {
    /// `key=value` lines, or what comes first.
    #[default]
    Lines,
    /// Below `Certificate:`, what `-text` prints.
    Text,
    /// Below `Certificate chain`, of s_client.
    Chain,
    /// What s_client tells of the connection.
    Rest,
}

/// What the next line belongs to.
#[derive(Clone, Copy, Default, PartialEq)]
enum Next {
    #[default]
    Nothing,
    Serial,
    Names,
    Constraints,
}

#[derive(Default)]
pub(super) struct Reader {
    part: Part,
    next: Next,
    in_pem: bool,
    /// Whether the last certificate has been told by `-text`.
    has_text: bool,
}

impl Reader {
    pub(super) fn read(&mut self, all: &mut Vec<Certificate>, line: &str) -> Option<()> {
        if self.part == Part::Rest {
            return Some(());
        }
        if line.starts_with("-----BEGIN ") {
            self.in_pem = true;
        }
        if self.in_pem {
            self.in_pem = !line.starts_with("-----END ");
            // A word of base64 or a border; anything else is no PEM.
            return (line.starts_with('-') || !line.contains(' ')).then_some(());
        }
        let next = std::mem::take(&mut self.next);
        match line {
            "Certificate:" => {
                self.part = Part::Text;
                if self.has_text || all.is_empty() {
                    all.push(Certificate::default());
                }
                self.has_text = true;
                return Some(());
            }
            "Certificate chain" => {
                self.part = Part::Chain;
                return Some(());
            }
            "Server certificate" if !all.is_empty() => {
                self.part = Part::Rest;
                return Some(());
            }
            "---" => return Some(()),
            _ => {}
        }
        if line.starts_with("CONNECTED(") || is_of_store(line) {
            return Some(());
        }
        if self.part == Part::Chain {
            return chain(all, line.trim_start());
        }
        if self.after(next, all, line).is_some() || self.headed(all, line).is_some() {
            return Some(());
        }
        if !line.starts_with(' ') {
            self.has_text = false;
            return pair(all, line);
        }
        (self.part == Part::Text).then_some(())?;
        self.text(all.last_mut()?, line);
        Some(())
    }

    /// The line behind one that announced it.
    fn after(&self, next: Next, all: &mut [Certificate], line: &str) -> Option<()> {
        let certificate = all.last_mut()?;
        let value = line.trim();
        match next {
            Next::Nothing => return None,
            Next::Serial => certificate.serial_number = serial(value),
            Next::Names => {
                let names = value.split(", ").map(|name| {
                    let bare = name
                        .strip_prefix("DNS:")
                        .or_else(|| name.strip_prefix("IP Address:"));
                    bare.unwrap_or(name).to_owned()
                });
                certificate.names = Some(names.collect());
            }
            Next::Constraints => {
                certificate.is_ca = value
                    .strip_prefix("CA:")
                    .map(|value| value.starts_with("TRUE"));
            }
        }
        Some(())
    }

    /// A heading of an extension, in `-text` or alone by `-ext`.
    fn headed(&mut self, all: &mut Vec<Certificate>, line: &str) -> Option<()> {
        let depth = line.bytes().take_while(|byte| *byte == b' ').count();
        (depth == 0 || depth == 12).then_some(())?;
        let heading = line.trim().strip_prefix("X509v3 ")?;
        if depth == 0 && all.is_empty() {
            all.push(Certificate::default());
        }
        if heading.starts_with("Subject Alternative Name:") {
            self.next = Next::Names;
        } else if heading.starts_with("Basic Constraints:") {
            self.next = Next::Constraints;
        }
        Some(())
    }

    /// A line of `-text`; those of no interest are passed over.
    fn text(&mut self, certificate: &mut Certificate, line: &str) {
        let depth = line.bytes().take_while(|byte| *byte == b' ').count();
        let Some((key, value)) = line.trim().split_once(':') else {
            return;
        };
        let value = value.trim();
        match (depth, key.trim_end()) {
            (8, "Serial Number") if value.is_empty() => self.next = Next::Serial,
            (8, "Serial Number") => certificate.serial_number = serial(value),
            (8, "Signature Algorithm") => {
                certificate.signature_algorithm = Some(value.to_owned());
            }
            (8, "Issuer") => set_issuer(certificate, value),
            (8, "Subject") => set_subject(certificate, value),
            // Behind the extensions: without that one there are none.
            (4, "Signature Algorithm") => {
                certificate.names.get_or_insert_default();
            }
            (12, "Not Before") => certificate.not_before = moment(value),
            (12, "Not After") => certificate.not_after = moment(value),
            (12, "Public Key Algorithm") => certificate.key_type = Some(key_type(value)),
            (16, "Public-Key" | "RSA Public-Key") => {
                let bits = value
                    .strip_prefix('(')
                    .and_then(|value| value.split(' ').next());
                certificate.key_bits = bits.and_then(|bits| bits.parse().ok());
            }
            (16, "ASN1 OID") => certificate.key_curve = Some(value.to_owned()),
            (16, "NIST CURVE") => certificate.key_curve = Some(value.to_owned()),
            _ => {}
        }
    }
}

/// `0: Certificate` and `Total found: 2`, of storeutl.
fn is_of_store(line: &str) -> bool {
    let is_count = |text: &str| text.parse::<u32>().is_ok();
    line.strip_suffix(": Certificate").is_some_and(is_count)
        || line.strip_prefix("Total found: ").is_some_and(is_count)
}

/// A line of a chain: `0 s:CN = x`, `i:..`, `a:PKEY: ..`, `v:NotBefore: ..; NotAfter: ..`.
fn chain(all: &mut Vec<Certificate>, line: &str) -> Option<()> {
    if let Some((number, subject)) = line.split_once(" s:") {
        number.parse::<u32>().ok()?;
        let mut certificate = Certificate::default();
        set_subject(&mut certificate, subject);
        all.push(certificate);
        return Some(());
    }
    let certificate = all.last_mut()?;
    let (key, value) = line.split_once(':')?;
    match key {
        "i" => set_issuer(certificate, value),
        "a" => {
            let (key, algorithm) = value.split_once("; sigalg: ")?;
            let (kind, bits) = key.strip_prefix("PKEY: ")?.split_once(", ")?;
            certificate.key_type = Some(key_type(kind));
            certificate.key_bits = bits.split(' ').next()?.parse().ok();
            certificate.signature_algorithm = Some(algorithm.to_owned());
        }
        "v" => {
            let (before, after) = value.split_once("; ")?;
            certificate.not_before = moment(before.strip_prefix("NotBefore: ")?);
            certificate.not_after = moment(after.strip_prefix("NotAfter: ")?);
        }
        _ => return None,
    }
    Some(())
}

/// A line `key=value`. One that comes a second time begins another certificate, unless it says the
/// same.
fn pair(all: &mut Vec<Certificate>, line: &str) -> Option<()> {
    let (key, value) = line.split_once('=')?;
    let mut told = Certificate::default();
    match key.trim_end() {
        "subject" => set_subject(&mut told, value),
        "issuer" => set_issuer(&mut told, value),
        "serial" => told.serial_number = Some(serial(value)?),
        "notBefore" => told.not_before = Some(moment(value)?),
        "notAfter" => told.not_after = Some(moment(value)?),
        "sha256 Fingerprint" | "SHA256 Fingerprint" => {
            told.fingerprint_sha256 = Some(value.to_owned());
        }
        // Of another digest.
        key if key.ends_with(" Fingerprint") => return Some(()),
        _ => return None,
    }
    if all.last_mut().is_none_or(|last| !merge(last, &told)) {
        all.push(told);
    }
    Some(())
}

/// Fills what is missing; `false`: something else stands there.
fn merge(certificate: &mut Certificate, told: &Certificate) -> bool {
    fn fits<T: PartialEq>(old: &Option<T>, new: &Option<T>) -> bool {
        old.is_none() || new.is_none() || old == new
    }
    let fits = fits(&certificate.subject, &told.subject)
        && fits(&certificate.issuer, &told.issuer)
        && fits(&certificate.serial_number, &told.serial_number)
        && fits(&certificate.not_before, &told.not_before)
        && fits(&certificate.not_after, &told.not_after)
        && fits(&certificate.fingerprint_sha256, &told.fingerprint_sha256);
    if fits {
        fn fill<T: Clone>(old: &mut Option<T>, new: &Option<T>) {
            if old.is_none() {
                old.clone_from(new);
            }
        }
        fill(&mut certificate.subject, &told.subject);
        fill(&mut certificate.common_name, &told.common_name);
        fill(&mut certificate.issuer, &told.issuer);
        fill(
            &mut certificate.issuer_common_name,
            &told.issuer_common_name,
        );
        fill(&mut certificate.serial_number, &told.serial_number);
        fill(&mut certificate.not_before, &told.not_before);
        fill(&mut certificate.not_after, &told.not_after);
        fill(
            &mut certificate.fingerprint_sha256,
            &told.fingerprint_sha256,
        );
    }
    fits
}

fn set_subject(certificate: &mut Certificate, printed: &str) {
    let name = name(printed);
    (certificate.subject, certificate.common_name) = (Some(name.text), name.common_name);
}

fn set_issuer(certificate: &mut Certificate, printed: &str) {
    let name = name(printed);
    (certificate.issuer, certificate.issuer_common_name) = (Some(name.text), name.common_name);
}
