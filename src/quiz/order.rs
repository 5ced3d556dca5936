//! The one sort of the program: another kind of row would compile it once more (about 4 KB each).

/// Positions by their figures, the largest first; equal ones stay in order.
pub fn largest_first(mut rows: Vec<(f64, usize)>) -> Vec<usize> {
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    rows.into_iter().map(|(_, at)| at).collect()
}

/// The rows by their figures, the largest first; equal ones stay in order.
pub fn by_largest<T>(rows: Vec<T>, figure: impl Fn(&T) -> f64) -> Vec<T> {
    let order = largest_first(rows.iter().map(figure).zip(0..).collect());
    let mut rows: Vec<Option<T>> = rows.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| rows.get_mut(at)?.take()).collect()
}

/// A map or a set of what comes. `collect` would sort first, and compile a sort for each kind of entry (1 KB each in
/// the file).
pub fn gathered<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut gathered = C::default();
    gathered.extend(items);
    gathered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rows_stay_in_order() {
        assert_eq!(largest_first(vec![(1.0, 7), (3.0, 8), (1.0, 9), (2.0, 0)]), [8, 0, 7, 9]);
        assert_eq!(
            by_largest(vec!["bb", "a", "cc", "ddd"], |row| row.len() as f64),
            ["ddd", "bb", "cc", "a"]
        );
    }
}
