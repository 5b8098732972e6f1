//! Long work on files that is not over, so that it can go on when the program was ended meanwhile.

use rusqlite::params;

use crate::{Store, StoreError};

impl Store {
    /// Keeps a job, in place of an earlier state of it.
    ///
    /// # Errors
    /// The database failed.
    pub fn keep_file_job(&self, id: u32, job: &str) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare("INSERT OR REPLACE INTO file_jobs (id, job) VALUES (?1, ?2)")?
                .execute(params![id, job])?;
            Ok(())
        })
    }

    /// Forgets a job that is over.
    ///
    /// # Errors
    /// The database failed.
    pub fn forget_file_job(&self, id: u32) -> Result<(), StoreError> {
        self.run(|db| {
            db.prepare("DELETE FROM file_jobs WHERE id = ?1")?
                .execute(params![id])?;
            Ok(())
        })
    }

    /// The kept jobs, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub fn file_jobs(&self) -> Result<Vec<(u32, String)>, StoreError> {
        self.run(|db| {
            db.prepare("SELECT id, job FROM file_jobs ORDER BY id")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_job_is_there_until_it_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.keep_file_job(2, "b").unwrap();
        store.keep_file_job(1, "a").unwrap();
        store.keep_file_job(2, "c").unwrap();
        let kept = |id, job: &str| (id, job.to_owned());
        assert_eq!(store.file_jobs().unwrap(), [kept(1, "a"), kept(2, "c")]);
        store.forget_file_job(1).unwrap();
        assert_eq!(store.file_jobs().unwrap(), [kept(2, "c")]);
    }
}
