//! Every answer of the catalog can be asked of a model: its schema fits every provider's subset,
//! and an answer of a parser passes as a reply would.

use catalog::QUERIES;
use llm::Schema;

#[test]
fn every_answer_fits() {
    let unfit: Vec<String> = QUERIES
        .iter()
        .filter_map(|query| {
            let error = Schema::fit(&catalog::answer_schema(*query)).err()?;
            Some(format!("{}: {error}", query.id()))
        })
        .collect();
    assert!(unfit.is_empty(), "{unfit:#?}");
}
