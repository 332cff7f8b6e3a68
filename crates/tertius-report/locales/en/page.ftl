page-skip = Skip to the reading
page-contents = Contents
page-table = The same as a table
page-need-script = The drawing needs JavaScript; the table below says the same.
page-made-by = { $program }, seed { $seed }. Same input, same bytes.
page-turning-points = Turning points
page-turning-none = No window of twelve months in which at least half of the sampled paths change the set of roles, at three times the odds of the prior or more.
page-from-to = from { $from } to { $to }
page-came-went = { $came } came and { $went } went; what else was played before and after is left open
page-came = { $came } came; what was played before is left open
page-went = { $went } went; what was played after is left open
page-mixed = the roles changed; which came and which went is left open
page-held = Held for want of a decision in a share of { $share } of the months; last decided { $month }.
page-held-none = No month decided by itself.
page-partings = Why rule and reader part
page-partings-note = In the table: shares of the months in which the rule names a role. A single test that comes out the other way is looked for in each month in which the two part.
page-partings-agree = Of { $n } months in which the rule names a role, both have the same set in a share of { $same } and share a role in { $shares }.
page-fragile = The rows that a label rests on
page-fragile-note = The fewest acts and measures found without which a role's mean probability crosses one half, read again in full without them. A set found step by step bounds the smallest from above.
page-fragile-not = Not looked for in this run: add --fragility.
page-fragile-none = no set of up to { $n } rows
word-deciding = deciding test
word-before = before
word-after = after
word-rows-without = rows
page-penetrations = Issues led by another role
page-penetrations-none = None: no issue was led by another role for three months while the whole did not turn.
page-penetrations-caution = With caution: an issue has few acts of its own. On simulated records most issues truly led by another role for two years were missed, and some were named where there was none.
page-acts = Acts on each issue
page-agreement = Role by role
page-agreement-note = Shares of the months compared; kappa sets off what chance alone would give, and is not given where chance would always agree.
page-evidence = What carries each turn
page-months-apart = The months of the turns themselves
page-published = Beside published readings
page-published-note = Used by nothing here: set beside the reading after it was made. A role counts as read where its mean probability over the period is at least one half. Several roles can be played at once: those of single letters need not sum to 1, the sets below them exclude each other.
page-strain = Role strain
page-strain-note = Distance between what the patron expects and what the ally declares, by windows of twelve months, less what chance alone gives; not given below ten statements a side.
page-strain-value = strain
page-strain-expected = expected
page-strain-declared = declared
page-methods = Methods
page-cite = What to cite
page-data = Data
page-inputs = Files read
page-options = Options
page-coverage = What was searched
page-series = Series
page-coders = Coders
page-diagnostics = Remarks on the record
page-cannot = What this reading cannot tell
page-rows = The rows
page-sources = The sources
page-checked = checked
page-unchecked = not checked
page-cited-by = cited by
page-file-row = { $file }, row { $row }
page-as-of = As of { $month }
page-span = { $from } to { $to }
page-roles = The roles
lead-turns = { $n ->
    [0] No turning point stands out.
    [one] One turning point stands out, in { $month } (90% interval { $from } to { $to }): { $turn }; probability { $against }.
   *[other] Of { $n } turning points the clearest is in { $month } (90% interval { $from } to { $to }): { $turn }; probability { $against }.
}
lead = In { $month } { $ally } (patron: { $patron }; rival: { $rival }) most likely plays { $n ->
    [0] none of these roles
   *[other] { $set } and no other role
}, with probability { $p }. { $several } { $turns }
caution-approximate = Approximate: the fast path takes a few hundred draws, too few for bands, and shows none. A look, not a reading.
caution-unconverged = The chains did not agree: read no number here as final.
methods-text = Roles were read from behaviour alone with a hidden Markov model over sets of { $roles } roles (catalogue “{ $catalogue }”), by { $resolution }, from { $from } to { $to }, with { $acts } of behaviour known by { $asof }. Rows of one episode share weight; months searched in full count silence as evidence; parameters were integrated over { $chains } Markov chains ({ $draws } draws kept; largest Monte Carlo error of a probability { $mc }, largest potential scale reduction { $rhat }). What the framework's rule expects was derived from conditions alone and was not used by the reading. A turning point is a window of twelve months in which at least half of the sampled paths change the set of roles, at three times the odds of paths drawn from the prior or more. { $data } { $options } Computed by { $program } with seed { $seed }.
acts-count = { $n ->
    [one] 1 act
   *[other] { $n } acts
}
cannot-one-case = One triad cannot say whether a role is always played or its acts are merely frequent: bands are wide where the record leaves this open.
cannot-together = When two roles are played at once, following and balancing above all, both tend to be under-read.
cannot-cause = The reading finds no cause. What goes with a turn is not what brought it about.
cannot-intent = It reads what was done and said on the record, not what was meant.
cannot-direction = The reading has one direction: a balancer is seen by what it does toward the rival and by what it holds back of its patron's measures (the framework's B+). Being harder on the rival than the patron, B−, has no acts of its own in the catalogue and cannot be read: where rule and reader stand side by side, a balancer read is B+, and is no answer to a rule that says B−.
cannot-unchecked = { $n ->
    [0] Every row was read in its source.
    [one] 1 row was not read in its source.
   *[other] { $n } rows were not read in their sources.
}
cannot-coverage = Where nothing was searched in full, silence says nothing, and what is not on record may still have happened.
cannot-hidden = { $n ->
    [0] The as-of month hides no row.
    [one] The as-of month hides 1 row.
   *[other] The as-of month hides { $n } rows.
}
replacement-onset = onset
replacement-ended = end
replacement-added = roles added
replacement-shed = roles shed
replacement-replaced = replacement
replacement-partial = partial change
replacement-alternation = alternation
replacement-unresolved = unresolved
composition-merging = merging
severity-error = error
severity-warning = warning
severity-note = note
terminal-legend = { $low } to { $high }: probability 0 to 1{ $months ->
    [one] .
   *[other] , the mean of { $months } months a cell.
} Rule: ■ expects, ▒ only holds what it expected before, ▫ allows. At the end: the last month. The roles:
terminal-rule = rule
terminal-turns = Turning points
page-flags = What to know of some months
terminal-published = Beside published readings
terminal-more = the rest, { $n ->
    [one] 1 row or silence:
   *[other] { $n } rows and silences:
}
terminal-log-odds = probability { $p }, log-odds { $x }
page-strain-table = Month by month
replacement-returned = return
composition-single = single role
flag-volume-dependent = { $role } rests on counting silence: without it the probability differs
flag-psi-dependent = { $role } and { $other } together: the probability differs with the terms for pairs of roles
flag-mode-split = { $role }: the chains disagree, and the record does not say whether it is always played or its acts are merely frequent
flag-inseparable = { $role } and { $other } cannot be told apart (posterior correlation)
page-explain = What carries any other month:
page-copy = copy
page-copied = copied
page-behind = Positions behind the overlaps
page-behind-note = For each issue, months that rest on the same rows, with the first and the last value over them. A position counts half as much after six months, so that values drift where no row is new.
page-framework = What the framework's source leaves open
page-framework-note = Contradictions and gaps of the work that the framework is taken from, and what is made of them here.
page-flags-none = No month has a flag.
page-flags-all = Every flag that a month can have
page-methods-note = A paragraph to paste into a paper, in both languages.
page-cite-note = A paper that uses this reading cites the framework, the program, and the data that it draws on; whoever writes on the method cites its works. Sources of single rows stand below.
page-series-note = Every value with its sources:
rule-flag-out-of-scope = The rule does not speak of the month: no alliance, or the ally is not the weaker one
rule-flag-indeterminate = Divergence lies between the rule's two borders, and there is no earlier branch to hold
rule-flag-unknown-input = The rule names no role: an input that decides is unknown
rule-flag-unattested = The rule allows a combination that the framework's source never discusses
rule-flag-ambition-opposed = The ally has ambitions of its own that the patron does not welcome: no exploiter is expected
rule-flag-ceiling-binds = The alliance's ceiling binds: the ally could not deviate as far as it would choose
page-inputs-note = Every file with its fingerprint
page-rows-paper = On paper stand the rows that carry the turning points, and their sources. All others are in the page and in the case's tables.
page-rows-all = print every row and source
terminal-pair = { $name }: { $value }
terminal-semicolon = ;_
coded-join = _
coded-untold = Nobody told who coded this record: its files name no coder of any row.
coded-people = { $rows } rows of this record were coded by { $people ->
    [one] one person
   *[other] { $people } persons
}.
coded-models = { $rows } rows of this record were coded by { $models ->
    [one] a language model
   *[other] { $models } language models
}, none by a person.
coded-both = Of { $rows } rows { $bypeople } were coded by { $people ->
    [one] a person
   *[other] { $people } persons
} and { $bymodels } by { $models ->
    [one] a language model
   *[other] { $models } language models
}.
coded-some-untold = { $n ->
    [one] Of one row nobody told who coded it.
   *[other] Of { $n } rows nobody told who coded them.
}
coded-no-caveat = The case's files do not say how far another coder would move what is read.
methods-data = Series of conditions rest on { $list }.
methods-no-data = No series of the case rests on a published data set.
methods-options = Settings other than the program's defaults: { $list }.
methods-defaults = All settings are the program's defaults.
page-turns-note = Prior: how often paths drawn without any evidence change in the same months. A turn is told at three times the odds of the prior or more.
page-turns-known = Known from: the first month whose record, as it stood then, shows the turn. Where that is after the turn’s own month, its evidence came later.
page-turns-untold = { $n ->
    [0] {""}
    [one] In one more window at least half of the paths change, at less than that: it is not told.
   *[other] In { $n } more windows at least half of the paths change, at less than that: they are not told.
}
turn-against-prior = { $p } (prior { $prior })
turn-known-from = Its evidence came later: what was on record by a given month shows it only from { $month } on.
turn-known-never = Only seen looking back: what was on record by each month never showed it.
lead-several = Several roles can be played at once: each by itself has { $each }{ $n ->
    [0] .
   *[other] ; the next likeliest of what is played together are { $others }.
}
lead-nothing = Nothing was read. From { $from } to { $to } the record has no act of { $ally }, no measure to answer, no series of behaviour and no month searched in full: every probability below is the prior, what is assumed before any record.
lead-next-to-nothing = Next to nothing was read. What the record has to read from ({ $acts ->
    [one] 1 act
   *[other] { $acts } acts
}, { $measures ->
    [one] 1 measure
   *[other] { $measures } measures
}, { $values ->
    [one] 1 value of a series
   *[other] { $values } values of series
}, { $searched ->
    [one] 1 month searched in full
   *[other] { $searched } months searched in full
}) moves no role in any month to three times its prior odds, or to a third of them; the furthest is { $role } in { $month }, by a factor of { $factor }. What stands below is in essence the prior, what is assumed before any record.
terminal-role = { $letter } { $name }: { $gloss }
page-verdict-line = { $period }: published { $published } ({ $source }); read here { $ours } ({ $p }). { $verdict }
verdict-same = { $n ->
    [0] Both read none of these roles.
   *[other] Both read { $same }; no role parts them.
}
verdict-parts = { $n ->
    [0] They part: { $apart }.
   *[other] Both read { $same }; they part: { $apart }.
}
verdict-published-alone = { $role } is published, and has { $p } here
verdict-ours-alone = { $role } has { $p } here, and is not published
terminal-more-kind = { $kind }, { $n }: { $x }
kind-answers = answers to measures
kind-values = values of series
kind-silent = months with nothing more found
kind-unanswered = months of measures unanswered
kind-others = all others
terminal-fragile = { $from } – { $to } { $role }: { $before } as read, { $after } without { $n ->
    [one] row { $rows }
   *[other] { $n } rows: { $rows }
}
terminal-firm = { $n ->
    [one] One other label stands
   *[other] { $n } other labels stand
} without any set of up to { $most } rows that was found.
parting-line = { $named ->
    [0] From { $from } to { $to }
   *[other] { $period } ({ $from } to { $to })
}: in { $parted } of { $compared } months the two part; most often the rule says { $rule }, and { $reader } is read. { $why }
parting-test = In a share of { $share } of these months the rule would have said { $gives } too, had { $input } been { $side ->
    [0] below
   *[other] above
} { $threshold }; closest in { $month }, at { $value } (90% interval { $band }){ $rest ->
    [0] .
   *[other] ; in a share of { $left } no single condition would do.
}
parting-no-test = No single condition would bring the rule to what is read: several would have to be otherwise.
input-d = divergence
input-a = the patron's share of the pair's capabilities
input-c = the fit of the ally's ambition with what the patron expects
input-m = the ally's ambition
input-k = the ally's capacity
input-b = what the patron asks the ally to carry
