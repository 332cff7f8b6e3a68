figure-river-title = Probability of each role, month by month
figure-river-caption = Line: probability that the role is played, given the whole record. Dark band: 50% of the uncertainty about parameters; light band: 90%. Several roles can be played at once, so they need not sum to 1. Ticks at the foot: acts that speak for the role. Dashed rules: turning points, on their 90% intervals in grey. The strip below says which roles the rule expects from conditions alone, which the reading does not use: full bar, expected; thin line, allowed by the intervals of its inputs.
figure-river-strip = The rule, from conditions alone: ■ expected, – allowed
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
figure-heat-caption = One minus half the distance between what ally and patron want, as known before each month; darker is less overlap. Overlaps crowd near 1: shades change at one half, at the rule's two borders and at nine tenths, not in even steps. The line of the issues together weighs them by joint salience, and is what the rule takes. Dashed outlines: unknown, which is not zero.
figure-waterfall-title = Evidence for { $role } in { $month } (probability { $p })
figure-waterfall-caption = From the prior to the log-odds of the role, part by part: blue toward the role, orange away from it, grey the sum. A row of any month may bear on this one. The parts sum exactly. Click a bar or its label for the row and its source.
figure-waterfall-x = log-odds, in nats
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
figure-rule-caption = The rule takes conditions alone, the reader behaviour alone; neither feeds the other. Upper bar of a role: its probability, as depth of colour. Lower bar: full where the rule expects it, a thin line where the intervals of its inputs allow it. At the foot: how the likeliest set read and the set expected stand to each other.
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
figure-waterfall-small = { $n ->
    [one] 1 more, of less than 0.005
   *[other] { $n } more, of less than 0.005 each
}
