import type { inferRouterOutputs } from '@trpc/server';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#components/trpc/types.ts';

type Admin = TRPCOptionsProxy<AppRouter>['admin'];
type Outputs = inferRouterOutputs<AppRouter>['admin']['capacity'];

export type CapacityView = Outputs['view'];
export type Measured = NonNullable<CapacityView['measured']>;
export type Tier = CapacityView['tiers'][number];
export type Run = Outputs['runs']['runs'][number];

/** The same for the server that fetches ahead and the browser that uses them. */
export const capacityQuery = (admin: Admin) => admin.capacity.view.queryOptions();
export const pressureQuery = (admin: Admin) => admin.capacity.pressure.queryOptions();
export const runsQuery = (admin: Admin) => admin.capacity.runs.queryOptions();
