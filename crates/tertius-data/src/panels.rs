//! The panels of a case, answered from the data folder: what `case.toml` asks by `panel = "…"`.

use std::ops::RangeInclusive;
use std::sync::Arc;

use tertius::interests::choice::{ChoiceOptions, Entrapment};
use tertius::record::{InputFile, PanelAnswer, PanelProblem, PanelRequest, PanelValue, Panels};
use tertius::vocabulary::{Actor, Observed, Span};

use crate::catalogue::{self, bibtex};
use crate::conditions::{
    self, CONDITIONS, Condition, Series, asymmetry, audience, burden, commitment, dependence,
    dilemma, latent, relation, stakes, third_party, threat,
};
use crate::datasets::{
    atop, capitals, cow_mid, cow_nmc, cow_trade, gdelt_dyads, gdp_population, icews_dyads, pew,
    press_points, rivalries, sipri, un_votes,
};
use crate::dyads::{Directed, Pair};
use crate::folder::Folder;
use crate::states::{StateId, States};
use crate::table::{Account, FileProblem, RawFile};
use crate::tables::{NotRead, Tables};

/// Panels over a data folder.
#[derive(Debug)]
pub struct FolderPanels {
    tables: Arc<Tables>,
}

/// The three of a case, and a fourth.
#[derive(Clone, Copy, Debug)]
struct States4 {
    ally: StateId,
    patron: StateId,
    rival: StateId,
    third: Option<StateId>,
}

/// What was read for an answer.
struct Reader<'p> {
    panels: &'p FolderPanels,
    inputs: Vec<InputFile>,
}

type Read<T> = Result<(T, Account), FileProblem>;

impl FolderPanels {
    /// Over the datasets of a folder.
    pub fn new(folder: Folder) -> FolderPanels {
        FolderPanels::over(Arc::new(Tables::new(folder)))
    }

    /// Over tables that others read too.
    pub fn over(tables: Arc<Tables>) -> FolderPanels {
        FolderPanels { tables }
    }
}

impl Panels for FolderPanels {
    fn answer(&self, request: &PanelRequest<'_>) -> Result<PanelAnswer, PanelProblem> {
        let (triad, third) = states(request)?;
        self.of_states(request.panel, triad, third, request.span)
    }
}

impl FolderPanels {
    /// A panel about states, whether or not they ever had an ISO code.
    ///
    /// # Errors
    ///
    /// As [`Panels::answer`].
    pub fn of_states(
        &self,
        panel: &str,
        [ally, patron, rival]: [StateId; 3],
        third: Option<StateId>,
        span: Span,
    ) -> Result<PanelAnswer, PanelProblem> {
        let condition =
            conditions::find(panel).ok_or_else(|| PanelProblem::Unknown(nearest(panel)))?;
        let who = States4 {
            ally,
            patron,
            rival,
            third,
        };
        let mut reader = Reader {
            panels: self,
            inputs: Vec::new(),
        };
        let series = reader.series(condition, who, years(span))?;
        let cited = condition.datasets.iter().filter_map(|d| catalogue::find(d));
        let mut inputs = reader.inputs;
        inputs.sort_by(|a, b| a.path.cmp(&b.path));
        inputs.dedup();
        Ok(PanelAnswer {
            unit: condition.unit.en.to_owned(),
            values: values(&series),
            inputs,
            sources: cited.map(bibtex).collect::<Vec<_>>().join("\n"),
        })
    }
}

/// Values that are there or missing; what nobody collected has no row.
fn values(series: &Series) -> Vec<PanelValue> {
    let row = |p: &conditions::Point| {
        let value = match p.value {
            Observed::Observed(v) => Some(v),
            Observed::Missing => None,
            Observed::OutsideCoverage => return None,
        };
        Some(PanelValue {
            period: p.period,
            value: value.map(|v| v.mid),
            interval: value.and_then(|v| v.interval),
            n: value.and_then(|v| v.n),
            known_from: p.known_from,
        })
    };
    series.points.iter().filter_map(row).collect()
}

/// The first year of which a dataset tells: of the Correlates of War.
const EARLIEST: i16 = 1816;

/// The years that may speak in a span: all up to its last. How old a value may be is a setting of the case, and none
/// that a case allows is cut short here.
fn years(span: Span) -> RangeInclusive<i16> {
    EARLIEST.min(span.first().year())..=span.last().year()
}

/// The states that the actors of a case are: in its last month, or in its first for those that ended.
fn states(request: &PanelRequest<'_>) -> Result<([StateId; 3], Option<StateId>), PanelProblem> {
    let table = States::bundled();
    let (first, last) = (
        request.span.first().first_day(),
        request.span.last().last_day(),
    );
    let of = |actor: &Actor| {
        let found = table
            .of_actor(actor, last)
            .or_else(|_| table.of_actor(actor, first));
        found.map_err(|_| PanelProblem::NoState(actor.code().to_owned()))
    };
    let (ally, patron) = (of(request.triad.ally())?, of(request.triad.patron())?);
    let rival = of(request.triad.rival())?;
    let third = request.third.map(of).transpose()?;
    Ok(([ally, patron, rival], third))
}

