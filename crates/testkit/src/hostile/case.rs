//! What a hostile server does.

/// Where a server hangs up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is a step of the protocol, by its name")]
pub enum Step {
    Accept,
    MidBanner,
    Banner,
    MidKexInit,
    KexInit,
    MidKexReply,
    NewKeys,
    ServiceAccept,
    InLogin,
    Login,
    ChannelOpen,
    MidExec,
    SftpInit,
    MidRead,
}

impl Step {
    /// In the order of the protocol.
    pub const ALL: [Self; 14] = [
        Self::Accept,
        Self::MidBanner,
        Self::Banner,
        Self::MidKexInit,
        Self::KexInit,
        Self::MidKexReply,
        Self::NewKeys,
        Self::ServiceAccept,
        Self::InLogin,
        Self::Login,
        Self::ChannelOpen,
        Self::MidExec,
        Self::SftpInit,
        Self::MidRead,
    ];
}

/// What a hostile server does. Up to that point it is honest, lets everybody in, and answers every
/// command as a Linux machine answers the first look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Nothing: the measure of the others.
    None,
    /// Hangs up here.
    HangsUp(Step),
    /// Says goodbye in place of an answer to a command, with control characters in its words.
    Disconnects,

    /// Lines without end before its version.
    BannerLines,
    /// A line without end.
    BannerLine,
    /// Its version, byte by byte.
    BannerDrip,
    /// Its names for algorithms, byte by byte.
    KexInitDrip,
    /// Texts before login, byte by byte.
    LoginBannerDrip,
    /// A packet of 4 GiB.
    HugePacket,
    /// A list of 4 GiB among the names for algorithms.
    HugeKexInit,
    /// Names for algorithms without end.
    KexInitFlood,
    /// Messages to be ignored in place of names for algorithms.
    IgnoreInKex,
    /// A group for Diffie-Hellman that is no prime, as large as is taken.
    BadGroup,
    /// A host key of 200 KiB.
    HugeHostKey,
    /// Messages to be ignored without end behind its host key, of which nobody has said yet that it is
    /// trusted.
    UntrustedFlood,
    /// Compression and nothing else.
    CompressionForced,
    /// Compression first, and none at all as well.
    CompressionOffered,

    /// No answer to the wish to log in.
    ServiceNever,
    /// Extensions without end.
    ExtInfoFlood,
    /// Texts before login without end.
    LoginBanners,
    /// A text of 4 GiB before login.
    HugeLoginBanner,
    /// One no after the other, to one question.
    LoginFailures,
    /// One question after the other.
    PromptRounds,
    /// Ten thousand questions at once.
    Prompts,

    /// Channels of this type that nobody asked for, without end.
    OpenFlood(&'static str),
    /// The same, and it takes nothing that is sent to it.
    OpenFloodUnread,
    /// Requests of this name that want an answer, without end.
    GlobalFlood(&'static str),
    /// The same, and it takes nothing that is sent to it.
    GlobalFloodUnread,
    /// Messages to be ignored, without end.
    IgnoreFlood,
    /// Messages for debugging, without end.
    DebugFlood,
    /// Answers that nobody asked for, without end.
    ReplyFlood,
    /// What would become gigabytes if it were decompressed.
    CompressionBomb,
    /// New keys again and again.
    RekeyEndless,
    /// The beginning of new keys, and then only messages to be ignored.
    RekeyStalled,
    /// New keys under another host key.
    ChangedKey,

    /// No answer to the wish for a channel.
    OpenNever,
    /// One yes after the other to one wish for a channel.
    ConfirmFlood,
    /// Window without end, each time as much as there can be.
    WindowFlood,
    /// A request of a channel that is not known and wants an answer, without end.
    RequestFlood,
    /// Ends of one command without end.
    ExitFlood,
    /// Data of 4 GiB in one message.
    HugeData,
    /// Data in packets that no client takes: none of it may be sent.
    NoPackets,
    /// Output without end, and it never begins.
    Noise,
    /// Output without end.
    Stdout,
    /// Errors without end.
    Stderr,
    /// Output of a third kind without end.
    ThirdStream,
    /// No end of a command, of its output, of its channel.
    NoEnd,
    /// The end of a channel twice, and then data.
    CloseTwice,

    /// A folder of a million names.
    MillionNames,
    /// A folder without end.
    EndlessNames,
    /// A folder of links without end, each of another user.
    EndlessLinks,
    /// Names that take the least room on the line.
    ShortNames,
    /// Names with lines for people as long as can be.
    LongLines,
    /// More names than there are.
    FalseCount,
    /// Answers that nobody asked for.
    UnknownIds,
    /// Paths as long as can be.
    LongPaths,
    /// No answer to anything.
    NoAnswers,
}
