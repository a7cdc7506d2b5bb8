import { serve } from './server';
import { parseOptions, usage } from './server-options';

/**
 * Serves a local cloud until a signal ends the process.
 *
 * @param command the command as the user types it
 */
export async function runServer(command: string, argv: readonly string[]): Promise<void> {
  try {
    const options = parseOptions(argv);
    if (options.help) {
      console.log(usage(command));
      return;
    }
    const stop = await serve(options, process.stdout);
    // A second signal ends the process immediately.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().then(() => process.exit()));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
