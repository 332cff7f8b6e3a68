diagnostic-missing-file = { $file } is not there; { $sort ->
    [series] case.toml declares it: put the file in, or take the series out
   *[other] every case has it
}
diagnostic-unreadable-file = { $file } is there and cannot be read: { $reason }
diagnostic-absent-table = { $file } is not there: nothing of its kind is read
diagnostic-not-utf8 = { $encoding ->
    [cut] The file ends in the middle of a character: it seems cut short. Take it anew from where it is whole (or, if it is whole, save it as UTF-8)
   *[other] The file is not UTF-8 (it looks like { $encoding }): save it as UTF-8
}
diagnostic-not-csv = The file cannot be read as CSV: { $reason ->
    [empty-file] there is nothing in it
    [unterminated-quote] a quotation mark is opened and never closed
    [text-after-quote] a cell goes on after its closing quotation mark
   *[other] { $reason }
}
diagnostic-ragged-row = The row has { $cells } cells, the header { $columns }: { $divided ->
    [semicolons] semicolons divide the cells here, so that a list with semicolons must stand in quotation marks ("USA;AUS")
    [tabs] look for a tab or a quotation mark too many
   *[other] look for a comma or a quotation mark too many
}
diagnostic-missing-column = The column { $column } is not there{ $near ->
    [yes] ; checked in its place, and to be renamed: { $nearest }
   *[no] {""}
}
diagnostic-unknown-column = Nobody reads the column { $column }{ $near ->
    [yes] ; nearest known: { $nearest }
   *[no] {""}
}
diagnostic-duplicate-column = The column { $column } is there twice: keep one
diagnostic-empty-table = The table has no rows
diagnostic-not-toml = The file cannot be read as TOML: { $reason }
diagnostic-unknown-key = Nobody reads the key { $column }{ $near ->
    [yes] ; nearest known: { $nearest }
   *[no] {""}
}
diagnostic-wrong-schema = The case says { $value }; this program reads { $expected }
diagnostic-bad-id = “{ $value }” cannot be an id: use letters, digits, hyphens and underscores
diagnostic-duplicate-id = { $value } is there twice, first at { $first }: give one a new id
diagnostic-actor-twice = { $value } stands in two positions: ally, patron and rival are three
diagnostic-actor-taken = { $value } is the code of a state: choose another
diagnostic-empty-span = The span ends ({ $to }) before it begins ({ $from })
diagnostic-long-span = The span has { $months } months; { $most } at most
diagnostic-as-of-before-span = The as-of month { $value } is before the span begins ({ $from })
diagnostic-unknown-catalogue = There is no role catalogue { $value }; there are { $allowed }
diagnostic-empty-cell = { $column } is empty and must not be
diagnostic-unknown-actor = { $value } is no code of a state and no declared actor{ $near ->
    [yes] ; meant is most likely { $nearest }
   *[no] {""}
}
diagnostic-bad-date = “{ $value }” is no date of the form { $expected }
diagnostic-no-such-date = { $value } is not in the calendar
diagnostic-date-reversed = { $value } ends before it begins
diagnostic-date-too-coarse = { $value } is too coarse: a month or a day is needed
diagnostic-not-a-number = “{ $value }” is no number
diagnostic-out-of-range = { $bounds ->
    [low] { $value } is below { $low }
    [high] { $value } is above { $high }
   *[both] { $value } is outside { $low } to { $high }
}
diagnostic-not-one-of = “{ $value }” is none of { $allowed }
diagnostic-unknown-class = The catalogue has no class { $value }{ $near ->
    [yes] ; nearest: { $nearest }
   *[no] {""}
}
diagnostic-unknown-issue = The case declares no issue { $value }; it has { $allowed }
diagnostic-unknown-coder = The case declares no coder { $value }; it has { $allowed }
diagnostic-no-source = The row cites no source: nothing enters without one
diagnostic-unknown-source = { $value } is not in sources.bib{ $near ->
    [yes] ; nearest: { $nearest }
   *[no] {""}
}
diagnostic-checked-without-proof = The row says checked, but has no quotation or no locator
diagnostic-long-quote = The quotation has { $words } words; { $most } at most
diagnostic-markup-in-text = The text has markup or control signs, shown as they stand: { $value }
diagnostic-own-gain-unproven = An own gain needs { $expected }; it has “{ $value }”
diagnostic-wrong-actor = { $class } is a class of { $expected }, not of { $value }
diagnostic-outside-alliance = { $value } lies outside the alliance ({ $since } to { $until })
diagnostic-known-before-date = Known from { $value }, before it happened ({ $date })
diagnostic-outside-coalition = { $value } is not of the patron’s coalition ({ $allowed })
diagnostic-half-answer = An answer needs both a date and a grade
diagnostic-answer-before-measure = The answer ({ $answer }) is before the measure ({ $measure })
diagnostic-grade-date-order = The grade’s date { $value } is not within { $from } to { $to }
diagnostic-bounds-order = The bounds { $low } and { $high } do not hold { $value }
diagnostic-expectation-not-patrons = An expectation is the patron’s ({ $expected }), not of { $value }
diagnostic-both-streams = { $value } stands on both sides, first at { $first }: what explains may not show
diagnostic-rule-indicator-not-condition = The rule takes { $value }: declare it a condition
diagnostic-undeclared-series = case.toml does not declare { $file }: it is not read
diagnostic-panel-unanswered = The panel { $value } gives no series: { $kind ->
    [no-third] name the fourth state as { $detail }
    [no-state] { $detail } is no state in the months of the case
    [not-here] the dataset { $detail } is not in the data folder (`tertius data show { $detail }` says where to get it)
    [unreadable] { $detail }
    [and-file] the series has the file { $detail } too: keep one
    [unknown] there is none of that name{ $near ->
        [yes] ; nearest: { $detail }
       *[no] {""}
    }
   *[other] { $kind }: { $detail }
}
diagnostic-duplicate-period = { $value } has two values, first at { $first }
diagnostic-coverage-contradiction = Coverage of { $value } says both yes and no, first at { $first }
diagnostic-no-coverage = Where nothing is recorded of these it says nothing, for no coverage row speaks of them: { $value }
diagnostic-coding-of-nothing = There is no row { $value } to code a second time
diagnostic-coding-by-the-same = { $coder } has coded { $value } already: a second coding is by another coder
diagnostic-not-bib = The bibliography cannot be read: { $reason ->
    [too-long] written out, it is longer than any bibliography
    [field-too-long] a field grows beyond measure when it is written out
    [braces-too-deep] more braces stand within each other than any title has
   *[other] { $reason }
}
diagnostic-source-incomplete = { $value } lacks { $lacks ->
    [url] a place where a reader finds it: a url, a doi or eprint, or a journal, book, publisher or institution
   *[other] its { $lacks }
}
diagnostic-source-unused = No row cites { $value }
diagnostic-unknown-option = There is no option { $value }{ $near ->
    [yes] ; nearest: { $nearest }
   *[no] {""}
}
diagnostic-options-disagree = rule.overlap ({ $overlap }) is above rule.divergence ({ $divergence }): interests cannot overlap where they conflict
diagnostic-hidden-rows = { $what ->
    [answers] Answers given or grades reached after { $as-of } are hidden: { $count } (row { $rows })
    [values] Values of series not known by { $as-of } are hidden: { $count } ({ $rows })
   *[rows] Rows not known by { $as-of } are hidden: { $count } (row { $rows })
}
diagnostic-outside-span = { $side ->
    [before] Rows dated before { $month }, the first month read: { $count } (row { $rows }). They are known beforehand, and no month is read from them
   *[after] Rows dated after { $month }, the last month read: { $count } (row { $rows }). Nothing is read from them
}
diagnostic-nothing-to-read = The span has no act of the ally: the reading is the prior
diagnostic-unknown-file = Nobody reads this table{ $near ->
    [yes] ; nearest known: { $nearest }
   *[no] {""}
}
diagnostic-too-many-rows = More rows than a record coded by hand can have ({ $most } at most)
diagnostic-wrong-type = { $column } is { $value }, where { $expected } is needed
diagnostic-bad-url = { $value } is no address of the web, and is not linked{ $near ->
    [yes] ; write { $nearest }
   *[no] {""}
}
diagnostic-more-alike = { $count } more of the kind { $kind } in this file
diagnostics-total = { $errors ->
    [one] 1 error
   *[other] { $errors } errors
}, { $warnings ->
    [one] 1 warning
   *[other] { $warnings } warnings
}, { $notes ->
    [one] 1 note
   *[other] { $notes } notes
}
