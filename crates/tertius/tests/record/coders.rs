//! Second codings set beside the first.

use tertius::findings::{FieldAgreement, agreement};

use super::case::Case;

fn of<'a>(fields: &'a [FieldAgreement], field: &str) -> Option<&'a FieldAgreement> {
    fields
        .iter()
        .find(|f| f.table == "measures" && f.field == field)
}

#[test]
fn answers_are_compared_as_answered_grade_and_month() {
    // The first coder: m1 is answered on 2014-03-18 with grade 3, m2 is not. The second: both are.
    let fields = agreement(&Case::valid().record(), 1);
    let answered = of(&fields, "answered").unwrap();
    assert_eq!((answered.n, answered.metric.as_str()), (2, "nominal"));
    assert_eq!(answered.same, 0.5);
    assert_eq!(
        answered.differ,
        [("m2".to_owned(), vec!["no".to_owned(), "yes".to_owned()])]
    );
    // Coincidences: yes-yes 2, yes-no 2; margins 3 and 1; 1 - 3·2/(2·3·1) = 0.
    assert!(answered.alpha.unwrap().abs() < 1e-12);
    // Where the two disagree whether there is an answer, its grade and month are not compared again.
    let grade = of(&fields, "answer_grade").unwrap();
    assert_eq!((grade.n, grade.metric.as_str()), (1, "ordinal"));
    assert_eq!(grade.same, 0.0);
    assert_eq!(grade.differ[0].1, ["3", "2"]);
    let month = of(&fields, "answer_month").unwrap();
    assert_eq!((month.n, month.same), (1, 1.0));
    // One row of one value: nothing to disagree about.
    assert_eq!(month.alpha, None);
}

#[test]
fn a_field_that_nobody_coded_twice_is_left_out() {
    let lines = "table,id,field,value,coder\nmeasures,m2,answer_grade,4,lm-1\n";
    let record = Case::valid().with("codings/second.csv", lines).record();
    assert_eq!(agreement(&record, 1), []);
}
