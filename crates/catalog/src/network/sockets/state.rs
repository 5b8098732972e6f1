//! The states of sockets, as `ss`, `netstat` and its translations spell them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a socket is about, see `tcp(7)` and RFC 9293.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SocketState {
    /// Waits for connections.
    Listen,
    /// Is connected.
    Established,
    /// Asks for a connection.
    SynSent,
    /// Was asked for a connection.
    SynReceived,
    /// Has ended its half of the connection.
    FinWait1,
    /// Its end of the connection was acknowledged.
    FinWait2,
    /// Waits for late packets after the end.
    TimeWait,
    /// The other end has closed; the program has not yet.
    CloseWait,
    /// Both have closed, the last word is not acknowledged yet.
    LastAck,
    /// Both close at the same time.
    Closing,
    /// Is used no more.
    Closed,
    /// Has no other end, as is usual for `udp` and `raw`.
    Unconnected,
}

/// The state behind a word; `None`: it is none.
pub(super) fn state(word: &str) -> Option<SocketState> {
    use SocketState::{
        CloseWait, Closed, Closing, Established, FinWait1, FinWait2, LastAck, Listen, SynReceived,
        SynSent, TimeWait, Unconnected,
    };
    Some(match word {
        "LISTEN" | "OUÇA" | "NASLOUCHÁ" => Listen,
        "ESTAB" | "ESTABLISHED" | "VERBUNDEN" | "ESTABELECIDA" | "SPOJENO" => Established,
        "SYN-SENT" | "SYN_SENT" | "SYN_ENVIADO" => SynSent,
        "SYN-RECV" | "SYN_RECV" | "NEW-SYN-RECV" | "SYN_RECEBIDO" => SynReceived,
        "FIN-WAIT-1" | "FIN_WAIT1" | "ESPERA_FIN1" => FinWait1,
        "FIN-WAIT-2" | "FIN_WAIT2" | "ESPERA_FIN2" => FinWait2,
        "TIME-WAIT" | "TIME_WAIT" => TimeWait,
        "CLOSE-WAIT" | "CLOSE_WAIT" | "ESPERANDO_FECHAR" => CloseWait,
        "LAST-ACK" | "LAST_ACK" | "ÚLTIMO_ACK" => LastAck,
        "CLOSING" | "FECHANDO" | "ZAVÍRÁ" => Closing,
        "CLOSE" | "CLOSED" | "FECHAR" | "ZAVŘEN" => Closed,
        // Of raw sockets `netstat` gives the kernel's number.
        "UNCONN" | "7" => Unconnected,
        _ => return None,
    })
}
