// The words for every error code, in one place: what happened (the title) and what to try when the program gives no hint itself.
import type { ErrorBody } from "./types";

interface Words {
  title: string;
  hint: string | null;
}

const WORDS: Record<string, Words> = {
  unauthorized: { title: "This page has no session", hint: "Open the address printed by headlessos." },
  forbidden: { title: "Not permitted for this server", hint: "The server's permissions in HeadlessOS do not include this." },
  notFound: { title: "Not found", hint: null },
  invalid: { title: "Not valid", hint: null },
  conflict: { title: "Something else got there first", hint: "Look at the current state, then try again." },
  notConnected: { title: "Not connected", hint: "Connect to the server first." },
  denied: { title: "Not granted", hint: "The server's profile in HeadlessOS does not grant this." },
  unconfirmed: { title: "The server was not named", hint: "What cannot be undone takes the server's name." },
  hostKeyChanged: {
    title: "The host key has changed",
    hint: "The server was reinstalled, or someone is in between. Compare the fingerprint with its administrator before you remove the old key from known_hosts.",
  },
  hostKeyRevoked: { title: "The host key is revoked", hint: "Do not connect. Ask the server's administrator." },
  authFailed: { title: "Sign-in failed", hint: "Check the user name, and the password or key." },
  nameUnknown: { title: "The host name is unknown", hint: "Check the spelling of the host, and your network or VPN." },
  refused: { title: "The connection was refused", hint: "Check the port, and that the SSH server is running." },
  unreachable: { title: "The host cannot be reached", hint: "Check the address, your network and any firewall." },
  timeout: { title: "No answer in time", hint: "The host may be down, slow or behind a firewall. Try again." },
  protocol: { title: "The host does not speak SSH as expected", hint: "Check that the port belongs to an SSH server." },
  locked: { title: "This page is locked", hint: "Run headlessos unlock on this computer." },
  passwordNeeded: { title: "A password is needed", hint: "Turn on administrator access with the password." },
  passwordRefused: { title: "The password was refused", hint: "Turn on administrator access again with the right password." },
  notAdministrator: { title: "Administrator access was refused", hint: "The account may not become root on this server." },
  limited: { title: "Administrator access has ended", hint: "Turn on administrator access." },
  lost: { title: "The connection was lost", hint: "HeadlessOS tries again by itself." },
  notUnderstood: { title: "Not understood", hint: null },
  outputTooLarge: { title: "Too much output", hint: "The command printed more than the limit." },
  secretNeeded: { title: "A password or passphrase is needed", hint: "Connect again and enter it." },
  offline: { title: "HeadlessOS is not running", hint: "Start it again; this page reconnects by itself." },
  cancelled: { title: "The connection was cancelled", hint: "Connect again when you are ready." },
  hostKeyRejected: { title: "The host key was not trusted", hint: "Connect again once you have compared the fingerprint." },
  keyFile: { title: "The key file cannot be used", hint: "Check its path and that this account may read it." },
  agent: { title: "The SSH agent cannot be used", hint: "Check that it runs and holds a key: ssh-add -l" },
  knownHosts: { title: "The known hosts cannot be read", hint: "Check the file ~/.ssh/known_hosts." },
  noMarker: { title: "The login shell got in the way", hint: "A start-up file of the shell may end it or wait for input." },
  execRefused: { title: "The server does not run commands", hint: "The account may be limited to file transfer or to one command." },
  noSftp: { title: "The server has no SFTP", hint: null },
  noSuchFile: { title: "It is not there (any more)", hint: "Someone may have moved or removed it. Reload the folder." },
  permissionDenied: { title: "Permission denied", hint: "The account may not do this here. Check the owner and the permissions." },
  alreadyExists: { title: "The name is taken", hint: "Choose another name." },
  notEmpty: { title: "The folder is not empty", hint: null },
  notAFolder: { title: "This is not a folder", hint: null },
  isAFolder: { title: "This is a folder", hint: null },
  noSpace: { title: "No space left", hint: "Free some space on this filesystem, then try again." },
  quota: { title: "No more space for this user", hint: "Free some of your own space there, or ask for a larger quota." },
  readOnly: { title: "The filesystem is read-only", hint: "Nothing can be changed on it as it is mounted." },
  nameTooLong: { title: "The name is too long", hint: "Choose a shorter name." },
  fileChanged: { title: "The file has changed on the server", hint: "Reload it, or save over it." },
  hardLinked: { title: "The file has other names or another owner", hint: "Save into the file itself to keep them." },
  notAFile: { title: "This is not a regular file", hint: null },
  intoItself: { title: "A folder cannot go into itself", hint: "Choose another folder." },
  here: { title: "A file of this computer failed", hint: "Check its path, and that this account may read and write there." },
  tooLarge: { title: "The file is too large", hint: null },
  differs: { title: "The copy is not the same", hint: "Copy it again. If it stays so, a disk or the memory may be faulty." },
  forwardNotAllowed: { title: "The server does not allow forwarding", hint: null },
  forwardNotReached: { title: "The server could not connect there", hint: null },
  forwardUnsupported: { title: "The server cannot forward", hint: null },
  forwardNoRoom: { title: "No room for another connection", hint: null },
  forwardNotRead: { title: "A connection was not read", hint: null },
  badHost: { title: "This is no host name", hint: null },
  unsupported: { title: "The server cannot do this", hint: null },
  sftp: { title: "A file could not be read", hint: null },
  internal: { title: "HeadlessOS made a mistake", hint: "Try again. If it stays, report it with the request id." },
};

/** A short heading for an error; an unknown code gets a plain one. */
export function errorTitle(error: ErrorBody): string {
  return Object.hasOwn(WORDS, error.code) ? (WORDS[error.code]?.title ?? "It failed") : "It failed";
}

/** What to try: the program's own hint where there is one, else the one for the code, else null. */
export function errorHint(error: ErrorBody): string | null {
  if (error.hint !== null) return error.hint;
  return Object.hasOwn(WORDS, error.code) ? (WORDS[error.code]?.hint ?? null) : null;
}

/** An error in words, ready to be shown. */
export function describeError(error: ErrorBody): { title: string; message: string; hint: string | null; command: string | null; requestId: string | null } {
  const { message, command, requestId } = error;
  return { title: errorTitle(error), message, hint: errorHint(error), command, requestId };
}

/** The error of a request that never reached the program. */
export function offlineError(): ErrorBody {
  return { code: "offline", message: "The program did not answer.", hint: null, server: null, command: null, requestId: null };
}