/// The ally's side of the dilemma, or the patron's.
fn side(who: States4, patrons: bool) -> dilemma::Side {
    let ally = dilemma::Side {
        holder: who.ally,
        partner: who.patron,
        adversary: who.rival,
    };
    if patrons { ally.other() } else { ally }
}

/// Japan's survey in one mode, all that there is of it whatever is asked for. Of another ally nobody asked.
fn affinity(
    points: &[press_points::Affinity],
    ally: StateId,
    rival: StateId,
    mode: press_points::Mode,
) -> Series {
    let japan = States::bundled().by_key("japan") == Some(ally);
    let asked: &[press_points::Affinity] = if japan { points } else { &[] };
    audience::without_affinity(asked, rival, mode)
}

/// The panel whose name differs in the fewest letters, if it is near.
fn nearest(name: &str) -> Option<String> {
    let distance = |other: &str| {
        let mut row: Vec<usize> = (0..=other.chars().count()).collect();
        for (i, a) in name.chars().take(60).enumerate() {
            let mut before = row[0];
            row[0] = i + 1;
            for (j, b) in other.chars().enumerate() {
                let change = before + usize::from(a != b);
                before = row[j + 1];
                row[j + 1] = change.min(before + 1).min(row[j] + 1);
            }
        }
        row.last().copied().unwrap_or(usize::MAX)
    };
    let all = CONDITIONS.iter().map(|c| (distance(c.id), c.id));
    let best = all.min_by_key(|(d, _)| *d).filter(|(d, _)| *d <= 8);
    best.map(|(_, id)| id.to_owned())
}

