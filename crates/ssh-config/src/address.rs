//! Host names that are addresses, in the one way of writing them that ssh keeps.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::settings::AddressFamily;

/// Whether ssh takes the name for an address at the first look.
pub(crate) fn looks_numeric(name: &str) -> bool {
    name.contains(['%', ':']) || name.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// The usual form of an address, `127.0.0.1` for `127.1`; `None`: it is no address of this family.
pub(crate) fn usual(name: &str, family: AddressFamily) -> Option<String> {
    let v4 = || four(name).map(|address| address.to_string());
    let v6 = || Some(name.parse::<Ipv6Addr>().ok()?.to_string());
    match family {
        AddressFamily::Inet => v4(),
        AddressFamily::Inet6 => v6(),
        AddressFamily::Any => v4().or_else(v6),
    }
}

/// The old forms: one to four numbers, decimal, octal or hexadecimal, the last of which fills what
/// is left.
fn four(name: &str) -> Option<Ipv4Addr> {
    let parts: Vec<u32> = name.split('.').map(number).collect::<Option<_>>()?;
    let (last, first) = parts.split_last()?;
    if first.len() > 3 || first.iter().any(|part| *part > 255) {
        return None;
    }
    let bits = 32 - 8 * u32::try_from(first.len()).ok()?;
    if bits < 32 && *last >= 1 << bits {
        return None;
    }
    let mut address = *last;
    for (at, part) in first.iter().enumerate() {
        address |= part << (24 - 8 * u32::try_from(at).ok()?);
    }
    Some(Ipv4Addr::from_bits(address))
}

fn number(text: &str) -> Option<u32> {
    let (digits, radix) = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => (digits, 16),
        None if text.len() > 1 && text.starts_with('0') => (text, 8),
        None => (text, 10),
    };
    let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    is_number.then(|| u32::from_str_radix(digits, radix).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_one_form() {
        let usual = |name| usual(name, AddressFamily::Any);
        assert_eq!(usual("127.1").unwrap(), "127.0.0.1");
        assert_eq!(usual("0x7f000001").unwrap(), "127.0.0.1");
        assert_eq!(usual("010.0.0.1").unwrap(), "8.0.0.1");
        assert_eq!(usual("2001:DB8:0::1").unwrap(), "2001:db8::1");
        for name in [
            "web",
            "1.2.3.4.5",
            "256.1.1.1",
            "1.2.3.256",
            "",
            ".",
            "1..2",
            "0x",
        ] {
            assert_eq!(usual(name), None, "{name}");
        }
    }
}
