//! What is kept, and that a repaint brings another terminal into the same state.

use std::collections::BTreeSet;

use proptest::prelude::*;
use terminal::{Event, Output, Size, Terminal};

fn with(size: Size, bytes: &[u8]) -> (Terminal, Output) {
    let mut terminal = Terminal::new(size, 10_000);
    let mut output = Output::default();
    terminal.push(bytes, &mut output);
    (terminal, output)
}

fn answer_to(bytes: &[u8]) -> String {
    let (_, output) = with(Size::default(), bytes);
    String::from_utf8_lossy(&output.answer).into_owned()
}

fn shown(bytes: &[u8]) -> String {
    let (_, output) = with(Size::default(), bytes);
    String::from_utf8_lossy(&output.page).into_owned()
}

/// A terminal that is brought into the state of this one.
fn copy_of(terminal: &Terminal) -> Terminal {
    let (_, bytes) = terminal.repaint();
    with(terminal.size(), &bytes).0
}

#[track_caller]
fn assert_same(one: &Terminal, other: &Terminal) {
    let bytes = |terminal: &Terminal| String::from_utf8_lossy(&terminal.repaint().1).into_owned();
    let (one, other) = (bytes(one), bytes(other));
    if let Some(at) = one.bytes().zip(other.bytes()).position(|(a, b)| a != b) {
        let near = |text: &str| {
            let bytes = text.bytes().skip(at.saturating_sub(60));
            bytes.take(260).collect::<Vec<u8>>()
        };
        assert_eq!(
            String::from_utf8_lossy(&near(&one)),
            String::from_utf8_lossy(&near(&other))
        );
    }
    assert_eq!(one.len(), other.len());
}

fn numbered(lines: std::ops::Range<u32>) -> Vec<u8> {
    lines
        .flat_map(|number| format!("line {number}\r\n").into_bytes())
        .collect()
}

#[test]
fn every_line_within_the_scrollback_is_kept_once() {
    for chunk in [7, 1000, 65_536, 10_000_000] {
        let mut terminal = Terminal::new(Size::new(80, 24), 5000);
        let mut output = Output::default();
        for bytes in numbered(0..20_000).chunks(chunk) {
            terminal.push(bytes, &mut output);
            output.page.clear();
        }
        let text = terminal.text();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.len() >= 5000 && lines.len() < 7000, "{}", lines.len());
        let first = 20_000 - u32::try_from(lines.len()).unwrap();
        let expected = String::from_utf8(numbered(first..20_000)).unwrap();
        assert_eq!(text, expected.replace('\r', ""), "in pieces of {chunk}");
        let (first_line, bytes) = terminal.repaint();
        // The cursor's own line is the last of 24.
        assert_eq!(first_line, 20_001 - 24 - 5000);
        let (copy, _) = with(Size::new(80, 24), &bytes);
        assert_eq!(copy.text().lines().count(), 5000 + 23);
    }
}

#[test]
fn a_flood_takes_no_memory_and_the_short_way_leads_to_the_same() {
    let mut texts = vec![
        numbered(0..15_000),
        b"y\r\n".repeat(30_000),
        format!("{}\r\n", "0123456789".repeat(21))
            .repeat(3000)
            .into_bytes(),
        format!("{}  \r\n\r\n", "x".repeat(80))
            .repeat(3000)
            .into_bytes(),
    ];
    let mut broken = numbered(0..3000);
    broken.extend(b"no return\nhalf\rx\r\n");
    broken.extend(numbered(0..3000));
    texts.push(broken);
    for text in texts {
        for before in [
            &b""[..],
            b"\x1b[31mred\r\n\x1b[mback",
            b"\x1b[10;5Hx",
            b"\x1b[3;9r",
        ] {
            let run = |chunk: usize| {
                let (mut terminal, mut output) = with(Size::new(80, 24), before);
                for bytes in text.chunks(chunk) {
                    terminal.push(bytes, &mut output);
                }
                terminal
            };
            assert_same(&run(500), &run(40_000));
            assert_same(&run(500), &run(usize::MAX));
        }
    }
}