impl Reader<'_> {
    /// A part of a dataset of the folder.
    fn read<T: Send + Sync + 'static>(
        &mut self,
        id: &'static str,
        part: &'static str,
        read: impl Fn(&RawFile) -> Read<T>,
    ) -> Result<Arc<T>, PanelProblem> {
        let found = self.panels.tables.read(id, part, read);
        let found = found.map_err(|problem| match problem {
            NotRead::NotHere(id) => PanelProblem::NotHere(id.to_owned()),
            NotRead::File(problem) => PanelProblem::Unreadable(problem.to_string()),
        })?;
        self.inputs.push(found.input);
        Ok(found.table)
    }

    fn series(
        &mut self,
        condition: &'static Condition,
        who: States4,
        years: RangeInclusive<i16>,
    ) -> Result<Series, PanelProblem> {
        let States4 {
            ally,
            patron,
            rival,
            third,
        } = who;
        // The triad has three different actors; two of them may still be one state in turn.
        let way = |from, to| Directed::new(from, to).ok_or(PanelProblem::NoThird);
        let pair = |a, b| Pair::new(a, b).ok_or(PanelProblem::NoThird);
        let weights = threat::Weights::default();
        match condition.id {
            "asymmetry-cinc" => {
                let nmc = self.read("cow-nmc", "capabilities", cow_nmc::read)?;
                Ok(asymmetry::by_cinc(&nmc, patron, ally, years))
            }
            "asymmetry-gdp" => {
                let gdp = self.read("gdp-population", "estimates", gdp_population::read)?;
                Ok(asymmetry::by_gdp(&gdp, patron, ally, years))
            }
            "threat" => {
                let way = way(rival, ally)?;
                self.with_threat(|data| threat::series(data, way, years, weights))
            }
            "third-party-threat" => {
                let third = third.ok_or(PanelProblem::NoThird)?;
                self.with_threat(|data| {
                    third_party::series(data, ally, rival, third, years, weights)
                })
            }
            "dependence" => {
                let pledges = self.read("atop", "obligations", atop::read)?;
                let triad = [ally, patron, rival];
                self.with_threat(|data| dependence::series(data, &pledges, triad, years, weights))
            }
            "commitment" => {
                let pledges = self.read("atop", "obligations", atop::read)?;
                Ok(commitment::series(&pledges, way(patron, ally)?, years))
            }
            "trade-stake" => {
                let trade = self.read("cow-trade", "dyads", cow_trade::read)?;
                let totals = self.read("cow-trade", "totals", cow_trade::read_totals)?;
                Ok(stakes::series(&trade, &totals, ally, rival, years))
            }
            "patron-decline" => {
                // Against the rival alone it would be another measure under the same name.
                let third = third.ok_or(PanelProblem::NoThird)?;
                let nmc = self.read("cow-nmc", "capabilities", cow_nmc::read)?;
                Ok(burden::decline(&nmc, &[patron, rival, third], years))
            }
            "hardliners" => {
                let shares = self.read("pew-favourability", "answers", pew::read)?;
                Ok(audience::hardliners(&shares, ally, rival))
            }
            "relation-events" => {
                let events = self.read("icews-dyads", "quads", icews_dyads::read)?;
                Ok(relation::by_events(&events, pair(patron, rival)?, years))
            }
            "relation-month" => {
                let scores = self.read("gdelt-dyads", "scores", gdelt_dyads::read)?;
                Ok(relation::by_month(&scores, pair(patron, rival)?))
            }
            "relation-disputes" => {
                let disputes = self.read("cow-mid", "disputes", cow_mid::read)?;
                Ok(relation::by_disputes(
                    &disputes,
                    pair(patron, rival)?,
                    years,
                ))
            }
            "relation" => {
                let events = self.read("icews-dyads", "quads", icews_dyads::read)?;
                let scores = self.read("gdelt-dyads", "scores", gdelt_dyads::read)?;
                let disputes = self.read("cow-mid", "disputes", cow_mid::read)?;
                let calls = self.read("un-votes", "votes", un_votes::read)?;
                let pair = pair(patron, rival)?;
                let sources = [
                    relation::by_events(&events, pair, years.clone()),
                    relation::by_month(&scores, pair),
                    relation::by_disputes(&disputes, pair, years.clone()),
                    relation::by_votes(&calls, pair, years.clone()),
                ];
                Ok(latent::over_years(&sources, years))
            }
            "relation-votes" => {
                let calls = self.read("un-votes", "votes", un_votes::read)?;
                Ok(relation::by_votes(&calls, pair(patron, rival)?, years))
            }
            "asymmetry-relief" => {
                let nmc = self.read("cow-nmc", "capabilities", cow_nmc::read)?;
                Ok(asymmetry::relief(&nmc, patron, ally, years))
            }
            "spending-gap" => {
                let spending = self.read("sipri-milex", "spending", sipri::read)?;
                Ok(burden::gap(&spending, patron, ally, years))
            }
            id @ ("no-affinity-interview" | "no-affinity-mail") => {
                let points =
                    self.read("cabinet-office-affinity", "affinity", press_points::read)?;
                let modes = [press_points::Mode::FaceToFace, press_points::Mode::Mail];
                let mode = modes.into_iter().find(|m| audience::by_mode(*m).id == id);
                let mode = mode.ok_or_else(|| PanelProblem::Unknown(Some(id.to_owned())))?;
                Ok(affinity(&points, ally, rival, mode))
            }
            id @ ("abandonment-risk" | "patron-abandonment-risk") => {
                let side = side(who, id.starts_with("patron"));
                let pledges = self.read("atop", "obligations", atop::read)?;
                let choice = ChoiceOptions::default();
                self.with_threat(|data| {
                    let over = (years, weights);
                    let at = (&choice, 0.0);
                    dilemma::abandonment_risk(condition, data, &pledges, side, over, at)
                })
            }
            id @ ("entrapment-risk" | "patron-entrapment-risk") => {
                let patrons = id.starts_with("patron");
                let side = side(who, patrons);
                // What the ally did stays out of what may explain it.
                let quarrel = if patrons {
                    dilemma::Quarrel::OfAdversary
                } else {
                    dilemma::Quarrel::OfBoth
                };
                let disputes = self.read("cow-mid", "disputes", cow_mid::read)?;
                let pledges = self.read("atop", "obligations", atop::read)?;
                let trade = self.read("cow-trade", "dyads", cow_trade::read)?;
                let totals = self.read("cow-trade", "totals", cow_trade::read_totals)?;
                let data = dilemma::Sources {
                    disputes: &disputes,
                    pledges: &pledges,
                    trade: (&trade, &totals),
                };
                let options = Entrapment::default();
                Ok(dilemma::entrapment_risk(
                    condition,
                    data,
                    (side, quarrel),
                    years,
                    &options,
                ))
            }
            other => Err(PanelProblem::Unknown(Some(other.to_owned()))),
        }
    }

    /// Reads what threat is computed from.
    fn with_threat(
        &mut self,
        compute: impl FnOnce(threat::Sources<'_>) -> Series,
    ) -> Result<Series, PanelProblem> {
        let capabilities = self.read("cow-nmc", "capabilities", cow_nmc::read)?;
        let places = self.read("capitals", "capitals", capitals::read)?;
        let disputes = self.read("cow-mid", "disputes", cow_mid::read)?;
        let list = self.read("rivalries", "tss", rivalries::read)?;
        let span = catalogue::find("rivalries")
            .and_then(|d| d.parts.iter().find(|p| p.id == "tss"))
            .map_or((0, 0), |p| p.coverage);
        Ok(compute(threat::Sources {
            capabilities: &capabilities,
            capitals: &places,
            disputes: &disputes,
            rivalries: (&list, span),
        }))
    }
}
