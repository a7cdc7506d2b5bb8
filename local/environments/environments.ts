import { EventEmitter } from 'node:events';
import { checkRegion, environmentName, type AccountRegion } from './account-region';
import type { LocalEnvironment, OtherEnvironments } from './local-environment';
import type { CallingFunction, FunctionConfiguration } from '../services';

/** All accounts and Regions. An environment is created when it is first used. */
export class Environments extends EventEmitter<{ added: [LocalEnvironment] }> implements OtherEnvironments {
  private readonly byName = new Map<string, LocalEnvironment>();

  /** @param create Creates a bootstrapped environment */
  constructor(private readonly create: (place: AccountRegion) => LocalEnvironment) {
    super();
  }

  in(place: AccountRegion): LocalEnvironment {
    const existing = this.byName.get(environmentName(place));
    if (existing) return existing;
    checkRegion(place.region);
    const added = this.create(place);
    this.byName.set(environmentName(place), added);
    this.emit('added', added);
    return added;
  }

  all(): LocalEnvironment[] {
    return [...this.byName.values()];
  }

  ofAccount(account: string): LocalEnvironment[] {
    return this.all().filter((environment) => environment.account === account);
  }

  /** Returns the process of a function that signs with a session token. */
  processWith(sessionToken: string): CallingFunction | undefined {
    for (const { functions } of this.all()) {
      const found = functions.processWith(sessionToken);
      if (found) return found;
    }
    return undefined;
  }

  /** Returns the function that signs with an access key. */
  functionWith(accessKeyId: string): FunctionConfiguration | undefined {
    for (const { functions } of this.all()) {
      const found = functions.callerOf(accessKeyId);
      if (found) return found;
    }
    return undefined;
  }
}
