//! An sshd of a test's own inside a lab host, for whom the host's passwords and PAM are needed.

use std::{collections::HashSet, fmt::Write as _};

use testkit::{
    lab::{Host, Lab},
    sshd::{Attempt, attempts},
};

/// An sshd and a user; both are gone when it is dropped. It is the service of its own name for PAM.
pub(crate) struct LabSshd<'a> {
    pub(crate) host: &'a Host,
    pub(crate) name: &'static str,
    pub(crate) port: u16,
    pub(crate) known_hosts_line: String,
}

pub(crate) const PASSWORD: &str = "a pass word";

impl<'a> LabSshd<'a> {
    /// Starts one with these lines in its configuration, and with this stack of PAM.
    pub(crate) fn start(host: &'a Host, name: &'static str, lines: &[&str], pam: &str) -> Self {
        let port = free_port(host, name);
        let mut sshd = Self {
            host,
            name,
            port,
            known_hosts_line: String::new(),
        };
        // A run that was broken off may have left some.
        sshd.remove();
        let mut config = format!(
            "Port {port}\nHostKey /run/{name}/key\nPidFile none\nUsePAM yes\nLogLevel VERBOSE\n\
             StrictModes no\nUseDNS no\nAuthorizedKeysFile /run/{name}/authorized_keys\n"
        );
        for line in lines {
            let _ = writeln!(config, "{line}");
        }
        // An sshd asks PAM by the name it was started by. An empty list of keys is no error.
        sshd.sh(&format!(
            "mkdir -p /run/sshd /run/{name} && cd /run/{name} && cp /usr/sbin/sshd {name} && \
             ssh-keygen -q -t ed25519 -N '' -f key && : >authorized_keys && \
             useradd -m -s /bin/sh {name} && echo '{name}:{PASSWORD}' | chpasswd && \
             iptables -w -I INPUT -p tcp --dport {port} -j ACCEPT"
        ));
        sshd.write(&format!("/run/{name}/config"), &config);
        sshd.write(&format!("/etc/pam.d/{name}"), pam);
        sshd.sh(&format!(
            "systemd-run --quiet --collect --unit={name} -p KillMode=control-group /run/{name}/{name} \
             -D -f /run/{name}/config -E /run/{name}/log && \
             for try in $(seq 300); do ss -Hltn sport = :{port} | grep -q . && exit 0; sleep 0.05; \
             done; cat /run/{name}/log; exit 1"
        ));
        let public = sshd.sh(&format!("cat /run/{name}/key.pub"));
        sshd.known_hosts_line = format!("[{}]:{port} {public}", host.address);
        sshd
    }

    /// Writes a file of the host.
    pub(crate) fn write(&self, path: &str, content: &str) {
        let ran = self
            .host
            .exec(&["sh", "-c", "printf %s \"$1\" >\"$0\"", path, content]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }

    pub(crate) fn sh(&self, script: &str) -> String {
        let ran = self.host.exec(&["sh", "-c", script]);
        assert_eq!(ran.code, 0, "{script}: {}{}", ran.stdout, ran.stderr);
        ran.stdout
    }

    pub(crate) fn log(&self) -> String {
        self.sh(&format!("cat /run/{}/log", self.name))
    }

    pub(crate) fn attempts(&self) -> Vec<Attempt> {
        attempts(&self.log())
    }

    fn remove(&self) {
        let (name, port) = (self.name, self.port);
        let script = format!(
            "systemctl kill -s KILL {name} 2>/dev/null; systemctl reset-failed {name} 2>/dev/null; \
             pkill -KILL -u {name} 2>/dev/null; userdel -f -r {name} 2>/dev/null; \
             rm -rf /run/{name} /etc/pam.d/{name}; \
             iptables -w -D INPUT -p tcp --dport {port} -j ACCEPT 2>/dev/null; true"
        );
        let _ = self.host.exec(&["sh", "-c", &script]);
    }
}

impl Drop for LabSshd<'_> {
    fn drop(&mut self) {
        self.remove();
    }
}

/// The host, where there is a lab.
pub(crate) fn host() -> Option<(&'static Lab, &'static Host)> {
    let lab = Lab::find()?;
    Some((lab, lab.host("deb12")?))
}

/// A port on which nobody listens in the host, another one for each name.
fn free_port(host: &Host, name: &str) -> u16 {
    let ran = host.exec(&["ss", "-Hltn"]);
    let taken: HashSet<u16> = ran
        .stdout
        .split_whitespace()
        .filter_map(|word| word.rsplit_once(':')?.1.parse().ok())
        .collect();
    let of_name = name.bytes().fold(std::process::id(), |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    });
    let first = 20_000 + u16::try_from(of_name % 10_000).unwrap();
    (first..).find(|port| !taken.contains(port)).unwrap()
}
