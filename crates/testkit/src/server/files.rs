//! Fixed files over SFTP, read only.

use std::{collections::BTreeMap, sync::Arc};

use russh_sftp::{
    protocol::{Data, FileAttributes, Handle, OpenFlags, Status, StatusCode},
    server::{Handler, StatusReply},
};

/// One SFTP session. A handle is the file's path.
pub(super) struct Files(pub(super) Arc<BTreeMap<String, Vec<u8>>>);

impl Handler for Files {
    type Error = StatusReply;

    fn unimplemented(&self) -> StatusReply {
        StatusCode::OpUnsupported.into()
    }

    async fn open(
        &mut self,
        id: u32,
        path: String,
        _flags: OpenFlags,
        _attributes: FileAttributes,
    ) -> Result<Handle, StatusReply> {
        if self.0.contains_key(&path) {
            Ok(Handle { id, handle: path })
        } else {
            Err(StatusCode::NoSuchFile.into())
        }
    }

    async fn read(
        &mut self,
        id: u32,
        handle: String,
        offset: u64,
        len: u32,
    ) -> Result<Data, StatusReply> {
        let file = self.0.get(&handle).ok_or(StatusCode::Failure)?;
        let start = usize::try_from(offset)
            .unwrap_or(usize::MAX)
            .min(file.len());
        let end = start.saturating_add(len as usize).min(file.len());
        if start == end {
            return Err(StatusCode::Eof.into());
        }
        Ok(Data {
            id,
            data: file[start..end].to_vec(),
        })
    }

    async fn close(&mut self, id: u32, _handle: String) -> Result<Status, StatusReply> {
        Ok(Status {
            id,
            status_code: StatusCode::Ok,
            error_message: String::new(),
            language_tag: String::new(),
        })
    }
}
