measure-none = There is no measure “{ $name }”; there are: { $known }
measure-not-here = The dataset { $dataset } is not in the data folder { $folder }: run `tertius data fetch { $dataset }`
measure-by-hand = The dataset { $dataset } is not in the data folder { $folder } and must be downloaded by hand: get { $file ->
    [FILE] its file
   *[other] { $file }
} from { $url }, then run `{ $add }`
measure-no-state-but = “{ $name }” is no state of those years by code or name; meant is most likely { $meant }
measure-not-after = The last year, { $to }, is before the first, { $from }.
measure-flag-not = { $flag } means nothing to { $name }: leave it out.
measure-no-pair = “{ $pair }” is no pair: write the state that stands higher, a comma, and another (USA,RUS).
measure-no-seat = { $name } has no seat in these votes.
measure-starts-untried = One climb found these points: whether others would find the same is not known (--starts 5 tries it).
measure-starts-agree = All { $n } starts ended at the same points.
measure-starts-lower = Of { $n } starts { $climbs } ended at other points, the best of them { $by } nats lower: the points told are the likelier ones.
measure-starts-differ = Of { $n } starts { $climbs } ended at other points that are as likely: these points hang on where the climb began. Do not rest on them.
measure-sign-arbitrary = No pair of states fixes the sign: which end is which is arbitrary (--above HIGHER,LOWER fixes it).
measure-sign-anchored = The sign is fixed by pairs of states, which stand as they should in { $agreeing } of { $seen } sessions.
measure-set-aside = { $file }: { $aside } of { $rows } rows were set aside.
measure-no-state = “{ $name }” is no state: write an ISO 3166 alpha-3 code of its time (JPN, SUN) or its name (“Japan”, 日本).
measure-not-then = “{ $code }” names no state in { $from } to { $to }; it does { $windows }. Choose years within that, or the code of those years (RUS, or SUN before 1992).
measure-three-states = This measure is of three states: `tertius measure NAME ALLY PATRON RIVAL`, for instance JPN USA RUS; measures of all states take none (`tertius measure --list`).
measure-no-issue = { $issue } is no issue of the data: { $issues }.
measure-no-issues = --issue needs the roll calls of the catalogue: a file of your own says of no roll call what it is about.
measure-only-votes = --issue, --votes and --by session are of votes: alliances have years alone.
measure-nothing-divides = No roll call of those asked for divided the voters: there is no line on which they stand.
measure-not-converged = The ideal points had not settled after { $steps } steps: take them as approximate.
measure-needs-third = { $name } takes a fourth state beside the three: name it with --third STATE (a case names it by `third` in case.toml).
measure-about-pairs = all pairs of states
measure-about-states = all states
measure-about-triad = a triad
measure-about-triad-or-pairs = a triad, or all pairs of states
measure-power-of-alliances = Capabilities weigh the states allied with: --weights power needs --on alliances. For votes name a table with the columns rcid and weight.
measure-salience-of-votes = A table of weights is of roll calls: leave out --on alliances, or take --weights power.
