import { type ProcessOptions, runProcess } from './child-process';

/** How npm and Node.js say that a registry did not answer, or could not be trusted. */
const UNREACHABLE = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|EPIPE|EPROTO|ETIMEDOUT|FETCH_ERROR|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|ENOTCACHED|\w*CERT\w*|UNABLE_TO_\w+)\b/;

/**
 * Installs packages with the npm of the user. npm waits for minutes on a machine without a network, so a ping comes first:
 * where it finds no registry, the packages are installed from npm's cache, or the installation fails with a sentence.
 */
export async function install(packages: readonly string[], options: ProcessOptions): Promise<void> {
  const ping = await runProcess('npm', ['ping', '--fetch-retries=0', '--fetch-timeout=5000'], options);
  const [unreachable] = (ping.code === 0 ? undefined : UNREACHABLE.exec(ping.stderr)) ?? [];
  const args = ['install', unreachable ? '--offline' : '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', ...packages];
  const { code, stdout, stderr } = await runProcess('npm', args, options);
  if (code === 0) return;
  const reason = unreachable ?? UNREACHABLE.exec(stderr)?.[0];
  if (!reason) throw new Error(`npm ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
  throw new Error(`npm cannot reach its registry (${reason}): this test installs ${packages.join(', ')}. It needs a network, or an npm cache that holds them; `
    + `proxies and certificate authorities are taken from the environment and from npm's configuration.\n${ping.stderr}${stderr}`);
}
