//! What tools print instead of an answer, told apart: absent, refused, not available.
//!
//! Invariant: words alone decide, in the languages in which a shell or a C library says them; a
//! text that says nothing of the kind is none of these.

use super::ParseError;

/// How many lines of a long output are looked at, from its beginning and from its end.
const LINES_LOOKED_AT: usize = 4;

/// A shell that knows no such program, a tool that knows no such option.
const ABSENT: &[&str] = &[
    "command not found",
    ": not found",
    ": applet not found",
    "usage:",
    "invalid option",
    // Tools of busybox that have little but the name of others.
    "invalid argument 'show' to",
    "rpm: can't open '",
    "unknown option",
    "unrecognized option",
    "unrecognised option",
    "unrecognized command",
    "unknown command",
    "is not a docker command",
    "not installed",
    "no such applet",
    "unknown job",
    "befehl nicht gefunden",
    "kommando nicht gefunden",
    "commande introuvable",
    "orden no encontrada",
    "comando non trovato",
    "comando não encontrado",
    "команда не найдена",
    "未找到命令",
    "コマンドが見つかりません",
];

/// Rights are missing, or the account may not be used.
const DENIED: &[&str] = &[
    "permission denied",
    "access denied",
    "not permitted",
    "must be root",
    "need to be root",
    "needs to be root",
    "requires root",
    "are you root",
    "only root",
    "as root",
    "superuser",
    "a password is required",
    "a terminal is required",
    "not in the sudoers file",
    "may not run sudo",
    "is not allowed to",
    "you are not allowed",
    "interactive authentication required",
    "authentication is required",
    "authentication required",
    "password has expired",
    "password is expired",
    "you are required to change your password",
    "account has expired",
    "authentication token",
    // ufw, whose messages are its own.
    "es werden root-rechte benötigt",
    "debe ser root",
    "vous devez être root",
    "necessario essere root",
    "necessita ser root",
    "precisa ser superusuário",
    "u moet root zijn",
    "musíte byť root",
    "musíte být root",
    "måste vara root",
    "wymaga uprawnień administracyjnych",
    "требуются права администратора",
    "root olmanız gerekir",
    "只有 root",
    "keine berechtigung",
    "permission non accordée",
    "permiso denegado",
    "permesso negato",
    "permissão negada",
    "отказано в доступе",
    "权限不够",
    "許可がありません",
];

/// The tool is there; what it speaks to is not.
const UNAVAILABLE: &[&str] = &[
    "cannot connect to the docker daemon",
    "is the docker daemon running",
    "error during connect",
    "cannot connect to podman",
    "failed to connect",
    "unable to connect",
    "could not connect",
    "failed to get d-bus connection",
    "has not been booted with systemd",
    "connection refused",
    "connection timed out",
    "host is down",
    "no route to host",
    "network is unreachable",
    "temporary failure",
    "timeout was reached",
    "firewalld is not running",
    "is fail2ban running",
    "could not get lock",
    "unable to lock database",
    "unable to lock the administration directory",
    "database is locked",
    "no such container",
    "no such volume",
    "no such network",
    "no such image",
    "no such object",
    "layer not known",
    "error while fetching server api version",
    "no configuration file provided",
    "find a suitable configuration file",
    "error response from daemon",
    "no rpmdb",
    "module is not loaded",
    "modules are not loaded",
    "that the zfs-fuse daemon is running",
    "cannot talk to daemon",
    "modules cannot be auto-loaded",
    "not mounted",
];

/// What a text says instead of an answer, by the lines at its beginning and at its end.
pub(super) fn find(text: &str) -> Option<ParseError> {
    let said = |line: &str| {
        let lower = line.to_lowercase();
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| lower.contains(phrase));
        // A daemon that may not be asked is a refusal, and says both.
        if says(DENIED) {
            Some(ParseError::Denied(shown(line)))
        } else if says(UNAVAILABLE) {
            Some(ParseError::Unavailable(shown(line)))
        } else if says(ABSENT) {
            Some(ParseError::Absent(shown(line)))
        } else {
            None
        }
    };
    let first = text.lines().take(LINES_LOOKED_AT);
    let last = text.lines().rev().take(LINES_LOOKED_AT);
    first.chain(last).find_map(said)
}

/// The first line that says something, at most 400 characters of it.
pub(super) fn first_line(text: &str) -> Option<String> {
    let says = |line: &&str| !line.trim().is_empty() && !crate::text::is_noise(line);
    text.lines().find(says).map(shown)
}

fn shown(line: &str) -> String {
    line.trim().chars().take(400).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_instead_of_an_answer_is_told_apart() {
        let denied = |text: &str| matches!(find(text), Some(ParseError::Denied(_)));
        let absent = |text: &str| matches!(find(text), Some(ParseError::Absent(_)));
        let unavailable = |text: &str| matches!(find(text), Some(ParseError::Unavailable(_)));
        assert!(absent("bash: line 1: foo: command not found\n"));
        assert!(absent("sh: 1: foo: not found"));
        assert!(absent("bash: foo: Kommando nicht gefunden."));
        assert!(denied("ls: /root: Permission denied"));
        assert!(denied("sudo: a password is required"));
        assert!(denied("bash: /usr/sbin/ufw: Keine Berechtigung"));
        assert!(denied(
            "permission denied while trying to connect to the Docker daemon socket"
        ));
        assert!(denied("WARNING: Your password has expired."));
        assert!(unavailable(
            "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"
        ));
        assert!(unavailable(
            "System has not been booted with systemd as init system (PID 1)"
        ));
        assert_eq!(find("Filesystem 1K-blocks Used\n/dev/sda1 1 1"), None);
    }

    #[test]
    fn the_middle_of_a_long_output_is_data() {
        let long = format!("{0}permission denied\n{0}", "row\n".repeat(10));
        assert_eq!(find(&long), None);
        let last = format!("{}permission denied\n", "row\n".repeat(10));
        assert!(find(&last).is_some());
    }
}
