//! Where the emulator and the xterm of a page would go apart: what is kept here is what the page
//! shows of the bytes it is given, found by comparing the two cell by cell.

use terminal::{Output, Size, Terminal};

const SMALL: (u16, u16) = (10, 4);

fn after(size: (u16, u16), bytes: &str) -> (Terminal, Output) {
    let mut terminal = Terminal::new(Size::new(size.0, size.1), 100);
    let mut output = Output::default();
    terminal.push(bytes.as_bytes(), &mut output);
    (terminal, output)
}

fn utf8(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Row and column of the cursor, from 1.
fn cursor(terminal: &mut Terminal) -> String {
    let mut output = Output::default();
    terminal.push(b"\x1b[6n", &mut output);
    let answer = utf8(output.answer);
    answer
        .trim_start_matches("\x1b[")
        .trim_end_matches('R')
        .to_owned()
}

/// Text and cursor of this screen, and of one that is brought into its state.
#[track_caller]
fn check(size: (u16, u16), bytes: &str, text: &str, place: &str) {
    let (mut terminal, _) = after(size, bytes);
    let repaint = utf8(terminal.repaint().1);
    let (mut copy, _) = after(size, &repaint);
    for terminal in [&mut terminal, &mut copy] {
        let lines = terminal.text().trim_end().replace('\n', "|");
        assert_eq!(
            (lines.as_str(), cursor(terminal).as_str()),
            (text, place),
            "{bytes:?}"
        );
    }
}

fn page(bytes: &str) -> String {
    utf8(after(SMALL, bytes).1.page)
}

fn repaint(bytes: &str) -> String {
    utf8(after(SMALL, bytes).0.repaint().1)
}

#[test]
fn behind_the_last_column() {
    let full = "0123456789";
    for (then, text, place) in [
        // A line feed ends the wait, a tab does nothing, and nothing is to the right.
        ("\nx", "0123456789|         x", "2;10"),
        ("\tx", "0123456789x", "2;2"),
        ("\x1b[Kx", "0123456789x", "2;2"),
        ("\x1b[Jx", "0123456789x", "2;2"),
        ("\x1b[1Kx", "          x", "2;2"),
        ("\x1b[Ix", "0123456789x", "2;2"),
        ("\x1b[Zx", "0123456789x", "2;2"),
        ("\x1bDx", "0123456789|         x", "2;10"),
        ("\x1b[Xx", "012345678x", "1;10"),
        ("\x1b7\x1b8x", "012345678x", "1;10"),
        ("\x1bH\r\tx", "012345678", "1;10"),
    ] {
        let text = if then.starts_with("\x1bH") {
            "01234567x9"
        } else {
            text
        };
        check(SMALL, &format!("{full}{then}"), text, place);
    }
}

#[test]
fn edits_are_those_of_the_page() {
    for (bytes, text, place) in [
        // Only what is above, in each row of them.
        ("aa\r\nbb\x1b[1J", "", "2;3"),
        ("aa\r\nbbb\x1b[2;2H\x1b[1J", "|  b", "2;2"),
        // Lines that are inserted or deleted put the cursor at the start, and add no history.
        ("a\r\nbc\x1b[L", "a||bc", "2;1"),
        ("a\r\nb\x1b[1;2H\x1b[M", "b", "1;1"),
        ("a\r\nb\x1b[S", "b", "2;2"),
        ("a\r\nb\x1b[T", "|a|b", "2;2"),
        // Half of a wide character is none.
        ("漢x\x1b[1;2H\x1b[P", " x", "1;2"),
        ("漢x\x1b[1;2H\x1b[@", "  x", "1;2"),
        ("漢x\x1b[1;2H\x1b[X", "  x", "1;2"),
        ("x漢\x1b[1;3H\x1b[K", "x", "1;3"),
        ("\x1b[2;3r\x1b#8\x1b[2J\x1b[Hx", "x", "1;2"),
    ] {
        check(SMALL, bytes, text, place);
    }
    let (terminal, _) = after(SMALL, "\x1b#8");
    assert_eq!(terminal.text(), "EEEEEEEEEE\n".repeat(4));
}

#[test]
fn moves_mind_the_scroll_region() {
    for (bytes, place) in [
        ("\x1b[2;3r\x1b[3;5H\x1b[9A", "2;5"),
        ("\x1b[2;3r\x1b[2;5H\x1b[9B", "3;5"),
        ("\x1b[2;3r\x1b[4;5H\x1b[9A", "2;5"),
        ("\x1b[2;3r\x1b[1;5H\x1b[9B", "3;5"),
        ("\x1b[2;3r\x1b[1;5H\x1b[9E", "3;1"),
        ("\x1b[2;3r\x1b[?6h\x1b[2;5H\x1b[A", "1;5"),
        ("\x1b[2;3r\x1b[?6h\x1b[2;5H\x1b[3D", "2;2"),
        ("\x1b[2;3r\x1b[?6h\x1b[2;5H\x1b[7G", "2;7"),
        ("\x1b[3;3H\x1b[?6l", "1;1"),
        // Margins that cannot be are none.
        ("\x1b[3;3H\x1b[9;12r", "3;3"),
        ("\x1b[3;3H\x1b[3g\x1b[Z", "3;1"),
    ] {
        assert_eq!(cursor(&mut after(SMALL, bytes).0), place, "{bytes:?}");
    }
}

#[test]
fn the_page_is_told_the_place_where_it_would_move_otherwise() {
    for (bytes, end) in [
        ("\x1b[2;3r\x1b[?6h\x1b[2;5H\x1b[A", "\x1b[1;5H"),
        ("\x1b[2;3H\x1b7\x1b[H\x1b8", "\x1b*B\x1b+B\x1b[2;3H"),
        ("\x1b[2;3H\x1b[s\x1b[H\x1b[u", "\x1b*B\x1b+B\x1b[2;3H"),
        ("ab\x1b[?1049h", "\x1b*B\x1b+B\x1b[1;3H"),
        ("\x1b[4;10H\x1b[1J", "\x1b[2K\r\x1b[1J\x1b[4;10H"),
    ] {
        let page = page(bytes);
        assert!(page.ends_with(end), "{bytes:?}: {page:?}");
    }
}

#[test]
fn what_the_page_would_take_otherwise_does_not_reach_it() {
    for (bytes, expected) in [
        // Its soft reset takes too much, its blinking is the person's, and it knows no 1015.
        ("\x1b[?12h\x1b[?12l\x1b[?45h\x1b[?1015h", ""),
        ("\x1b[?1049l\x1b[9 q\x1b[2:3H", ""),
        ("\x1bc", "\x1b[?1049l\x1b[2J\x1b[3J\x1bc\x1b[20l\x1b[?25h"),
        ("\x1b[38:2:1:2:3m", "\x1b[38:2::1:2:3m"),
        ("\x1b[21m", "\x1b[4:2m"),
        ("\x1b[1;59m", "\x1b[0;1m"),
        ("\x1b(0a_b", "\x1b(0a b"),
        ("\x1b)0_\x0e_\x0f_", "\x1b)0_\x0e \x0f_"),
        ("\x1b[7;9r", ""),
        // 80 or 132 columns: only what goes with it, and only where it was allowed.
        ("\x1b[?3l", ""),
        ("\x1b[?40h\x1b[?3h", "\x1b[r\x1b[?6l\x1b[H\x1b[2J"),
        ("\x1b[2;9r", "\x1b[2;4r"),
        // A repetition, and a mark, only at once behind a character.
        ("a\x1b[3bb\x1b[m\x1b[3b\n\x1b[3b", "a\x1b[3bb\x1b[m\n"),
        (
            "\u{301}e\u{301}\n\u{301}e\x1b[m\u{301}",
            "e\u{301}\ne\x1b[m",
        ),
    ] {
        assert_eq!(page(bytes), expected, "{bytes:?}");
    }
    assert!(!page("\x1b[!p").contains("\x1b[!p"));
}

#[test]
fn attributes_that_the_emulator_does_not_know_are_kept() {
    for (bytes, expected) in [
        ("\x1b[53mx", "\x1b[0;53mx"),
        ("\x1b[1;53;4mx", "\x1b[0;1;4;53mx"),
        ("\x1b[21mx", "\x1b[0;4:2mx"),
        ("\x1b[53;55;3mx", "\x1b[0;3mx"),
    ] {
        let repaint = repaint(bytes);
        assert!(repaint.contains(expected), "{bytes:?}: {repaint:?}");
    }
    let repaint = repaint("\x1b[?1006h\x1b[?1015h\x1b[?2004h\x1b[!p");
    assert!(repaint.contains("\x1b[?1006h") && repaint.contains("\x1b[?2004h"));
}

#[test]
fn a_wrapped_line_with_nothing_in_its_last_row_takes_its_rows() {
    check(
        SMALL,
        "0123456789ab\x1b[2D\x1b[K\r\nx",
        "0123456789||x",
        "3;2",
    );
    check(SMALL, "0123456789a\x1b[2K\r\nx", "0123456789||x", "3;2");
    check(
        SMALL,
        "012345678漢\x1b[1;1H\x1b[2;1Hx",
        "012345678 x",
        "2;2",
    );
    // In the history too.
    let text = "0123456789 \x1b[1K\r\n\n\n\n\n\n\nx";
    check(SMALL, text, "0123456789|||||||x", "4;2");
    let many = format!("{}{}end", "0123456789 \r\n".repeat(600), "\r\n".repeat(5));
    let (terminal, _) = after((10, 4), &many);
    let (copy, _) = after((10, 4), &String::from_utf8(terminal.repaint().1).unwrap());
    assert_eq!(terminal.repaint().0, 1205 + 1 - 4 - 100);
    assert_eq!(copy.text().matches("0123456789").count(), 49);
}

#[test]
fn newline_mode_and_tab_stops() {
    check(SMALL, "\x1b[20hab\ncd", "ab|cd", "2;3");
    let (mut terminal, mut output) = after((20, 4), "\x1b[3g");
    terminal.resize(Size::new(40, 4));
    terminal.push(b"\r\tx", &mut output);
    assert_eq!(cursor(&mut terminal), "1;10");
}

#[test]
fn erasing_the_history_from_the_alternate_screen_leaves_it() {
    let (mut terminal, mut output) = after(SMALL, &"line\r\n".repeat(20));
    terminal.push(b"\x1b[?1049h\x1b[3J\x1b[?1049l", &mut output);
    assert_eq!(terminal.text().lines().count(), 20);
}

#[test]
fn the_line_of_the_cursor_is_cut_by_a_new_size() {
    // As the page does it, since the shell draws it again.
    let (mut terminal, mut output) = after((20, 4), "one\r\n0123456789abcdefghij0123");
    terminal.resize(Size::new(10, 4));
    assert_eq!(terminal.text(), "one\n01234567890123\n");
    assert_eq!(cursor(&mut terminal), "3;5");
    // Lines come back from the history only where the cursor is in the last row.
    terminal.push(b"\x1b[2J\x1b[3J\x1b[H1\r\n2\r\n3\r\n4\r\n5", &mut output);
    terminal.resize(Size::new(10, 5));
    assert_eq!(cursor(&mut terminal), "5;2");
    terminal.push(b"\r\n6\x1b[H", &mut output);
    terminal.resize(Size::new(10, 8));
    assert_eq!(cursor(&mut terminal), "1;1");
    // The alternate screen hides it meanwhile.
    let (mut terminal, mut output) = after((20, 4), "one\r\n0123456789abcdefghij0123\x1b[?1049hx");
    terminal.resize(Size::new(10, 4));
    terminal.push(b"\x1b[?1049l", &mut output);
    assert_eq!(terminal.text(), "one\n01234567890123\n");
}
