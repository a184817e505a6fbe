/**
 * What one epoch came to. Accuracies are fractions, on the test set and without dropout; null where
 * there is no test set.
 */
export interface EpochRecord {
  readonly epoch: number;
  readonly meanLoss: number;
  readonly testAccuracy: number | null;
}
