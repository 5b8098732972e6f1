// Waiting for nothing but time.

export function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
