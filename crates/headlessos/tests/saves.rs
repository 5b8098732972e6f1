//! Saves over a line that breaks, each checked by a look at the disk.
#![cfg(unix)]
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test"
)]

#[expect(dead_code, reason = "other tests use the rest")]
mod desk;

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
    time::Duration,
};

use desk::{Desk, HERE, PATIENCE, mode, names, path};
use engine::SaveOptions;
use store::Auth;
use testkit::lab::{Host, Lab};

#[tokio::test(flavor = "multi_thread")]
async fn a_save_that_is_cut_anywhere_leaves_the_old_file_or_the_new_one() {
    let desk = Desk::new().await;
    cut(&desk, HERE, (0..100).map(|place| place * 600), true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_to_openssh_that_is_cut_anywhere_does_so_too() {
    cut_openssh(|host| Some(host.port), true).await;
}

/// There the old file goes aside for a moment, and is back after the next connect.
#[tokio::test(flavor = "multi_thread")]
async fn a_save_without_a_step_that_replaces_loses_nothing_either() {
    cut_openssh(|host| host.bare_port, false).await;
}

async fn cut_openssh(port: impl Fn(&Host) -> Option<u16>, at_once: bool) {
    let Some(lab) = Lab::find() else { return };
    // The one host whose disk is this machine's.
    let Some(host) = lab.hosts.iter().find(|host| host.name == "sshd") else {
        return;
    };
    let desk = Desk::new().await;
    let server = format!("{}:{}", host.address, port(host).unwrap());
    let way = desk.cut.way_to(server).await;
    let auth = Auth::KeyFile {
        path: lab.identity.clone(),
    };
    let user = host.users.first().unwrap();
    let id = desk.add_as(way, &user.name, auth).await;
    cut(&desk, &id, (0..50).map(|place| place * 800), at_once).await;
}

/// Saves again and again, and cuts the line each time after so many bytes of both directions together:
/// from the first of a save to behind its last. It takes some 30 KB, more than half of it the file.
/// `at_once`: the file is whole right after the cut, not only after the next connect.
async fn cut(desk: &Desk, server: &str, places: impl Iterator<Item = usize>, at_once: bool) {
    let work = desk.work();
    let file = work.join("a.conf");
    let contents = [vec![b'o'; 12_000], vec![b'n'; 13_000]];
    fs::write(&file, &contents[0]).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o604)).unwrap();
    let owner = |file: &Path| {
        fs::metadata(file)
            .map(|found| (found.uid(), found.gid()))
            .unwrap()
    };
    let owned = owner(&file);
    let (mut kept, mut saved) = (0, 0);
    for cut in places {
        let before = fs::read(&file).unwrap();
        let after = &contents[usize::from(before == contents[0])];
        let files = desk.engine.files_to_change(server).await.unwrap();
        let options = SaveOptions {
            version: Some(files.text(&path(&file)).await.unwrap().version),
            ..SaveOptions::default()
        };
        desk.cut.after(cut);
        let result = files.save(&path(&file), after.clone(), &options).await;
        desk.cut.never();
        let check = || {
            let now = fs::read(&file).unwrap();
            assert!(now == before || now == *after, "cut {cut}: a part");
            let told = result.is_err() || now == *after;
            assert!(told, "cut {cut}: said to be saved");
            assert_eq!((mode(&file), owner(&file)), (0o604, owned), "cut {cut}");
            now
        };
        if at_once {
            check();
        }
        desk.engine.disconnect(server).await.unwrap();
        desk.connect_to(server).await;
        let clean = async {
            while names(&work) != [b"a.conf".to_vec()] {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        let late = tokio::time::timeout(PATIENCE, clean).await;
        assert!(late.is_ok(), "cut {cut}: {:?}", names(&work));
        if check() == before {
            kept += 1;
        } else {
            saved += 1;
        }
    }
    assert!(kept > 5 && saved > 5, "{kept} kept, {saved} saved");
}
