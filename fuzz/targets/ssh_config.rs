//! Any text as `~/.ssh/config`: no panic, nothing is run, and a host is resolved or refused.
#![no_main]

use std::{cell::RefCell, fs};

use libfuzzer_sys::fuzz_target;
use ssh_config::{Asked, Config, Here, Outside, Places};

thread_local! {
    static FOLDER: RefCell<Option<tempfile::TempDir>> = const { RefCell::new(None) };
}

fuzz_target!(|input: &[u8]| {
    FOLDER.with_borrow_mut(|folder| {
        if folder.is_none() {
            *folder = tempfile::tempdir().ok();
        }
        let Some(folder) = folder else { return };
        let user = folder.path().join("config");
        if fs::write(&user, input).is_err() {
            return;
        }
        // No file but this one is read: an include is looked for where there is nothing.
        let places = Places {
            user,
            system: None,
            home: None,
            guarded: false,
        };
        let Ok(config) = Config::read(&places) else {
            return;
        };
        let outside = Outside {
            exec: &|_| None,
            variable: &|_| None,
        };
        let names = config.aliases().into_iter().map(|alias| alias.name).take(3);
        for host in names.chain(["web1".to_owned(), "-x".to_owned()]) {
            let here = Here {
                user: "ann".to_owned(),
                ..Here::default()
            };
            let asked = Asked {
                host,
                user: None,
                port: None,
                jumps: Vec::new(),
                here,
            };
            let _settings = config.resolve(&asked, &outside);
            let _route = config.route(&asked, &outside);
        }
    });
});
