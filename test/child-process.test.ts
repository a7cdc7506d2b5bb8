import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull, tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { childEnvironment, outputOf, runProcess } from './child-process';
import { install } from './npm';

const BIN = resolve(__dirname, '../node_modules/.bin');

describe('the environment of a process that a test starts', () => {
  test.each([
    ['a proxy', { HTTPS_PROXY: 'http://proxy.example.com:3128', npm_config_https_proxy: 'http://proxy.example.com:3128' }],
    ['certificate authorities', { NODE_EXTRA_CA_CERTS: '/etc/ca.pem', SSL_CERT_FILE: '/etc/ca.pem', AWS_CA_BUNDLE: '/etc/ca.pem', npm_config_cafile: '/etc/ca.pem' }],
    ['the configuration of npm', { npm_config_registry: 'https://npm.example.com/', NPM_CONFIG_USERCONFIG: '/etc/npmrc', npm_config_globalconfig: '/usr/etc/npmrc', npm_config_cache: '/tmp/cache' }],
    ['options of Node.js', { NODE_OPTIONS: '--use-openssl-ca', HOME: '/home/somebody', TMPDIR: '/tmp' }],
  ])('hands on %s', (_what, caller) => {
    expect(childEnvironment({}, caller)).toMatchObject(caller);
  });

  test('lacks the AWS and CDK variables of the caller, and the AWS profiles', () => {
    const caller = { AWS_PROFILE: 'work', AWS_REGION: 'us-west-2', AWS_ENDPOINT_URL: 'http://localhost', CDK_DEFAULT_REGION: 'us-west-2', CDK_OUTDIR: '/tmp/out', JSII_DEPRECATED: 'fail' };
    const environment = childEnvironment({}, caller);
    expect(Object.keys(caller).filter((name) => name in environment)).toEqual([]);
    expect(environment).toMatchObject({ AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull });
  });

  test('lacks the configuration that npm derives from the Node.js in node_modules/.bin', () => {
    const derived = { npm_config_prefix: resolve(BIN, '../node'), npm_config_globalconfig: resolve(BIN, '../node/etc/npmrc'), npm_config_local_prefix: resolve(BIN, '../..') };
    expect(Object.keys(childEnvironment({}, derived)).filter((name) => name in derived)).toEqual([]);
  });

  test('lets the local cloud be reached past a proxy, beside what the caller excludes', () => {
    expect(childEnvironment({}, { http_proxy: 'http://proxy.example.com:3128', NO_PROXY: '.example.com' }))
      .toMatchObject({ no_proxy: '.example.com,localhost,127.0.0.1,::1', NO_PROXY: '.example.com,localhost,127.0.0.1,::1' });
    expect(childEnvironment({}, {})).not.toHaveProperty('no_proxy');
  });

  test('has what the test adds, in place of the caller\'s', () => {
    expect(childEnvironment({ AWS_REGION: 'eu-west-1', HOME: '/home/test' }, { AWS_REGION: 'us-west-2', HOME: '/home/somebody' }))
      .toMatchObject({ AWS_REGION: 'eu-west-1', HOME: '/home/test' });
  });

  test('finds the user\'s npm and Node.js, and with them the machine\'s configuration of npm', () => {
    const caller = { ...process.env, PATH: [BIN, process.env.PATH].join(delimiter) };
    expect(childEnvironment({}, caller).PATH!.split(delimiter)).not.toContain(BIN);
    const node = outputOf('node', ['-p', 'process.execPath']).trim();
    expect(node.startsWith(resolve(BIN, '..'))).toBe(false);
    const globalConfig = outputOf('npm', ['config', 'get', 'globalconfig']).trim();
    expect(globalConfig.startsWith(resolve(BIN, '..'))).toBe(false);
  });
});

describe('a process that a test starts', () => {
  test('that fails says what it printed', () => {
    expect(() => outputOf(process.execPath, ['-e', 'console.error("no data"); process.exit(3)'])).toThrow(/ended with 3:\nno data/);
  });

  test('that is killed ends with its signal', async () => {
    expect(await runProcess(process.execPath, ['-e', 'console.log("here"); process.kill(process.pid, "SIGKILL")'])).toEqual({ code: null, signal: 'SIGKILL', stdout: 'here\n', stderr: '' });
  });

  test('that cannot be started fails', async () => {
    await expect(runProcess('no-such-program', [])).rejects.toThrow('ENOENT');
  });
});

describe('an installation', () => {
  let directory: string;
  let server: Server | undefined;
  beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'install-')); });
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    rmSync(directory, { recursive: true });
  });

  /** Installs a package from a registry on this machine. */
  const from = (port: number) => install(['constructs@10.0.0'], {
    cwd: directory, env: { npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_cache: join(directory, 'cache'), no_proxy: '127.0.0.1' },
  });

  async function registry(answer: RequestListener): Promise<number> {
    server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  test('without a network fails within seconds with a sentence that says so', async () => {
    await expect(from(1)).rejects.toThrow(/^npm cannot reach its registry \(ECONNREFUSED\): this test installs constructs@10\.0\.0\. It needs a network/);
  });

  test('from a registry that never answers fails within seconds with the same sentence', async () => {
    await expect(from(await registry(() => undefined))).rejects.toThrow(/^npm cannot reach its registry/);
  });

  test('that fails for another reason says which', async () => {
    const port = await registry((_request, response) => response.writeHead(404).end());
    await expect(from(port)).rejects.toThrow(/^npm install .* ended with 1:[^]*E404/);
  });
});
