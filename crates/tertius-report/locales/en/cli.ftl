cli-no-case = “{ $case }” is neither a folder nor a bundled case. Bundled: { $known }.
cli-not-read = { $case } was not read: mend the errors above ({ $n }), then run `tertius check` again.
cli-not-ours = { $path } exists and was not written by tertius: choose another place with --out, or move it away.
cli-holds-case = { $path } holds the case that is read: choose another place with --out.
cli-holds-other = { $path } holds { $file }, which tertius did not write and would lose: move it away, or choose another place with --out.
cli-output-lost = Not all of the output could be written: { $reason }
cli-no-place = { $path } is no place for a folder: name one with --out.
cli-not-written = { $path } could not be written: { $reason }
cli-reading-failed = The reading failed, which is a fault of the program: { $reason }. Please report it with the case.
cli-no-figures = This build draws no figures: build it with the feature “figures”, as it is by default.
cli-uncovered = Figures have characters that the bundled font lacks; on a machine without a font for them they show as boxes: { $characters }
cli-figure-left-out = Figure “{ $figure }” is left out of the folder: { $reason }
cli-fast-fragility = --fast and --fragility do not go together: which rows carry a label is looked for in the draws of a full reading. Leave one of the two out.
cli-watch-folder = --watch needs a folder: a bundled case does not change.
cli-no-source = “{ $key }” is no source of this case: `tertius cite CASE --sources --style bibtex` lists the keys.
cli-no-month = { $month } is not among the months read, { $from } to { $to }.
cli-no-role = “{ $role }” is no role of the catalogue; it has { $known }.
cli-exists = { $path } exists already and is not empty: choose another place, or run `tertius check { $path }` if it is your case.
cli-no-state = “{ $code }” is no state: write an ISO 3166 alpha-3 code, present or gone (JPN, USA, SUN), or a name (“South Korea”).
cli-no-state-but = “{ $code }” is no state: write an ISO 3166 alpha-3 code or a name; meant is most likely { $meant }
cli-bad-month = “{ $month }” is no month: write YYYY-MM, for instance 2014-03, or a year.
cli-not-three = Ally, patron and rival must be three different states.
cli-not-after = The last month, { $to }, is before the first, { $from }.
cli-no-answer = { $flag } missing, and there is no terminal to ask at. For instance: tertius new { $path } --ally NOR --patron USA --rival RUS --from 1992-01 --to 2023-12
cli-bad-name = The folder's name becomes the case's id, which has at most 64 letters, digits and hyphens: choose a shorter one.
cli-new-made = { $path }: a case with empty tables (id { $id }). Next:
    1. case.toml: name the alliance and when it began; choose the issues
    2. sources.bib: one entry a source; acts.csv: one row an act, with the key of its source
    3. tertius check { $path }
    4. tertius read { $path }, then: tertius explain { $path } --at { $at }
    How rows are coded: docs/codebook.md. A whole case to look at: tertius read japan-russia
cli-ask-ally = Weaker ally (a name, or an ISO code such as JPN):
cli-ask-patron = Its patron:
cli-ask-rival = The patron's rival:
cli-ask-from = First month (YYYY-MM):
cli-ask-to = Last month (YYYY-MM):
cli-step-interests = measuring interests
cli-step-roles = reading roles
cli-step-evidence = taking evidence apart
cli-step-sensitivity = reading under other choices
cli-step-report = drawing the report
cli-step-figures = writing figures
coders-none = No row was coded twice: put second codings into codings/.
coders-head = Of the rows that two coders coded: the share on which all agree, and Krippendorff's alpha with its 95% interval.
coders-differ = Where they differ
owed-framework = The framework
owed-program = The program
owed-data = Data and works that series rest on
owed-published = Readings set beside this one
owed-methods = Methods
owed-sources = Sources of the record
cli-step-issues = reading issues by themselves
cli-step-fragility = looking for the rows that a label rests on
cli-out-is-input = { $path } is read in this run: write to another file
cli-new-example = { $path }: an example, of some twenty rows of the bundled case of Japan. They show the form and are no record to read from. Next: tertius check { $path }, then put your own in their place.
cli-figures-written = { $path }: { $n } drawings, each as SVG and PNG, in two widths, and captions.txt
cli-notes = { $n ->
    [one] 1 note
   *[other] { $n } notes
} on { $rows ->
    [one] 1 row or value that is
   *[other] { $rows } rows and values that are
} left out or only looked back to: `tertius check { $case }` shows { $n ->
    [one] it
   *[other] them
}
cli-as-of-late = --as-of { $month } is after { $last }, the last month read: what became known since is used too, and { $hidden ->
    [0] nothing is hidden
    [one] 1 row is hidden
   *[other] { $hidden } rows are hidden
}.
