//! A test that runs in a process of its own, so that the most memory it took can be told.

use std::{env, process::Stdio, time::Duration};

use serde_json::Value;

/// What the process is told, in its environment.
const TASK: &str = "HEADLESSOS_TEST_TASK";
/// Before the line that tells what came of it.
const SAID: &str = "came of it: ";

/// Runs the ignored test `name` of this test program in a process of its own; gives what it said.
///
/// # Panics
/// The process failed, said nothing, or takes longer than `time`; it is ended then.
pub async fn run(name: &str, task: &Value, time: Duration) -> Value {
    let mut command = tokio::process::Command::new(env::current_exe().expect("this program"));
    command
        .args([
            "--exact",
            name,
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(TASK, task.to_string())
        .stdin(Stdio::null())
        .kill_on_drop(true);
    let output = tokio::time::timeout(time, command.output()).await;
    let output = match output {
        Ok(output) => output.expect("it starts"),
        Err(_) => panic!("{task} took longer than {} s", time.as_secs()),
    };
    let printed = String::from_utf8_lossy(&output.stdout);
    let said = printed.lines().find_map(|line| {
        let (_, said) = line.split_once(SAID)?;
        serde_json::from_str(said).ok()
    });
    said.unwrap_or_else(|| {
        let errors = String::from_utf8_lossy(&output.stderr);
        panic!("{task}: {}\n{printed}\n{errors}", output.status)
    })
}

/// In the process: what it is to do; `None`: nobody started it as one.
///
/// # Panics
/// Never.
#[must_use]
pub fn task() -> Option<Value> {
    let task = env::var(TASK).ok()?;
    Some(serde_json::from_str(&task).expect("it was JSON"))
}

/// In the process: tells what came of it.
pub fn say(said: &Value) {
    println!("\n{SAID}{said}");
}

/// The memory of this process that is in use now, and the most that ever was, in KiB; `None`: this
/// system does not say.
#[must_use]
pub fn memory_kib() -> Option<(u64, u64)> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse().ok()
    };
    Some((of("VmRSS:")?, of("VmHWM:")?))
}
