figure-river-title = Probability of each role, month by month
figure-river-caption = Line: probability that the role is played, given the whole record. { $bands } Several roles can be played at once, so they need not sum to 1. Ticks at the foot: acts that speak for the role. Dashed rules: turning points, on their 90% intervals in grey. The strip below says which roles the rule expects from conditions alone, which the reading does not use: full bar, expected by the month itself; hollow bar, only held from an earlier month, since divergence lies between the rule's two thresholds; thin line, allowed by the intervals of its inputs.
figure-river-strip = The rule, by conditions: ■ expected, □ held, – allowed
figure-plane-title = Interests and tension: the ally's path
figure-plane-caption = Each step is a month, as known before the month; dots mark each January with the 90% interval of the overlap. Shaded: where the rule's first test puts a month, by its own thresholds. The axes are cut to the part in which the path lies.
figure-plane-x = overlap of the interests of ally and patron (0 none, 1 full)
figure-plane-y = tension of patron and rival (−1 warm, 1 hostile)
figure-plane-time = year
figure-plane-conflict = conflict of interests
figure-plane-between = between
figure-plane-overlap = overlap
figure-triangle-title = The triangle between turning points
figure-triangle-caption = Means over each period, from −1 to 1. Ally and patron: overlap of interests, stretched to that range. Ally and rival: the ally's preferred posture on the rival, weighted by salience. Patron and rival: their relation, or the patron's preferred posture where the case has no such series. The wider a line, the stronger the tie. All three are conditions; none is read from the acts that show roles.
figure-triangle-friendly = friendly
figure-triangle-hostile = hostile
figure-triangle-unknown = unknown
figure-heat-title = Overlap of interests, issue by month
figure-heat-caption = One minus half the distance between what ally and patron want, as known before each month; darker is less overlap. Overlaps crowd near 1: shades change at one half, at the rule's two borders and at nine tenths, not in even steps. The line of the issues together weighs them by joint salience, and is what the rule takes. Dashed outlines: unknown, which is not zero. The thin strip under a line over the rival is the same overlap in hindsight, from what came later too: for display, nothing rests on it.
figure-waterfall-title = Evidence for { $role } in { $month } (probability { $p })
figure-waterfall-caption = From the prior to the log-odds of the role, part by part: blue toward the role, orange away from it, grey the sum. A row of any month may bear on this one. The parts sum exactly. Click a bar or its label for the row and its source.
figure-waterfall-x = log-odds, in nats
figure-change-title = { $role }, { $from } to { $to }: probability { $p } to { $q }
figure-change-at = log-odds in { $month } (probability { $p })
figure-change-caption = What moved the role over the interval of a turn: from its log-odds in the last month before the interval (grey, at the head) to those in its last month (grey, at the foot), part by part: blue toward the role, orange away from it. The month of a turn is the median of the paths that change: about half of them have changed by then, so that its own probability mixes before and after; the two ends are set against each other instead. A row of any month may bear on both. The parts sum exactly. Click a bar or its label for the row and its source.
figure-issues-title = Roles issue by issue
figure-issues-caption = Read from acts on the issue alone, pooled with the whole and never feeding back into it: depth of colour is the probability of the role (F, B, E, P as above) on that issue. In ink below it, for issues over the rival, what the rule says of the issue by its own gap: full, expected by the month itself; hollow, only held from an earlier month; thin, allowed by the intervals. Outlined colour: another role than those of the whole leads the issue. Issues with fewer than ten acts and measures stand in the table alone. Click an issue for its acts.
figure-issues-head = { $issue }: { $acts ->
    [one] 1 act
   *[other] { $acts } acts
}{ $measures ->
    [0] {""}
    [one] , 1 measure
   *[other] , { $measures } measures
}
figure-compliance-title = The patron's measures and the ally's answers
figure-compliance-caption = Above: measures of the patron and its coalition against the rival, by the quarter in which they were taken, and the highest grade of the ally's answer as known by the as-of month. Below: compliance, the share of all grades so far that the ally has joined, worth less the later it joined (by a factor e in 90 days); drawn, and evidence for nothing. The table has every measure with its answer.
figure-compliance-measures = Measures by quarter
figure-compliance-line = Compliance up to the month, 0 to 1
figure-compliance-full = answered by the same grade or a higher one
figure-compliance-lower = answered by a lower grade
figure-compliance-none = not answered
figure-waterfall-prior = prior
figure-waterfall-parameters = averaging over parameters
figure-waterfall-total = log-odds
figure-waterfall-silence = { $month }: nothing more found in a full search
figure-waterfall-unanswered = { $month }: { $what } unanswered
figure-waterfall-rest = { $n ->
    [one] one more
   *[other] { $n } more
}
figure-rule-title = Rule and reader, month by month
figure-rule-caption = The rule takes conditions alone, the reader behaviour alone; neither feeds the other. Upper bar of a role: its probability, as depth of colour. Lower bar: full where the month itself makes the rule expect it, hollow where the rule only holds what it expected in an earlier month (divergence lies between its two thresholds), a thin line where the intervals of its inputs allow it. At the foot: how the likeliest set read and the set expected stand to each other.
figure-rule-verdict = Rule and reader together
figure-rule-same = same set
figure-rule-part = some roles shared
figure-rule-differ = no role shared
figure-rule-silent = rule names no role
figure-prior-title = What the prior expects, and what was read
figure-prior-caption = Grey bar: 90% of what the prior alone expects before any row is read; tick: its median. Dot: the mean probability read. A dot on the bar says that the prior did not exclude the reading.
figure-prior-x = share of months with the role
figure-sensitivity-title = The reading under other choices
figure-sensitivity-caption = Mark: mean probability over a published reading's period under the choice. Tick: the reading as it stands. The longer the line between them, the more the choice decides.
choice-as-read = as read
choice-pairs-every-month = pair terms every month
choice-pairs-never = no pair terms
choice-volume-off = silence says nothing
choice-without-severity = severity left out
figure-heat-together = these issues together
figure-heat-hindsight = in hindsight
figure-waterfall-small = { $n ->
    [one] 1 more, of less than 0.005
   *[other] { $n } more, of less than 0.005 each
}
figure-river-bands = Dark band: 50% of the uncertainty about parameters; light band: 90%.
figure-river-no-bands = No bands: the fast path takes too few draws for any.
figure-triad-caption = From public data alone. Lines with their 90% intervals where these are known; filled dots were observed, hollow ones stand between observations; a gap is unknown, which is not zero. Full line: the patron; dashed line: the rival. Panels without a scale of their own run over the range of their values.
figure-triad-measure = measure
figure-triad-series = of
figure-triad-period = period
figure-triad-value = value
figure-triad-low = 5%
figure-triad-high = 95%
