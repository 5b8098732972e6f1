//! Has the crate built again whenever the page was: files that are new are seen by nothing else.

fn main() {
    println!("cargo::rerun-if-changed=../../ui/dist");
}
