//! Files of programs whose formats are not read, told by their first bytes or by what lies in an archive.

/// The program whose file this is, where it is known: its table has to be saved as CSV there first.
pub(super) fn program(bytes: &[u8]) -> Option<&'static str> {
    const STARTS: [(&[u8], &str); 8] = [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"),
        (b"$FL2", "SPSS"),
        (b"$FL3", "SPSS"),
        (b"<stata_dta>", "Stata"),
        (b"RDX2\n", "R"),
        (b"RDX3\n", "R"),
        (b"X\n\0\0", "R"),
        (b"%PDF-", "PDF"),
    ];
    let known = STARTS.iter().find(|(start, _)| bytes.starts_with(start));
    // Before release 13 Stata began with its number, the order of bytes and a type of file that is always 1.
    let old_stata = matches!(bytes, [0x69..=0x73, 1 | 2, 1, ..]);
    known.map(|k| k.1).or(old_stata.then_some("Stata"))
}

/// The program of a file inside a zip archive, by its name; a workbook is itself an archive.
pub(super) fn program_in(name: &str) -> Option<&'static str> {
    const ENDS: [(&str, &str); 8] = [
        ("xl/workbook.xml", "Excel"),
        (".xlsx", "Excel"),
        (".xls", "Excel"),
        (".ods", "LibreOffice"),
        ("meta-inf/manifest.xml", "LibreOffice"),
        (".dta", "Stata"),
        (".sav", "SPSS"),
        (".rdata", "R"),
    ];
    let name = name.to_ascii_lowercase();
    let known = ENDS.iter().find(|(end, _)| name.ends_with(end));
    known.map(|k| k.1)
}
