//! Into the Recycle Bin, out of it, and emptying it.

use catalog::arguments::RemotePath;

use super::{
    delete,
    work::{Stop, Work, is_lost},
};
use crate::Error;

pub(super) async fn put(work: &Work, server: &str, paths: &[RemotePath]) -> Result<(), Stop> {
    work.shown().files_total = Some(paths.len() as u64);
    let mounts = loop {
        match work.files(server).await?.mounts_and_home().await {
            Err(error) if is_lost(&error) => {}
            result => break result?,
        }
    };
    for path in paths {
        work.begin(path);
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

pub(super) async fn empty(
    work: &Work,
    server: &str,
    trashed: Option<&[String]>,
) -> Result<(), Stop> {
    let ids: Vec<String> = match trashed {
        Some(ids) => ids.to_vec(),
        None => {
            let trash = work.files(server).await?.trash().await?;
            trash
                .items
                .into_iter()
                .map(|item| item.id.to_string())
                .collect()
        }
    };
    for id in &ids {
        let files = work.files(server).await?;
        match files.trashed(id).await {
            Ok((folder, name, place)) => {
                let before = work.shown().failure_count;
                delete::tree(work, server, &place).await?;
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