#[test]
fn a_repaint_brings_back_everything() {
    let pieces: [&[u8]; 25] = [
        b"plain \x1b[1;3;4;31;48;5;200mstyled\x1b[m \x1b[38;2;1;2;3mtrue\x1b[0m\r\n",
        "wide 東京 marks e\u{301} emoji \u{1f600}\r\n".as_bytes(),
        b"\x1b]8;id=a;https://example.org\x1b\\link\x1b]8;;\x1b\\\r\n",
        b"\x1b[4:3m\x1b[58:5:9mcurly\x1b[m\r\n",
        b"\x1b(0lqqk\x1b(B\r\n",
        b"\x1b)0\x0eqq\x0f\r\n",
        b"\x1b[5;10r\x1b[?6h\x1b[2;3H",
        b"\x1b[?1h\x1b=\x1b[?2004h\x1b[?1002h\x1b[?1006h\x1b[?1004h",
        b"\x1b[?25l",
        b"\x1b[4h\x1b[20h",
        b"\x1b[?7l",
        b"\x1b[5 q",
        b"\x1b[3g\x1b[1;5H\x1bH\x1b[1;50H\x1bH\r\n",
        b"\x1b[7;7H\x1b[1;35m\x1b7\x1b[m\x1b[9;9H",
        b"\x1b[?1049h\x1b[2J\x1b[Halternate\x1b[5;5H\x1b[32mgreen",
        b"\x1b[?1049h\x1b[12;80Hx\x1b[?1049l",
        b"\x1b]4;1;rgb:10/20/30\x07\x1b]10;#ffffff\x07",
        b"\x1b[44m\x1b[2J\x1b[3;3Hblue\x1b[K",
        b"\x1b[10;75Hto the edge",
        b"\x1b[24;80Hx",
        "\x1b[24;79H東".as_bytes(),
        b"\x1b]133;A\x07$ ls\r\n",
        b"\x1b[?9h\x1b[?45h",
        b"\tx\ty\r\n",
        b"\x1b[31;1m\x1b[K",
    ];
    let long = b"0123456789".repeat(40);
    for first in &pieces {
        for second in pieces.iter().chain([&&long[..]]) {
            let (mut terminal, _) = with(Size::new(80, 24), &numbered(0..40));
            terminal.push(first, &mut Output::default());
            terminal.push(second, &mut Output::default());
            let mut copy = copy_of(&terminal);
            assert_same(&terminal, &copy);
            // What comes later means the same to both.
            for next in [
                &b"abc\r\n\tdef"[..],
                b"\x1b8z",
                b"\x0ex\x1b[?1049lq",
                b"\x1b[6n",
            ] {
                let (mut one, mut other) = (Output::default(), Output::default());
                terminal.push(next, &mut one);
                copy.push(next, &mut other);
                assert_same(&terminal, &copy);
                assert_eq!(one.answer, other.answer);
            }
        }
    }
}

#[test]
fn a_screen_is_painted_over_any_other() {
    let (terminal, _) = with(
        Size::new(80, 24),
        b"\x1b[31mone\r\n\x1b[mtwo\x1b[?1h\x1b[5;7H",
    );
    let (mut other, mut output) = with(
        Size::new(80, 24),
        b"\x1b[3;9r\x1b[?6h\x1b[?1003h\x1b[44m\x1b[2Jxxxx\x1b]8;;http://a\x07\x1b(0\x1b[4h",
    );
    other.push(&terminal.screen(), &mut output);
    assert_same(&terminal, &other);
    let (alternate, _) = with(Size::new(80, 24), b"main\x1b[?1049h\x1b[Halt");
    other.push(&alternate.screen(), &mut output);
    assert_eq!(
        String::from_utf8_lossy(&other.screen()),
        String::from_utf8_lossy(&alternate.screen())
    );
}

