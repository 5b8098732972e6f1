// Files of colour schemes as other terminals write them.

/** A file as iTerm2 writes it: a dark blue ground, and the sixteen colours. */
export function itermFile(): string {
  const color = (key: string, red: number, green: number, blue: number) =>
    `<key>${key}</key><dict><key>Color Space</key><string>sRGB</string><key>Red Component</key><real>${red}</real><key>Green Component</key><real>${green}</real><key>Blue Component</key><real>${blue}</real></dict>`;
  const ansi = Array.from({ length: 16 }, (_none, index) => color(`Ansi ${index} Color`, index % 8 === 1 ? 1 : 0.4, 0, index % 8 === 1 ? 0 : 0.4));
  return `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist version="1.0"><dict>${[
    ...ansi,
    color("Background Color", 0, 0.2, 0.4),
    color("Foreground Color", 1, 1, 1),
    color("Cursor Color", 1, 0.8, 0),
    color("Selection Color", 0.2, 0.4, 0.6),
  ].join("")}</dict></plist>`;
}

/** A settings file of Windows Terminal, with its comments, and with two schemes. */
export function windowsFile(): string {
  const names = ["black", "red", "green", "yellow", "blue", "purple", "cyan", "white"];
  const scheme = (name: string, background: string) => ({
    name,
    background,
    foreground: "#DDEEDD",
    cursorColor: "#FFFFFF",
    selectionBackground: "#335533",
    ...Object.fromEntries(names.flatMap((color) => [[color, color === "purple" ? "#AA00AA" : "#808080"], [`bright${color.charAt(0).toUpperCase()}${color.slice(1)}`, "#C0C0C0"]])),
  });
  return `// what I like\n${JSON.stringify({ defaultProfile: "x", schemes: [scheme("Moss", "#101810"), scheme("Rust", "#181010")] }, null, 2)}\n`;
}
