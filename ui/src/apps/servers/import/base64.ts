// Bytes as Base64, for a request in JSON.

const AT_ONCE = 0x8000;

export function asBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += AT_ONCE) text += String.fromCodePoint(...bytes.subarray(at, at + AT_ONCE));
  return btoa(text);
}
