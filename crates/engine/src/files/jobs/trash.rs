//! Into the Recycle Bin, out of it, and emptying it.

use catalog::arguments::RemotePath;

use super::{
    delete,
    work::{Stop, Work, is_lost},
};
use crate::{
    Error,
    files::{Doing, ground::Tops},
};

pub(super) async fn put(work: &Work, server: &str, paths: &[RemotePath]) -> Result<(), Stop> {
    work.shown().files_total = Some(paths.len() as u64);
    let mounts = loop {
        match work.files(server).await?.mounts_and_home().await {
            Err(error) if is_lost(&error) => {}
            result => break result?,
        }
    };
    let mut tops = Tops::default();
    for path in paths {
        work.begin(path);
        let is_there = async {
            let around = work.around(server, path, &mut tops).await?;
            work.check(server, &around, Doing::Delete).await
        };
        match is_there.await {
            Err(Stop::Failed(error)) => {
                work.fail(path, &error);
                continue;
            }
            there => there?,
        }
        let put = loop {
            match work
                .files(server)
                .await?
                .put_into_trash(path, &mounts)
                .await
            {
                Err(error) if is_lost(&error) => {}
                result => break result,
            }
        };
        match put {
            Ok(id) => {
                work.shown().trashed.push(id.to_string());
                work.one_done();
            }
            Err(error) => work.fail(path, &error),
        }
    }
    Ok(())
}

pub(super) async fn restore(work: &Work, server: &str, trashed: &[String]) -> Result<(), Stop> {
    work.shown().files_total = Some(trashed.len() as u64);
    for id in trashed {
        let put = loop {
            match work.files(server).await?.put_back(id).await {
                Err(error) if is_lost(&error) => {}
                result => break result,
            }
        };
        told(work, id, put.map(drop));
    }
    Ok(())
}

/// Ids of all that is there.
pub(super) async fn all(work: &Work, server: &str) -> Result<Vec<String>, Stop> {
    let trash = work.files(server).await?.trash().await?;
    let ids = trash.items.into_iter().map(|item| item.id.to_string());
    Ok(ids.collect())
}

pub(super) async fn empty(work: &Work, server: &str, trashed: &[String]) -> Result<(), Stop> {
    let mut tops = Tops::default();
    for id in trashed {
        let files = work.files(server).await?;
        match files.trashed(id).await {
            Ok((folder, name, place)) => {
                let before = work.shown().failure_count;
                delete::tree(work, server, &place, &mut tops).await?;
                if work.shown().failure_count == before {
                    work.files(server)
                        .await?
                        .forget_trashed(&folder, &name)
                        .await;
                }
            }
            Err(error) => told(work, id, Err(error)),
        }
    }
    Ok(())
}

fn told(work: &Work, id: &str, result: Result<(), Error>) {
    match result {
        Ok(()) => work.one_done(),
        Err(error) => {
            let path = RemotePath::try_from(id.to_owned());
            work.fail(&path.unwrap_or_else(|_| RemotePath::root()), &error);
        }
    }
}
