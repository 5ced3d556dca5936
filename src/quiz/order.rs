//! The only sort in the program. Sorting another type would compile it again, about 4 KB each time.

/// Indices by their values, the largest first. Equal ones keep their order.
pub fn largest_first(mut rows: Vec<(f64, usize)>) -> Vec<usize> {
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    rows.into_iter().map(|(_, at)| at).collect()
}

/// Rows by their values, the largest first. Equal ones keep their order.
pub fn by_largest<T>(rows: Vec<T>, figure: impl Fn(&T) -> f64) -> Vec<T> {
    let order = largest_first(rows.iter().map(figure).zip(0..).collect());
    let mut rows: Vec<Option<T>> = rows.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| rows.get_mut(at)?.take()).collect()
}

/// A map or set of the items. `collect` would sort first, and compile a sort for each type, about 1 KB each.
pub fn gathered<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut gathered = C::default();
    gathered.extend(items);
    gathered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_rows_keep_their_order() {
        assert_eq!(largest_first(vec![(1.0, 7), (3.0, 8), (1.0, 9), (2.0, 0)]), [8, 0, 7, 9]);
        assert_eq!(
            by_largest(vec!["bb", "a", "cc", "ddd"], |row| row.len() as f64),
            ["ddd", "bb", "cc", "a"]
        );
    }
}
