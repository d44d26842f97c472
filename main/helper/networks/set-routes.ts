import * as z from 'zod';
import type { Setups } from '../../../shared/plan/fold-networks.ts';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import type { NetworkSpace } from './network-space.ts';
import { type Line, queryTool, runBatch } from './run-batch.ts';

type Route = NetworkSetup['routes'][number];

const listing = z.array(
  z.object({
    dst: z.string(),
    gateway: z.string().optional(),
    dev: z.string().optional(),
    metric: z.number().optional(),
  }),
);

/** IP6_RT_PRIO_USER of linux/ipv6_route.h: the metric of an IPv6 route for which none is given. */
const defaultIpv6Metric = 1024;

/** Puts static routes in place and takes those away that a setup has had; where no network has any, not even a look is taken. */
export async function setRoutes(
  space: NetworkSpace,
  wanted: Setups,
  known: readonly Setups[],
): Promise<Outcome<void, HelperFailure>> {
  const hasRoutes = [wanted, ...known].some((setups) => [...setups.values()].some(({ routes }) => routes.length > 0));
  if (!hasRoutes) return succeed(undefined);
  const standing = await observeRoutes();
  if (!standing.ok) return standing;
  return runBatch(space, 'ip', 'routes', routeLines(wanted, known, standing.value));
}

/** Routes as keys; see `keyOf`. */
async function observeRoutes(): Promise<Outcome<ReadonlySet<string>, HelperFailure>> {
  const keys = new Set<string>();
  for (const family of ['-4', '-6']) {
    const printed = await queryTool('ip', ['-j', family, 'route', 'show', 'table', 'main']);
    if (!printed.ok) return printed;
    const parsed = listing.safeParse(printed.value);
    if (!parsed.success) {
      return fail({ kind: 'tool-failed', program: 'ip', message: 'what it prints of routes is not understood' });
    }
    for (const { dst, gateway, dev, metric } of parsed.data) {
      if (gateway !== undefined && dev !== undefined) {
        keys.add(
          keyOf(dev, { destination: wholeOf(dst, family), gateway, ...(metric === undefined ? {} : { metric }) }),
        );
      }
    }
  }
  return succeed(keys);
}

/** ip(8) leaves the length of a host's prefix out, and has a word for everything. */
function wholeOf(destination: string, family: string): string {
  if (destination === 'default') return family === '-4' ? '0.0.0.0/0' : '::/0';
  if (destination.includes('/')) return destination;
  return `${destination}/${family === '-4' ? 32 : 128}`;
}

export function routeLines(wanted: Setups, known: readonly Setups[], standing: ReadonlySet<string>): readonly Line[] {
  const additions = Array.from(wanted).flatMap(([network, { link, routes }]) =>
    link === undefined
      ? []
      : routes
          .filter((route) => !standing.has(keyOf(link.bridge, route)))
          .map((route) => ({ network, text: `route replace ${written(link.bridge, route)}` })),
  );
  const staying = new Set(
    [...wanted.values()].flatMap(({ link, routes }) => routes.map((route) => keyOf(link?.bridge ?? '', route))),
  );
  const bridges = new Set([...wanted.values()].map(({ link }) => link?.bridge));
  const former = known.flatMap((setups) =>
    Array.from(setups).flatMap(([network, { link, routes }]) =>
      // The routes of a bridge that goes go with it.
      link === undefined || !bridges.has(link.bridge)
        ? []
        : routes.map((route) => ({
            network,
            key: keyOf(link.bridge, route),
            text: `route delete ${written(link.bridge, route)}`,
          })),
    ),
  );
  const removals = new Map(
    former.filter(({ key }) => standing.has(key) && !staying.has(key)).map((line) => [line.key, line] as const),
  );
  return [...additions, ...Array.from(removals.values(), ({ network, text }) => ({ network, text }))];
}

function written(bridge: string, { destination, gateway, metric }: Route): string {
  return `${destination} via ${gateway} dev ${bridge} proto static${metric === undefined ? '' : ` metric ${metric}`}`;
}

/** What tells routes apart: two that differ in metric alone stand side by side. */
export function keyOf(bridge: string, { destination, gateway, metric }: Route): string {
  const usual = destination.includes(':') ? defaultIpv6Metric : 0;
  return `${destination} ${gateway} ${bridge} ${metric === undefined || metric === 0 ? usual : metric}`;
}
