//! What goes wrong while somebody logs in.

use std::io;

use super::{
    Case, Step,
    early::{DRIP, stop_at},
    msg,
    wire::{Fields as _, Wire},
};

/// Plays up to the login; who asks gets in.
pub(super) async fn play(wire: &mut Wire, case: Case) -> io::Result<()> {
    if case == Case::ExtInfoFlood {
        return wire
            .flood(&vec![msg::EXT_INFO].u32(1).string("x").string("y"))
            .await;
    }
    wire.until(msg::SERVICE_REQUEST).await?;
    if case == Case::ServiceNever {
        return std::future::pending().await;
    }
    wire.send(&vec![msg::SERVICE_ACCEPT].string("ssh-userauth"))
        .await?;
    stop_at(case, Step::ServiceAccept)?;
    wire.until(msg::USERAUTH_REQUEST).await?;
    stop_at(case, Step::InLogin)?;
    let banner = vec![msg::USERAUTH_BANNER]
        .string("Hello again.\r\n")
        .string("");
    match case {
        Case::LoginBannerDrip => loop {
            wire.send(&banner).await?;
            tokio::time::sleep(DRIP).await;
        },
        Case::LoginBanners => return wire.flood(&banner).await,
        Case::HugeLoginBanner => {
            let lying = vec![msg::USERAUTH_BANNER].u32(0xffff_fff0).raw("Hello");
            wire.send(&lying).await?;
            return std::future::pending().await;
        }
        Case::LoginFailures => return wire.flood(&no("password")).await,
        Case::PromptRounds => ask(wire, 1).await?,
        Case::Prompts => ask(wire, 10_000).await?,
        _ => {}
    }
    wire.send(&[msg::USERAUTH_SUCCESS]).await?;
    stop_at(case, Step::Login)
}

fn no(methods: &str) -> Vec<u8> {
    vec![msg::USERAUTH_FAILURE].string(methods).raw([0])
}

/// Asks so many questions at once, again and again (RFC 4256).
async fn ask(wire: &mut Wire, questions: u32) -> io::Result<()> {
    wire.send(&no("keyboard-interactive")).await?;
    wire.until(msg::USERAUTH_REQUEST).await?;
    let mut asked = vec![msg::USERAUTH_INFO_REQUEST]
        .string("")
        .string("")
        .string("")
        .u32(questions);
    for _ in 0..questions {
        asked = asked.string("Password: ").raw([0]);
    }
    loop {
        wire.send(&asked).await?;
        wire.until(msg::USERAUTH_INFO_RESPONSE).await?;
    }
}
