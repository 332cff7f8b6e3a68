//! Small dense algebra on matrices in rows.

/// A B, of shapes n × m and m × k.
pub(super) fn product(a: &[f64], b: &[f64], n: usize, m: usize, k: usize) -> Vec<f64> {
    let mut out = vec![0.0; n * k];
    for i in 0..n {
        for (l, &x) in a[i * m..(i + 1) * m].iter().enumerate() {
            if x != 0.0 {
                for (o, y) in out[i * k..(i + 1) * k]
                    .iter_mut()
                    .zip(&b[l * k..(l + 1) * k])
                {
                    *o += x * y;
                }
            }
        }
    }
    out
}

/// The transpose of an n × m matrix.
pub(super) fn transpose(a: &[f64], n: usize, m: usize) -> Vec<f64> {
    (0..m * n).map(|at| a[at % n * m + at / n]).collect()
}

/// A P Aᵀ for square matrices.
pub(super) fn sandwich(a: &[f64], p: &[f64], n: usize) -> Vec<f64> {
    let ap = product(a, p, n, n, n);
    product(&ap, &transpose(a, n, n), n, n, n)
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// P z for a square matrix.
pub(super) fn times(p: &[f64], z: &[f64]) -> Vec<f64> {
    p.chunks_exact(z.len()).map(|row| dot(row, z)).collect()
}

/// Makes up for the last digit in which a matrix that should be symmetric is not.
pub(super) fn symmetrise(p: &mut [f64], n: usize) {
    for i in 0..n {
        for j in 0..i {
            let mean = 0.5 * (p[i * n + j] + p[j * n + i]);
            p[i * n + j] = mean;
            p[j * n + i] = mean;
        }
    }
}

/// Of a diagonal entry, what a pivot may fall to before its column counts as depending on others.
const SINGULAR: f64 = 1e-11;

/// The lower L with L Lᵀ = A, and how many columns depend on those before them: these are left 0, since
/// a covariance may be singular.
pub(super) fn cholesky(a: &[f64], n: usize) -> (Vec<f64>, usize) {
    let mut l = vec![0.0; n * n];
    let mut singular = 0;
    for j in 0..n {
        let pivot = a[j * n + j] - dot(&l[j * n..j * n + j], &l[j * n..j * n + j]);
        if pivot <= SINGULAR * a[j * n + j] || pivot <= 0.0 {
            singular += 1;
            continue;
        }
        let root = pivot.sqrt();
        l[j * n + j] = root;
        for i in j + 1..n {
            let rest = a[i * n + j] - dot(&l[i * n..i * n + j], &l[j * n..j * n + j]);
            l[i * n + j] = rest / root;
        }
    }
    (l, singular)
}

/// A⁻¹ B for A = L Lᵀ of full rank; B of shape n × k.
pub(super) fn solve(l: &[f64], b: &[f64], n: usize, k: usize) -> Vec<f64> {
    let mut x = b.to_vec();
    for i in 0..n {
        for c in 0..k {
            let known: f64 = (0..i).map(|j| l[i * n + j] * x[j * k + c]).sum();
            x[i * k + c] = (x[i * k + c] - known) / l[i * n + i];
        }
    }
    for i in (0..n).rev() {
        for c in 0..k {
            let known: f64 = (i + 1..n).map(|j| l[j * n + i] * x[j * k + c]).sum();
            x[i * k + c] = (x[i * k + c] - known) / l[i * n + i];
        }
    }
    x
}