#[test]
fn a_new_size_keeps_every_line() {
    let (mut terminal, mut output) = with(Size::new(80, 24), &numbered(0..3000));
    let long = "0123456789".repeat(30);
    terminal.push(format!("{long}\r\nend").as_bytes(), &mut output);
    for (columns, rows) in [
        (40, 24),
        (200, 50),
        (10, 3),
        (80, 24),
        (133, 60),
        (20, 2),
        (80, 24),
    ] {
        terminal.resize(Size::new(columns, rows));
        let text = terminal.text();
        for number in [0, 1500, 2990, 2999] {
            let line = format!("line {number}\n");
            assert!(text.contains(&line), "{line} at {columns}x{rows}");
        }
        assert!(text.contains(&long), "at {columns}x{rows}");
        assert_same(&terminal, &copy_of(&terminal));
    }
    // In the alternate screen too, which hides the lines.
    terminal.push(b"\x1b[?1049h\x1b[Hfull", &mut output);
    terminal.resize(Size::new(50, 10));
    assert_same(&terminal, &copy_of(&terminal));
    terminal.push(b"\x1b[?1049l", &mut output);
    assert!(terminal.text().contains("line 2999\n") && !terminal.text().contains("full"));
}

#[test]
fn a_page_gets_no_question_and_no_trick() {
    for (bytes, expected) in [
        (&b"a\x1b[cb\x1b[>c\x1b[=c\x1b[5n\x1b[6n\x1b[?6nc"[..], "abc"),
        (b"\x1b]0;title\x07\x1b]2;x\x1b\\y", "y"),
        (b"\x1b]52;c;aGk=\x07\x1b]52;c;?\x07z", "z"),
        (b"\x1b]10;?\x07\x1b]4;1;?\x07z", "z"),
        (b"\x1bP+q544e\x1b\\\x1bP$qm\x1b\\z", "z"),
        (b"\x1b[18t\x1b[14t\x1b[21t\x1b[22t\x1b[8;5;5tz", "z"),
        (b"\x1b[>q\x1b[?u\x1b[>1u\x1b[<u\x1b[?2004$p\x1b[0xz", "z"),
        (b"\x05\x1b]7;file:///x\x07z", "\x05z"),
        (b"\x1b]8;;javascript:x\x07z", "\x1b]8;;\x1b\\z"),
        (b"\x1b[?3h\x1b[?5h\x1b[?1005h\x1b[?2h\x1b<z", "z"),
        (b"\x1b[?1;25;77h", "\x1b[?1h\x1b[?25h"),
        (
            b"\x1b]1337;File=:\x07\x1b]9;x\x07\x1b]777;notify;a;b\x07z",
            "z",
        ),
        (b"x\x1b[65000b", "x\x1b[16000b"),
    ] {
        assert_eq!(shown(bytes), expected, "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_page_gets_no_links_without_end() {
    let mut bytes = Vec::new();
    for number in 0..50_000 {
        bytes.extend(format!("\x1b]8;;https://{number}.example\x07x\r").into_bytes());
    }
    for begin in ["", "\x1b[?1049h", "\x1bc", "\x1b[2J"] {
        let mut terminal = Terminal::new(Size::default(), 10_000);
        let mut output = Output::default();
        for _ in 0..3 {
            terminal.push(begin.as_bytes(), &mut output);
            terminal.push(&bytes, &mut output);
        }
        let page = String::from_utf8(output.page).unwrap();
        let links = page.split('\x1b').filter(|each| each.starts_with("]8;id="));
        let links: BTreeSet<&str> = links.collect();
        assert!(
            (1000..6000).contains(&links.len()),
            "{begin:?}: {}",
            links.len()
        );
        assert_eq!(page.matches("x\r").count(), 3 * 50_000);
    }
}

#[test]
fn a_reset_clears_the_lines_first_as_links_go_with_their_lines() {
    let clear = "\x1b[2J\x1b[3J\x1bc";
    assert!(shown(b"x\x1bc").contains(clear));
    let (terminal, _) = with(Size::default(), b"x");
    let repaint = String::from_utf8(terminal.repaint().1).unwrap();
    assert!(repaint.contains(clear));
    let screen = String::from_utf8(terminal.screen()).unwrap();
    assert!(screen.contains("\x1b[2J"));
}

#[test]
fn questions_are_answered_here() {
    assert_eq!(answer_to(b"\x1b[c"), "\x1b[?1;2c");
    assert_eq!(answer_to(b"\x1b[>c"), "\x1b[>0;276;0c");
    assert_eq!(answer_to(b"\x1b[5n"), "\x1b[0n");
    assert_eq!(answer_to(b"\x1b[3;7H\x1b[6n"), "\x1b[3;7R");
    assert_eq!(
        answer_to(b"\x1b[5;10r\x1b[?6h\x1b[2;2H\x1b[?6n"),
        "\x1b[?2;2R"
    );
    assert_eq!(answer_to(b"\x1b[18t"), "\x1b[8;24;80t");
    assert_eq!(answer_to(b"\x1b[?2004h\x1b[?2004$p"), "\x1b[?2004;1$y");
    assert_eq!(answer_to(b"\x1b[?9999$p"), "\x1b[?9999;0$y");
    // Never what was sent, a title, a colour, or the clipboard.
    assert_eq!(
        answer_to(b"\x05\x1b[21t\x1b]10;?\x07\x1b]52;c;?\x07\x1bP$qm\x1b\\"),
        ""
    );
}

#[test]
fn events_come_in_order() {
    let (terminal, output) = with(
        Size::default(),
        b"\x1b]0;a\x1b[mb\x07\x1b]2;web1: ~\x07\x1b]7;file://h/srv\x07\x1b]52;c;aGk=\x07\x1b]2;\x07\x07\x07",
    );
    assert_eq!(
        output.events,
        [
            Event::Title(Some("web1: ~".to_owned())),
            Event::Folder("/srv".to_owned()),
            Event::Clipboard("hi".to_owned()),
            Event::Title(None),
        ]
    );
    assert_eq!(terminal.bells(), 2 + 1);
}

#[test]
fn clearing_leaves_the_line_of_the_cursor() {
    let (mut terminal, mut output) = with(Size::new(80, 24), &numbered(0..100));
    terminal.push(b"$ prompt", &mut output);
    terminal.clear();
    assert_eq!(terminal.text(), "$ prompt\n");
    output.answer.clear();
    terminal.push(b"\x1b[6n", &mut output);
    assert_eq!(output.answer, b"\x1b[1;9R");
    assert_same(&terminal, &copy_of(&terminal));
}

#[test]
fn a_new_shell_begins_below_what_was_shown() {
    let (mut terminal, mut output) = with(
        Size::new(80, 24),
        b"old\x1b[?1049hvim\x1b[?1003h\x1b[?25l\x1b[31m\x1b]0;unfinished",
    );
    terminal.begin_anew(&mut output);
    terminal.push(b"new", &mut output);
    assert_eq!(terminal.text(), "old\nnew\n");
    let repaint = String::from_utf8(terminal.repaint().1).unwrap();
    assert!(repaint.contains("\x1b[?25h") && !repaint.contains("\x1b[?1003h"));
}

#[test]
fn erasing_the_screen_adds_nothing_to_the_scrollback() {
    let (terminal, _) = with(Size::new(80, 24), b"a\r\nb\x1b[2J\x1b[Hc");
    assert_eq!(terminal.text(), "c\n");
    let (terminal, _) = with(
        Size::new(80, 24),
        &[&numbered(0..100)[..], b"\x1b[3J"].concat(),
    );
    assert_eq!(terminal.text().lines().count(), 23);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_bytes_are_survived_and_repainted(
        parts in prop::collection::vec(prop_oneof![
            prop::collection::vec(any::<u8>(), 0..12),
            "\\PC{0,30}".prop_map(String::into_bytes),
            "\x1b\\[[?>]?[0-9;]{0,8}[@-z]".prop_map(String::into_bytes),
            "\x1b[()#]?[0-9A-Zc=>78]".prop_map(String::into_bytes),
            Just(b"\r\n".to_vec()),
        ], 0..120),
        columns in 2u16..120, rows in 1u16..40, later_columns in 2u16..120, later_rows in 1u16..40,
    ) {
        let mut terminal = Terminal::new(Size::new(columns, rows), 50);
        let mut output = Output::default();
        for (index, part) in parts.iter().enumerate() {
            terminal.push(part, &mut output);
            if index == parts.len() / 2 {
                terminal.resize(Size::new(later_columns, later_rows));
            }
        }
        let _ = terminal.screen();
        let _ = terminal.text();
        let page = String::from_utf8(output.page).unwrap();
        prop_assert!(!page.contains("\x1bP") && !page.contains("\x1b]52") && !page.contains("\x1b[c"));
    }
}
