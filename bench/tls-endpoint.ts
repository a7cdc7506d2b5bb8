import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf, startProcess } from '../test/child-process';

/** Answers as SageMaker does: no job exists, and a job can be created. */
const SERVER = `
  const { readFileSync } = require('node:fs');
  const [directory] = process.argv.slice(1);
  const files = { key: readFileSync(directory + '/key.pem'), cert: readFileSync(directory + '/cert.pem') };
  const server = require('node:https').createServer(files, (request, response) => request.resume().on('end', () => {
    const isDescribe = String(request.headers['x-amz-target']).includes('Describe');
    response.writeHead(isDescribe ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(isDescribe
      ? { __type: 'ValidationException', message: 'Requested resource not found.' }
      : { TrainingJobArn: 'arn:aws:sagemaker:eu-west-1:111122223333:training-job/job' }));
  }));
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

let endpoint: Promise<string> | undefined;

/** Returns the URL of a server with TLS, in its own process. It runs until this process ends. */
export async function tlsEndpoint(): Promise<string> {
  return endpoint ??= start();
}

async function start(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'tls-'));
  outputOf('openssl', [
    'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost',
    '-keyout', join(directory, 'key.pem'), '-out', join(directory, 'cert.pem'),
  ]);
  const server = startProcess(process.execPath, ['-e', SERVER, directory]);
  process.once('exit', () => server.kill());
  const port = await new Promise((settle, fail) => {
    server.stdout!.once('data', (text: Buffer) => settle(String(text).trim()));
    server.once('exit', (code) => fail(new Error(`the server ended with ${code}`)));
  });
  rmSync(directory, { recursive: true });
  server.unref();
  (server.stdout as unknown as { unref(): void }).unref();
  (server.stderr as unknown as { unref(): void }).unref();
  return `https://127.0.0.1:${String(port)}`;
}
