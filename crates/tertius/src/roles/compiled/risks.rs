//! Kinds of risk of an answer, with each hazard computed once however many rows share it.

use tertius_math::elementary;

use super::{cases, position_or_push};
use crate::roles::emission::{answer_chances, answer_pull};
use crate::roles::options::ReaderOptions;
use crate::roles::parameters::Parameters;

/// The hazards that occur. Without the role that holds back the grade does not matter, so those two cases
/// have one hazard a month since the measure, the other two one a month and grade.
#[derive(Clone, Debug, Default)]
pub(crate) struct Risks {
    /// Months since the measure.
    delays: Vec<i32>,
    /// Months since the measure and its grade.
    severe: Vec<(i32, f64)>,
    kinds: Vec<Kind>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Kind {
    delay: usize,
    severe: usize,
    answered: bool,
}

/// ln h and ln(1 − h) of every kind in the cases that were asked for. Shape: cases × (delays or severe).
#[derive(Clone, Debug, Default)]
pub(crate) struct Hazards([[Vec<f64>; 2]; 4]);

impl Risks {
    /// The position of a kind, made if it is new.
    pub(crate) fn kind(&mut self, (k, grade, answered): (i32, f64, bool)) -> usize {
        let kind = Kind {
            delay: position_or_push(&mut self.delays, k),
            severe: position_or_push(&mut self.severe, (k, grade)),
            answered,
        };
        position_or_push(&mut self.kinds, kind)
    }

    pub(crate) fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Hazards in the cases wanted, as [`super::super::emission::answer_pair`] numbers them.
    pub(crate) fn hazards(&self, p: &Parameters, o: &ReaderOptions, wanted: [bool; 4]) -> Hazards {
        let mut case = 0;
        Hazards(cases(|f, b| (f, b)).map(|(f, b)| {
            let wanted = wanted[case];
            case += 1;
            let mut answered = Vec::new();
            if wanted && b {
                let severe = self.severe.iter();
                answered.extend(severe.map(|(k, g)| answer_pull(*k, *g, p, o, f, b)));
            } else if wanted {
                let delays = self.delays.iter();
                // Whatever the grade.
                answered.extend(delays.map(|k| answer_pull(*k, 0.0, p, o, f, b)));
            }
            answer_chances(&mut answered, o);
            let mut not = answered.clone();
            not.iter_mut().for_each(|h| *h = 1.0 - *h);
            elementary::ln(&mut answered);
            elementary::ln(&mut not);
            [not, answered]
        }))
    }

    /// Log probability of what a kind says, in a case that was asked for.
    pub(crate) fn log(&self, hazards: &Hazards, kind: usize, case: usize) -> f64 {
        let kind = self.kinds[kind];
        let of_case = &hazards.0[case][usize::from(kind.answered)];
        of_case[if case < 2 { kind.delay } else { kind.severe }]
    }
}
