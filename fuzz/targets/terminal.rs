//! Any bytes as what a terminal's program prints, in pieces and with new sizes between: no panic, the
//! picture holds no control character but line feeds, and a page that is told the picture asks nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use terminal::{Output, Size, Terminal};

fuzz_target!(|input: &[u8]| {
    let [columns, rows, rest @ ..] = input else {
        return;
    };
    let size = |columns: u8, rows: u8| Size::new(u16::from(columns % 100), u16::from(rows % 50));
    let mut terminal = Terminal::new(size(*columns, *rows), 100);
    let mut output = Output::default();
    for piece in rest.chunks(61) {
        terminal.push(piece, &mut output);
        if let [columns, 0x1b, rows, ..] = piece {
            terminal.resize(size(*columns, *rows));
        }
    }
    let text = terminal.text();
    assert!(
        text.chars().all(|c| c == '\n' || !c.is_control()),
        "{text:?}"
    );
    let (_, repaint) = terminal.repaint();
    let mut page = Terminal::new(terminal.size(), 100);
    let mut told = Output::default();
    page.push(&repaint, &mut told);
    assert!(told.answer.is_empty(), "a repaint asks: {repaint:?}");
});
