import type { Change } from '../../../main/engine/change.ts';
import { bind, type Guest, guestNumber, makeGuests, unbind } from '../guests.ts';
import { median } from '../median.ts';
import type { Product } from '../product.ts';
import type { Row } from '../row.ts';
import type { Section } from '../section.ts';
import { openSession, pause, type Session } from '../session.ts';

const many = 1000;
const planRuns = 3;
const oneMoreRuns = 5;
const redefineRuns = 5;
const oneMoreBound = { kind: 'at-most', value: 30 } as const;
const redefineBound = { kind: 'at-most', value: 300 } as const;

export const manyNics: Section = {
  name: 'many-nics',
  title: 'A thousand NICs on clean-traffic (their devices need not exist)',
  async run(product) {
    const few = await oneMoreThan(product, [10, 100]);
    const { plan, oneMore, redefined } = await withManyStanding(product);
    const own = await redefineOwnFilter(product);
    return [
      ms(`${many} NICs in one plan: helper, ${planRuns} fresh sessions`, plan.helperMs, {
        kind: 'at-most',
        value: 1000,
      }),
      ms(`${many} NICs in one plan: the engine with it`, plan.wholeMs),
      ...few.map(({ standing, helperMs }) => ms(`one more than ${standing}: helper`, helperMs, oneMoreBound)),
      ms(`one more than ${many}: helper`, oneMore.helperMs, oneMoreBound),
      ms(`one more than ${many}: the engine with it`, oneMore.wholeMs),
      ms(`clean-traffic redefined under ${many}: helper`, redefined.helperMs, redefineBound),
      ms(`clean-traffic redefined under ${many}: the engine with it`, redefined.wholeMs),
      ms(`a filter of the user's redefined under ${many}: helper`, own.helperMs, redefineBound),
      ms(`a filter of the user's redefined under ${many}: the engine with it`, own.wholeMs),
    ];
  },
};

const ms = (what: string, value: number, bound?: Row['bound']): Row => ({
  what,
  unit: 'ms',
  value,
  ...(bound && { bound }),
});

interface Times {
  readonly helperMs: number;
  readonly wholeMs: number;
}

const medians = (times: readonly Times[]): Times => ({
  helperMs: median(times.map(({ helperMs }) => helperMs)),
  wholeMs: median(times.map(({ wholeMs }) => wholeMs)),
});

/** Applies `forth` and then `back`, and again; the times of `forth`. */
async function alternate(
  session: Session,
  runs: number,
  forth: readonly Change[],
  back: readonly Change[],
): Promise<Times> {
  const times: Times[] = [];
  for (let run = 0; run < runs; run += 1) {
    await pause();
    times.push(await session.apply(forth));
    await pause();
    await session.apply(back);
  }
  return medians(times);
}

function oneMore(session: Session): Promise<Times> {
  const guest: Guest = guestNumber(many + 1);
  return alternate(session, oneMoreRuns, [bind(guest)], [unbind(guest)]);
}

async function oneMoreThan(
  product: Product,
  counts: readonly number[],
): Promise<readonly { readonly standing: number; readonly helperMs: number }[]> {
  const session = await openSession(product);
  const figures: { standing: number; helperMs: number }[] = [];
  let standing = 0;
  for (const count of counts) {
    await session.apply(makeGuests(count - standing, standing + 1).map((guest) => bind(guest)));
    standing = count;
    figures.push({ standing, helperMs: (await oneMore(session)).helperMs });
  }
  await session.close();
  return figures;
}

async function withManyStanding(
  product: Product,
): Promise<{ readonly plan: Times; readonly oneMore: Times; readonly redefined: Times }> {
  const changes = makeGuests(many).map((guest) => bind(guest));
  const plans: Times[] = [];
  for (let run = 1; run < planRuns; run += 1) {
    const session = await openSession(product);
    plans.push(await session.apply(changes));
    await session.close();
  }
  const session = await openSession(product);
  plans.push(await session.apply(changes));
  const more = await oneMore(session);
  const redefined = await redefine(session, 'clean-traffic', [
    "<filterref filter='no-mac-spoofing'/><filterref filter='no-ip-spoofing'/><filterref filter='no-arp-spoofing'/>",
    "<filterref filter='no-mac-spoofing'/><filterref filter='no-ip-spoofing'/><filterref filter='no-arp-spoofing'/><filterref filter='no-ip-multicast'/>",
  ]);
  await session.close();
  return { plan: medians(plans), oneMore: more, redefined };
}

const ownFilter = 'web-server';
const webRules = (ports: readonly number[]): string =>
  [
    "<filterref filter='clean-traffic'/>",
    ...ports.map((port) => `<rule action='accept' direction='in'><tcp dstportstart='${port}'/></rule>`),
    "<rule action='drop' direction='in'><tcp/></rule>",
  ].join('\n');

async function redefineOwnFilter(product: Product): Promise<Times> {
  const session = await openSession(product);
  await session.apply([define(ownFilter, webRules([80])), ...makeGuests(many).map((guest) => bind(guest, ownFilter))]);
  const times = await redefine(session, ownFilter, [webRules([80, 443]), webRules([80])]);
  await session.close();
  return times;
}

const define = (name: string, content: string): Change => ({
  change: 'define-filter',
  file: `${name}.xml`,
  text: `<filter name='${name}'>\n${content}\n</filter>\n`,
});

const redefine = (session: Session, name: string, [one, other]: readonly [string, string]): Promise<Times> =>
  alternate(session, redefineRuns, [define(name, one)], [define(name, other)]);
