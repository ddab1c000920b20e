import { wholeDown } from './whole.ts';

/** How much of a day's active conversations is sold. */
export type Sold = {
  /** Active conversations a day that were measured, and those that all tenants' quotas add up to. */
  readonly measured: number;
  readonly sold: number;
  /** How many times the measured ones may be sold: 1 is none twice. */
  readonly overcommit: number;
};

/** Share of what may be sold that is sold. Above 1: more than that. */
export const soldShare = ({ measured, sold, overcommit }: Sold): number => sold / (measured * overcommit);

/** How many more tenants with so many active conversations a day each there is room for. */
export const roomFor = ({ measured, sold, overcommit }: Sold, each: number): number =>
  Math.max(0, wholeDown((measured * overcommit - sold) / each));
