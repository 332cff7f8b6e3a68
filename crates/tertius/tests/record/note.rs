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

/// What a case says of its coding, and of its framework's source, is the case's own; the catalogue's notes name
/// no state and no year of one case.
#[test]
fn notes_on_one_case_come_from_its_own_files() {
    let title = "title = { en = \"A small case\"";
    let text = |s: &str| format!("{{ en = \"{s}\", zh = \"注\" }}");
    let with = format!(
        "coding = {}\nframework_notes = [{{ id = \"x\", text = {} }}]\n{title}",
        text("By hand"),
        text("Of this case"),
    );
    let noted = Case::valid().toml(title, &with).record().case;
    assert_eq!(noted.coding.get(Lang::En), "By hand");
    assert_eq!(noted.framework_notes[0].text.get(Lang::En), "Of this case");
    let silent = Case::valid().record().case;
    assert!(silent.framework_notes.is_empty() && silent.coding.get(Lang::En).is_empty());
    for note in silent.catalogue.framework_notes() {
        for lang in Lang::ALL {
            let text = note.text.get(lang);
            for of_one_case in ["Japan", "日本", "Russia", "俄罗斯", "2014", "2022"] {
                assert!(!text.contains(of_one_case), "{text}");
            }
        }
    }
}
