import type { HelperReading } from '../../shared/plan/helper-protocol.ts';
import { type Outcome, succeed } from '../../shared/plan/outcome.ts';
import type { EngineOptions } from './engine.ts';
import { type ClientFailure, type HelperSession, openHelper } from './helper-client.ts';

/** A helper that has been asked what is defined and in force. */
export interface StartedHelper {
  readonly session: HelperSession;
  readonly reading: Promise<Outcome<HelperReading, ClientFailure>>;
}

/** Starts the helper and lets it read the state at once, so that it does while the caller is still loading the compiler. */
export async function startHelper({
  environment,
  readOnly,
  explain,
}: EngineOptions): Promise<Outcome<StartedHelper, ClientFailure>> {
  const opened = await openHelper({
    stateDir: environment['GUESTWARD_STATE_DIR'] || undefined,
    runDir: environment['GUESTWARD_RUN_DIR'] || undefined,
    readOnly: readOnly ?? false,
    ...(explain && { explain }),
  });
  return opened.ok ? succeed({ session: opened.value, reading: opened.value.read() }) : opened;
}
