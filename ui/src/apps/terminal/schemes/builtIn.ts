// The colour schemes that come with HeadlessOS; each line of sixteen is black, red, green, yellow, blue, magenta, cyan, white, then the same bright.
import type { Scheme } from "./schemes";

/** Our own two first: they are what `auto` chooses from. */
export const BUILT_IN: readonly Scheme[] = [
  dark("headlessos-dark", "HeadlessOS Dark", "#dfe5ee #10141a #86adff #2c4470", [
    "#3b4554 #f4756f #5cc98a #e2b34f #6ea4ff #c094f5 #4cc9c4 #c6cedb",
    "#7d889b #ff9b94 #86e0aa #f3cd7a #99bfff #d6b6ff #7fe0dc #f5f7fa",
  ]),
  light("headlessos-light", "HeadlessOS Light", "#1c232d #fbfcfd #2257cf #bcd3fa", [
    "#1c232d #bd2828 #1a7443 #8a5a00 #1f5fc4 #7a3fc0 #0b6c70 #d5dbe4",
    "#5d6778 #a31d1d #12633a #734b00 #174ea6 #632fa3 #08585c #f4f6f9",
  ]),
  dark("high-contrast", "High Contrast", "#ffffff #000000 #ffffff #0a5bbf", [
    "#4d4d4d #ff6b6b #4be06f #ffdd33 #6cb0ff #ff8bff #40e8e8 #e6e6e6",
    "#999999 #ff9c9c #8cf5a4 #ffec8a #a3ceff #ffb8ff #93f8f8 #ffffff",
  ]),
  dark("catppuccin-mocha", "Catppuccin Mocha", "#cdd6f4 #1e1e2e #f5e0dc #45475a", [
    "#45475a #f38ba8 #a6e3a1 #f9e2af #89b4fa #f5c2e7 #94e2d5 #bac2de",
    "#6c7086 #f38ba8 #a6e3a1 #f9e2af #89b4fa #f5c2e7 #94e2d5 #cdd6f4",
  ]),
  light("catppuccin-latte", "Catppuccin Latte", "#4c4f69 #eff1f5 #dc8a78 #ccd0da", [
    "#5c5f77 #d20f39 #40a02b #df8e1d #1e66f5 #ea76cb #179299 #acb0be",
    "#6c6f85 #d20f39 #40a02b #df8e1d #1e66f5 #ea76cb #179299 #bcc0cc",
  ]),
  dark("dracula", "Dracula", "#f8f8f2 #282a36 #f8f8f2 #44475a", [
    "#21222c #ff5555 #50fa7b #f1fa8c #bd93f9 #ff79c6 #8be9fd #f8f8f2",
    "#6272a4 #ff6e6e #69ff94 #ffffa5 #d6acff #ff92df #a4ffff #ffffff",
  ]),
  dark("github-dark", "GitHub Dark", "#e6edf3 #0d1117 #2f81f7 #1f4573", [
    "#484f58 #ff7b72 #3fb950 #d29922 #58a6ff #bc8cff #39c5cf #b1bac4",
    "#6e7681 #ffa198 #56d364 #e3b341 #79c0ff #d2a8ff #56d4dd #ffffff",
  ]),
  light("github-light", "GitHub Light", "#1f2328 #ffffff #0969da #b6d7ff", [
    "#24292f #cf222e #116329 #4d2d00 #0969da #8250df #1b7c83 #6e7781",
    "#57606a #a40e26 #1a7f37 #633c01 #218bff #a475f9 #3192aa #8c959f",
  ]),
  dark("gruvbox-dark", "Gruvbox Dark", "#ebdbb2 #282828 #ebdbb2 #504945", [
    "#282828 #cc241d #98971a #d79921 #458588 #b16286 #689d6a #a89984",
    "#928374 #fb4934 #b8bb26 #fabd2f #83a598 #d3869b #8ec07c #ebdbb2",
  ]),
  light("gruvbox-light", "Gruvbox Light", "#3c3836 #fbf1c7 #3c3836 #d5c4a1", [
    "#fbf1c7 #cc241d #98971a #d79921 #458588 #b16286 #689d6a #7c6f64",
    "#928374 #9d0006 #79740e #b57614 #076678 #8f3f71 #427b58 #3c3836",
  ]),
  dark("monokai", "Monokai", "#f8f8f2 #272822 #f8f8f0 #49483e", [
    "#272822 #f92672 #a6e22e #f4bf75 #66d9ef #ae81ff #a1efe4 #f8f8f2",
    "#75715e #f92672 #a6e22e #f4bf75 #66d9ef #ae81ff #a1efe4 #f9f8f5",
  ]),
  dark("nord", "Nord", "#d8dee9 #2e3440 #d8dee9 #434c5e", [
    "#3b4252 #bf616a #a3be8c #ebcb8b #81a1c1 #b48ead #88c0d0 #e5e9f0",
    "#616e88 #bf616a #a3be8c #ebcb8b #81a1c1 #b48ead #8fbcbb #eceff4",
  ]),
  dark("one-dark", "One Dark", "#abb2bf #282c34 #528bff #3e4451", [
    "#3f4451 #e06c75 #98c379 #e5c07b #61afef #c678dd #56b6c2 #abb2bf",
    "#5c6370 #e06c75 #98c379 #e5c07b #61afef #c678dd #56b6c2 #ffffff",
  ]),
  light("one-light", "One Light", "#383a42 #fafafa #526fff #dbdbdd", [
    "#383a42 #e45649 #50a14f #c18401 #4078f2 #a626a4 #0184bc #a0a1a7",
    "#696c77 #e45649 #50a14f #c18401 #4078f2 #a626a4 #0184bc #ffffff",
  ]),
  dark("solarized-dark", "Solarized Dark", "#839496 #002b36 #93a1a1 #0d4654", [
    "#073642 #dc322f #859900 #b58900 #268bd2 #d33682 #2aa198 #eee8d5",
    "#586e75 #cb4b16 #586e75 #657b83 #839496 #6c71c4 #93a1a1 #fdf6e3",
  ]),
  light("solarized-light", "Solarized Light", "#586e75 #fdf6e3 #586e75 #e5dec8", [
    "#073642 #dc322f #859900 #b58900 #268bd2 #d33682 #2aa198 #eee8d5",
    "#002b36 #cb4b16 #586e75 #657b83 #839496 #6c71c4 #93a1a1 #fdf6e3",
  ]),
  dark("tokyo-night", "Tokyo Night", "#c0caf5 #1a1b26 #c0caf5 #283457", [
    "#15161e #f7768e #9ece6a #e0af68 #7aa2f7 #bb9af7 #7dcfff #a9b1d6",
    "#565f89 #ff899d #9fe044 #faba4a #8db0ff #c7a9ff #a4daff #c0caf5",
  ]),
];

function dark(id: string, name: string, four: string, ansi: readonly [string, string]): Scheme {
  return { ...light(id, name, four, ansi), isDark: true };
}

/** `four`: the foreground, the background, the cursor, behind selected text. */
function light(id: string, name: string, four: string, ansi: readonly [string, string]): Scheme {
  const [foreground = "", background = "", cursor = "", selection = ""] = four.split(" ");
  return { id, name, isDark: false, foreground, background, cursor, selection, ansi: ansi.join(" ").split(" ") };
}
