//! An SFTP server that answers as it likes, other requests than were made, twice, or never: whatever is asked
//! ends, no name leads out of its folder, and no more is read than was sent.
#![no_main]

use std::time::Duration;

use bytes::Bytes;
use catalog::arguments::RemotePath;
use libfuzzer_sys::fuzz_target;
use sftp::{Answer, Attributes, Entry, Extensions, Ids, file_type};
use ssh::Files;
use tokio::{runtime::Builder, sync::mpsc, time};

/// Longer than the client waits for a server that says nothing, by a clock that stands while somebody works.
const PATIENCE: Duration = Duration::from_secs(24 * 3600);

fuzz_target!(|input: &[u8]| {
    let Ok(runtime) = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
    else {
        return;
    };
    let said = Bytes::copy_from_slice(input);
    runtime.block_on(async {
        let (requests, asked) = mpsc::unbounded_channel();
        let (answers, told) = mpsc::channel(16);
        tokio::spawn(peer(Said(said.clone()), asked, answers));
        let extensions = Extensions {
            limits: said.len() % 2 == 0,
            ..Extensions::default()
        };
        let using = async {
            if let Some(files) = ssh::fuzzing::files((extensions, requests, told)).await {
                everything(&files, said.len()).await;
            }
        };
        assert!(
            time::timeout(PATIENCE, using).await.is_ok(),
            "a question has no end"
        );
    });
});

async fn everything(files: &Files, sent_bytes: usize) {
    let Ok(path) = RemotePath::from_bytes(b"/a") else {
        return;
    };
    if let Ok(mut folder) = files.folder(&path).await {
        while let Ok(Some(entries)) = folder.next().await {
            for entry in entries {
                let name = entry.name.as_bytes();
                assert!(!name.is_empty() && name != b"." && name != b"..");
                assert!(!name.contains(&b'/') && !name.contains(&0));
            }
        }
    }
    if let Ok((mut reader, _)) = files.read(&path).await {
        let mut read = 0;
        while let Ok(Some(bytes)) = reader.next().await {
            assert!(!bytes.is_empty(), "nothing was read, and it is not the end");
            read += bytes.len();
        }
        assert!(read <= sent_bytes, "{read} of {sent_bytes} bytes");
    }
    for found in [files.home().await, files.real_path(&path).await] {
        if let Ok(path) = found {
            assert_eq!(path.as_bytes().first(), Some(&b'/'));
        }
    }
    let _link = files.read_link(&path).await;
    let _found = (files.stat(&path).await, files.exists(&path).await);
    let _disk = files.disk(&path).await;
    let ids = Ids {
        users: vec![0, 1],
        groups: vec![2],
    };
    let _names = files.names(ids).await;
}

/// Answers each request with what comes next; when nothing does, it hangs up, or says nothing more.
async fn peer(
    mut said: Said,
    mut asked: mpsc::UnboundedReceiver<(u32, sftp::Request)>,
    answers: mpsc::Sender<Vec<(u32, Answer)>>,
) {
    while let Some((id, _)) = asked.recv().await {
        let Some(form) = said.byte() else { return };
        let id = match form >> 4 {
            0..=12 => id,
            13 => id.wrapping_sub(1),
            14 => u32::from(form),
            _ => continue,
        };
        let answer = said.answer(form & 15);
        let twice = form & 15 == 9;
        let batch = match twice {
            true => vec![(id, answer.clone()), (id, answer)],
            false => vec![(id, answer)],
        };
        if answers.send(batch).await.is_err() {
            return;
        }
    }
}

/// What the server has yet to say.
struct Said(Bytes);

impl Said {
    fn byte(&mut self) -> Option<u8> {
        (!self.0.is_empty())
            .then(|| self.0.split_to(1))
            .and_then(|one| one.first().copied())
    }

    fn some(&mut self) -> Bytes {
        let wanted = usize::from(self.byte().unwrap_or_default());
        self.0.split_to(wanted.min(self.0.len()))
    }

    fn number(&mut self) -> u64 {
        let bytes = self.some();
        bytes
            .iter()
            .take(8)
            .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    }

    fn attributes(&mut self) -> Attributes {
        let form = self.byte().unwrap_or_default();
        let kinds = [
            file_type::FILE,
            file_type::FOLDER,
            file_type::LINK,
            file_type::FIFO,
        ];
        let kind = kinds
            .get(usize::from(form & 3))
            .copied()
            .unwrap_or_default();
        Attributes {
            size_bytes: (form & 4 != 0).then(|| self.number()),
            mode: (form & 8 != 0).then_some(kind | 0o644),
            ..Attributes::default()
        }
    }

    fn answer(&mut self, form: u8) -> Answer {
        match form {
            0 | 1 => Answer::Status {
                code: u32::from(self.byte().unwrap_or_default() % 10),
                message: self.some(),
            },
            2 | 3 => Answer::Handle(self.some()),
            4 | 5 => Answer::Data(self.some()),
            6 | 7 => {
                let count = self.byte().unwrap_or_default() % 4;
                let entry = |said: &mut Self| Entry {
                    name: said.some(),
                    long_name: said.some(),
                    attributes: said.attributes(),
                };
                Answer::Name((0..count).map(|_| entry(self)).collect())
            }
            8..=10 => Answer::Attributes(self.attributes()),
            _ => Answer::Extended(self.some()),
        }
    }
}
