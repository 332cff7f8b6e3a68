probability = probability
list-comma = ,_
list-and = _and_
month-long = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
word-no-role = none of these roles
word-not-known = not known
word-acts-a-year = acts a year
word-changes-a-year = changes of the role set a year
word-choice = choice
word-composition = composition
word-date = date
word-divergence = divergence D
word-evidence = evidence
word-exhaustive = exhaustively
word-interval-90 = 90% interval
word-issue = issue
word-likeliest-set = likeliest set of roles
word-mc-error = Monte Carlo error
word-month = month
word-year = year
word-follows = follows the whole
word-answered = answered
word-answer-grade = grade of the answer
word-reached = reached
word-exemptions = exemptions
word-kappa = Cohen's kappa
word-same-of-role = say the same
word-months = months
word-nats = nats
word-note = note
word-ours = read here
word-overlap = overlap
word-partly = not exhaustively
word-period = period
word-probability = probability
word-published = published
word-quantity = quantity
word-read = read
word-reader = reader
word-replacement = replacement
word-rows = rows
word-rule = rule
word-rule-allows = rule allows
word-rule-expects = rule expects
word-series = series
word-share-on = share of months: { $role }
word-source = source
word-tension = tension of patron and rival
word-turn = turn
word-unit = unit
word-values = values
word-verdict = comparison
word-what = what
word-coder = coder
word-file = file
word-fingerprint = SHA-256
word-indicator = indicator
word-kind = kind
word-method = method
word-place = place
word-role = role
word-search = searched
word-weight = weight
resolution-month = month
resolution-quarter = quarter
resolution-year = year
word-number = number
word-largest = largest
word-value = value
word-interval = interval
word-known-from = known from
word-side = side
word-some-role = A role
word-other-role = another
stream-condition = condition
stream-behaviour = behaviour
stream-display = shown only
word-severity = severity
word-grade = grade
row-answered = answered { $date }, grade { $grade } reached { $reached }
kind-measure = measure
kind-preference = preference
kind-expectation = expectation of the ally
kind-expected = role expected
kind-declared = role declared
kind-rival-view = how the rival sees it
kind-third-view = how others see it
field-role = role
field-salience = salience
field-beneficiary = beneficiary
field-justification = justified by
field-exemptions = left out
code-own = itself
code-patron = the patron
code-alliance = the alliance
code-rival = the rival
code-opponent = the rival's opponent
code-third = others
code-common = all
code-crisis = the crisis
code-law = law
code-economy = the economy
code-none = nothing
searched-acts = acts
searched-measures = measures
searched-answers = answers
searched-positions = positions
searched-statements = statements
method-measured = measured
method-computed = computed
method-hand-coded = hand-coded
coder-person = person
coder-language-model = language model
word-not-read = none of its months is among those read
word-prior = prior
word-alone = { $role } alone
word-each = each role by itself
word-together = both at once
word-both = both: { $pair }
word-apart = compared
list-space = _
