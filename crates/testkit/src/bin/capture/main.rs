//! Captures fixtures for the catalog: runs exactly what a variant runs on the lab's real servers
//! and writes down what they print. It changes nothing there.
//!
//! `capture [--host HOST] [--user USER] [--query ID] [--variant NAME] [--args JSON] [--label LABEL]
//! [--absent]`. Without options: every query that takes no arguments, with every variant whose
//! needs are met, as root, on one host of each family; the label is the host's family. `--absent`
//! also runs variants whose needs are not met, to capture how they fail.

mod fixture;
mod options;

use std::error::Error;

use catalog::{AnyQuery, QUERIES, ServerFacts};
use fixture::Fixture;
use options::Options;
use testkit::{
    client::Client,
    lab::{Host, Lab},
};

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::read(std::env::args().skip(1))?;
    let lab = Lab::find().ok_or("there is no lab")?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    for host in options.hosts(&lab.hosts)? {
        runtime.block_on(capture_host(lab, host, &options))?;
    }
    println!("now: UPDATE_GOLDEN=1 cargo test -p catalog --test golden, and read the difference");
    Ok(())
}

async fn capture_host(lab: &Lab, host: &Host, options: &Options) -> Result<(), Box<dyn Error>> {
    let server = Client::connect(lab, host, &options.user).await?;
    let facts = server.facts().await?;
    let wanted =
        |query: &&&dyn AnyQuery| options.query.as_deref().is_none_or(|id| id == query.id());
    for query in QUERIES.iter().filter(wanted) {
        match query.prepare(&options.args) {
            Ok(_) => capture_query(&server, &facts, host, *query, options).await?,
            Err(reason) => println!("{}: skipped: {reason}", query.id()),
        }
    }
    Ok(())
}

async fn capture_query(
    server: &Client,
    facts: &ServerFacts,
    host: &Host,
    query: &dyn AnyQuery,
    options: &Options,
) -> Result<(), Box<dyn Error>> {
    let prepared = query.prepare(&options.args)?;
    for (index, (name, needs)) in query.variants().into_iter().enumerate() {
        let wanted = options
            .variant
            .as_deref()
            .is_none_or(|variant| variant == name);
        if !wanted || !(options.absent || needs.met_by(facts)) {
            continue;
        }
        let source = prepared.source(index).ok_or("a variant without a source")?;
        let fixture = Fixture {
            query: query.id(),
            variant: name,
            label: options.label.as_deref().unwrap_or(&host.family),
            args: &options.args,
            output: server.run(&source).await?,
        };
        println!("{}", fixture.write()?);
    }
    Ok(())
}
