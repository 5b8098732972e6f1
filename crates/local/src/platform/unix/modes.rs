//! The terminal modes that a client may set (RFC 4254, section 8), on top of the system's own.
//!
//! Invariant: the line stays one of eight bits without parity and without a speed that means
//! anything, so modes about these are left alone; as are those that this system does not have.

use std::{io, os::fd::AsFd};

use russh::Pty;
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, OutputModes, SpecialCodeIndex, Termios, tcgetattr,
    tcsetattr,
};

/// How SSH says that a character has no special meaning.
const NO_CHARACTER: u32 = 255;

/// Sets the modes of a terminal.
///
/// # Errors
/// Where it is none.
pub(super) fn apply(terminal: impl AsFd, modes: &[(Pty, u32)]) -> io::Result<()> {
    let mut settings = tcgetattr(&terminal)?;
    for &(mode, value) in modes {
        set(&mut settings, mode, value);
    }
    tcsetattr(&terminal, OptionalActions::Now, &settings)?;
    Ok(())
}

fn set(settings: &mut Termios, mode: Pty, value: u32) {
    let on = value != 0;
    if let Some(flag) = input(mode) {
        settings.input_modes.set(flag, on);
    } else if let Some(flag) = local(mode) {
        settings.local_modes.set(flag, on);
    } else if let Some(flag) = output(mode) {
        settings.output_modes.set(flag, on);
    } else if let (Some(character), Ok(code)) = (character(mode), u8::try_from(value)) {
        settings.special_codes[character] = match value {
            NO_CHARACTER => nix::libc::_POSIX_VDISABLE,
            _ => code,
        };
    }
}

fn input(mode: Pty) -> Option<InputModes> {
    Some(match mode {
        Pty::IGNPAR => InputModes::IGNPAR,
        Pty::PARMRK => InputModes::PARMRK,
        Pty::INPCK => InputModes::INPCK,
        Pty::ISTRIP => InputModes::ISTRIP,
        Pty::INLCR => InputModes::INLCR,
        Pty::IGNCR => InputModes::IGNCR,
        Pty::ICRNL => InputModes::ICRNL,
        Pty::IXON => InputModes::IXON,
        Pty::IXANY => InputModes::IXANY,
        Pty::IXOFF => InputModes::IXOFF,
        Pty::IMAXBEL => InputModes::IMAXBEL,
        #[cfg(any(target_os = "linux", target_os = "macos"))]
        Pty::IUTF8 => InputModes::IUTF8,
        _ => return None,
    })
}

fn local(mode: Pty) -> Option<LocalModes> {
    Some(match mode {
        Pty::ISIG => LocalModes::ISIG,
        Pty::ICANON => LocalModes::ICANON,
        Pty::ECHO => LocalModes::ECHO,
        Pty::ECHOE => LocalModes::ECHOE,
        Pty::ECHOK => LocalModes::ECHOK,
        Pty::ECHONL => LocalModes::ECHONL,
        Pty::NOFLSH => LocalModes::NOFLSH,
        Pty::TOSTOP => LocalModes::TOSTOP,
        Pty::IEXTEN => LocalModes::IEXTEN,
        Pty::ECHOCTL => LocalModes::ECHOCTL,
        Pty::ECHOKE => LocalModes::ECHOKE,
        Pty::PENDIN => LocalModes::PENDIN,
        _ => return None,
    })
}

fn output(mode: Pty) -> Option<OutputModes> {
    Some(match mode {
        Pty::OPOST => OutputModes::OPOST,
        Pty::ONLCR => OutputModes::ONLCR,
        Pty::OCRNL => OutputModes::OCRNL,
        Pty::ONOCR => OutputModes::ONOCR,
        Pty::ONLRET => OutputModes::ONLRET,
        _ => return None,
    })
}

fn character(mode: Pty) -> Option<SpecialCodeIndex> {
    Some(match mode {
        Pty::VINTR => SpecialCodeIndex::VINTR,
        Pty::VQUIT => SpecialCodeIndex::VQUIT,
        Pty::VERASE => SpecialCodeIndex::VERASE,
        Pty::VKILL => SpecialCodeIndex::VKILL,
        Pty::VEOF => SpecialCodeIndex::VEOF,
        Pty::VEOL => SpecialCodeIndex::VEOL,
        Pty::VEOL2 => SpecialCodeIndex::VEOL2,
        Pty::VSTART => SpecialCodeIndex::VSTART,
        Pty::VSTOP => SpecialCodeIndex::VSTOP,
        Pty::VSUSP => SpecialCodeIndex::VSUSP,
        Pty::VREPRINT => SpecialCodeIndex::VREPRINT,
        Pty::VWERASE => SpecialCodeIndex::VWERASE,
        Pty::VLNEXT => SpecialCodeIndex::VLNEXT,
        Pty::VDISCARD => SpecialCodeIndex::VDISCARD,
        _ => return None,
    })
}
