import type { Product } from './product.ts';
import type { Row } from './row.ts';

export interface BenchOptions {
  /** Whether to wait a minute for libvirt to filter 50 NICs. */
  readonly peer50: boolean;
}

/** Rows that are measured together. */
export interface Section {
  /** How the command line calls it. */
  readonly name: string;
  readonly title: string;
  run(product: Product, options: BenchOptions): Promise<readonly Row[]>;
}
