//! What a case says of itself as a whole.

use tertius::vocabulary::Lang;

use crate::case::Case;

/// What a case says of its names is kept in both languages, and may be left out.
#[test]
fn a_case_may_have_a_note_on_names() {
    let title = "title = { en = \"A small case\"";
    let noted = Case::valid().toml(
        title,
        &format!("note = {{ en = \"Names\", zh = \"名称\" }}\n{title}"),
    );
    let note = noted.record().case.note;
    assert_eq!((note.get(Lang::En), note.get(Lang::Zh)), ("Names", "名称"));
    assert_eq!(Case::valid().record().case.note.get(Lang::Zh), "");
}
