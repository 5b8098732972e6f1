//! `ps` of busybox, which names its columns otherwise than procps and may be built without times.

use super::{ProcessList, ps};
use crate::{Command, Needs, Source, Variant, arguments::NoArgs};

const SCRIPT: &str = "ps -o pid,ppid,pgid,sid,user,group,vsz,rss,stat,nice,tty,etime,time,comm,args 2>/dev/null || exec ps -o pid,ppid,pgid,sid,user,group,vsz,rss,stat,nice,tty,comm,args";

pub(super) const VARIANT: Variant<NoArgs, ProcessList> = Variant {
    name: "busybox",
    needs: Needs::programs(&["ps"]),
    source: |_| Source::Command(Command::script(SCRIPT)),
    reads: &[],
    parse: ps::parse,
};
