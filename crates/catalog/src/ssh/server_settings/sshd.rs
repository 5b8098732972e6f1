//! `sshd -T`, see `sshd(8)`: one setting a line, in small letters, the same form in every version and
//! language. It reads the keys of the server, which root alone may.

use super::{ServerSettings, SshServerSettings, SshSetting};
use crate::{
    Command, Needs, ParseError, Parsed, Query, RawOutput, Source, Variant, arguments::NoArgs,
};

/// sshd before 9.8 wants to be called by its whole path.
const SCRIPT: &str = "sshd=$(command -v sshd) || { echo 'sshd: not found' >&2; exit 127; }
exec \"$sshd\" -T";

/// What every version prints.
const ALWAYS: &str = "permitrootlogin";

pub(super) const VARIANT: Variant<NoArgs, SshServerSettings> = Variant {
    name: "sshd",
    needs: Needs::programs(&["sshd"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &["sshd"],
    parse,
};

fn parse(raw: RawOutput<'_>) -> Result<Parsed<SshServerSettings>, ParseError> {
    if raw.exit_code != Some(0) && raw.error_text().contains("no hostkeys available") {
        // It does not say which.
        let reason = "sshd has no key of its own, or none that this user may read";
        return Err(ParseError::Unavailable(reason.to_owned()));
    }
    raw.expect_exit(&[0])?;
    raw.expect_output()?;
    let parsed = raw.read_lines(SshServerSettings::default(), setting);
    if !parsed
        .value
        .settings
        .iter()
        .any(|setting| setting.name == ALWAYS)
    {
        let reason = format!(
            "{} does not know lines without {ALWAYS}",
            ServerSettings::ID
        );
        return Err(raw.complaint().unwrap_or(ParseError::Shape(reason)));
    }
    Ok(parsed)
}

fn setting(answer: &mut SshServerSettings, line: &str) -> Option<()> {
    let (name, value) = line.split_once(' ').unwrap_or((line, ""));
    let is_name = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if !is_name {
        return None;
    }
    let value = value.trim();
    let words = || value.split_ascii_whitespace().map(str::to_owned);
    let answered = || match value {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let number = || value.parse::<u64>().ok();
    match name {
        "port" => answer.ports.push(value.parse().ok()?),
        "listenaddress" => answer.listen_addresses.push(value.to_owned()),
        // The old name of `prohibit-password`.
        "permitrootlogin" if value == "without-password" => {
            answer.permit_root_login = Some("prohibit-password".to_owned());
        }
        "permitrootlogin" => answer.permit_root_login = Some(value.to_owned()),
        "passwordauthentication" => answer.password_authentication = Some(answered()?),
        "pubkeyauthentication" => answer.pubkey_authentication = Some(answered()?),
        // The second is its name before 8.7.
        "kbdinteractiveauthentication" | "challengeresponseauthentication" => {
            answer.keyboard_interactive_authentication = Some(answered()?);
        }
        "permitemptypasswords" => answer.permit_empty_passwords = Some(answered()?),
        "usepam" => answer.use_pam = Some(answered()?),
        "maxauthtries" => answer.max_auth_tries = Some(number()?),
        "maxsessions" => answer.max_sessions = Some(number()?),
        "logingracetime" => answer.login_grace_seconds = Some(number()?),
        "clientaliveinterval" => answer.client_alive_interval_seconds = Some(number()?),
        "clientalivecountmax" => answer.client_alive_count_max = Some(number()?),
        "x11forwarding" => answer.x11_forwarding = Some(answered()?),
        "allowtcpforwarding" => answer.allow_tcp_forwarding = Some(value.to_owned()),
        "allowusers" => answer.allow_users.extend(words()),
        "denyusers" => answer.deny_users.extend(words()),
        "allowgroups" => answer.allow_groups.extend(words()),
        "denygroups" => answer.deny_groups.extend(words()),
        "authorizedkeysfile" => answer.authorized_keys_files.extend(words()),
        "hostkey" => answer.host_keys.push(value.to_owned()),
        _ => {}
    }
    answer.settings.push(SshSetting {
        name: name.to_owned(),
        value: value.to_owned(),
    });
    Some(())
}
