//! Repeatable randomness: the same seed and purpose always give the same sequence.
//!
//! Sessions store only a seed, so the sequence is part of the saved format and must not change with the version of a
//! library.

/// `SplitMix64` (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators", fig. 16).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The sequence for a purpose. Sequences for other purposes of the same seed are independent.
    pub fn new(seed: u32, purpose: &str) -> Self {
        // FNV-1a, 64 bits (Fowler, Noll & Vo; RFC 9923 §2): spreads the purpose over the state.
        let hash = purpose.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(hash ^ (u64::from(seed) << 16))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, or 0 when `n` is 0. The bias of multiply-shift is below 2⁻⁵⁰ for our sizes
    /// (Lemire 2019, "Fast random integer generation in an interval", §3).
    pub fn below(&mut self, n: usize) -> usize {
        let scaled = (u128::from(self.next()) * n as u128) >> 64;
        usize::try_from(scaled).unwrap_or(0)
    }

    /// A number from 0 to below 1, one of 2⁵³ evenly spaced values.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// The numbers `0..n` in random order (Durstenfeld 1964, "Algorithm 235: Random permutation").
    pub fn permutation(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for last in (1..n).rev() {
            order.swap(last, self.below(last + 1));
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn follows_the_published_vector() {
        // The first outputs of the reference implementation (Vigna, splitmix64.c) from state 1234567.
        let mut random = Random(1_234_567);
        let outputs: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(
            outputs,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn is_frozen() {
        // A change here would change the questions of every saved session.
        assert_eq!(Random::new(7, "order/0").permutation(8), FROZEN);
    }
    const FROZEN: [usize; 8] = [3, 2, 6, 0, 1, 4, 7, 5];

    #[test]
    fn different_purposes_give_different_sequences() {
        assert_ne!(Random::new(7, "a").permutation(20), Random::new(7, "b").permutation(20));
    }

    proptest! {
        #[test]
        fn a_permutation_contains_each_number_once(seed: u32, n in 0_usize..80) {
            let mut order = Random::new(seed, "x").permutation(n);
            order.sort_unstable();
            prop_assert_eq!(order, (0..n).collect::<Vec<_>>());
        }
    }
}
