// The helper, with something happening to it when an apply comes to a step:
// meddling-helper STATE RUN STEP APPLY DEED, where APPLY counts the applies of this process from 1. The keeper that it starts is the real one.
import '../../../main/helper/configure-zod.ts';

import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keeperArgument } from '../../../main/helper/caller.ts';
import { serve } from '../../../main/helper/serve.ts';
import { standardStreams } from '../../../main/helper/standard-streams.ts';

const [state = '', run = '', step, apply, deed = ''] = process.argv.slice(2);

const deeds: Readonly<Record<string, () => void>> = {
  die: () => process.kill(process.pid, 'SIGKILL'),
  'die-soon': () => void setTimeout(() => process.kill(process.pid, 'SIGKILL'), Math.random() * 12),
  'flush-ruleset': () => void spawnSync('/usr/sbin/nft', ['flush', 'ruleset']),
  'break-log': () => {
    renameSync(join(state, 'ruleset.log'), join(state, 'ruleset.away'));
    mkdirSync(join(state, 'ruleset.log'));
  },
  'fill-disk': () => {
    try {
      for (let index = 0; ; index += 1) writeFileSync(join(state, `filling-${index}`), Buffer.alloc(4096));
    } catch {
      // Full.
    }
  },
};

if (state === keeperArgument) {
  const real = new URL('../../build/dist/helper.mjs', import.meta.url);
  await import(real.href);
} else {
  let applies = 0;
  await serve(standardStreams(), { state, run }, { caller: 'root', uid: 0 }, (reached) => {
    if (reached === 'checked') applies += 1;
    if (reached === step && applies === Number(apply)) deeds[deed]?.();
  });
}
