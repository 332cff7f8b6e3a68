//! Where labels of points find room: beside their dots, off each other, off the path.

/// A box in pixels: left, top, right, bottom.
type Area = [f64; 4];

/// A point that wants a label, in pixels from the top left of the plot.
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
    /// Width of its label.
    pub(super) wide: f64,
    /// Whether it may go without one.
    pub(super) optional: bool,
}

/// Where a label stands from its dot, and which of its ends is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) dx: f64,
    pub(super) dy: f64,
    pub(super) align: &'static str,
}

/// Directions in order of liking.
const PLACES: [Place; 10] = [
    place(7.0, -7.0, "left"),
    place(7.0, 8.0, "left"),
    place(8.0, 0.0, "left"),
    place(-7.0, -7.0, "right"),
    place(-7.0, 8.0, "right"),
    place(-8.0, 0.0, "right"),
    place(0.0, -11.0, "center"),
    place(0.0, 12.0, "center"),
    place(12.0, -15.0, "left"),
    place(-12.0, -15.0, "right"),
];

const fn place(dx: f64, dy: f64, align: &'static str) -> Place {
    Place { dx, dy, align }
}

/// How much of the path a label may hide, in pixels along it, before an optional one is left out.
const MOST_HIDDEN: f64 = 9.0;

/// A place for each label, in the order of `points`, or none where an optional one finds no room. Those
/// that must stand are placed first; `path` is the line that labels should not hide.
pub(super) fn places(
    points: &[Point],
    path: &[[f64; 4]],
    high: f64,
    plot: (f64, f64),
) -> Vec<Option<Place>> {
    let mut found = vec![None; points.len()];
    let mut taken: Vec<Area> = Vec::new();
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by_key(|i| points.get(*i).is_some_and(|p| p.optional));
    for i in order {
        let Some(point) = points.get(i) else { continue };
        let mut best: Option<(f64, Place, Area)> = None;
        for candidate in PLACES {
            let area = area(point, candidate, high);
            let outside = area[0] < 0.0 || area[1] < 0.0 || area[2] > plot.0 || area[3] > plot.1;
            let crowded = taken.iter().any(|other| overlap(area, *other));
            let others = points
                .iter()
                .enumerate()
                .filter(|(j, p)| *j != i && inside(area, p.x, p.y))
                .count();
            let mut cost = hidden(area, path) + 8.0 * others as f64;
            if outside || crowded {
                cost += 1e6;
            }
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, candidate, area));
            }
        }
        if let Some((cost, candidate, area)) = best
            && (!point.optional || cost <= MOST_HIDDEN)
        {
            taken.push(area);
            if let Some(slot) = found.get_mut(i) {
                *slot = Some(candidate);
            }
        }
    }
    found
}

fn area(point: &Point, place: Place, high: f64) -> Area {
    let x = point.x + place.dx;
    let left = match place.align {
        "left" => x,
        "right" => x - point.wide,
        _ => x - point.wide / 2.0,
    };
    let y = point.y + place.dy;
    [left, y - high / 2.0, left + point.wide, y + high / 2.0]
}

fn overlap(a: Area, b: Area) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

fn inside(a: Area, x: f64, y: f64) -> bool {
    a[0] <= x && x <= a[2] && a[1] <= y && y <= a[3]
}

/// Pixels of the path under the label.
fn hidden(a: Area, path: &[[f64; 4]]) -> f64 {
    const STEP: f64 = 2.0;
    let mut sum = 0.0;
    for [x1, y1, x2, y2] in path {
        let (wide, high) = (x2 - x1, y2 - y1);
        let steps = (wide.hypot(high) / STEP).ceil().clamp(1.0, 1e4) as usize;
        let under = (0..=steps).filter(|k| {
            let t = *k as f64 / steps as f64;
            inside(a, x1 + t * wide, y1 + t * high)
        });
        sum += under.count() as f64 * STEP;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64, optional: bool) -> Point {
        Point {
            x,
            y,
            wide: 24.0,
            optional,
        }
    }

    #[test]
    fn labels_stand_apart_and_optional_ones_give_way() {
        let crowd: Vec<Point> = (0..12)
            .map(|i| at(50.0 + f64::from(i), 50.0, i > 0))
            .collect();
        let found = places(&crowd, &[], 10.0, (100.0, 100.0));
        assert!(found[0].is_some(), "the first must have its label");
        assert!(found.iter().any(Option::is_none), "not all can");
        let areas: Vec<Area> = found
            .iter()
            .zip(&crowd)
            .filter_map(|(place, p)| place.map(|place| area(p, place, 10.0)))
            .collect();
        for (i, a) in areas.iter().enumerate() {
            assert!(areas[i + 1..].iter().all(|b| !overlap(*a, *b)));
        }
    }

    #[test]
    fn a_label_leaves_the_plot_for_nothing_and_avoids_the_path() {
        let found = places(&[at(95.0, 50.0, true)], &[], 10.0, (100.0, 100.0));
        assert_eq!(found[0].map(|p| p.align), Some("right"));
        let above = [[0.0, 40.0, 100.0, 40.0], [0.0, 44.0, 100.0, 44.0]];
        let found = places(&[at(50.0, 50.0, true)], &above, 10.0, (100.0, 100.0));
        assert_eq!(found[0], Some(place(7.0, 8.0, "left")));
    }
}
